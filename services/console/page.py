"""The status page: what `communique status` shows, for a browser, with nothing in it that could be pressed."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Mapping, Sequence
from typing import Final

from services.alive import STALE_SECONDS
from services.status import SourceState, StageState, Status

SHOWN_SOURCES: Final = 30
STYLE: Final = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "table{border-collapse:collapse;margin:.5rem 0 1.5rem}td,th{padding:.25rem 1rem .25rem 0;text-align:left;"
    "border-bottom:1px solid #ddd;vertical-align:top}.n{text-align:right;font-variant-numeric:tabular-nums}"
    ".well{color:#060}.problem{color:#a00;font-weight:600}h1{font-size:1.4rem}h2{font-size:1.05rem}"
)


def render(found: Status, silent_seconds: Mapping[str, float]) -> str:
    """Return the page for what was found, with the seconds since each process gave a sign of life."""
    now = f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M:%S} UTC"
    stored = f"{found.freshest[:19].replace('T', ' ')} UTC" if found.freshest else "never"
    return (
        "<!doctype html><html lang=en><meta charset=utf-8><title>Communiqué</title>"
        "<meta name=viewport content='width=device-width'><meta http-equiv=refresh content=5>"
        f"<style>{STYLE}</style>"
        f"<h1>Communiqué</h1><p>As of {now}. Last stored: {html.escape(stored)}.</p>{_health(found)}"
        f"<h2>Stages</h2>{_stages(found.stages)}"
        f"<h2>Processes</h2>{_processes(silent_seconds)}"
        f"<h2>Stored</h2>{_counts(found.counts, 'table', 'rows')}"
        f"<h2>Sources</h2>{_sources(found.sources)}"
        f"<h2>Dead letters</h2>{_counts(found.dead_by_error, 'error', 'records')}"
        "<p><a href=/metrics>metrics</a> · <a href=/health/ready>ready</a> · <a href=/status.json>JSON</a></p></html>"
    )


def _health(found: Status) -> str:
    wrong = [*found.problems, *found.stalls]
    if not wrong:
        return "<p class=well>Broker and database answer, and nothing stands still.</p>"
    return "".join(f"<p class=problem>{html.escape(said)}</p>" for said in wrong)


def _stages(stages: Sequence[StageState]) -> str:
    rows = [
        [
            s.stage,
            s.topic,
            f"{s.end:,}",
            f"{s.committed:,}",
            f"{s.lag:,}",
            "" if s.rate is None else f"{s.rate:.1f}",
        ]
        for s in stages
    ]
    return _table(["stage", "reads", "end", "committed", "lag", "records/s"], rows, 2)


def _processes(silent_seconds: Mapping[str, float]) -> str:
    rows = [
        [name, "alive" if age < STALE_SECONDS else f"no sign of life for {dt.timedelta(seconds=int(age))}"]
        for name, age in silent_seconds.items()
    ]
    return _table(["process", "state"], rows, 2)


def _counts(counts: Mapping[str, int], name: str, number: str) -> str:
    return _table([name, number], [[key, f"{value:,}"] for key, value in counts.items()], 1)


def _sources(sources: Sequence[SourceState]) -> str:
    rows = [
        [
            s.source_id,
            s.state,
            (s.last_success_at or "never")[:16].replace("T", " "),
            (s.last_new_at or "never")[:16].replace("T", " "),
            str(s.consecutive_failures or ""),
            (s.last_error or "")[:120],
        ]
        for s in sources[:SHOWN_SOURCES]
    ]
    more = len(sources) - len(rows)
    shown = _table(["source", "state", "last success", "last new", "failures", "last error"], rows, 6)
    return shown + (f"<p>And {more:,} more without more trouble than these.</p>" if more > 0 else "")


def _table(headings: list[str], rows: list[list[str]], numbers_from: int) -> str:
    if not rows:
        return "<p>None.</p>"

    def cells(tag: str, row: list[str]) -> str:
        return "".join(
            f"<{tag}{' class=n' if i >= numbers_from else ''}>{html.escape(cell)}</{tag}>"
            for i, cell in enumerate(row)
        )

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    return f"<table><tr>{cells('th', headings)}</tr>{body}</table>"
