"""PDF releases: text by pypdf, lines joined to paragraphs."""

from __future__ import annotations

import io
import logging
from typing import Final

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from streams.clean.decode import tidy
from streams.clean.page import Page
from streams.clean.paragraphs import one_line, paragraphs
from streams.errors import NoText, Undecodable

_MOST_PAGES: Final = 200
_MOST_CHARACTERS: Final = 2_000_000
logging.getLogger("pypdf").setLevel(logging.ERROR)  # it reports every oddity of a file; we report the outcome


def read(body: bytes) -> Page:
    """The text of a PDF file; `Undecodable` if it is broken or locked, `NoText` if it is a picture."""
    try:
        reader = PdfReader(io.BytesIO(body))
        found, size = [], 0
        for page in reader.pages[:_MOST_PAGES]:
            found.append(page.extract_text())
            size += len(found[-1])
            if size > _MOST_CHARACTERS:
                break
        title = reader.metadata.title if reader.metadata else None
    # pypdf meets broken files with errors of many kinds; each means the same to us.
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        RecursionError,
        OSError,
        ArithmeticError,
    ) as err:
        raise Undecodable(f"not a readable PDF: {type(err).__name__}: {err}") from err
    text = tidy("\n".join(found))
    if not text.strip():
        raise NoText("the PDF holds pictures, no text")
    return Page(paragraphs=paragraphs(text), title=_title(title, text))


def _title(stated: str | None, text: str) -> str | None:
    """The title in the file's properties, only if its first page shows it (most are names of templates)."""
    title = one_line(tidy(stated or ""))
    return title if len(title) > 8 and title.casefold() in one_line(text[:3000]).casefold() else None
