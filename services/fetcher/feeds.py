"""Feeds to entries: RSS 0.9x, 1.0 and 2.0, Atom, JSON Feed; bounded in entries."""

from __future__ import annotations

import heapq
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, TypeVar
from urllib.parse import urljoin

from lxml import etree

from services.fetcher import xml
from services.fetcher.entries import Entry, Index, IndexKind, stamp
from services.fetcher.failures import FetchFailure, Reason
from streams.clean.decode import tidy

T = TypeVar("T")
MOST_ENTRIES: Final = 1000
_XML_BASE: Final = "{http://www.w3.org/XML/1998/namespace}base"
_LONGEST_REF: Final = 2000
_FOREIGN: Final = re.compile(r"mrss|itunes|googleplay|podcast|georss|slash")
_CONTENT: Final = ("encoded", "content", "description", "summary")
_PUBLISHED: Final = ("pubdate", "published", "issued", "date", "created")
_UPDATED: Final = ("updated", "modified")


def is_feed(root: etree._Element) -> bool:
    return xml.name(root) in {"rss", "rdf", "feed", "channel"}


def read_xml(root: etree._Element, base: str) -> Index:
    """The entries of an XML feed. Links are absolute; entries without link and content are left out."""
    channel = next((e for e in root.iter() if xml.name(e) in {"channel", "feed"}), root)
    language = next((xml.text(e).strip() for e in channel if xml.name(e) == "language"), None)
    language = language or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    title = next((xml.text(e).strip() for e in channel if xml.name(e) == "title"), None)
    listed = [e for e in root.iter() if xml.name(e) in {"item", "entry"}]
    kept = [_entry(e, _base(e, base), language) for e in _newest(listed, _stamp_of)]
    entries = tuple(e for e in _apart(kept) if _is_usable(e))
    more = [
        _absolute(_base(e, base), e.get("href"))
        for e in channel
        if xml.name(e) == "link" and e.get("rel") == "next"
    ]
    return Index(
        IndexKind.FEED,
        entries,
        more=tuple(url for url in more[:1] if url),
        title=title,
        truncated=len(listed) > MOST_ENTRIES,
    )


def _apart(entries: list[Entry]) -> list[Entry]:
    """`entries`, those that are parts of one page (`news.html#4`, `#/news/4`) each named by itself.

    A page is one release and its parts have no address of their own, so their content is what is published.
    """
    parts: dict[str, set[str]] = {}
    for one in entries:
        page, _, part = (one.url or "").partition("#")
        parts.setdefault(page, set()).add(part)
    shared = {page for page, names in parts.items() if page and len(names) > 1}
    return [
        replace(e, url=None, guid=e.guid or e.url)
        if e.url and e.content and e.url.partition("#")[0] in shared
        else e
        for e in entries
    ]


def _newest(listed: list[T], stamp_of: Callable[[T], datetime | None]) -> list[T]:
    """The newest entries of a feed of very many; where it does not date them all, those that it names first."""
    if len(listed) <= MOST_ENTRIES:
        return listed
    stamps = [stamp_of(one) for one in listed]
    dated = [(at, -n) for n, at in enumerate(stamps) if at is not None]
    if len(dated) < len(listed):
        return listed[:MOST_ENTRIES]
    return [listed[-n] for _, n in sorted(heapq.nlargest(MOST_ENTRIES, dated), reverse=True)]


def _stamp_of(element: etree._Element) -> datetime | None:
    """When an entry says that it was published, or else changed."""
    said = {xml.name(child): child.text for child in element if isinstance(child.tag, str)}
    return next((at for n in (*_PUBLISHED, *_UPDATED) if (at := stamp(said.get(n)))), None)


def _base(element: etree._Element, base: str) -> str:
    """What relative links of an entry are relative to: `xml:base` around it counts from the outside in."""
    stated = [a.get(_XML_BASE) for a in (element, *element.iterancestors())]
    for one in reversed([s for s in stated if s]):
        base = _absolute(base, one) or base
    return base


