"""The tables of figures in docs/extraction/README.md: `python -m bench.figures` writes them anew.

Every annotated release that this machine has is read; the part that is held out is measured, never shown.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from pathlib import Path

from bench.annotated_corpus import corpus_folders
from bench.score_engine import ROOT, default_folders, measure, own_folders

PAGE = ROOT / "docs" / "extraction" / "README.md"
BARS = {
    "entities.person.f1": ("people F1", ".90"),
    "entities.organization.f1": ("organisations F1", ".90"),
    "entities.place.f1": ("places F1", ".90"),
    "entities.agreement.f1": ("agreements F1", ".90"),
    "main.type": ("main event: type", ".90"),
    "main.form": ("main event: form", ".85"),
    "main.date": ("main event: date", ".95"),
    "main.participants.f1": ("main event: participants F1", ".90"),
    "events.f1": ("all events F1", ".80"),
    "topics.f1": ("topics micro-F1", ".80"),
    "figures.f1": ("figures F1", ".95"),
    "dates.f1": ("dates F1", ".95"),
    "relevant": ("diplomatic or not", ".97"),
    "published_on": ("publication date", ".97"),
    "broken_spans": ("spans that do not match", "0"),
}
PUBLISHERS = ("au", "kremlin", "lk", "sg", "uk", "ukraine", "us")
SPREAD = ("entities.f1", "main.type", "main.form", "main.participants.f1", "events.f1", "topics.f1")


def by_part() -> list[str]:
    folders = {"released": default_folders(), "corpus": corpus_folders(), "own": own_folders()}
    found = {(k, part): measure(*folders[k], part)[0] for k in folders for part in ("work", "held")}
    rows = [f"| figure | bar |{''.join(f' {k}: worked with | {k}: held out |' for k in folders)}"]
    rows.append("|---|---|" + "---|---|" * len(folders))
    for name, (label, bar) in BARS.items():
        cells = " | ".join(f"{figures[name]:.3f}" for figures in found.values())
        rows.append(f"| {label} | {bar} | {cells} |")
    return rows


def by_publisher() -> list[str]:
    rows = [
        "| publisher | releases | entities F1 | main type | main form | participants F1 | events F1 | topics F1 |"
    ]
    rows.append("|---|---|---|---|---|---|---|---|")
    for name in PUBLISHERS:
        figures, _ = measure(*default_folders(), "all", f"_{name}-")
        cells = " | ".join(f"{figures.get(x, 0.0):.2f}" for x in SPREAD)
        rows.append(f"| {name} | {figures['releases']:.0f} | {cells} |")
    return rows


def put(text: str, name: str, rows: list[str]) -> str:
    """Replace what stands between the marks of a table."""
    body = "\n".join(rows)
    mark = f"<!-- figures:{name} -->\n"
    return re.sub(
        f"{mark}.*?<!-- /figures -->", lambda _: f"{mark}{body}\n<!-- /figures -->", text, flags=re.DOTALL
    )


def main(page: Path = PAGE) -> int:
    text = page.read_text("utf-8")
    text = re.sub(r"Measured on \d{4}-\d{2}-\d{2}", f"Measured on {dt.datetime.now(dt.UTC).date()}", text)
    for name, rows in (("parts", by_part()), ("publishers", by_publisher())):
        text = put(text, name, rows)
    page.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
