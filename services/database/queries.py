"""Saved queries: one `.sql` file each in `saved/`, whose first comment says what it answers and what it needs.

    -- What the query answers, in a sentence or two.
    -- :name (day | number | text) [= default]: what it is

A default that is left out is null. A day may be `today` or `N days ago`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from migrations import dialects
from services.database.query_text import Kind, WrongQuery

_PARAMETER: Final = re.compile(r":(\w+) \((day|number|text)\)(?: = ([^:]+))?: (.+)")
_AGO: Final = re.compile(r"(\d+) days ago")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a saved query needs; without a default it is null unless given."""

    name: str
    kind: Kind
    default: str | None
    meaning: str


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A question with its SQL, `sql` still holding what is marked for each database."""

    name: str
    answers: str
    parameters: tuple[Parameter, ...]
    sql: str

    def text(self, dialect: str) -> str:
        """Return the SQL for `dialect`, without the header."""
        return dialects.render(self.sql, dialect)

    def kinds(self) -> dict[str, Kind]:
        """Return what each parameter is."""
        return {p.name: p.kind for p in self.parameters}

    def values(self, given: Mapping[str, str], today: dt.date) -> dict[str, str | int | None]:
        """Return a value for each parameter, from what was `given` and the defaults.

        Raises `WrongQuery` for a name that the query does not have, and for a value of the wrong kind.
        """
        if unknown := sorted(set(given) - {p.name for p in self.parameters}):
            raise WrongQuery(
                f"{self.name} has no parameter named: {', '.join(unknown)}",
                remedy=f"It has {', '.join(p.name for p in self.parameters) or 'none'}.",
            )
        return {p.name: _read(p, given.get(p.name, p.default), today) for p in self.parameters}


@cache
def saved() -> dict[str, SavedQuery]:
    """Return all saved queries by name, in order."""
    folder = resources.files("services.database").joinpath("saved")
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return {q.name: q for q in (parse(f.name[:-4], f.read_text(encoding="utf-8")) for f in files)}


def named(name: str) -> SavedQuery:
    """Return the saved query `name`; raises `WrongQuery` if there is none."""
    try:
        return saved()[name]
    except KeyError:
        raise WrongQuery(
            f"there is no saved query named {name!r}", remedy="`communique sql --list` shows them."
        ) from None


def parse(name: str, text: str) -> SavedQuery:
    """Read a saved query from its file's text."""
    lines = text.splitlines()
    end = next(i for i, line in enumerate(lines) if not line.startswith("--"))
    answers: list[str] = []
    parameters: list[Parameter] = []
    for line in lines[:end]:
        said = line.removeprefix("--").strip()
        if found := _PARAMETER.fullmatch(said):
            kind: Kind = found[2]  # type: ignore[assignment]  # one of the three, by the pattern
            parameters.append(Parameter(found[1], kind, found[3], found[4]))
        else:
            answers.append(said)
    return SavedQuery(name, " ".join(answers), tuple(parameters), "\n".join(lines[end:]).strip())


def _read(parameter: Parameter, text: str | None, today: dt.date) -> str | int | None:
    if text is None or text == "":
        return None
    try:
        if parameter.kind == "number":
            return int(text)
        if parameter.kind == "day":
            return _day(text, today).isoformat()
    except ValueError:
        wanted = "a day (YYYY-MM-DD)" if parameter.kind == "day" else "a whole number"
        raise WrongQuery(
            f"parameter {parameter.name} is {text!r}, which is not {wanted}",
            remedy=f"Give --param {parameter.name}=VALUE: {parameter.meaning}.",
        ) from None
    return text


def _day(text: str, today: dt.date) -> dt.date:
    if text == "today":
        return today
    if found := _AGO.fullmatch(text):
        return today - dt.timedelta(days=int(found[1]))
    return dt.date.fromisoformat(text)
