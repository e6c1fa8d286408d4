"""Sitemaps to entries: plain, news and image ones, and indexes of them."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from services.fetcher import xml
from services.fetcher.entries import Entry, Index, IndexKind

MOST_ENTRIES: Final = 50_000  # the protocol's own limit
MOST_MAPS: Final = 500
_DIGITS: Final = re.compile(r"\d+")
_NEWS: Final = re.compile(r"news|press|post|article|release|media|statement", re.IGNORECASE)


def is_sitemap(root: etree._Element) -> bool:
    return xml.name(root) in {"urlset", "sitemapindex"}


def read(root: etree._Element) -> Index:
    """The pages of a sitemap, newest first where it dates them; of an index its maps."""
    if xml.name(root) == "sitemapindex":
        maps = [_fields(e) for e in root if xml.name(e) == "sitemap"]
        places = [(f["loc"], f.get("lastmod", "")) for f in maps if _is_web(f.get("loc"))]
        newest = tuple(dict.fromkeys(_newest_first(places)))
        return Index(IndexKind.SITEMAP_INDEX, more=newest[:MOST_MAPS], truncated=len(newest) > MOST_MAPS)
    entries: list[Entry] = []
    for element in root:
        if xml.name(element) == "url" and len(entries) < MOST_ENTRIES:
            fields = _fields(element)
            if _is_web(fields.get("loc")):
                entries.append(_entry(fields))
    if any(e.updated or e.published for e in entries):
        entries.sort(key=lambda e: e.published or e.updated or "", reverse=True)
    return Index(IndexKind.SITEMAP, tuple(entries), truncated=len(root) > MOST_ENTRIES)


def _newest_first(places: list[tuple[str, str]]) -> list[str]:
    """Maps in the order in which they may hold something new: by date, else those of news, else the last of a row.

    Software that writes `posts-1.xml, posts-2.xml, ...` without dates begins with the oldest or the newest.
    """
    if any(changed for _, changed in places):
        return [loc for loc, _ in sorted(places, key=lambda p: p[1], reverse=True)]
    rows: dict[str, list[str]] = {}
    for loc, _ in places:
        rows.setdefault(_DIGITS.sub("0", loc), []).append(loc)
    ends = [one for row in rows.values() for one in (row[-1], row[0])]
    rest = [loc for row in rows.values() for loc in reversed(row[1:-1])]
    return [
        *sorted(ends, key=lambda loc: not _NEWS.search(loc)),
        *sorted(rest, key=lambda loc: not _NEWS.search(loc)),
    ]


def _entry(fields: dict[str, str]) -> Entry:
    return Entry(
        url=fields["loc"],
        title=fields.get("news/title"),
        published=fields.get("news/publication_date"),
        updated=fields.get("lastmod"),
        language=fields.get("news/language"),
    )


def _fields(element: etree._Element) -> dict[str, str]:
    """The texts of an entry's elements by name, those of a news element behind `news/`."""
    found: dict[str, str] = {}
    for child in element:
        if xml.name(child) == "news":
            for inner in child.iter():
                found.setdefault(f"news/{xml.name(inner)}", xml.text(inner).strip())
        elif xml.name(child):
            found.setdefault(xml.name(child), xml.text(child).strip())
    return {k: v for k, v in found.items() if v}


def _is_web(url: str | None) -> bool:
    return bool(url) and str(url).startswith(("http://", "https://"))
