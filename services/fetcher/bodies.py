"""Bodies of bounded size: content encodings undone piece by piece, so that no bomb goes off."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterable
from typing import Final

from services.fetcher.failures import FetchFailure, Reason

ACCEPTED: Final = "gzip, deflate"
_PIECE: Final = 64 * 1024
_GZIP_MAGIC: Final = b"\x1f\x8b"


class _Undone:
    """The inverse of one content encoding, at most `_PIECE` bytes at a time."""

    def __init__(self, encoding: str) -> None:
        self._raw_tried = encoding != "deflate"
        self._inverse = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)

    def pieces(self, data: bytes) -> list[bytes]:
        """What `data` holds; lazily bounded by the caller, who counts."""
        try:
            return self._pieces(data)
        except zlib.error as error:
            if self._raw_tried:
                raise FetchFailure(Reason.PROTOCOL, f"broken compression: {error}") from None
            # Servers send "deflate" without the zlib wrapper as often as with it.
            self._raw_tried = True
            self._inverse = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
            return self.pieces(data)

    def _pieces(self, data: bytes) -> list[bytes]:
        found = [self._inverse.decompress(data, _PIECE)]
        self._raw_tried = True
        return [*found, self._inverse.unconsumed_tail]


async def read_body(chunks: AsyncIterable[bytes], encoding: str, limit: int, *, cut: bool = False) -> bytes:
    """The decoded body; raises `FetchFailure` as soon as it exceeds `limit` bytes, or cuts it there.

    The compressed bytes count as well, so that a stream that decodes to nothing ends too.
    """
    names = [n for n in (e.strip().lower() for e in encoding.split(",")) if n not in {"", "identity"}]
    if len(names) > 1 or (names and names[0] not in {"gzip", "x-gzip", "deflate"}):
        raise FetchFailure(Reason.PROTOCOL, f"content encoding {encoding[:60]!r}, which we did not offer")
    undone = _Undone(names[0]) if names else None
    body, taken = bytearray(), 0
    async for chunk in chunks:
        taken += len(chunk)
        if undone is None:
            body += chunk
        else:
            _undo(undone, chunk, body, limit)
        if len(body) > limit or taken > limit:
            if cut:
                return bytes(body[:limit])
            raise FetchFailure(Reason.TOO_LARGE, f"more than {limit} bytes")
    return bytes(body)


def _undo(undone: _Undone, chunk: bytes, body: bytearray, limit: int) -> None:
    while chunk:
        piece, chunk = undone.pieces(chunk)
        body += piece
        if len(body) > limit or (not piece and not chunk):
            return


def gunzip(body: bytes, limit: int) -> bytes:
    """The contents of a gzip file (a sitemap's `.xml.gz`), other bytes as they are."""
    if not body.startswith(_GZIP_MAGIC):
        return body
    inverse = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        found = inverse.decompress(body, limit + 1)
    except zlib.error as error:
        raise FetchFailure(Reason.FORMAT, f"broken gzip file: {error}") from None
    if len(found) > limit:
        raise FetchFailure(Reason.TOO_LARGE, f"more than {limit} bytes unpacked")
    return found
