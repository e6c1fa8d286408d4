"""RSS and Atom files: one release for each entry."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import feedparser

from services.backfill.inputs import Input


def read_feed(body: bytes, size: int, ref: str) -> Iterator[Input]:
    """Read the entries of a feed; what is no feed goes on the log whole, as it is."""
    parsed: Any = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False) if body else None
    if parsed is None or not parsed.entries:
        yield Input(ref, ref, body, "application/xml", size)
        return
    for number, entry in enumerate(parsed.entries, 1):
        contents = [c.value for c in entry.get("content", ()) if c.get("value")]
        html = contents[0] if contents else entry.get("summary", "")
        when = entry.get("published_parsed") or entry.get("updated_parsed")
        hints = {
            "url": entry.get("link"),
            "title": entry.get("title"),
            "language": parsed.feed.get("language"),
            "published_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", when) if when else None,
        }
        name = f"{ref}#{number}"
        text = html.encode("utf-8", "replace")
        guid = str(entry.get("id") or name)
        yield Input(name, guid, text, "text/html", len(text), {k: v for k, v in hints.items() if v}, "utf-8")
