"""What is done to a page's tree before its main text is looked for: layout tables, lists of other pages, stray paragraphs."""

from __future__ import annotations

import itertools
import re
from typing import Final

from lxml.html import HtmlElement

from streams.clean.paragraphs import one_line

_TABLE_TAGS: Final = ("tbody", "thead", "tfoot", "tr", "td", "th")
_MOST_TABLES: Final = 500
_MANY_BLOCKS: Final = 3
_LONG_CELL: Final = 500

_LISTS: Final = ("ul", "ol", "dl", "div", "section", "aside", "table", "tbody")
_ITEMS: Final = frozenset({"li", "dd", "div", "article", "p", "tr"})
_FEWEST_ITEMS: Final = 3
_MOSTLY: Final = 0.8  # of the items of a list
_LINKED: Final = 0.6  # of the words of an item
_LONGEST_ITEM: Final = 300
_LONGEST_TEASER: Final = 600
_HEADINGS: Final = ("h2", "h3", "h4", "h5", "h6")
_SHORTEST_HEADLINE: Final = 15
_LABELS: Final = frozenset({"h3", "h4", "h5", "h6", "span", "strong", "b", "label", "summary"})
_LONGEST_LABEL: Final = 60

_INLINE: Final = frozenset({"a", "span", "b", "strong", "i", "em", "u", "br", "sup", "sub", "font", "abbr"})
_SHORTEST_PARAGRAPH: Final = 60
_MOST_LINKED: Final = 0.2
_SENTENCE_END: Final = re.compile(r"[.!?…:;”\"»。؟][)\s\]]*\Z")


def prepare(tree: HtmlElement) -> bool:
    """Change `tree` so that what is text stands out; whether anything was changed."""
    changed = [unwrap_forms(tree), unfold_layout(tree), drop_lists_of_links(tree), mark_paragraphs(tree)]
    return any(changed)


def unwrap_forms(tree: HtmlElement) -> bool:
    """Turn forms that hold the page, as some software writes them, into blocks: readers pass forms over."""
    found = [f for f in tree.iter("form") if next(f.iter("h1", "h2", "p"), None) is not None]
    for form in found:
        form.tag = "div"
    return bool(found)


def unfold_layout(tree: HtmlElement) -> bool:
    """Turn tables that hold the page and not data into blocks: each of their rows would become one line."""
    tables = [t for t in itertools.islice(tree.iter("table"), _MOST_TABLES) if _is_layout(t)]
    for table in tables:
        cells = [
            e for e in table.iter(*_TABLE_TAGS) if next(e.iterancestors("table"), table) in (table, None)
        ]
        for element in (table, *cells):
            element.tag = "div"
    return bool(tables)


def _is_layout(table: HtmlElement) -> bool:
    """Whether a cell of a table holds several paragraphs, or another table, or all rows are of one cell."""
    if all(len(row) <= 1 for row in table.iter("tr")) and next(table.iter("p"), None) is not None:
        return True
    if table.get("role") == "presentation" or next(table.iterdescendants("table"), None) is not None:
        return True
    for cell in table.iter("td"):
        blocks = sum(1 for _ in itertools.islice(cell.iter("p", "br", "h1", "h2", "h3"), _MANY_BLOCKS))
        if blocks == _MANY_BLOCKS and len(cell.text_content()) > _LONG_CELL:
            return True
    return False


def drop_lists_of_links(tree: HtmlElement) -> bool:
    """Take out menus, lists of other releases and rows of teasers, which may be longer than a short release.

    A list that a sentence announces ("The following documents were signed:") is part of the text: of that
    only the links go.
    """
    found = [e for e in tree.iter(*_LISTS) if _is_list_of_links(e)]
    for element in found:
        if _is_announced(element):
            for anchor in list(element.iter("a")):
                anchor.tag = "span"
                anchor.attrib.clear()
        elif element.getparent() is not None:
            _drop_heading(element)
            element.drop_tree()
    return bool(found)


def _drop_heading(element: HtmlElement) -> None:
    """Drop the few words that stand above a list: "Other news"."""
    before = element.getprevious()
    if before is None or before.tag not in _LABELS or (before.tail or "").strip():
        return
    words = _words(before, _LONGEST_LABEL)
    if words and not any(c.isdigit() for c in words) and not _SENTENCE_END.search(words):
        before.drop_tree()


def _is_list_of_links(element: HtmlElement) -> bool:
    children = [e for e in element if isinstance(e.tag, str)]
    items = [e for e in children if e.tag in _ITEMS]
    if len(items) < max(_FEWEST_ITEMS, _MOSTLY * len(children)):
        return False
    likely = max(_FEWEST_ITEMS, _MOSTLY * len(items))
    return sum(map(_is_link, items)) >= likely or (
        _are_alike(items) and sum(map(_is_teaser, items)) >= likely
    )


def _is_link(item: HtmlElement) -> bool:
    """Whether an item is a link and little else."""
    words = _words(item, _LONGEST_ITEM)
    if not words:
        return False
    linked = sum(len(_words(a, _LONGEST_ITEM) or "") for a in item.iter("a") if a.get("href"))
    return linked >= max(4, _LINKED * len(words))


def _are_alike(items: list[HtmlElement]) -> bool:
    return len({(e.tag, e.get("class")) for e in items}) == 1


def _is_teaser(item: HtmlElement) -> bool:
    """Whether an item is a linked headline with a date or a summary."""
    if not _words(item, _LONGEST_TEASER):
        return False
    for heading in item.iter(*_HEADINGS):
        linked = next(heading.iter("a"), None) is not None or any(
            a.tag == "a" for a in heading.iterancestors()
        )
        if linked and len(one_line(heading.text_content())) >= _SHORTEST_HEADLINE:
            return True
    return False


def _words(element: HtmlElement, most: int) -> str | None:
    """The words inside; null if they are more than `most` characters."""
    found, length = [], 0
    for piece in element.itertext():
        found.append(piece)
        length += len(piece)
        if length > 4 * most:  # of which much may be white space
            return None
    words = one_line("".join(found))
    return words if len(words) <= most else None


def _is_announced(element: HtmlElement) -> bool:
    """Whether the words in front of an element end with a colon and are a sentence, not a heading."""
    before = element.getprevious()
    said = (element.getprevious().tail if before is not None else None) or ""
    if not said.strip() and before is not None and before.tag in {"p", "div", "span"}:
        said = _words(before, 4 * _LONGEST_TEASER) or ""
    return said.rstrip().endswith(":") and len(said.split()) >= _FEWEST_ITEMS + 1


def mark_paragraphs(tree: HtmlElement) -> bool:
    """Make paragraphs of sentences in bare `div` elements among paragraphs, as editors mix the two."""
    found = [e for e in tree.iter("div") if _is_stray_paragraph(e)]
    for element in found:
        element.tag = "p"
    return bool(found)


def _is_stray_paragraph(element: HtmlElement) -> bool:
    if element.get("class") or element.get("id") or len(element) > _LONGEST_ITEM:
        return False
    parent = element.getparent()
    if parent is None or next(parent.iterchildren("p"), None) is None:
        return False
    if any(e.tag not in _INLINE for e in element.iterdescendants()):
        return False
    words = one_line(element.text_content())
    if len(words) < _SHORTEST_PARAGRAPH or not _SENTENCE_END.search(words):
        return False
    return sum(len(a.text_content()) for a in element.iter("a")) <= _MOST_LINKED * len(words)
