"""Media types: which reader turns which bytes into a page of paragraphs."""

from __future__ import annotations

from typing import Final

from streams.clean import feed_entry, html, pdf
from streams.clean.decode import markup, plain_text, tidy
from streams.clean.page import Page
from streams.clean.paragraphs import paragraphs
from streams.errors import NoText

__all__ = ["Page", "read", "tidy"]

_HTML: Final = ("text/html", "application/xhtml+xml")
_FEED: Final = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
_SNIFFED: Final = 1024
_SIGNATURES: Final = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"RIFF",
    b"\x1f\x8b",
    b"OggS",
    b"ID3",
)


def read(body: bytes, media_type: str, charset: str | None) -> Page:
    """The page in `body`; raises `Undecodable` or `NoText`."""
    kind = _kind(body, media_type)
    if kind == "pdf":
        return pdf.read(body)
    if kind == "html":
        return html.read(tidy(markup(body, charset)))
    if kind == "feed":
        return feed_entry.read(body)
    if kind == "json":
        raise NoText("a JSON document without `text` or `html`")
    if kind == "binary":
        raise NoText(f"{media_type} holds no text that we can read")
    return Page(paragraphs=paragraphs(tidy(plain_text(body, charset))))


def _kind(body: bytes, media_type: str) -> str:
    """What the bytes are: by their type, except that the bytes win where a type cannot be true."""
    stated = media_type.partition(";")[0].strip().lower()
    head = body[:_SNIFFED].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if body.lstrip()[:5] == b"%PDF-":
        return "pdf"
    if body.startswith(_SIGNATURES) or stated.startswith(("image/", "audio/", "video/", "font/")):
        return "binary"
    if stated in _HTML or (stated != "text/plain" and _looks_like_html(head)):
        return "html"
    if stated in _FEED or (stated in {"text/xml", "application/xml"} and not _looks_like_html(head)):
        return "feed"
    return {"application/pdf": "pdf", "application/json": "json"}.get(stated, "text")


def _looks_like_html(head: bytes) -> bool:
    return head.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or b"<html" in head
