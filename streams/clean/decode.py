"""Bytes to characters: charsets as browsers treat them, and no guess where a guess would invent text."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Final

from charset_normalizer import from_bytes

from streams.errors import Undecodable

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What browsers take a label to mean (WHATWG Encoding), where Python takes it at its word.
_LABELS: Final = {
    **dict.fromkeys(("ascii", "iso8859-1", "latin-1"), "cp1252"),
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    **dict.fromkeys(("gb2312", "gbk"), "gb18030"),
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
    "utf-16": "utf-16-le",
}
_META: Final = re.compile(rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML: Final = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})")
_PRESCAN: Final = 4096
_DETECT: Final = 65_536
_CONTROLS: Final = bytes([*range(0x09), *range(0x0E, 0x20), 0x7F])
_BINARY: Final = bytes([*range(0x09), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20)])
# Soft hyphen, zero-width space, word joiner, byte-order mark inside a text: "Biden-\u2060Harris" is one name.
_BREAKING: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_SURROGATES: Final = re.compile(r"[\ud800-\udfff]")


def plain_text(body: bytes, charset: str | None) -> str:
    """The characters of a plain text; raises `Undecodable` rather than guess a charset."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            return _strict(body[len(bom) :], name)
    return _strict(body, _codec(charset) or "utf-8")


def markup(body: bytes, charset: str | None) -> str:
    """The characters of HTML or XML, by the first of these that the bytes bear out.

    Raises `Undecodable` if no charset is stated and the bytes look like no text.
    A byte-order mark, the sender's charset, the document's own, UTF-8, what the bytes look like. Two departures from browsers, for text that they would show as rubbish: bytes that are valid UTF-8
    beyond ASCII are UTF-8 even under a label of one byte per character, and a label that the bytes
    contradict is passed over.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace")
    utf8 = _try(body, "utf-8")
    declared = _META.search(body[:_PRESCAN]) or _XML.match(body[:_PRESCAN])
    names = [_codec(charset), _codec(declared[1].decode("ascii")) if declared else None]
    if utf8 is not None and not any(n and _is_stateful(n) for n in names):
        return utf8
    for name in filter(None, names):
        # The document was readable enough to find its label, so it is not UTF-16 (as browsers hold).
        if (text := _try(body, name)) is not None and not (declared and name.startswith("utf-16")):
            return text
    if named := next((n for n in names if n and not n.startswith("utf-16")), None):
        return _mostly(body, named)
    return _guessed(body)


def _guessed(body: bytes) -> str:
    """The characters by what the bytes look like; raises `Undecodable` if they look like no text at all."""
    best = from_bytes(body[:_DETECT]).best()
    name = best.encoding if best else "cp1252"
    if not name.startswith(("utf_16", "utf_32")) and _is_binary(body[:_DETECT]):
        raise Undecodable("the bytes are no text in any charset")
    return body.decode(name, "replace")


def _is_binary(body: bytes) -> bool:
    """Whether more than one byte in a hundred is one that no text holds ("binary data byte", WHATWG MIME Sniffing)."""
    return (len(body) - len(body.translate(None, _BINARY))) * 100 > len(body)


def tidy(text: str) -> str:
    """NFC without NUL, other controls and what only tells a browser where a word may break; lone surrogates become U+FFFD.

    Line ends become newlines.
    """
    try:
        encoded = text.encode()
    except UnicodeEncodeError:
        text = _SURROGATES.sub("\ufffd", text)
        encoded = text.encode()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(encoded.translate(None, _CONTROLS)) < len(encoded):
        text = text.translate(dict.fromkeys(_CONTROLS))
    if not text.isascii():
        text = text.translate(_BREAKING)
    return unicodedata.normalize("NFC", text)


def _codec(label: str | None) -> str | None:
    try:
        name = codecs.lookup((label or "").strip().strip("\"'")).name
    except LookupError:
        return None
    if name in {"utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs"}:
        return None  # not text encodings of the web, and some of them dangerous
    return _LABELS.get(name, name)


def _is_stateful(name: str) -> bool:
    """ISO-2022 and HZ write other scripts in ASCII bytes, so that valid UTF-8 proves nothing."""
    return name.startswith(("iso2022", "hz"))


def _try(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except (UnicodeError, LookupError):
        return None


def _strict(body: bytes, name: str) -> str:
    text = _try(body, name)
    if text is None:
        raise Undecodable(f"the bytes are not {name}")
    return text


def _mostly(body: bytes, name: str) -> str:
    """Decode with replacement if few characters need it, else by what the bytes look like."""
    text = body.decode(name, "replace")
    if text.count("\ufffd") * 200 <= len(text):
        return text
    best = from_bytes(body[:_DETECT]).best()
    return body.decode(best.encoding, "replace") if best else text
