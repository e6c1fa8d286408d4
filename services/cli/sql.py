"""`communique sql`: a question in SQL, a saved one, or a prompt; read-only whatever is typed."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from services import settings as configuration
from services.database import queries, query, query_formats, query_text
from services.database.query_text import WrongQuery
from services.settings import Settings

EXAMPLES: Final = """
Examples:

  communique sql "SELECT date, date_settled, actors, recipients FROM v_meetings"

  communique sql --list

  communique sql --saved trade --param country=KAZ --param partner=EU --format csv
"""


class Format(StrEnum):
    """What the answer looks like."""

    table = "table"
    csv = "csv"
    json = "json"
    ndjson = "ndjson"


def sql(
    question: Annotated[
        str | None, typer.Argument(metavar="[QUERY]", help="One SELECT; without it, a prompt")
    ] = None,
    saved: Annotated[str | None, typer.Option("--saved", metavar="NAME", help="Run a saved query")] = None,
    listing: Annotated[
        bool, typer.Option("--list", help="Show the saved queries and what each answers")
    ] = False,
    param: Annotated[
        list[str] | None, typer.Option("--param", metavar="NAME=VALUE", help="A value for :NAME; repeatable")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="What the answer looks like")] = Format.table,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json")] = False,
) -> None:
    """Ask the database in SQL: read-only, as a table, CSV, JSON or NDJSON."""
    shape: query_formats.Format = "json" if as_json else form.value
    if sum([question is not None, saved is not None, listing]) > 1:
        raise WrongQuery("QUERY, --saved and --list exclude one another", remedy="Give one of them.")
    try:
        _answer(question, saved, _given(param or []), shape, listing=listing)
    except BrokenPipeError:
        # The reader has seen enough (`| head`): end as quietly as other programs do.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


sql.__doc__ = f"{sql.__doc__}\n{EXAMPLES}"


def _answer(
    question: str | None,
    saved: str | None,
    given: dict[str, str],
    shape: query_formats.Format,
    *,
    listing: bool,
) -> None:
    if listing:
        show_list(shape)
        return
    settings = configuration.load()
    if saved is not None:
        with query.ask_saved(settings, saved, given) as answer:
            query_formats.write(answer, shape, sys.stdout)
        return
    if question is None and sys.stdin.isatty():
        from services.cli import sql_prompt  # noqa: PLC0415 (only a person at a terminal needs it)

        sql_prompt.run(settings, shape)
        return
    _ask(settings, question if question is not None else sys.stdin.read(), given, shape)


def _ask(settings: Settings, question: str, given: dict[str, str], shape: query_formats.Format) -> None:
    values = {name: query_text.value(text) for name, text in given.items()}
    with query.ask(settings, question, values) as answer:
        query_formats.write(answer, shape, sys.stdout)


def show_list(shape: query_formats.Format) -> None:
    """Show the saved queries: what each answers and its parameters."""
    found = queries.saved().values()
    if shape != "table":
        rows = ((q.name, q.answers, "; ".join(_signature(p) for p in q.parameters)) for q in found)
        answer = query.Answer(("name", "answers", "parameters"), iter(rows))
        query_formats.write(answer, shape, sys.stdout)
        return
    table = Table("name", "answers", "parameters", show_lines=True)
    for saved in found:
        told = "\n".join(f"{_signature(p)}: {p.meaning}" for p in saved.parameters)
        table.add_row(Text(saved.name, style="bold"), Text(saved.answers), Text(told))
    console = Console()
    console.print(table)
    console.print(Text("Run one with `communique sql --saved NAME --param NAME=VALUE`.", style="dim"))


def _signature(parameter: queries.Parameter) -> str:
    return f"{parameter.name}={parameter.default}" if parameter.default is not None else parameter.name


def _given(pairs: list[str]) -> dict[str, str]:
    given = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals or not name.isidentifier():
            raise WrongQuery(f"--param {pair!r} is not NAME=VALUE", remedy="For example: --param country=KAZ")
        given[name] = text
    return given
