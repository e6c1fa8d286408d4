"""A query as text: one statement that only reads, its parameters, and values given for them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, ClassVar, Final, Literal

import sqlalchemy as sa

from services.database.columns import Day
from services.errors import CommuniqueError

READING: Final = frozenset({"select", "with", "values", "table", "explain", "show"})
# What can be streamed: PostgreSQL declares a cursor for these only.
STREAMED: Final = READING - {"explain", "show"}

Kind = Literal["day", "number", "text"]
# PostgreSQL must know what a parameter is, also where it is null.
TYPES: Final[dict[Kind, sa.types.TypeEngine[Any]]] = {
    "day": Day(),
    "number": sa.BigInteger(),
    "text": sa.Text(),
}

_TOKEN: Final = re.compile(
    r"""
      (?P<literal> [eE]'(?:[^'\\]|\\.|'')*' | '(?:[^']|'')*' | "(?:[^"]|"")*" | \$(?P<tag>\w*)\$.*?\$(?P=tag)\$ )
    | (?P<comment> --[^\n]* | /\*.*?\*/ )
    | (?P<cast> :: )
    | (?P<end> ; )
    | (?<![\w:]):(?P<name>[A-Za-z_]\w*)
    """,
    re.VERBOSE | re.DOTALL,
)
_INTEGER: Final = re.compile(r"-?\d{1,18}")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


class WrongQuery(CommuniqueError):
    """A query that is not one reading statement, or lacks a parameter: wrong usage."""

    exit_code: ClassVar[int] = 2


def statement(sql: str, values: Mapping[str, Any], kinds: Mapping[str, Kind] | None = None) -> sa.TextClause:
    """Return `sql` with `values` bound to its `:name` parameters, of the given `kinds` or by their looks.

    Raises `WrongQuery` unless it is a single statement that reads, and each parameter has a value.
    """
    parts, names = _scan(sql)
    body = "".join(parts).strip()
    word = first_word(sql)
    if not body:
        raise WrongQuery("the query is empty", remedy="Try `communique sql --list`.")
    if word not in READING:
        raise WrongQuery(
            f"only queries that read are run here, not {word.upper() or body[:20]!r}",
            remedy="Begin with SELECT or WITH; the schema is changed by `communique db` only.",
        )
    if missing := sorted(names - set(values)):
        raise WrongQuery(
            f"the query needs a value for: {', '.join(missing)}",
            remedy="Give each with --param NAME=VALUE.",
        )
    if unknown := sorted(set(values) - names):
        raise WrongQuery(
            f"the query has no parameter named: {', '.join(unknown)}",
            remedy=f"It has {', '.join(sorted(names)) or 'none'}.",
        )
    known = kinds or {}
    types = {name: TYPES[known[name]] if name in known else _type(values[name]) for name in names}
    return sa.text(body).bindparams(
        *(sa.bindparam(name, values[name], type_=types[name]) for name in sorted(names))
    )


def first_word(sql: str) -> str:
    """Return the first word of `sql`, in small letters, after comments and brackets."""
    bare = _TOKEN.sub(lambda found: " " if found["comment"] else found[0], sql)
    found = re.match(r"[\s(]*([A-Za-z]+)", bare)
    return found[1].lower() if found else ""


def parameters(sql: str) -> set[str]:
    """Return the names of the parameters in `sql`."""
    return _scan(sql)[1]


def _scan(sql: str) -> tuple[list[str], set[str]]:
    """Split `sql` into parts in which only parameters have a colon that SQLAlchemy reads as one."""
    parts: list[str] = []
    names: set[str] = set()
    at = 0
    ended = False
    for found in _TOKEN.finditer(sql):
        between = sql[at : found.start()]
        _refuse_more(between, ended=ended)
        parts.append(between.replace(":", r"\:"))
        at = found.end()
        if found["end"]:
            ended = True
        elif not found["comment"]:
            _refuse_more(found[0], ended=ended)
            parts.append(_escaped(found))
            names |= {found["name"]} if found["name"] else set()
    _refuse_more(sql[at:], ended=ended)
    parts.append(sql[at:].replace(":", r"\:"))
    return parts, names


def _escaped(found: re.Match[str]) -> str:
    return found[0] if found["name"] or found["cast"] else found[0].replace(":", r"\:")


def _refuse_more(text: str, *, ended: bool) -> None:
    if ended and text.strip():
        raise WrongQuery("there is more than one statement", remedy="Run them one at a time.")


def value(text: str) -> str | int:
    """Read a value given on the command line: a whole number as one, everything else as text."""
    return int(text) if _INTEGER.fullmatch(text) else text


def _type(given: Any) -> sa.types.TypeEngine[Any]:
    if isinstance(given, int):
        return TYPES["number"]
    return TYPES["day" if isinstance(given, str) and _is_day(given) else "text"]


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
