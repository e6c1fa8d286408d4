"""The golden outputs: what is read out of the seeds and of texts of our own, in full.

    python -m tests.quality.golden

writes them anew, so that a reviewer sees in a diff what a change of rules does. When they change,
`PIPELINE_VERSION` must rise: stored rows are only replaced by rows of a higher version.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import msgspec

from bench.score_engine import ROOT, raw_of
from streams.annotate import PIPELINE_VERSION, annotate
from streams.clean import clean

FOLDER: Final = ROOT / "tests" / "quality"
GOLDEN: Final = FOLDER / "golden"


def texts() -> list[Path]:
    """The seeds and our own texts."""
    return [*sorted((ROOT / "seeds").glob("*.txt")), *sorted((FOLDER / "texts").glob("*.txt"))]


def reading(path: Path) -> dict[str, Any]:
    """Everything that is read out of one text, as JSON data."""
    release = clean(raw_of(path))
    kept = ("text", "title", "language", "published_on", "published_at", "published_basis")
    encoder = msgspec.json.Encoder(decimal_format="string")
    annotation = json.loads(encoder.encode(annotate(release)))
    return {"release": {k: getattr(release, k) for k in kept}, "annotation": annotation}


def main() -> None:
    GOLDEN.mkdir(exist_ok=True)
    for path in texts():
        text = json.dumps(reading(path), indent=1, ensure_ascii=False, sort_keys=True)
        (GOLDEN / f"{path.stem}.json").write_text(text + "\n", encoding="utf-8")
    (GOLDEN / "VERSION").write_text(f"{PIPELINE_VERSION}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
