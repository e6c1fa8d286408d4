"""Put the releases of the corpus that we annotated together with their annotations.

    python -m bench.annotated_corpus --corpus ../shared/corpus --out build/corpus

Our annotations (`tests/quality/corpus/*.json`) name a release of the corpus by its address and hold no sentence of it:
instead of words that state an event they say where those stand. Writes `OUT/texts/ID.txt`, in the crawl form, and
`OUT/gold/ID.json`, in the form that the scorer and the trainers read.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.score_engine import ROOT

ANNOTATIONS = ROOT / "tests" / "quality" / "corpus"
ARCHIVES = ("releases.jsonl.gz", "releases-more.jsonl.gz")


def flat(text: str) -> str:
    """`text` with all white space as one blank: what offsets of quotes count in."""
    return " ".join(text.split())


def text_of(item: dict[str, str | None]) -> str:
    """A release of the corpus in the crawl form; its title is put before it unless it opens with it."""
    title, body = (item.get("title") or "").strip(), (item["text"] or "").strip()
    opens = flat(body).lower().startswith(flat(title).lower()[:60])
    day = (item.get("published_at") or "")[:10]
    return f" date {day} {body}\n" if opens else f" date {day} {title}\n\n{body}\n"


def releases(corpus: Path) -> Iterator[dict[str, str | None]]:
    for archive in ARCHIVES:
        with gzip.open(corpus / archive) as file:
            yield from (json.loads(line) for line in file)


def with_quotes(annotation: dict[str, Any], text: str) -> dict[str, Any]:
    """`annotation` with the words that state each event, as the scorer's form wants them."""
    words = flat(text)
    for event in [*annotation["events"], *annotation["optional"]["events"]]:
        start, end = event.pop("quote_at")
        event["quote"] = words[start:end]
    return annotation


def read_annotations() -> list[dict[str, Any]]:
    return [json.loads(file.read_text("utf-8")) for file in sorted(ANNOTATIONS.glob("*.json"))]


def addresses() -> frozenset[str]:
    """Which releases of the corpus are annotated, by their address."""
    return frozenset(annotation["url"] for annotation in read_annotations())


def put_together(corpus: Path, out: Path) -> tuple[list[Path], list[Path]]:
    """Write annotations and texts under `out`; return their folders. Raises KeyError if the corpus lacks one."""
    waiting = {annotation["url"]: annotation for annotation in read_annotations()}
    shutil.rmtree(out, ignore_errors=True)
    gold, texts = out / "gold", out / "texts"
    gold.mkdir(parents=True)
    texts.mkdir()
    for item in releases(corpus):
        annotation = waiting.pop(item["url"], None)
        if annotation:
            text = text_of(item)
            (texts / f"{annotation['id']}.txt").write_text(text, "utf-8")
            done = json.dumps(with_quotes(annotation, text), ensure_ascii=False)
            (gold / f"{annotation['id']}.json").write_text(done + "\n", "utf-8")
    if waiting:
        raise KeyError(f"not in {corpus}: {', '.join(sorted(waiting))}")
    return [gold], [texts]


def corpus_folders() -> tuple[list[Path], list[Path]]:
    """Annotations and texts of the releases of the corpus that we annotated, put together anew."""
    return put_together(ROOT.parent / "shared" / "corpus", ROOT / "build" / "corpus")


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--corpus", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    args = ap.parse_args()
    put_together(args.corpus, args.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
