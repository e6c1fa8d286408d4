"""Who publishes at an address: the source whose site it is, else the state to which a government's domain belongs."""

from __future__ import annotations

import re
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
_LANGUAGES: Final = ("en", "eng", "english", "fr", "es", "ar", "ru", "de", "pt")
_SUBDOMAINS: Final = re.compile(rf"\A(?:www\d?\.)?(?:(?:{'|'.join(_LANGUAGES)})\.)?(?=[^.]+\.)")


class Publisher(NamedTuple):
    """Its name and its code in `countries`, as far as they are known."""

    name: str | None = None
    country: str | None = None


def site_of(url: str | None) -> str:
    """The host of an address without "www" and what only says the language; "" if there is none."""
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
    """Who publishes the releases of a backfill, from the table `sources` and from their addresses.

    A site tells the country; on a portal of many bodies only the path of a source's page tells the name.
    """

    def __init__(self, connection: sa.Connection) -> None:
        rows = list(connection.execute(sa.select(t.sources)).mappings())
        self._states = states(connection)
        self._by_id = {r["source_id"]: Publisher(r["name"], r["publisher_country"]) for r in rows}
        self._at_site: dict[str, list[tuple[str, Publisher]]] = {}
        for row in rows:
            if site := site_of(row["url"]):
                entry = path_of(row["url"]), self._by_id[row["source_id"]]
                self._at_site.setdefault(site, []).append(entry)

    def of(self, source_id: str, url: str | None) -> Publisher:
        """The publisher that a source has, else the one that its address shows."""
        said, here = self._by_id.get(source_id, Publisher()), self._at_site.get(site_of(url), [])
        page = path_of(url)
        names = {p.name for path, p in here if page == path or page.startswith(f"{path.rstrip('/')}/")}
        countries = {p.country for _, p in here}
        name = said.name or (names.pop() if len(names) == 1 else None)
        shown = countries.pop() if len(countries) == 1 else None
        return Publisher(name, said.country or shown or self._states.get(land_of(url) or ""))


def path_of(url: str | None) -> str:
    return urlsplit(url or "").path
