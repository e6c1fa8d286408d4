"""Whose paper it is: names of the publisher above the title, which take the title's place in plain texts."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from streams.clean.headers import header_day

_MOST: Final = 4
_LONGEST: Final = 90
_SHORTEST_TITLE: Final = 20
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SMALL: Final = frozenset({"of", "the", "and", "for", "in", "de", "du", "la", "des", "del", "di", "da", "do"})
_ACRONYM: Final = re.compile(r"[A-Z]{2,8}\Z")
_PLACE_OR_DAY: Final = 60
_ANY_DAY: Final = date(2050, 1, 1)


def behind_title(paragraphs: list[str], is_heading: Callable[[str, list[str]], bool]) -> list[str]:
    """`paragraphs` with a letterhead moved from before the title to behind it; else as they are."""
    if not paragraphs or not (_is_letterhead(paragraphs[0]) or _is_place_or_day(paragraphs[0])):
        return paragraphs
    for count, paragraph in enumerate(paragraphs[1 : _MOST + 1], 1):
        if _is_letterhead(paragraph) or _is_place_or_day(paragraph):
            continue
        if len(paragraph) >= _SHORTEST_TITLE and is_heading(paragraph, paragraphs[count + 1 :]):
            return [paragraph, *paragraphs[:count], *paragraphs[count + 1 :]]
        return paragraphs
    return paragraphs


def _is_letterhead(line: str) -> bool:
    """Whether a line is the name of a body and nothing else."""
    if len(line) > _LONGEST or any(c.isdigit() for c in line):
        return False
    if _ACRONYM.match(line):
        return True
    words = _WORD.findall(line)
    folded = {w.casefold() for w in words}
    bodies, titles = _words()
    if not folded & bodies or folded & titles:
        return False
    return all(w[0].isupper() or w in _SMALL for w in words)


def _is_place_or_day(line: str) -> bool:
    if header_day(line, None, _ANY_DAY):
        return True
    return len(line) <= _PLACE_OR_DAY and len(line.split()) <= 3 and "," in line


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    data = tomllib.loads(files("streams.clean").joinpath("furniture.toml").read_text(encoding="utf-8"))
    return frozenset(data["letterhead"]["words"]), frozenset(data["letterhead"]["title_words"])
