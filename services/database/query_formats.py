"""An answer on paper: a table for people, CSV, JSON and NDJSON for programs."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Final, Literal, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from services.database.query import Answer, Value

Format = Literal["table", "csv", "json", "ndjson"]

# A table is held in memory to be laid out; who wants more takes another format.
LONGEST_TABLE: Final = 1000
# A column narrower than this is unreadable: the rows are then shown as records, one line a value.
NARROWEST: Final = 14


def write(answer: Answer, form: Format, out: TextIO) -> int:
    """Write `answer` to `out` and return how many rows there were."""
    return _WRITERS[form](answer, out)


def _json(answer: Answer, out: TextIO) -> int:
    """Write an array of objects, while the rows come."""
    count = 0
    for row in answer.rows:
        out.write("[\n " if count == 0 else ",\n ")
        out.write(_object(answer.columns, row))
        count += 1
    out.write("\n]\n" if count else "[]\n")
    return count


def _ndjson(answer: Answer, out: TextIO) -> int:
    count = 0
    for row in answer.rows:
        out.write(_object(answer.columns, row) + "\n")
        count += 1
    return count


def _object(columns: Sequence[str], row: Sequence[Value]) -> str:
    return json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False)


def _csv(answer: Answer, out: TextIO) -> int:
    """Write CSV with a line of column names; null is empty, booleans are true and false."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(answer.columns)
    count = 0
    for row in answer.rows:
        writer.writerow([_bare(value) for value in row])
        count += 1
    return count


def _bare(value: Value) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _table(answer: Answer, out: TextIO) -> int:
    """Draw a table, or records where the columns do not fit; a hint follows where rows were left out."""
    rows = list(islice(answer.rows, LONGEST_TABLE))
    console = Console(file=out)
    if not console.is_terminal:
        console = Console(file=out, width=_needed(answer.columns, rows), no_color=True)
    if console.width < len(answer.columns) * NARROWEST and _needed(answer.columns, rows) > console.width:
        _records(answer.columns, rows, console)
    else:
        _grid(answer.columns, rows, console)
    more = next(answer.rows, None) is not None
    left = "; the rest is left out, take --format csv for all of it" if more else ""
    console.print(Text(f"{len(rows)} row{'' if len(rows) == 1 else 's'}{left}", style="dim"))
    return len(rows)


def _needed(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> int:
    widths = [len(name) for name in columns]
    for row in rows:
        widths = [max(width, len(_shown(value))) for width, value in zip(widths, row, strict=True)]
    return max(80, sum(widths) + 3 * len(widths) + 1)


def _grid(columns: Sequence[str], rows: Iterable[Sequence[Value]], console: Console) -> None:
    table = Table()
    numeric = [
        all(isinstance(row[i], int | float) or row[i] is None for row in rows) for i in range(len(columns))
    ]
    for name, number in zip(columns, numeric, strict=True):
        table.add_column(Text(name), justify="right" if number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(_shown(value)) for value in row))
    console.print(table)


def _records(columns: Sequence[str], rows: Iterable[Sequence[Value]], console: Console) -> None:
    for number, row in enumerate(rows, 1):
        console.rule(Text(f"{number}"), align="left", style="dim")
        grid = Table.grid(padding=(0, 2))
        grid.add_column(style="bold", no_wrap=True)
        grid.add_column(overflow="fold")
        for name, value in zip(columns, row, strict=True):
            if value is not None:
                grid.add_row(Text(name), Text(_shown(value)))
        console.print(grid)


def _shown(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else " ".join(str(value).split("\n"))


_WRITERS: Final[dict[Format, Callable[[Answer, TextIO], int]]] = {
    "table": _table,
    "csv": _csv,
    "json": _json,
    "ndjson": _ndjson,
}
