"""Web archives: every HTML, text or PDF page that answered 200, with its address and time of capture."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Final

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from services.backfill.inputs import Input, bounded

KINDS: Final = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")


def read_warc(file: IO[bytes], ref: str, limit: int) -> Iterator[Input]:
    """Read the pages of a WARC file; `WARC-Date` is the time of the observation.

    Raises `ArchiveLoadFailed` for a file that holds no record at all.
    """
    record = None
    for record in ArchiveIterator(file):
        if record.rec_type != "response" or record.http_headers is None:
            continue
        said = (record.http_headers.get_header("Content-Type") or "").split(";")
        kind = said[0].strip().lower()
        if record.http_headers.get_statuscode() != "200" or kind not in KINDS:
            continue
        url = record.rec_headers.get_header("WARC-Target-URI")
        body, size = bounded(record.content_stream(), limit)
        charset = next(
            (p.split("=")[1].strip("\"' ") for p in said[1:] if p.strip().startswith("charset=")), None
        )
        hints = {"url": url, "fetched_at": record.rec_headers.get_header("WARC-Date")}
        yield Input(f"{ref}!{url}", ref, body, kind, size, {k: v for k, v in hints.items() if v}, charset)
    if record is None:
        raise ArchiveLoadFailed("it holds no WARC record")
