"""Write the generated pages: the command line from the commands, the settings from their definitions, README's captures.

    python -m docs.generate [--check]

`--check` writes nothing and exits 1 if a page is not what it would be written as.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any, Final

import typer
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from docs.capture import readme
from docs.database_page import database_page, queries_page
from services.cli.main import make_app
from services.settings import Settings
from streams.schemas import pages as schema_pages

FOLDER: Final = Path(__file__).resolve().parent
MARKUP: Final = re.compile(r"\[/?(bold|red|)\]")


def commands_page() -> str:
    """Return `docs/commands.md`: every command with its arguments, options and example."""
    root = typer.main.get_command(make_app())
    lines = [
        "# Command line",
        "",
        "Generated from the commands by `make docs`; a test checks that it is up to date.",
        "Every command exits 0 on success, 1 on failure, 2 on wrong usage or configuration,",
        "and its error says what to do next.",
        "",
    ]
    for path, command in _walk(root, ()):
        lines += _command(path, command)
    return "\n".join(lines).rstrip() + "\n"


def _walk(command: Any, path: tuple[str, ...]) -> list[tuple[tuple[str, ...], Any]]:
    children = getattr(command, "commands", None)
    if not children:
        return [(path, command)]
    return [found for name, child in children.items() for found in _walk(child, (*path, name))]


def _command(path: tuple[str, ...], command: Any) -> list[str]:
    name = " ".join(("communique", *path))
    text = MARKUP.sub("", command.help or "").strip()
    lines = [f"## `{name}`", "", *_prose(text), ""]
    rows = [_parameter(p) for p in command.params if p.name != "help"]
    if rows:
        lines += ["| argument or option | meaning |", "|---|---|", *rows, ""]
    return lines


def _prose(text: str) -> list[str]:
    lines = []
    for line in text.splitlines():
        if found := re.match(r"\s*Examples?:\s*(.*)", line):
            lines += ["Example:", ""] + ([f"    {found[1]}"] if found[1] else [])
        elif line.startswith("  ") or (lines and lines[-1].startswith("    ") and line.strip()):
            lines.append(f"    {line.strip()}")
        else:
            lines.append(line.strip())
    return lines


def _parameter(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        name = parameter.metavar or parameter.name.upper()
    else:
        name = ", ".join([*parameter.opts, *parameter.secondary_opts])
        if not getattr(parameter, "is_flag", False):
            name += " " + (parameter.metavar or parameter.name.upper())
    said = MARKUP.sub("", getattr(parameter, "help", "") or "")
    return f"| `{name.replace('|', ' or ')}` | {said} |"


def settings_page() -> str:
    """Return `docs/settings.md`: every setting with its environment variable, default and meaning."""
    lines = [
        "# Settings",
        "",
        "Generated from the definitions by `make docs`; a test checks that it is up to date.",
        "One `communique.toml` (beside or in the data folder) plus environment variables, which win.",
        "A name with a dot is a table of the file: `fetch.contact` is `contact` under `[fetch]`.",
        "",
        "| in the file | environment variable | default | meaning |",
        "|---|---|---|---|",
        *_rows(Settings, ()),
    ]
    return "\n".join(lines) + "\n"


def _rows(model: type[BaseModel], path: tuple[str, ...]) -> list[str]:
    rows = []
    for name, field in model.model_fields.items():
        here = (*path, name)
        if isinstance(field.default, BaseModel):
            rows += _rows(type(field.default), here)
        else:
            variable = "COMMUNIQUE_" + "__".join(here).upper()
            rows.append(f"| `{'.'.join(here)}` | `{variable}` | {_default(field)} | {field.description} |")
    return rows


def _default(field: FieldInfo) -> str:
    return "unset" if field.default is None else f"`{field.default}`" if field.default != "" else "empty"


def pages() -> dict[str, str]:
    """Return every generated page by its path in docs/."""
    schemas = {f"schemas/{name}": text for name, text in schema_pages().items()}
    return {
        "commands.md": commands_page(),
        "settings.md": settings_page(),
        "database.md": database_page(),
        "queries.md": queries_page(),
        "../README.md": readme(),
        **schemas,
    }


def main() -> int:
    """Write or check the pages."""
    stale = 0
    for name, page in pages().items():
        file = FOLDER / name
        if "--check" in sys.argv:
            stale += not file.is_file() or file.read_text(encoding="utf-8") != page
        else:
            file.write_text(page, encoding="utf-8")
    return int(bool(stale))


if __name__ == "__main__":
    sys.exit(main())
