"""Sitemaps to entries: plain, news and image ones, and indexes of them."""

from __future__ import annotations

from typing import Final

from lxml import etree

from services.fetcher import xml
from services.fetcher.entries import Entry, Index, IndexKind

MOST_ENTRIES: Final = 50_000  # the protocol's own limit
MOST_MAPS: Final = 500


def is_sitemap(root: etree._Element) -> bool:
    return xml.name(root) in {"urlset", "sitemapindex"}


def read(root: etree._Element) -> Index:
    """The pages of a sitemap, newest first where it dates them; of an index its maps."""
    if xml.name(root) == "sitemapindex":
        maps = [_fields(e) for e in root if xml.name(e) == "sitemap"]
        dated = sorted(maps, key=lambda f: f.get("lastmod", ""), reverse=True)
        places = tuple(f["loc"] for f in dated if _is_web(f.get("loc")))
        return Index(IndexKind.SITEMAP_INDEX, more=places[:MOST_MAPS], truncated=len(places) > MOST_MAPS)
    entries: list[Entry] = []
    for element in root:
        if xml.name(element) == "url" and len(entries) < MOST_ENTRIES:
            fields = _fields(element)
            if _is_web(fields.get("loc")):
                entries.append(_entry(fields))
    if any(e.updated or e.published for e in entries):
        entries.sort(key=lambda e: e.published or e.updated or "", reverse=True)
    return Index(IndexKind.SITEMAP, tuple(entries), truncated=len(root) > MOST_ENTRIES)


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
