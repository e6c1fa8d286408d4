"""Refresh the terminal captures in README.md from a data folder that holds the seeds.

COMMUNIQUE_HOME=... python -m docs.capture
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

README: Final = Path(__file__).resolve().parent.parent / "README.md"
QUESTIONS: Final = (
    (
        "Who met whom, and what settles the day?",
        "SELECT date, date_settled AS settled, date_precision AS unit, form, actors FROM v_meetings WHERE status = 'occurred' ORDER BY date",
    ),
    (
        "What do Kazakhstan and the EU trade, by period, with the words?",
        (
            "SELECT measure, value, unit, period_start AS since, period_end AS until, words FROM v_figures"
            " WHERE measure IN ('trade_turnover', 'export', 'import') AND unit <> 'percent' ORDER BY period_start, measure"
        ),
    ),
    (
        "Who holds which office, as seen in print?",
        "SELECT person, office, country, first_seen_on AS seen FROM v_office_holders ORDER BY person LIMIT 8",
    ),
    (
        "Which agreements and routes are mentioned, and how often?",
        (
            "SELECT e.name, e.kind, count(*) AS mentions FROM mentions m JOIN entities e ON e.entity_id = m.entity_id"
            " WHERE e.kind IN ('agreement', 'initiative') GROUP BY e.name, e.kind ORDER BY mentions DESC, e.name LIMIT 8"
        ),
    ),
    (
        "What is talked about?",
        "SELECT topic, sum(releases) AS releases FROM v_topic_daily GROUP BY topic ORDER BY releases DESC, topic LIMIT 6",
    ),
)


def said(*arguments: str) -> str:
    """Return what a command prints."""
    command = [str(Path(sys.executable).parent / "communique"), *arguments]
    environment = os.environ | {"COLUMNS": "118", "NO_COLOR": "1"}
    return subprocess.run(  # noqa: S603
        command, capture_output=True, text=True, check=True, env=environment
    ).stdout.rstrip()


def questions() -> str:
    """Return the five questions with their answers."""
    parts = []
    for question, sql in QUESTIONS:
        parts.append(f'**{question}**\n\n```\n$ communique sql "{sql}"\n{said("sql", sql)}\n```\n')
    return "\n".join(parts)


def main() -> None:
    """Write the captures into README.md."""
    text = README.read_text(encoding="utf-8")
    run = f"```\n$ make run\n{said('sql', '--saved', 'first-look')}\n```\n"
    for name, body in (("run", run), ("questions", questions())):
        mark = f"<!-- capture:{name} -->", f"<!-- /capture:{name} -->"
        text = re.sub(
            re.escape(mark[0]) + ".*?" + re.escape(mark[1]),
            lambda _, m=mark, b=body: f"{m[0]}\n{b}{m[1]}",  # type: ignore[misc]
            text,
            flags=re.DOTALL,
        )
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
