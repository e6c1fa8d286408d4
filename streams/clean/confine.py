"""The part of a page that holds its headline and most of its prose: what stands outside is the site's, not the release's.

Banners, notices and counters that a site changes every day stand there, and would make an edit of every release.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from lxml.html import HtmlElement

from streams.clean.paragraphs import one_line

_BLOCKS: Final = ("p", "div", "li", "td", "blockquote", "h2", "h3", "dd", "section", "article", "pre")
_INLINE: Final = frozenset({"a", "span", "b", "strong", "i", "em", "u", "br", "sup", "sub", "font", "abbr"})
_SHORTEST: Final = 25  # characters of prose
_OF_SITE: Final = re.compile(
    r"(?:^|[\s_-])(?:footer|cookies?|consent|banner|alert|notice|newsletter)(?:$|[\s_-])", re.IGNORECASE
)
_NEAR: Final = 2
_MOSTLY: Final = 0.6


def confine(tree: HtmlElement, title: str | None) -> bool:
    """Take out of `tree` what stands outside that part; whether there is one that is not the whole page."""
    headings = [e for e in tree.iter("h1", "h2", "h3") if title and one_line(e.text_content()) == title]
    if len(headings) != 1:
        return False
    inside: Counter[HtmlElement] = Counter()
    total = 0
    for block, length in _prose(tree):
        total += length
        inside.update(dict.fromkeys(block.iterancestors(), length))
    around = (e for e in headings[0].iterancestors() if total and inside[e] >= _MOSTLY * total)
    part = next(around, None)
    if part is None or part.tag in {"body", "html"}:
        return False
    _isolate(part)
    return True


def _prose(tree: HtmlElement) -> Iterator[tuple[HtmlElement, int]]:
    """The innermost blocks with more than a few words that are not plainly the site's, and how long they are."""
    for element in tree.iter(*_BLOCKS):
        if any(e.tag not in _INLINE for e in element.iterdescendants()):
            continue
        length = len(one_line(element.text_content()))
        if length >= _SHORTEST and not _is_of_site(element):
            yield element, length


def _is_of_site(element: HtmlElement) -> bool:
    around = [element, *itertools.islice(element.iterancestors(), _NEAR)]
    return any(
        e.tag in {"footer", "nav", "aside"} or _OF_SITE.search(f"{e.get('class') or ''} {e.get('id') or ''}")
        for e in around
        if e.tag != "body"
    )


def _isolate(part: HtmlElement) -> None:
    element = part
    while element.tag != "body" and (parent := element.getparent()) is not None:
        for sibling in list(parent):
            if sibling is not element and sibling.tag != "head":
                parent.remove(sibling)
        parent.text, element.tail = None, None
        element = parent
