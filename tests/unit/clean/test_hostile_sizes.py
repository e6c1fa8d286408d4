"""Texts and pages made to take for ever are cleaned in seconds (the bound is generous: machines differ)."""

import time
from contextlib import suppress

import pytest

from streams.clean import clean
from streams.errors import BadRecord
from tests.unit.clean.raws import raw

SECONDS = 30.0
SIZES = {
    "one line": ("Peace and trade. " * 400_000, "text/plain"),
    "short lines": ("Peace and trade in the city\n" * 80_000, "text/plain"),
    "digits": ("1 " * 1_500_000, "text/plain"),
    "dates": ("28 March 2025 " * 300_000, "text/plain"),
    "spaces": (" " * 7_000_000 + "x", "text/plain"),
    "dashes": ("-" * 5_000_000, "text/plain"),
    "a dateline without a year": ("SELENE, March 28. They met. " + "In 2024 trade " * 100_000, "text/plain"),
    "breadcrumbs": (("a" * 38 + " › ") * 6 + "x.", "text/plain"),
    "share bars": ("share|" * 45 + "!", "text/plain"),
    "paragraphs": ("<p>Peace</p>" * 60_000, "text/html"),
    "open tags": ("<" * 2_000_000, "text/html"),
    "deep markup": ("<div>" * 300_000 + "x", "text/html"),
    "a script without end": ("<script>" + "a" * 5_000_000, "text/html"),
    "line breaks": ("<p>" + "Peace<br>" * 6_000, "text/html"),
    "lists in lists": ("<div>" * 240 + "<div>Peace</div>" * 15_000, "text/html"),
    "lists of long items": (("<div><div>" + "Peace and trade. " * 3000) * 120, "text/html"),
    "links in links": (("<ul><li><a href='/x'>Peace</a></li><li>" * 3) * 80 + "<li>x" * 5000, "text/html"),
    "labels": ("<span class='date'>Published: </span>" * 60_000, "text/html"),
    "headings": ("<h1>Peace</h1><div>" * 9_000, "text/html"),
    "a table": ("<table>" + "<tr><td>Peace</td><td>trade</td></tr>" * 6000, "text/html"),
}


@pytest.mark.parametrize(("body", "kind"), SIZES.values(), ids=SIZES.keys())
def test_no_text_takes_more_than_its_time(body: str, kind: str) -> None:
    began = time.monotonic()
    with suppress(BadRecord):
        clean(raw(body, kind))
    assert time.monotonic() - began < SECONDS
