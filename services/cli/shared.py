"""What commands share: settings, errors as one clear message, progress that keeps quiet in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, NoReturn

import msgspec
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from services.errors import CommuniqueError

out: Final = Console()
err: Final = Console(stderr=True, soft_wrap=True)  # sentences, whole lines in a pipe

Tell = Callable[[str, int, int], None]


def fail(error: CommuniqueError) -> NoReturn:
    """Print one message with the remedy, and exit with the error's status."""
    err.print(f"[bold red]error:[/] {_plain(str(error))}", highlight=False)
    if error.remedy:
        err.print(f"[bold]what to do:[/] {_plain(error.remedy)}", highlight=False)
    sys.exit(error.exit_code)


def _plain(text: str) -> str:
    return text.replace("[", "\\[")


def print_json(value: Any) -> None:
    """Print data as JSON, one document."""
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n")


@contextmanager
def progress(label: str) -> Iterator[Tell]:
    """Give a function that shows progress as (step, done, total); nothing is shown outside a terminal.

    Where no step is told, it shows that and how long something is under way.
    """
    if not err.is_terminal:
        yield lambda _step, _done, _total: None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task(label, total=None)

        def tell(step: str, done: int, total: int) -> None:
            bar.update(task, description=f"{label}: {step}", completed=done, total=total or None)

        yield tell


def table_of(title: str, headings: list[str], rows: list[list[str]], *, right: tuple[int, ...] = ()) -> Any:
    """Make a table for a terminal; columns in `right` are aligned to the right."""
    from rich.table import Table  # noqa: PLC0415

    table = Table(title=title, title_justify="left", header_style="bold")
    for number, heading in enumerate(headings):
        table.add_column(heading, justify="right" if number in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_plain(cell) for cell in row))
    return table
