"""What a page's markup says about it: title, publication date, language; one function a field."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from lxml.html import HtmlElement

from streams.clean.paragraphs import one_line
from streams.clean.shown import shown

_PUBLISHED_META: Final = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "dcterms.created",
    "dcterms.issued",
    "dcterms.date",
    "dc.date.issued",
    "dc.date.created",
    "dc.date",
    "citation_publication_date",
    "publication_date",
    "publish-date",
    "publishdate",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "date",
)
_SEPARATOR: Final = re.compile(r"\s+[|»›·:]{1,2}\s+|\s+[-–—]\s+")
_MOST_JSON: Final = 200_000
_ARTICLES: Final = re.compile(r"Article|Posting|Release|WebPage|Report|Event(?!s)|CreativeWork")


@dataclass(frozen=True, slots=True)
class About:
    title: str | None
    published: str | None
    visible: str | None
    language: str | None


def about(tree: HtmlElement) -> About:
    """All that the markup of `tree` says; nothing is checked for truth here."""
    metas = _metas(tree)
    data = list(_structured(tree))
    return About(
        title=_title(tree, metas, data),
        published=_published(tree, metas, data),
        visible=shown(tree),
        language=tree.get("lang")
        or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
        or metas.get("content-language"),
    )


def title(tree: HtmlElement) -> str | None:
    """The headline of `tree`."""
    return _title(tree, _metas(tree), list(_structured(tree)))


def _metas(tree: HtmlElement) -> dict[str, str]:
    """The content of meta elements by name, property or itemprop in lower case; the first of each."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        content = one_line(meta.get("content") or "")
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _structured(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Every object of the page's JSON-LD that describes an article."""
    for script in tree.iter("script"):
        if (script.get("type") or "").partition(";")[0].strip().lower() != "application/ld+json":
            continue
        source = (script.text or "").strip()
        if len(source) <= _MOST_JSON:
            try:
                yield from _articles(json.loads(source, strict=False))
            except (ValueError, RecursionError):
                continue


def _articles(node: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(node, list):
        for item in node:
            yield from _articles(item, depth + 1)
    elif isinstance(node, dict):
        if _ARTICLES.search(str(node.get("@type", ""))):
            yield node
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            if key in node:
                yield from _articles(node[key], depth + 1)


def _published(tree: HtmlElement, metas: dict[str, str], data: list[dict[str, Any]]) -> str | None:
    for item in data:
        if isinstance(value := item.get("datePublished"), str) and value.strip():
            return value.strip()
    for name in _PUBLISHED_META:
        if name in metas:
            return metas[name]
    for element in tree.xpath("//*[@itemprop='datePublished' or @property='datePublished']")[:1]:
        return _machine(element)
    return _time_element(tree)


def _time_element(tree: HtmlElement) -> str | None:
    """The page's only `time`, or the one that its markup calls that of publication."""
    times = [t for t in tree.iter("time") if t.get("datetime")]
    marked = [t for t in times if t.get("pubdate") is not None or "publish" in (t.get("class") or "").lower()]
    inside = [t for t in times if any(a.tag in {"article", "main"} for a in t.iterancestors())]
    for group in (marked, inside, times):
        values = {_machine(t) for t in group}
        if len(values) == 1:
            return values.pop()
    return None


def _machine(element: HtmlElement) -> str:
    return one_line(element.get("datetime") or element.get("content") or element.text_content())


def _title(tree: HtmlElement, metas: dict[str, str], data: list[dict[str, Any]]) -> str | None:
    """The headline: the h1 that the page's own title repeats, else the best stated one without site name."""
    stated = [metas.get("og:title"), metas.get("twitter:title"), _headline(data), tree.findtext(".//title")]
    titles = [t for t in (one_line(s or "") for s in stated) if t]
    headings = [h for h in (one_line(e.text_content()) for e in tree.iter("h1")) if 0 < len(h) <= 400]
    for heading in headings:
        if any(_contains(title, heading) for title in titles):
            return heading
    if titles:
        return _without_site(titles[0], metas.get("og:site_name"))
    return headings[0] if headings else None


def _headline(data: list[dict[str, Any]]) -> str | None:
    return next((h for item in data if isinstance(h := item.get("headline"), str) and h.strip()), None)


def _contains(title: str, heading: str) -> bool:
    """Whether `title` holds `heading` as its larger part, so that a site's name does not pass for one."""
    small, large = heading.casefold().rstrip(".… "), title.casefold()
    return small in large and (len(small) * 2 >= len(large) or large.startswith(small))


def _without_site(title: str, site: str | None) -> str:
    """`title` without the name of the site before or behind it."""
    pieces = _SEPARATOR.split(title)
    if site and len(pieces) > 1:
        pieces = [p for p in pieces if p.casefold() != site.casefold()] or pieces
        if len(pieces) == 1:
            return pieces[0]
    strong = re.split(r"\s+[|»›]\s+|\s+::\s+", title)
    return max(strong, key=len) if len(strong) > 1 else title
