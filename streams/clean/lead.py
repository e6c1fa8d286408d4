"""The lead that a page sets apart between its headline and its text, where the main text lacks it.

Of a short release it is the half that says who did what; an article of a newspaper says it all again below.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Final

from lxml.html import HtmlElement

from streams.clean.paragraphs import one_line

_BETWEEN: Final = 25  # elements in which a lead may stand behind the headline
_MOST: Final = 2
_SHORT_RELEASE: Final = 2000
_SHORTEST: Final = 60
_LONGEST: Final = 1200
_START: Final = 40  # characters by which a line is known again
_MOST_LINKED: Final = 0.2
_SENTENCE_END: Final = re.compile(r"[.!?…:”\"»。！？؟][)\s\]]*\Z")
_TO_READERS: Final = re.compile(r"\b(?:you|your|us|click|subscribe)\b", re.IGNORECASE)
_BLOCKS: Final = (
    "p",
    "div",
    "section",
    "article",
    "ul",
    "ol",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "figure",
    "form",
)
_OUTSIDE: Final = frozenset({"figure", "figcaption", "aside", "nav", "footer", "form", "table", "li"})
_OTHER: Final = re.compile(
    r"caption|photo|image|picture|credit|share|social|author|byline|cookie|banner|breadcrumb|related|notice|alert|advert",
    re.IGNORECASE,
)


def with_lead(lines: list[str], tree: HtmlElement, title: str | None) -> list[str]:
    """`lines` with the sentences that stand between the headline and the first of them."""
    body = next((n for n, line in enumerate(lines) if len(line) >= _START and line != title), None)
    heading = _heading(tree, title)
    if body is None or heading is None or sum(map(len, lines)) > _SHORT_RELEASE:
        return lines
    found: list[str] = []
    for element in itertools.islice(_behind(heading), _BETWEEN):
        words = one_line(element.text_content())
        if words.startswith(lines[body][:_START]):
            return [*lines[:body], *found[:_MOST], *lines[body:]] if found else lines
        if _is_lead(element, words) and words not in lines:
            found.append(words)
    return lines


def _heading(tree: HtmlElement, title: str | None) -> HtmlElement | None:
    headings = (e for e in tree.iter("h1", "h2") if one_line(e.text_content()) == title)
    return next(headings, None) if title else None


def _behind(heading: HtmlElement) -> Iterator[HtmlElement]:
    """The innermost blocks behind an element, in the order of the page."""
    for element in heading.xpath("following::*[self::p or self::div or self::h2 or self::h3]"):
        if next(element.iterdescendants(*_BLOCKS), None) is None:
            yield element


def _is_lead(element: HtmlElement, words: str) -> bool:
    if not _SHORTEST <= len(words) <= _LONGEST or not _SENTENCE_END.search(words):
        return False
    if _TO_READERS.search(words):
        return False
    if sum(len(a.text_content()) for a in element.iter("a")) > _MOST_LINKED * len(words):
        return False
    around = [element, *itertools.islice(element.iterancestors(), 3)]
    return not any(
        e.tag in _OUTSIDE or _OTHER.search(f"{e.get('class') or ''} {e.get('id') or ''}") for e in around
    )
