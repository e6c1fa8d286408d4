"""One entry of a feed as XML: `<item>` of RSS or `<entry>` of Atom, alone or inside its feed."""

from __future__ import annotations

from typing import Final

from lxml import etree

from streams.clean import html
from streams.clean.decode import tidy
from streams.clean.page import Page
from streams.clean.paragraphs import one_line, paragraphs
from streams.errors import NoText, Undecodable

_CONTENT: Final = ("encoded", "content", "description", "summary")
_DATES: Final = ("pubdate", "published", "date", "issued")


def read(body: bytes) -> Page:
    """The first entry in `body`, without resolving entities; raises `Undecodable` or `NoText`."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as err:
        raise Undecodable(f"not XML: {err}") from err
    entry = (
        next((e for e in root.iter() if _name(e) in {"item", "entry"}), None) if root is not None else None
    )
    if entry is None:
        raise NoText("XML without a feed entry")
    fields = {_name(child): child for child in reversed(entry)}
    content = next((_inner(fields[name]) for name in _CONTENT if name in fields), "")
    page = html.read(content) if "<" in content else Page(paragraphs=paragraphs(tidy(content)))
    title = one_line(tidy(_inner(fields["title"]))) if "title" in fields else None
    published = next((_inner(fields[name]).strip() for name in _DATES if name in fields), None)
    if not page.paragraphs and not title:
        raise NoText("a feed entry without title or content")
    return Page(page.paragraphs, title or page.title, page.language, published=published or page.published)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


def _inner(element: etree._Element) -> str:
    """Text content; of XHTML content its markup."""
    if any(isinstance(child.tag, str) for child in element):
        return "".join(etree.tostring(child, encoding="unicode") for child in element)
    # What is left are entities that we do not resolve, with the words behind them.
    return (element.text or "") + "".join(child.tail or "" for child in element)
