"""Measure HTML to text on real pages against the text that belongs to each, next to plain trafilatura.

    python -m bench.text_extraction PAGES

`PAGES` is a folder of `<id>.html.gz` with `ground-truth.json` (id: {"articleBody": ...}), the form of
the article extraction benchmark. Token F1, mean over pages; ours is judged twice: the whole text (title
first, which the ground truth leaves out) and the text behind its title.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import time
from collections import Counter
from pathlib import Path

import trafilatura

from streams.clean import clean
from streams.errors import BadRecord
from streams.records import CleanRelease, RawRelease

TOKEN = re.compile(r"\w+")


def f1(found: str, wanted: str) -> float:
    a, b = Counter(TOKEN.findall(found)), Counter(TOKEN.findall(wanted))
    common = sum((a & b).values())
    return 2 * common / (a.total() + b.total()) if common else 0.0


def cleaned(name: str, page: bytes) -> CleanRelease | None:
    raw = RawRelease(
        schema_version=1,
        release_id=name,
        source_id="bench",
        source_ref=name,
        content_hash="",
        fetched_at="1970-01-01T00:00:00.000000Z",
        body=page,
        media_type="text/html",
    )
    try:
        return clean(raw)
    except BadRecord:
        return None


def body_of(release: CleanRelease) -> str:
    title = release.title or ""
    return release.text[len(title) :] if release.text.startswith(title + "\n") else release.text


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("pages", type=Path)
    ap.add_argument("--worst", type=int, default=0)
    args = ap.parse_args()
    truth = json.loads((args.pages / "ground-truth.json").read_text(encoding="utf-8"))
    scores: dict[str, list[float]] = {
        "ours, whole text": [],
        "ours, behind the title": [],
        "plain trafilatura": [],
    }
    rows, ours, theirs = [], 0.0, 0.0
    for name, wanted in truth.items():
        page = gzip.decompress((args.pages / f"{name}.html.gz").read_bytes())
        began = time.perf_counter()
        release = cleaned(name, page)
        between = time.perf_counter()
        plain = trafilatura.extract(page) or ""
        ours, theirs = ours + between - began, theirs + time.perf_counter() - between
        body = body_of(release) if release else ""
        scores["ours, whole text"].append(f1(release.text if release else "", wanted["articleBody"]))
        scores["ours, behind the title"].append(f1(body, wanted["articleBody"]))
        scores["plain trafilatura"].append(f1(plain, wanted["articleBody"]))
        rows.append((scores["ours, behind the title"][-1], scores["plain trafilatura"][-1], name))
    for key, values in scores.items():
        print(f"{key:24} {sum(values) / len(values):.4f} token F1 over {len(values)} pages")
    print(
        f"ms a page: ours {1000 * ours / len(truth):.0f}, plain trafilatura {1000 * theirs / len(truth):.0f}"
    )
    for row in sorted(rows)[: args.worst]:
        print("{:.2f} (plain {:.2f}) {}".format(*row))
    return 0


if __name__ == "__main__":
    sys.exit(main())
