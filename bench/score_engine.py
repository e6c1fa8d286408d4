"""Score the built-in engine on annotated releases in seconds, without broker or database.

    python -m bench.score_engine [--gold DIR --texts DIR ... | --own] [--part work|held|all] [--errors N]

Each text is cleaned and annotated in this process, the rows that the scorer reads are put into a
temporary SQLite file, and `tests/quality/score.py` judges them as it judges the sink.
A third of the releases is held out by a fixed hash of the id.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sqlite3
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from streams.annotate import annotate, load_models
from streams.annotation import Annotation
from streams.clean import clean
from streams.records import CleanRelease, RawRelease
from tests.quality import score

ROOT = Path(__file__).resolve().parent.parent

SCHEMA = """
CREATE TABLE releases (release_id TEXT, source_ref TEXT, kind TEXT, published_on TEXT, text TEXT);
CREATE TABLE release_topics (release_id TEXT, topic TEXT, "rank" INT);
CREATE TABLE entities (entity_id TEXT PRIMARY KEY, kind TEXT, name TEXT, country TEXT);
CREATE TABLE mentions (release_id TEXT, entity_id TEXT, start_char INT, end_char INT, surface TEXT, "use" TEXT);
CREATE TABLE figures (release_id TEXT, start_char INT, end_char INT, surface TEXT, value REAL, unit TEXT);
CREATE TABLE dates (release_id TEXT, start_char INT, end_char INT, surface TEXT, start_on TEXT, end_on TEXT);
CREATE TABLE event_reports (event_id TEXT, release_id TEXT, main INT, type TEXT, form TEXT, assertion TEXT,
  started_on TEXT, date_basis TEXT, place_entity_id TEXT, quote TEXT, start_char INT, end_char INT);
CREATE TABLE report_participants (event_id TEXT, release_id TEXT, entity_id TEXT, country TEXT);
"""


def is_held_out(release_id: str) -> bool:
    return hashlib.sha256(release_id.encode()).digest()[0] % 3 == 0


def raw_of(path: Path) -> RawRelease:
    return RawRelease(
        schema_version=1,
        release_id=path.stem,
        source_id="files",
        source_ref=path.name,
        content_hash="h1:0",
        fetched_at="1970-01-01T00:00:00.000000Z",
        body=path.read_bytes(),
    )


def put(db: sqlite3.Connection, release: CleanRelease, found: Annotation) -> None:
    """Write the rows that the scorer reads."""
    rid = release.release_id
    db.execute(
        "INSERT INTO releases VALUES (?,?,?,?,?)",
        (rid, release.source_ref, found.kind, release.published_on, release.text),
    )
    db.executemany(
        "INSERT INTO release_topics VALUES (?,?,?)", [(rid, t.topic, t.rank) for t in found.topics]
    )
    db.executemany(
        "INSERT INTO entities VALUES (?,?,?,?) ON CONFLICT (entity_id) DO UPDATE SET name = excluded.name"
        " WHERE (length(excluded.name), excluded.name) > (length(name), name)",
        [(e.entity_id, e.kind, e.name, e.country) for e in found.entities],
    )
    db.executemany(
        "INSERT INTO mentions VALUES (?,?,?,?,?,?)",
        [(rid, m.entity_id, m.start_char, m.end_char, m.surface, m.use) for m in found.mentions],
    )
    db.executemany(
        "INSERT INTO figures VALUES (?,?,?,?,?,?)",
        [(rid, f.start_char, f.end_char, f.surface, float(f.value), f.unit) for f in found.figures],
    )
    db.executemany(
        "INSERT INTO dates VALUES (?,?,?,?,?,?)",
        [(rid, d.start_char, d.end_char, d.surface, d.start_on, d.end_on) for d in found.dates],
    )
    for r in found.reports:
        db.execute(
            "INSERT INTO event_reports VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
            (r.event_id, rid, r.main, r.type, r.form, r.assertion, r.started_on, r.date_basis)
            + (r.place_entity_id, r.quote, r.start_char, r.end_char),
        )
        db.executemany(
            "INSERT INTO report_participants VALUES (?,?,?,?)",
            [(r.event_id, rid, p.entity_id, p.country) for p in r.participants],
        )


def default_folders() -> tuple[list[Path], list[Path]]:
    """Annotations and texts: all that this machine has, at least the seeds."""
    shared = ROOT.parent / "shared"
    if not shared.is_dir():
        return [ROOT / "tests" / "quality" / "gold" / "seeds"], [ROOT / "seeds"]
    return [shared / "gold" / "dev", shared / "gold" / "seeds"], [shared / "gold" / "texts", shared / "seeds"]


def own_folders() -> tuple[list[Path], list[Path]]:
    """Annotations and texts of our own writing."""
    own = ROOT / "tests" / "quality" / "own"
    return [own / "gold"], [own / "texts"]


def measure(
    golds: list[Path], texts: list[Path], part: str = "all", only: str = ""
) -> tuple[dict[str, float], dict[str, list[str]]]:
    """Return every figure by its name, and the errors by kind."""
    paths = {p.stem: p for folder in texts for p in folder.glob("*.txt")}
    gold, times = {}, []
    load_models()
    with tempfile.TemporaryDirectory() as folder:
        url = f"{folder}/score.db"
        db = sqlite3.connect(url)
        db.executescript(SCHEMA)
        for file in sorted(f for g in golds for f in g.glob("*.json")):
            doc = json.loads(file.read_text(encoding="utf-8"))
            if only not in doc["id"] or (part != "all" and is_held_out(doc["id"]) != (part == "held")):
                continue
            gold[f"{doc['id']}.txt"] = score.gold_reading(doc)
            release = clean(raw_of(paths[doc["id"]]))
            began = time.perf_counter()
            found = annotate(release)
            times.append(time.perf_counter() - began)
            put(db, release, found)
        db.commit()
        db.close()
        sink, broken = score.sink_readings(f"sqlite:///{url}")
    errors: dict[str, list[str]] = defaultdict(list)
    result = score.score(gold, sink, errors)
    result["broken_spans"] = float(len(broken))
    result["ms.median"] = 1000 * sorted(times)[len(times) // 2]
    result["ms.p99"] = 1000 * sorted(times)[int(len(times) * 0.99)]
    return result, {**errors, "spans": broken}


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--gold", type=Path, action="append")
    ap.add_argument("--texts", type=Path, action="append")
    ap.add_argument("--own", action="store_true", help="the releases of our own writing")
    ap.add_argument("--part", choices=["work", "held", "all"], default="work")
    ap.add_argument("--errors", type=int, default=0)
    ap.add_argument("--only", default="", help="only ids that contain this")
    ap.add_argument("--json", action="store_true")
    args = ap.parse_args()
    golds, texts = own_folders() if args.own else default_folders()
    result, errors = measure(args.gold or golds, args.texts or texts, args.part, args.only)
    if args.json:
        print(json.dumps({k: round(v, 4) for k, v in result.items()}, indent=1))
    else:
        for key, value in result.items():
            print(f"{key:32} {value:8.3f}")
    for kind, items in errors.items():
        for item in items[: args.errors]:
            print(f"  {kind}: {item}")
    return int(bool(errors["spans"]))


if __name__ == "__main__":
    sys.exit(main())
