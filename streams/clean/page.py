"""What a reader finds in some bytes, before anything is decided."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Page:
    """Paragraphs of the main text and what markup says about it; dates are strings as stated."""

    paragraphs: list[str] = field(default_factory=list)
    title: str | None = None
    language: str | None = None
    header: str | None = None  # a date that a crawl put before the text
    published: str | None = None  # from structured data and meta elements
    visible: str | None = None  # from an element that shows the date to readers
    near_title: tuple[str, ...] = ()  # short lines above and below the headline
