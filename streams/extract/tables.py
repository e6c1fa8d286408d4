"""Reads the vocabulary files: tables, word lists and settings, and what a row may name."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

FOLDER: Final = files("streams.vocabulary")


class Known(NamedTuple):
    """One thing that a vocabulary names.

    `kind` is country, adjective, organization, agreement, initiative, region, place, city, office, or
    honorific; `exact` entries (acronyms) match only as written.
    """

    kind: str
    name: str
    code: str | None = None
    exact: str = ""
    level: str | None = None
    geonames_id: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    capital: bool = False


def table(name: str) -> Iterator[list[str]]:
    """The rows of a tab-separated vocabulary without its comments."""
    with (FOLDER / name).open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                yield line.rstrip("\n").split("\t")


def words(name: str) -> frozenset[str]:
    """The lines of a plain word list without its comments."""
    return frozenset(row[0] for row in table(name))


@cache
def settings(name: str) -> dict[str, Any]:
    """A TOML vocabulary."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def split(cell: str) -> list[str]:
    return [part for part in cell.split(";") if part]


@cache
def names_words(part: str) -> frozenset[str]:
    """One list of `names.toml` as a set."""
    return frozenset(settings("names.toml")[part])
