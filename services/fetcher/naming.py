"""What a new source is called and whose it is: as its user says, as the catalogue has it, else as its address shows."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlsplit

import sqlalchemy as sa

from services.database import tables as t
from services.database.publishers import land_of, states
from services.errors import ConfigurationError
from services.fetcher import catalogue
from services.fetcher.state import Source

_ID: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}\Z")


@dataclass(frozen=True, slots=True)
class Publisher:
    """What the user says of a source's publisher; what is null is found out."""

    name: str | None = None
    country: str | None = None
    kind: str | None = None
    language: str | None = None


def ident_of(url: str) -> str:
    """An id made of the host's name."""
    host = (urlsplit(url).hostname or "source").removeprefix("www.")
    return re.sub(r"[^a-z0-9]+", "-", host.lower()).strip("-")[:60] or "source"


def named(connection: sa.Connection, ident: str, url: str, said: Publisher) -> Source:
    """The source that would be added; raises `ConfigurationError` for an id, kind or country that cannot be.

    An id of the catalogue stands for its publisher, at another address.
    """
    if not _ID.fullmatch(ident):
        raise ConfigurationError(f"{ident!r} is no id", remedy="Use small letters, digits, '-', '.' and '_'.")
    if connection.execute(sa.select(t.sources).where(t.sources.c.source_id == ident)).first():
        raise ConfigurationError(
            f"there is a source {ident!r} already",
            remedy=f"Choose another id with --id, or take it out first with `communique sources remove {ident}`.",
        )
    known = next((e.source() for e in catalogue.entries() if e.source_id == ident), None)
    source = (
        replace(known, url=url, language=None)
        if known
        else Source(ident, urlsplit(url).hostname or ident, url)
    )
    of_domain = states(connection).get(land_of(url) or "")
    country = checked_country(connection, said.country) or source.publisher_country or of_domain
    return replace(
        source,
        name=said.name or source.name,
        kind=checked_kind(said.kind) or source.kind,
        publisher_country=country,
        language=said.language,
    )


def checked_kind(kind: str | None) -> str | None:
    """`kind`, if it is one."""
    if kind is not None and kind not in catalogue.KINDS:
        raise ConfigurationError(f"{kind!r} is no kind", remedy=f"Kinds are {', '.join(catalogue.KINDS)}.")
    return kind


def checked_country(connection: sa.Connection, country: str | None) -> str | None:
    """The code of `country`, if it is one of the table `countries`, however it is capitalised."""
    if country is None:
        return None
    every = connection.execute(sa.select(t.countries.c.code)).scalars()
    codes = {str(code).casefold(): str(code) for code in every}
    if country.casefold() not in codes:
        raise ConfigurationError(
            f"{country!r} is no country or organisation that we know",
            remedy="Give an ISO 3166-1 alpha-3 code such as KAZ, or one of the table `countries` such as EU.",
        )
    return codes[country.casefold()]
