"""The composition of cleaning: one raw release to its clean form, a pure function."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from streams.records import CleanRelease, RawRelease

CRAWL_DATE: Final = re.compile(r"\A\s*date (\d{4}-\d\d-\d\d)\b ?")


def clean(raw: RawRelease) -> CleanRelease:
    """Clean `raw`; raises `BadRecord` if it holds no text."""
    text = unicodedata.normalize("NFC", raw.body.decode(raw.charset or "utf-8")).replace("\x00", "")
    published_on = None
    if found := CRAWL_DATE.match(text):
        published_on, text = found[1], text[found.end() :]
    paragraphs = [" ".join(p.split()) for p in re.split(r"\n\s*\n", text)]
    text = "\n\n".join(p for p in paragraphs if p)
    return CleanRelease(
        schema_version=1,
        release_id=raw.release_id,
        source_id=raw.source_id,
        source_ref=raw.source_ref,
        content_hash=raw.content_hash,
        fetched_at=raw.fetched_at,
        text=text,
        title=raw.title,
        url=raw.url,
        language="en",
        published_on=published_on,
        published_precision="day" if published_on else None,
        published_basis="header" if published_on else None,
        publisher=raw.publisher,
        publisher_country=raw.publisher_country,
    )
