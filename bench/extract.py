"""Our engine against the spaCy engine: releases a second and entity F1 on the same texts in one run.

    python -m bench.extract [--repeat N]

Needs `pip install 'communique[spacy]'`. Both engines run on one core in this process; the texts are
the annotated releases that this machine has. Prints both and the ratios.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable

from bench import score_engine
from bench.score_engine import default_folders, measure, raw_of
from services.garbage import settle
from streams import engines
from streams.annotation import Annotation
from streams.clean import clean
from streams.records import CleanRelease


def seconds_for(annotate: Callable[[CleanRelease], Annotation], releases: list[CleanRelease]) -> list[float]:
    took = []
    for release in releases:
        began = time.perf_counter()
        annotate(release)
        took.append(time.perf_counter() - began)
    return sorted(took)


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--repeat", type=int, default=3)
    args = ap.parse_args()
    golds, texts = default_folders()
    releases = [clean(raw_of(p)) for folder in texts for p in sorted(folder.glob("*.txt"))]
    ours, peer = engines.load("communique"), engines.load("spacy")
    for annotate in (ours, peer):  # load models and caches before anything is timed
        seconds_for(annotate, releases[:3])
    settle()  # as a worker does before its first release
    rounds = [(seconds_for(ours, releases), seconds_for(peer, releases)) for _ in range(args.repeat)]
    result: dict[str, object] = {"releases": len(releases)}
    for name, which in (("communique", 0), ("spacy", 1)):
        result[name] = {
            "releases_per_second": round(len(releases) / statistics.median(sum(r[which]) for r in rounds), 1),
            "median_ms": round(1000 * statistics.median(statistics.median(r[which]) for r in rounds), 2),
            "p99_ms": round(1000 * statistics.median(r[which][int(len(releases) * 0.99)] for r in rounds), 2),
        }
    result["times_as_fast"] = round(statistics.median(sum(r[1]) / sum(r[0]) for r in rounds), 1)
    for name, annotate in (("communique", ours), ("spacy", peer)):
        score_engine.annotate = annotate
        found, _ = measure(golds, texts)
        result[f"{name}_f1"] = {
            k: round(v, 3) for k, v in found.items() if k.startswith("entities") and k.endswith("f1")
        }
    print(json.dumps(result, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
