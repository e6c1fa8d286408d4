"""Listing pages to entries: release links are told by the structure that they share, without per-site code."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, parse_qsl, urljoin, urlsplit

from lxml.html import HtmlElement

from services.fetcher.entries import Entry, Index, IndexKind
from services.fetcher.forms import form_of_query
from streams.clean.days import days

MOST_ENTRIES: Final = 300
_MOST_ANCHORS: Final = 3000
_FEW_WORDS: Final = 300  # characters
_FEWEST: Final = 2
_CHROME: Final = frozenset({"nav", "header", "footer", "aside", "form"})
_CHROME_MARK: Final = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|footer|header|sidebar|social|share|pagination|pager|lang|language|cookie|banner|tags?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_WORDS_OF_CHROME: Final = re.compile(
    r"(?:read more|more|next|previous|home|contact|about|login|search|print|share|all news|view all|details|\W*|\d+)\Z",
    re.IGNORECASE,
)
_FILE: Final = re.compile(
    r"\.(?:jpe?g|png|gif|svg|webp|mp[34]|zip|docx?|xlsx?|pptx?|css|js|ics|xml|rss)\Z", re.IGNORECASE
)
_FEED_LINK: Final = re.compile(
    r"(?:^|[/._?=-])(?:rss|atom|feeds?)(?:$|[/._?=&-])|\.(?:xml|rdf)(?:$|\?)", re.IGNORECASE
)
_SITEMAP: Final = re.compile(r"sitemap", re.IGNORECASE)
_FILE_NOTE: Final = re.compile(r"\s*[(\[](?:pdf|docx?|html?)\b[^()\[\]]{0,30}[)\]]\Z", re.IGNORECASE)
_DIGITS: Final = re.compile(r"\d+")
_NEXT: Final = re.compile(
    r"\A\W*(?:next|next page|older|older posts|следующая|вперед|suivant|siguiente|próxima|التالي|下一页)\W*\Z",
    re.IGNORECASE,
)
_PAGE_PARAMETER: Final = re.compile(r"(?i)(?:^|_)(?:page|p|pg|paged|start|offset)(?:no|num|number)?\Z")
_PAGE_PATH: Final = re.compile(r"/page/(\d+)/?\Z")
_PRESS_PATH: Final = re.compile(
    r"/(?:[\w-]+[_-])?(?:news|press|releases?|statements?|communiqu\w+|articles?|posts?|stor(?:y|ies)|speech\w*|actualit\w+|noticias?"
    r"|notas?|comunicados?|presse|prensa|imprensa|meldung\w*|novosti|haber\w*|duyuru\w*)(?:[_-][\w-]+)?/",
    re.IGNORECASE,
)
_ONE_OF_MANY: Final = re.compile(r"/(?:[^/]*\d[^/]*|[^/-]+(?:-[^/-]+){3,})/?\Z")
_SHORTEST_HEADLINE: Final = 18  # characters on average
_SHORTEST_NAME: Final = 6  # of links that are dated, or whose addresses say what they are
_MOSTLY: Final = 0.6
_CARD_DEPTH: Final = 4
_LONGEST_CARD: Final = 600


@dataclass(frozen=True, slots=True)
class _Link:
    url: str
    words: str
    element: HtmlElement
    shape: tuple[str, ...]


def read(tree: HtmlElement, base: str) -> Index:
    """The releases that a page lists: the largest group of alike links with words like headlines."""
    base = urljoin(base, next((b.get("href") for b in tree.iter("base") if b.get("href")), "") or "")
    links = list(_links(tree, base))
    groups: dict[tuple[str, ...], dict[str, _Link]] = defaultdict(dict)
    for link in links:
        held = groups[link.shape].get(link.url)
        if held is None or len(link.words) > len(held.words):
            groups[link.shape][link.url] = link
    best = max(groups.values(), key=_worth, default={})
    kept = list(best.values()) if _worth(best) > 0 else []
    return Index(
        IndexKind.LISTING,
        tuple(_entry(link) for link in kept[:MOST_ENTRIES]),
        more=tuple(p for p in [_next_page(tree, base)] if p),
        feeds=feeds(tree, base),
        title=" ".join((tree.findtext(".//title") or "").split()) or None,
        is_scripted=not kept and _is_scripted(tree),
    )


def _is_scripted(tree: HtmlElement) -> bool:
    """Whether a page has scripts and next to no words."""
    body = tree.find("body")
    if body is None or next(tree.iter("script"), None) is None:
        return False
    words = itertools.islice(
        body.xpath(".//text()[not(ancestor::script or ancestor::style or ancestor::noscript)]"), _MOST_ANCHORS
    )
    return sum(len(str(w).strip()) for w in words) < _FEW_WORDS


def feeds(tree: HtmlElement, base: str) -> tuple[str, ...]:
    """The feeds that a page points to, by autodiscovery and by links that say so or end as feeds do."""
    found = []
    for link in tree.iter("link"):
        kind = (link.get("type") or "").lower()
        if "alternate" in (link.get("rel") or "").lower() and (
            "rss" in kind or "atom" in kind or "feed+json" in kind
        ):
            found.append(link.get("href"))
    for anchor in tree.iter("a"):
        href = anchor.get("href") or ""
        if _FEED_LINK.search(href) and not _SITEMAP.search(href):
            found.append(href)
    absolute = [urljoin(base, href.strip()) for href in found if href]
    # Feeds of comments are not the publisher's.
    return tuple(dict.fromkeys(u for u in absolute if u.startswith("http") and "comment" not in u.lower()))[
        :10
    ]


def _links(tree: HtmlElement, base: str) -> list[_Link]:
    here = urlsplit(base)
    found = []
    for anchor in itertools.islice(tree.iter("a"), _MOST_ANCHORS):
        href = (anchor.get("href") or "").strip()
        if not href or href.startswith(("#", "javascript:", "mailto:", "tel:")):
            continue
        try:
            url = urljoin(base, href).partition("#")[0]
            parts = urlsplit(url)
        except ValueError:
            continue
        if not _is_inside(parts, here) or _is_chrome(anchor):
            continue
        words = " ".join((anchor.get("title") or "").split()) if not anchor.text_content().strip() else ""
        words = words or " ".join(anchor.text_content().split())
        found.append(_Link(url, words, anchor, _shape(parts, anchor)))
    return found


def _is_inside(parts: SplitResult, here: SplitResult) -> bool:
    """Whether an address is of the same site and neither its front page nor the listing itself."""
    if parts.scheme not in {"http", "https"} or not same_site(parts.hostname, here.hostname):
        return False
    if parts.path.strip("/") == "" and not parts.query:
        return False
    if (parts.path.rstrip("/"), parts.query) == (here.path.rstrip("/"), here.query):
        return False
    return not _FILE.search(parts.path) and not _is_paging(parts, here)


def same_site(one: str | None, other: str | None) -> bool:
    """Whether two hosts are one site: equal but for `www.` and the like in front."""
    a, b = (one or "").lower().removeprefix("www."), (other or "").lower().removeprefix("www.")
    return bool(a) and (a == b or a.endswith("." + b) or b.endswith("." + a))


def _is_paging(parts: SplitResult, here: SplitResult) -> bool:
    if _PAGE_PATH.search(parts.path):
        return True
    names = dict(parse_qsl(parts.query))
    paging = {n for n in names if _PAGE_PARAMETER.search(n)}
    others = {k: v for k, v in names.items() if k not in paging}
    known = {k: v for k, v in parse_qsl(here.query) if not _PAGE_PARAMETER.search(k)}
    return bool(paging) and parts.path == here.path and others == known


def _is_chrome(anchor: HtmlElement) -> bool:
    for ancestor in anchor.iterancestors():
        if ancestor.tag in {"body", "main", "article"}:
            return False
        if ancestor.tag in _CHROME:
            return True
        marks = f"{ancestor.get('class') or ''} {ancestor.get('id') or ''} {ancestor.get('role') or ''}"
        if _CHROME_MARK.search(marks):
            return True
    return False


def _shape(parts: SplitResult, anchor: HtmlElement) -> tuple[str, ...]:
    """What links of one list share: the form of their address and the tags above them."""
    segments = [s for s in parts.path.split("/") if s]
    form = [_DIGITS.sub("0", s) for s in segments[:-1]]
    last = segments[-1] if segments else ""
    ending = "." + last.rpartition(".")[2] if re.search(r"\.[a-z]{3,5}\Z", last) else ""
    above = [a.tag for a in anchor.iterancestors() if isinstance(a.tag, str)][:3]
    return ("/".join(form), str(len(segments)), ending, form_of_query(parts.query), *above)


def _worth(group: dict[str, _Link]) -> float:
    """How much a group looks like a list of releases: dated above all, then many, with long and different words."""
    if len(group) < _FEWEST:
        return 0.0
    words = [link.words for link in group.values() if not _WORDS_OF_CHROME.match(link.words)]
    if len({*words}) * 2 < len(group):
        return 0.0
    average = sum(len(w) for w in words) / len(group)
    some = list(group.values())[:10]
    dated = sum(1 for link in some if _date_near(link.element)) / len(some)
    if average < (_SHORTEST_HEADLINE if dated < _MOSTLY and not _is_press(some) else _SHORTEST_NAME):
        return 0.0
    numbered = sum(
        1 for link in some if re.search(r"\d{2,}|[a-z]+(?:-[a-z0-9]+){3}", link.url.lower())
    ) / len(some)
    return min(len(group), 20) * min(average, 80.0) * (0.15 + 2 * dated + 0.25 * numbered)


def _is_press(links: list[_Link]) -> bool:
    """Whether all addresses of a group say that they are news or releases, each by a number or a headline."""
    paths = [urlsplit(link.url).path for link in links]
    return all(_PRESS_PATH.search(path) and _ONE_OF_MANY.search(path) for path in paths)


def _entry(link: _Link) -> Entry:
    words = _FILE_NOTE.sub("", link.words) if not _WORDS_OF_CHROME.match(link.words) else None
    # The words of a whole card (date, headline, summary) are no title.
    return Entry(
        url=link.url, title=words if words and len(words) <= 250 else None, published=_date_near(link.element)
    )


def _date_near(anchor: HtmlElement) -> str | None:
    """The one full date in the card around a link."""
    element = anchor
    for _ in range(_CARD_DEPTH):
        words = _words_of(element)
        if len(words) > _LONGEST_CARD:
            return None
        for stamped in element.iter("time"):
            if stamped.get("datetime"):
                return str(stamped.get("datetime")).strip()
        found = {d for f in days(words) if (d := f.on())}
        if len(found) == 1:
            return found.pop().isoformat()
        if len(found) > 1 or element.getparent() is None:
            return None
        element = element.getparent()
    return None


def _words_of(element: HtmlElement) -> str:
    """The words inside, as far as a card's could reach."""
    found, length = [], 0
    for piece in element.itertext():
        found.append(piece)
        length += len(piece)
        if length > 2 * _LONGEST_CARD:
            break
    return " ".join(" ".join(found).split())


def _next_page(tree: HtmlElement, base: str) -> str | None:
    """The next (older) page: rel=next, a link that says so, or the page number after this one."""
    for element in tree.iter("a", "link"):
        rel = (element.get("rel") or "").lower().split()
        if "next" in rel and element.get("href"):
            return str(urljoin(base, element.get("href")))
    anchors = [a for a in itertools.islice(tree.iter("a"), _MOST_ANCHORS) if a.get("href")]
    for anchor in anchors:
        if _NEXT.match(" ".join(anchor.text_content().split()) or (anchor.get("title") or "-")):
            return str(urljoin(base, anchor.get("href")))
    here, number = urlsplit(base), _page_number(urlsplit(base))
    for anchor in anchors:
        there = urlsplit(urljoin(base, anchor.get("href")))
        if (
            _is_paging(there, here)
            and same_site(there.hostname, here.hostname)
            and _page_number(there) == number + 1
        ):
            return str(there.geturl())
    return None


def _page_number(parts: SplitResult) -> int:
    if match := _PAGE_PATH.search(parts.path):
        return int(match[1])
    numbers = [int(v) for k, v in parse_qsl(parts.query) if _PAGE_PARAMETER.search(k) and v.isdigit()]
    return numbers[0] if numbers else 1
