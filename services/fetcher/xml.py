"""XML from strangers: no entities resolved, nothing loaded, broken markup borne, depth bounded."""

from __future__ import annotations

import re
from html.entities import html5
from typing import Final

from lxml import etree

from services.fetcher.failures import FetchFailure, Reason

_DOCTYPE: Final = re.compile(rb"<!DOCTYPE[^\[>]{0,2000}(\[.*?\]\s*)?>", re.DOTALL)
_NAMED: Final = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)(\w{1,32};)?")


def parse(body: bytes, charset: str | None = None) -> etree._Element:
    """The root of `body`; raises `FetchFailure` if it is no XML at all.

    Document types go before parsing, so that no entity is ever defined (neither bombs nor files), and
    references that then have no meaning become plain text.
    """
    source = _DOCTYPE.sub(b"", body.lstrip(b"\xef\xbb\xbf \t\r\n"), count=1)
    if not source.startswith((b"\xff\xfe", b"\xfe\xff")):
        source = _NAMED.sub(lambda m: _reference(m[1]), source)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
        encoding=_encoding(source, charset),
    )
    try:
        root = etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise FetchFailure(Reason.FORMAT, f"not XML: {error}") from None
    if root is None:
        raise FetchFailure(Reason.FORMAT, "not XML")
    return root


def _reference(name: bytes | None) -> bytes:
    """HTML's names are what publishers mean by them; others are words."""
    if name is None:
        return b"&amp;"
    meant = html5.get(name.decode("ascii", "replace"))
    if meant is None:
        return b"&amp;" + name
    return "".join(f"&#{ord(c)};" for c in meant).encode()


def _encoding(source: bytes, charset: str | None) -> str | None:
    """The sender's charset where the document names none (as browsers hold)."""
    if charset is None or (source[:200].lstrip().startswith(b"<?xml") and b"encoding" in source[:200]):
        return None
    try:
        "".encode(charset)
    except LookupError:
        return None
    return charset


def name(element: etree._Element) -> str:
    """The local name in lower case."""
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


def text(element: etree._Element | None) -> str:
    """All text inside, as one string; of markup inside (XHTML) the markup."""
    if element is None:
        return ""
    if any(isinstance(child.tag, str) for child in element):
        inner = "".join(etree.tostring(child, encoding="unicode") for child in element)
        return (element.text or "") + inner
    return "".join(element.itertext())
