"""What the addresses of one kind of page share, by which they are told from others of their site."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, urlsplit

_DIGITS: Final = re.compile(r"\d+")


def form_of(url: str) -> tuple[str, str, str]:
    """Host, first part of the path and names of parameters."""
    parts = urlsplit(url)
    segments = [s for s in parts.path.split("/") if s]
    first = segments[0] if len(segments) > 1 or parts.query else ""
    return (parts.hostname or "", _DIGITS.sub("0", first), form_of_query(parts.query))


def form_of_query(query: str) -> str:
    """The names of its parameters; of a bare query its start."""
    names = sorted(k for k, _ in parse_qsl(query, keep_blank_values=True))
    # Some software puts a path there: `?dtl/39000/Title`.
    return ",".join(_DIGITS.sub("0", n.partition("/")[0]) for n in names)
