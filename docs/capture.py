"""The captures of the terminal in README.md: what `make run` and five questions answer on the seeds.

Part of `make docs`: the answers are computed, and a test checks that they are still these.
"""

from __future__ import annotations

import io
import re
import tempfile
from pathlib import Path
from typing import Final

from docs.seeded import store_seeds
from services.database import query, query_formats
from services.settings import Settings, apart

README: Final = Path(__file__).resolve().parent.parent / "README.md"
QUESTIONS: Final = (
    (
        "Who met whom, and what settles the day?",
        (
            "SELECT date, date_settled, date_precision AS unit, form, actors FROM v_meetings"
            " WHERE status = 'occurred' ORDER BY date DESC NULLS LAST, actors LIMIT 8"
        ),
    ),
    (
        "What do Kazakhstan and the EU trade, by period, with the words?",
        (
            "SELECT measure, value, unit, period_start AS since, period_end AS until, words FROM v_figures"
            " WHERE measure IN ('trade_turnover', 'export', 'import') AND unit <> 'percent'"
            " ORDER BY period_start, measure, value"
        ),
    ),
    (
        "Who holds which office, as seen in print?",
        (
            "SELECT person, max(office) AS office, country, min(first_seen_on) AS seen FROM v_office_holders"
            " GROUP BY person, country ORDER BY person"
        ),
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
        (
            "SELECT topic, sum(releases) AS releases FROM v_topic_daily"
            " GROUP BY topic ORDER BY releases DESC, topic LIMIT 6"
        ),
    ),
)


def readme() -> str:
    """Return README.md with its captures made anew."""
    text = README.read_text(encoding="utf-8")
    for name, body in captures().items():
        begin, end = f"<!-- capture:{name} -->", f"<!-- /capture:{name} -->"
        before, _, rest = text.partition(begin)
        text = f"{before}{begin}\n{body}{end}{rest.partition(end)[2]}"
    return text


def captures() -> dict[str, str]:
    """Return each capture by its name."""
    with tempfile.TemporaryDirectory() as folder:
        settings = store_seeds(apart(home=Path(folder)))
        with query.ask_saved(settings, "first-look") as answer:
            first = _drawn(answer)
        asked = [_question(settings, title, sql) for title, sql in QUESTIONS]
    return {"run": f"```\n$ make run\n{first}```\n", "questions": "\n".join(asked)}


def _question(settings: Settings, title: str, sql: str) -> str:
    with query.ask(settings, sql) as answer:
        return f'**{title}**\n\n```\n$ .venv/bin/communique sql "{sql}"\n{_drawn(answer)}```\n'


def _drawn(answer: query.Answer) -> str:
    """Return the table as a pipe gets it."""
    out = io.StringIO()
    query_formats.write(answer, "table", out)
    return re.sub(r" +$", "", out.getvalue(), flags=re.MULTILINE)