def _entry(element: etree._Element, base: str, language: str | None) -> Entry:
    fields: dict[str, etree._Element] = {}
    for child in element:
        # Not media:title or itunes:summary, which speak of pictures and sounds.
        namespace = etree.QName(child).namespace or "" if isinstance(child.tag, str) else ""
        known = "" if _FOREIGN.search(namespace) else xml.name(child)
        if known and (known not in fields or namespace.endswith("content/")):
            fields[known] = child
    guid = (
        xml.text(fields.get("guid")).strip()
        or xml.text(fields.get("id")).strip()
        or element.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about")
    )
    content = next(
        (found for key in _CONTENT if key in fields and (found := xml.text(fields[key]).strip())), None
    )
    return Entry(
        url=_link(element, fields, guid, base),
        guid=guid or None,
        title=" ".join(xml.text(fields.get("title")).split()) or None,
        published=_first(fields, _PUBLISHED),
        updated=_first(fields, _UPDATED),
        content=content,
        language=language,
    )


def _is_usable(entry: Entry) -> bool:
    """Whether an entry leads to a release or is one, under a reference of a sane length."""
    if entry.url:
        return len(entry.url) <= _LONGEST_REF
    return bool(entry.content and entry.guid) and len(entry.guid or "") <= _LONGEST_REF


def _link(
    element: etree._Element, fields: dict[str, etree._Element], guid: str | None, base: str
) -> str | None:
    """RSS puts the address inside `link`, Atom in `href` (the alternate one); a permalink GUID is one too."""
    links = [e for e in element if xml.name(e) == "link"]
    alternate = [e.get("href") for e in links if e.get("href") and e.get("rel", "alternate") == "alternate"]
    inside = [xml.text(e).strip() for e in links if xml.text(e).strip()]
    found = next(iter([*alternate, *inside]), None)
    if found is None and guid and guid.startswith(("http://", "https://")):
        marked = fields.get("guid")
        if marked is None or marked.get("isPermaLink", "true").lower() == "true":
            found = guid
    return _absolute(base, found)


def _absolute(base: str, link: str | None) -> str | None:
    if not link:
        return None
    try:
        there = urljoin(base, link.strip())
    except ValueError:
        return None
    return there if there.startswith(("http://", "https://")) else None


def _first(fields: dict[str, etree._Element], names: tuple[str, ...]) -> str | None:
    return next((found for n in names if n in fields and (found := xml.text(fields[n]).strip())), None)


def read_json(body: bytes, base: str) -> Index:
    """The entries of a JSON Feed; raises `FetchFailure` if it is none."""
    try:
        data: Any = json.loads(body)
    except (ValueError, RecursionError):
        raise FetchFailure(Reason.FORMAT, "not JSON") from None
    if not isinstance(data, dict) or "jsonfeed.org" not in str(data.get("version", "")):
        raise FetchFailure(Reason.FORMAT, "JSON, but no JSON Feed")
    items = data.get("items")
    listed = [i for i in items if isinstance(i, dict)] if isinstance(items, list) else []
    language = _string(data, "language")
    newest = _newest(listed, lambda item: stamp(_string(item, "date_published")))
    entries = [_json_entry(item, base, language) for item in newest]
    kept = tuple(e for e in _apart(entries) if _is_usable(e))
    older = _absolute(base, _string(data, "next_url"))
    return Index(
        IndexKind.FEED,
        kept,
        more=(older,) if older else (),
        title=_string(data, "title"),
        truncated=len(listed) > MOST_ENTRIES,
    )


def _json_entry(item: dict[str, Any], base: str, language: str | None) -> Entry:
    return Entry(
        url=_absolute(base, _string(item, "url")),
        guid=_string(item, "id"),
        title=_string(item, "title"),
        published=_string(item, "date_published"),
        updated=_string(item, "date_modified"),
        content=_string(item, "content_html") or _string(item, "content_text"),
        language=_string(item, "language") or language,
    )


def _string(item: dict[str, Any], key: str) -> str | None:
    value = item.get(key)
    return tidy(value).strip() or None if isinstance(value, str) else None
