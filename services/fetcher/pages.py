"""One release: from its entry in an index to the raw record, with the identity under which it is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urljoin, urlsplit

import msgspec

from services.database.columns import iso_time
from services.fetcher.client import Answer
from services.fetcher.entries import Entry
from services.fetcher.failures import FetchFailure, Reason
from services.fetcher.index import refuse_block_page
from services.fetcher.listing import same_site
from services.fetcher.state import Source
from streams.clean import hash_of
from streams.clean.decode import markup
from streams.clean.identity import canonical_url, release_id
from streams.records import RawRelease

_CANONICAL: Final = re.compile(
    r"<link\b(?=[^>]{0,500}\brel\s*=\s*[\"']?canonical\b)[^>]{0,500}?\bhref\s*=\s*[\"']?([^\"'\s>]{1,2000})",
    re.IGNORECASE,
)
_HEAD: Final = 60_000


def ref_of(entry: Entry) -> str | None:
    """The reference of an entry: its canonical address, without a link its GUID."""
    if entry.url:
        try:
            return canonical_url(entry.url)
        except ValueError:
            return None
    return entry.guid


@dataclass(frozen=True, slots=True)
class Fetched:
    """A release as it was got. `refs` are all references that mean it, the listed one first."""

    record: RawRelease
    refs: tuple[str, ...]
    etag: str | None = None
    last_modified: str | None = None


def from_answer(source: Source, entry: Entry, answer: Answer, at: datetime, known_id: str | None) -> Fetched:
    """The record of an answer; raises `FetchFailure` if the answer is no release.

    A known release keeps its id wherever it has moved. A new one is named by the address that it says
    is its own, as far as that may be believed.
    """
    listed = ref_of(entry) or answer.url
    refs = [listed]
    if answer.moved_to:
        refs.append(canonical_url(answer.moved_to))
    if "html" in answer.media_type or answer.body[:200].lstrip()[:1] == b"<":
        head = markup(answer.body[:_HEAD], answer.charset)
        refuse_block_page(head if len(answer.body) > _HEAD else markup(answer.body, answer.charset))
        if own := _own_address(head, answer.url):
            refs.append(own)
    _refuse_front_page(source, entry, answer)
    name = refs[-1]
    record = _record(source, entry, at, known_id or release_id(source.source_id, name), name)
    record = msgspec.structs.replace(
        record,
        body=answer.body,
        media_type=answer.media_type or "application/octet-stream",
        charset=answer.charset,
        headers=answer.headers,
    )
    return Fetched(
        hashed(record, own_title=True),
        tuple(dict.fromkeys(refs)),
        answer.headers.get("etag"),
        answer.headers.get("last-modified"),
    )


def from_content(source: Source, entry: Entry, at: datetime, known_id: str | None) -> Fetched:
    """The record of an entry without a link: its content is the release."""
    ref = ref_of(entry) or ""
    record = _record(source, entry, at, known_id or release_id(source.source_id, ref), None)
    record = msgspec.structs.replace(
        record, body=(entry.content or "").encode("utf-8", "replace"), media_type="text/html", charset="utf-8"
    )
    return Fetched(hashed(record, own_title=False), (ref,))


def hashed(record: RawRelease, *, own_title: bool) -> RawRelease:
    """`record` with its content hash.

    A page is hashed under the title that it has itself: the one in a listing comes and goes with it, and
    would make an edit of every page that is looked at again.
    """
    judged = msgspec.structs.replace(record, title=None) if own_title else record
    return msgspec.structs.replace(record, content_hash=hash_of(judged))


def _record(source: Source, entry: Entry, at: datetime, ident: str, url: str | None) -> RawRelease:
    return RawRelease(
        schema_version=1,
        release_id=ident,
        source_id=source.source_id,
        source_ref=(entry.guid or url or ident)[:2000],
        content_hash="",
        fetched_at=iso_time(at),
        body=b"",
        url=url,
        title=entry.title[:1000] if entry.title else None,
        published_at=entry.published,
        language=entry.language or source.language,
        publisher=source.name,
        publisher_country=source.publisher_country,
    )


def _own_address(head: str, here: str) -> str | None:
    """The page's rel=canonical, if it is of the same site and plainly the same page.

    Templates that name one address for every page (the front page, the section) are common: the last part
    of the path must be that of the page itself.
    """
    match = _CANONICAL.search(head)
    if match is None:
        return None
    try:
        there = canonical_url(urljoin(here, match[1].replace("&amp;", "&")))
    except ValueError:
        return None
    a, b = urlsplit(there), urlsplit(canonical_url(here))
    if not same_site(a.hostname, b.hostname) or a.port != b.port:
        return None
    tail = a.path.rstrip("/").rpartition("/")[2]
    if not tail or tail.casefold() != b.path.rstrip("/").rpartition("/")[2].casefold():
        return None
    # Of a page that its query chooses, an address without that query is another page's.
    return (
        there
        if set(a.query.split("&")) <= set(b.query.split("&")) and (a.query or not _chooses(b.query))
        else None
    )


def _chooses(query: str) -> bool:
    return bool(
        re.search(r"(?:^|&)(?:id|p|page_id|nid|article|news|item|sid|doc|lang)\w*=", query, re.IGNORECASE)
    )


def _refuse_front_page(source: Source, entry: Entry, answer: Answer) -> None:
    """Raise `FetchFailure` if a release's address leads to the front page or the listing instead."""
    if not entry.url or answer.url == entry.url:
        return
    there = urlsplit(answer.url)
    front = there.path.strip("/") == "" and not there.query and urlsplit(entry.url).path.strip("/") != ""
    if front or canonical_url(answer.url) == canonical_url(source.url):
        raise FetchFailure(Reason.REDIRECT, "the release's address leads to the front page")
