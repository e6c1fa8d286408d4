"""The words in which a page shows the date of its release: by a label, or by what its markup calls them."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from lxml.html import HtmlElement

from streams.clean.paragraphs import one_line

_MARKED: Final = re.compile(
    r"(?:^|[\s_-])(?:pub(?:lish(?:ed)?)?|lbl|post(?:ed)?|news|article|entry|release|item|page)?[_-]?(?:date|datetime|time|day|published|pubdate|posted)(?:$|[\s_-])",
    re.IGNORECASE,
)
_OTHER: Final = re.compile(
    r"updat|modif|event|copyright|current|today|footer|calendar|archive|related|sidebar|comment",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(
    r"(?:(?:date )?(?:first )?published|posted|released|issued|publication date|date of publication|release date|release time"
    r"|publié|date de publication|publicado|publicada|fecha de publicación|data de publicação|veröffentlicht|erstellt"
    r"|pubblicato|data di pubblicazione|opublikowano|data publikacji|опубликовано|дата публикации|дата|опубліковано"
    r"|yayın(?:lanma)? tarihi|gepubliceerd|publicerad|julkaistu|objavljeno|تاريخ النشر|نشر في|发布时间|发布日期)"
    r"(?:\s+(?:on|at|le|el|em|am|il|den|på|op))?\s*(?:[:：|-]\s*|\Z|\s)",
    re.IGNORECASE,
)
_TAGS: Final = (
    "span",
    "div",
    "p",
    "time",
    "li",
    "small",
    "em",
    "i",
    "b",
    "strong",
    "h4",
    "h5",
    "h6",
    "td",
    "dt",
    "dd",
)
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")  # of names like `lblPublishDate`
_LONGEST: Final = 60
_MOST_INSIDE: Final = 12
_PROSE: Final = 120
_NEAR: Final = 4


def shown(tree: HtmlElement) -> str | None:
    """The words of the date that the page shows for its own release; nothing is checked for truth here."""
    short = [(e, words) for e in tree.iter(*_TAGS) if (words := _short(e))]
    return _labelled(short) or _marked(tree, short)


def _short(element: HtmlElement) -> str | None:
    """The words of an element that are few enough to be a date or its label."""
    if sum(1 for _ in itertools.islice(element.iter(), _MOST_INSIDE + 1)) > _MOST_INSIDE:
        return None
    found, length = [], 0
    for piece in element.itertext():
        found.append(piece)
        length += len(piece)
        if length > 4 * _LONGEST:
            return None
    words = one_line(" ".join(found))
    return words if words and len(words) <= _LONGEST else None


def _labelled(short: list[tuple[HtmlElement, str]]) -> str | None:
    """What stands behind "Published:", in the same element or the one after it."""
    for element, words in short:
        if (match := _LABEL.match(words)) is None:
            continue
        following = element.getnext()
        rest = words[match.end() :] or (_short(following) if following is not None else None)
        if rest and _has_digit(rest):
            return rest
    return None


def _marked(tree: HtmlElement, short: list[tuple[HtmlElement, str]]) -> str | None:
    """The words of the first element that its class or id calls the date of the article.

    If elements that are marked alike show several dates they belong to a list of releases; of such the
    first is the release's own only above its text.
    """
    groups: dict[tuple[object, str | None], list[tuple[HtmlElement, str]]] = defaultdict(list)
    for element, words in short:
        marks = _HUMP.sub("-", f"{element.get('class') or ''} {element.get('id') or ''}")
        if _has_digit(words) and _MARKED.search(marks) and not _OTHER.search(marks):
            groups[element.tag, element.get("class")].append((element, words))
    for group in groups.values():
        first, words = group[0]
        if len({w for _, w in group}) == 1 or first in _above_prose(tree):
            return words
    return None


def _above_prose(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The elements that stand before the first paragraph of prose."""
    for element in tree.iter():
        if element.tag == "p" and len(one_line(element.text_content())) >= _PROSE:
            return
        yield element


def _has_digit(words: str) -> bool:
    return any(c.isdigit() for c in words)


def near_heading(tree: HtmlElement, title: str | None) -> tuple[str, ...]:
    """The short lines right above and below the headline, where pages put their dates."""
    heading = next(
        (e for e in tree.iter("h1", "h2", "h3") if title and one_line(e.text_content()) == title), None
    )
    if heading is None:
        return ()
    below = _short_lines(heading.itersiblings(), _NEAR)
    above = _short_lines(heading.itersiblings(preceding=True), _NEAR)
    outer = heading.getparent()
    if not above and not below and outer is not None and one_line(outer.text_content()) == title:
        below = _short_lines(outer.itersiblings(), _NEAR)
        above = _short_lines(outer.itersiblings(preceding=True), _NEAR)
    return (*below, *above)


def _short_lines(elements: Iterable[HtmlElement], most: int) -> list[str]:
    """The words of the first few elements, up to one that holds more than a line."""
    found = []
    for element in itertools.islice((e for e in elements if isinstance(e.tag, str)), most):
        if (words := _short(element)) is None:
            if one_line(element.text_content()):
                break
            continue
        if not _OTHER.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            found.append(words)
    return found
