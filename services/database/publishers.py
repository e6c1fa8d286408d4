"""Who publishes at an address: the source whose site it is, else the state to which a government's domain belongs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple
from urllib.parse import urlsplit

import sqlalchemy as sa

from services.database import tables as t

# Second-level domains of governments: `www.mfa.gov.xx` is a body of the state that has `xx`.
_GOVERNMENT: Final = re.compile(
    r"(?:\A|\.)(?:gov|govt|gob|gouv|gub|go|gc|gv|guv|government|govern|mfa)\.([a-z]{2})\Z"
)
_STATES: Final = {"uk": "gb"}  # domains that are not the state's ISO code
_AMERICAN: Final = re.compile(r"\.(?:gov|mil)\Z")  # these two top-level domains are of the United States
_SUBDOMAINS: Final = re.compile(r"\A(?:www\d?|[a-z]{2})\.(?=[^.]+\.)")  # "www.", "en."


class Publisher(NamedTuple):
    """Its name and its code in `countries`, as far as they are known."""

    name: str | None = None
    country: str | None = None


def site_of(url: str | None) -> str:
    """The host of an address without what only says the language; "" if there is none."""
    return _SUBDOMAINS.sub("", (urlsplit(url or "").hostname or "").lower())


def land_of(url: str | None) -> str | None:
    """The ISO 3166-1 alpha-2 code of the state to which a government's domain belongs; null for any other domain."""
    host = (urlsplit(url or "").hostname or "").lower()
    if match := _GOVERNMENT.search(host):
        return _STATES.get(match[1], match[1]).upper()
    return "US" if _AMERICAN.search(host) else None


def states(connection: sa.Connection) -> dict[str, str]:
    """Our codes of states by their alpha-2 codes."""
    c = t.countries.c
    query = sa.select(c.iso2, c.code).where(c.iso2.is_not(None))
    return {str(iso2): str(code) for iso2, code in connection.execute(query)}


class Publishers:
    """Who publishes the releases of a backfill, from the table `sources` and from their addresses."""

    def __init__(self, connection: sa.Connection) -> None:
        rows = list(connection.execute(sa.select(t.sources)).mappings())
        self._states = states(connection)
        self._by_id = {r["source_id"]: Publisher(r["name"], r["publisher_country"]) for r in rows}
        at_site: dict[str, set[Publisher]] = {}
        for row in rows:
            at_site.setdefault(site_of(row["url"]), set()).add(self._by_id[row["source_id"]])
        self._by_site = {site: _common(found) for site, found in at_site.items() if site}

    def of(self, source_id: str, url: str | None) -> Publisher:
        """The publisher that a source has, else the one that its address shows."""
        said, shown = self._by_id.get(source_id, Publisher()), self._by_site.get(site_of(url), Publisher())
        country = said.country or shown.country or self._states.get(land_of(url) or "")
        return Publisher(said.name or shown.name, country)


def _common(found: Iterable[Publisher]) -> Publisher:
    """What all publishers of one site have in common."""
    names, countries = zip(*found, strict=True)
    return Publisher(*(parts[0] if len(set(parts)) == 1 else None for parts in (names, countries)))
