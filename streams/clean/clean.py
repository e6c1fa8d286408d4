"""The composition of cleaning: one raw release to its clean form, a pure function."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date
from typing import Final

from streams.clean import media
from streams.clean.credible import latest_day
from streams.clean.furniture import without_furniture
from streams.clean.hashing import bytes_hash, content_hash
from streams.clean.language import language_of
from streams.clean.media import Page
from streams.clean.published import Published, beside_text, in_text, near_title, stated
from streams.clean.title import titled
from streams.errors import BadRecord, NoText
from streams.records import CleanRelease, RawRelease

_CRAWL_DATE: Final = re.compile(r"\A\s*date (\d{4}-\d\d-\d\d)(?: |\n|\Z)")
_WORD: Final = re.compile(r"\w")


def clean(raw: RawRelease) -> CleanRelease:
    """Clean `raw`; raises `Undecodable` or `NoText` (both `BadRecord`) if no text can be had from it."""
    page = _page(raw)
    title, paragraphs = titled(without_furniture(page.paragraphs), page.title)
    text = "\n\n".join(paragraphs)
    if not _WORD.search(text):
        raise NoText("the release holds no words")
    published = _published(raw, page, title, paragraphs)
    instant = published.at if published else None
    return CleanRelease(
        schema_version=1,
        release_id=raw.release_id,
        source_id=raw.source_id,
        source_ref=raw.source_ref,
        content_hash=raw.content_hash,
        fetched_at=raw.fetched_at,
        text=text,
        title=title,
        url=raw.url,
        language=language_of(text, page.language),
        published_at=instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ") if instant else None,
        published_on=published.on.isoformat() if published else None,
        published_precision=published.precision if published else None,
        published_basis=published.basis if published else None,
        publisher=raw.publisher,
        publisher_country=raw.publisher_country,
    )


def hash_of(raw: RawRelease) -> str:
    """The content hash that a producer gives `raw`: over title and text, else over the bytes."""
    try:
        release = clean(raw)
    except BadRecord:
        return bytes_hash(raw.body)
    return content_hash(release.title, release.text)


def _page(raw: RawRelease) -> Page:
    """What the body holds, with the crawl form's date taken off and the surroundings' hints put in."""
    page = media.read(raw.body, raw.media_type, raw.charset)
    if page.paragraphs and (found := _CRAWL_DATE.match(page.paragraphs[0])):
        first = page.paragraphs[0][found.end() :].strip()
        rest = page.paragraphs[1:]
        page = replace(page, header=found[1], paragraphs=[first, *rest] if first else rest)
    hint = " ".join((raw.title or "").split())
    return replace(
        page,
        title=page.title or media.tidy(hint) or None,
        language=page.language or raw.language,
    )


def _published(raw: RawRelease, page: Page, title: str | None, paragraphs: list[str]) -> Published | None:
    latest: date = latest_day(raw.fetched_at)
    return (
        stated(page.header, "header", latest)
        or stated(page.published, "metadata", latest, raw.publisher_country)
        or stated(raw.published_at, "metadata", latest, raw.publisher_country)
        or stated(page.visible, "header", latest)
        or in_text(paragraphs, title, raw.publisher_country, latest)
        or near_title(page.near_title, raw.publisher_country, latest)
        or beside_text(page.paragraphs, raw.publisher_country, latest)
    )
