"""The prompt of `communique sql`: SQL that ends in a semicolon, a few commands, a history in the data folder."""

from __future__ import annotations

import sys
from typing import Final

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.history import FileHistory
from rich.console import Console

from services.database import queries, query, query_formats
from services.database.tables import metadata
from services.database.views import VIEWS
from services.errors import CommuniqueError
from services.settings import Settings

HELP: Final = """\
End a query with a semicolon. Nothing here can change the database.
  .tables            tables and views
  .columns NAME      columns of a table or view
  .saved             saved queries
  .run NAME [k=v]    run a saved query
  .quit              leave (or Ctrl-D)"""


def run(settings: Settings, shape: query_formats.Format) -> None:
    """Ask for queries until the user leaves."""
    words = sorted({*VIEWS, *metadata.tables, *(c for cs in VIEWS.values() for c in cs)})
    session: PromptSession[str] = PromptSession(
        history=FileHistory(str(settings.home / "sql_history")),
        completer=WordCompleter([*words, "SELECT", "FROM", "WHERE", "ORDER BY", "LIMIT"], ignore_case=True),
        complete_while_typing=False,
    )
    out = Console(highlight=False)
    out.print(HELP, style="dim", markup=False)
    while (line := _read(session)) is not None:
        try:
            if not obey(settings, line, shape, out):
                return
        except CommuniqueError as error:
            out.print(f"{error}\n{error.remedy}".rstrip(), style="red", markup=False)
        except KeyboardInterrupt:
            out.print("stopped", style="dim")


def _read(session: PromptSession[str]) -> str | None:
    """Return a command or a whole query, null when the user leaves; Ctrl-C begins anew."""
    lines: list[str] = []
    while True:
        try:
            line = session.prompt("sql> " if not lines else "...> ")
        except KeyboardInterrupt:
            lines.clear()
            continue
        except EOFError:
            return None
        lines.append(line)
        text = "\n".join(lines).strip()
        if text.startswith(".") or text.endswith(";"):
            return text
        if not text:
            lines.clear()


def obey(settings: Settings, text: str, shape: query_formats.Format, out: Console) -> bool:
    """Run one command or query; false when the user wants to leave."""
    command, *rest = text.rstrip(";").split() or [""]
    if command in {".quit", ".exit", ".q"}:
        return False
    if command == ".tables":
        out.print("\n".join([*VIEWS, *sorted(metadata.tables)]), markup=False)
    elif command == ".columns" and rest:
        out.print("\n".join(_columns(rest[0])) or f"there is no {rest[0]}", markup=False)
    elif command == ".saved":
        out.print("\n".join(f"{q.name:16} {q.answers}" for q in queries.saved().values()), markup=False)
    elif command == ".run" and rest:
        given = dict(pair.split("=", 1) for pair in rest[1:] if "=" in pair)
        with query.ask_saved(settings, rest[0], given) as answer:
            query_formats.write(answer, shape, sys.stdout)
    elif command.startswith("."):
        out.print(HELP, markup=False)
    else:
        with query.ask(settings, text) as answer:
            query_formats.write(answer, shape, sys.stdout)
    return True


def _columns(name: str) -> list[str]:
    if name in VIEWS:
        return list(VIEWS[name])
    return [c.name for c in metadata.tables[name].columns] if name in metadata.tables else []
