"""Write the floors anew at what is reached now, as later entries: `python -m tests.quality.floors "reason"`.

A floor stands a little below what was found, so that an unrelated change of one text does not fail.
A lower floor needs the reason, which is kept.
"""

from __future__ import annotations

import datetime as dt
import sys
import tomllib
from pathlib import Path
from typing import Final

from bench.annotated_corpus import corpus_folders
from bench.score_engine import ROOT, default_folders, measure, own_folders

FILE: Final = Path(__file__).parent / "floors.toml"
MARGIN: Final = 0.01
FIGURES: Final = (
    "entities.person.f1",
    "entities.organization.f1",
    "entities.place.f1",
    "entities.agreement.f1",
    "main.type",
    "main.form",
    "main.date",
    "main.participants.f1",
    "events.f1",
    "topics.f1",
    "figures.f1",
    "dates.f1",
    "relevant",
    "person_country",
    "no_event_when_other",
)


def main() -> int:
    reason = " ".join(sys.argv[1:])
    old = tomllib.loads(FILE.read_text("utf-8"))["floor"] if FILE.exists() else []
    before = {(f["part"], f["figure"]): f["value"] for f in old}
    lines = []
    found = {"seeds": measure([ROOT / "tests/quality/gold/seeds"], [ROOT / "seeds"])[0]}
    found |= {f"own {part}": measure(*own_folders(), part)[0] for part in ("work", "held")}
    corpus = corpus_folders()
    found |= {f"corpus {part}": measure(*corpus, part)[0] for part in ("work", "held")}
    found |= {part: measure(*default_folders(), part)[0] for part in ("work", "held")}
    for part, figures in found.items():
        for figure in FIGURES:
            if figure not in figures:
                continue  # the seeds hold no release that is not diplomacy
            value = int(max(0.0, figures[figure] - MARGIN) * 1000) / 1000
            was = before.get((part, figure))
            if was == value:
                continue
            lines += ["[[floor]]", f'part = "{part}"', f'figure = "{figure}"', f"value = {value}"]
            lines.append(f'date = "{dt.datetime.now(dt.UTC).date().isoformat()}"')
            lines.append(f"reached = {figures[figure]:.4f}")
            if was is not None and value < was:
                if len(reason) < 30:
                    print(
                        f"{part} {figure} would fall from {was} to {value}: say why, in 30 characters or more"
                    )
                    return 1
                lines.append(f'lowered_because = "{reason}"')
            lines.append("")
    head = (
        ""
        if FILE.exists()
        else "# Quality floors; the last entry of a figure counts (tests/quality/test_floors.py).\n\n"
    )
    with FILE.open("a", encoding="utf-8") as file:
        file.write(head + "\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
