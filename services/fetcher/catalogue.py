"""The catalogue that ships with the package: `sources.toml`, every entry disabled until someone enables it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal, get_args

from services.fetcher.state import Source

Kind = Literal["ministry", "presidency", "government", "organization", "agency"]
_ENGLISH: Final = re.compile(r"(?:\b|_)(?:en|eng|english)(?:\b|_)", re.IGNORECASE)
KINDS: Final[tuple[str, ...]] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Entry:
    """One publisher. `feeds` are known addresses of feeds; `url` is its press page."""

    source_id: str
    name: str
    country: str  # ISO 3166-1 alpha-3, XKX, or the code of an organisation
    kind: Kind
    url: str
    languages: tuple[str, ...]
    feeds: tuple[str, ...] = ()
    seen: str = ""  # where the address is from, and when it was last seen there
    verified_on: str = ""  # filled in the database by `sources check`, never here

    def source(self) -> Source:
        """The row of `sources` that enabling makes: the feed where one is known, in the language of its address."""
        address = self.feeds[0] if self.feeds else self.url
        english = "en" in self.languages and _ENGLISH.search(address)
        language = "en" if english else self.languages[0] if self.languages else None
        return Source(self.source_id, self.name, address, self.kind, self.country, language)


@cache
def entries() -> tuple[Entry, ...]:
    """Every entry of the catalogue, in its order."""
    data = tomllib.loads(files("services.fetcher").joinpath("sources.toml").read_text(encoding="utf-8"))
    return tuple(
        Entry(
            source_id=row["id"],
            name=row["name"],
            country=row["country"],
            kind=row["kind"],
            url=row["url"],
            languages=tuple(row["languages"]),
            feeds=tuple(row.get("feeds", ())),
            seen=row.get("seen", ""),
            verified_on=row.get("verified_on", ""),
        )
        for row in data["source"]
    )
