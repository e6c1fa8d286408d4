"""What an index of a source (feed, sitemap, listing page) says about each release."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum


class IndexKind(StrEnum):
    FEED = "feed"
    SITEMAP = "sitemap"
    SITEMAP_INDEX = "sitemap index"
    LISTING = "listing"


@dataclass(frozen=True, slots=True)
class Entry:
    """One release as its index lists it; without `url` the `content` is all there is."""

    url: str | None = None
    guid: str | None = None
    title: str | None = None
    published: str | None = None
    updated: str | None = None
    content: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Index:
    """What an index lists, newest first as far as it says, and where it goes on."""

    kind: IndexKind
    entries: tuple[Entry, ...] = ()
    more: tuple[str, ...] = ()  # sitemaps of a sitemap index, newest first; the next page of a listing
    feeds: tuple[str, ...] = ()  # feeds that a page points to
    title: str | None = None
    truncated: bool = False
    is_scripted: bool = False  # a page that shows nothing without JavaScript

    @property
    def why_nothing(self) -> str:
        """Why nothing may be listed, for a person."""
        if self.is_scripted:
            return "the page is made by JavaScript, which we do not run: give its feed or sitemap"
        return f"the {self.kind} lists nothing: redesigned, or a wall before it"


def stamp(value: str | None) -> datetime | None:
    """A machine's time, taken as UTC where it names no zone; None if it is none."""
    if not value:
        return None
    try:
        found = datetime.fromisoformat(value.strip())
    except ValueError:
        try:
            found = parsedate_to_datetime(value)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
