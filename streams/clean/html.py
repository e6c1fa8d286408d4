"""HTML to paragraphs: trafilatura with pinned options, and what the markup says of title and date."""

from __future__ import annotations

import html
import itertools
import logging
import re
from typing import Any, Final

import trafilatura
from lxml import etree
from lxml import html as lxml_html

from streams.clean import html_meta
from streams.clean.confine import confine
from streams.clean.furniture import is_tail
from streams.clean.lead import with_lead
from streams.clean.page import Page
from streams.clean.paragraphs import one_line
from streams.clean.prepare import prepare
from streams.clean.shown import near_heading

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports pages; we report the outcome

# Pinned: any change here changes content hashes and needs a new prefix in `hashing.py`.
_OPTIONS: Final[dict[str, Any]] = {
    "output_format": "txt",
    "include_comments": False,
    "include_tables": True,
    "include_links": False,
    "include_images": False,
    "with_metadata": False,
    "deduplicate": False,
    "fast": True,
}
_MARKUP: Final = re.compile(r"<[a-zA-Z!/]")
_INVISIBLE: Final = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "nav",
        "footer",
        "form",
        "svg",
        "iframe",
        "button",
        "select",
        "aside",
    }
)
_BLOCKS: Final = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "table",
        "tr",
        "td",
        "th",
        "dd",
        "dt",
        "figcaption",
        "br",
        "hr",
        "header",
    ]
)
_CODE: Final = re.compile(r"<(script|style|head|nav|title)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_TAG: Final = re.compile(r"<[^<>]*>")
_FEWEST_LINES: Final = 3
_MOST_LINKS: Final = 20
_MOST_ELEMENTS: Final = 20_000
_MUCH_LESS: Final = 3
_PROSE: Final = 30
_POINT: Final = "- "


def read(text: str) -> Page:
    """The main text of a page, or of a fragment such as a feed entry's content."""
    tree = _tree(text)
    if tree is None:
        return Page()
    text, tree = _prepared(text, tree)
    found = html_meta.about(tree)
    lines = with_lead(_without_links(_main_text(text, tree), tree), tree, found.title)
    return Page(
        paragraphs=lines,
        title=found.title,
        language=found.language,
        published=found.published,
        visible=found.visible,
        near_title=near_heading(tree, found.title),
    )


def _prepared(text: str, tree: lxml_html.HtmlElement) -> tuple[str, lxml_html.HtmlElement]:
    """The page with its text standing out; as it was, where nothing but lists of links was on it."""
    if _is_huge(tree):
        return text, tree
    title = html_meta.title(tree)
    if not any([prepare(tree), confine(tree, title)]):
        return text, tree
    left = (line for line in visible_text(tree) if len(line) >= _PROSE and line != title)
    if all(map(is_tail, left)) and (again := _tree(text)) is not None:
        return text, again
    return lxml_html.tostring(tree, encoding="unicode"), tree


def _is_huge(tree: lxml_html.HtmlElement) -> bool:
    return sum(1 for _ in itertools.islice(tree.iter(), _MOST_ELEMENTS + 1)) > _MOST_ELEMENTS


def _tree(text: str) -> lxml_html.HtmlElement | None:
    # lxml refuses a str with an XML encoding declaration.
    source = re.sub(r"\A\s*<\?xml[^>]*\?>", "", text)
    if not source.strip():
        return None
    if not _MARKUP.search(source):
        source = f"<p>{source}</p>"
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        return lxml_html.document_fromstring(source.encode("utf-8"), parser=parser)
    except (etree.ParserError, ValueError):
        return None


def _without_links(lines: list[str], tree: lxml_html.HtmlElement) -> list[str]:
    """`lines` without those at the end that are nothing but links: related news, tags, files."""
    kept = max(_FEWEST_LINES, len(lines) - _MOST_LINKS)
    links = {one_line(a.text_content()) for a in tree.iter("a") if a.get("href")}
    last = next((i for i in range(len(lines) - 1, -1, -1) if not _is_aside(lines[i], links)), 0)
    return lines[: max(kept, last + 1)]


def _is_aside(line: str, links: set[str]) -> bool:
    return line.lstrip("-• ") in links or is_tail(line)


def _main_text(text: str, tree: lxml_html.HtmlElement) -> list[str]:
    """Trafilatura's main text: with precision first, with recall where that lost most of the page.

    It takes minutes for a document of very many elements, which no release is: of those every word is kept.
    """
    if _is_huge(tree):
        return visible_text(tree)
    precise = trafilatura.extract(text, favor_precision=True, **_OPTIONS) or ""
    generous = trafilatura.extract(text, favor_recall=True, **_OPTIONS) or ""
    every = _lines(generous)
    lines = every if len(precise) * _MUCH_LESS < len(generous) else _with_announced(_lines(precise), every)
    return lines or visible_text(tree) or _without_tags(text)


def _lines(text: str) -> list[str]:
    return [line for line in map(one_line, text.split("\n")) if line]


def _with_announced(lines: list[str], every: list[str]) -> list[str]:
    """`lines` with the points that stand among `every` behind a line that announces them and are missing."""
    found: list[str] = []
    for line in lines:
        found.append(line)
        if not line.endswith(":") or line not in every:
            continue
        behind = every[every.index(line) + 1 :]
        points = itertools.takewhile(lambda one: one.startswith(_POINT), behind)
        found += [one for one in points if one not in lines]
    return found


def _without_tags(text: str) -> list[str]:
    """What is left of a page too deep or too broken to be a tree."""
    lines = _TAG.sub("\n", _CODE.sub(" ", text)).split("\n")
    return [line for line in (one_line(html.unescape(line)) for line in lines) if line]


def visible_text(tree: lxml_html.HtmlElement) -> list[str]:
    """Every visible word of the page in blocks: for pages on which trafilatura finds no main text."""
    lines: list[list[str]] = [[]]

    def walk(element: etree._Element) -> None:
        if not isinstance(element.tag, str) or element.tag in _INVISIBLE:
            return
        block = element.tag in _BLOCKS
        if block:
            lines.append([])
        if element.text:
            lines[-1].append(element.text)
        for child in element:
            walk(child)
            if child.tail:
                lines[-1].append(child.tail)
        if block:
            lines.append([])

    body = tree.find("body")
    try:
        walk(tree if body is None else body)
    except RecursionError:
        return [one_line(" ".join(tree.itertext()))]
    joined = (one_line("".join(line)) for line in lines)
    return [line for line in joined if line]
