"""Site furniture at the head and tail of a text, by the patterns of `furniture.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

_HEAD: Final = 8  # paragraphs in which furniture may stand between title, date and text
_LONGEST_LINE: Final = 260
_LONGEST_OPENING: Final = 600
_LONGEST_BEHIND_ENDING: Final = 200
_TAIL: Final = 20


@dataclass(frozen=True, slots=True)
class _Rules:
    head: re.Pattern[str]
    tail: re.Pattern[str]
    openings: re.Pattern[str]
    tail_openings: re.Pattern[str]
    endings: re.Pattern[str]
    contact: re.Pattern[str]


@cache
def _rules() -> _Rules:
    data = tomllib.loads(files("streams.clean").joinpath("furniture.toml").read_text(encoding="utf-8"))

    def whole(*lists: list[str]) -> re.Pattern[str]:
        return re.compile(rf"(?:{'|'.join(f'(?:{p})' for group in lists for p in group)})\Z", re.IGNORECASE)

    def opening(*lists: list[str]) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{p})" for group in lists for p in group), re.IGNORECASE)

    both, tail = data["both"], data["tail"]
    return _Rules(
        head=whole(data["head"]["lines"], both["lines"]),
        tail=whole(tail["lines"], both["lines"], data["contact"]["lines"]),
        openings=opening(both["openings"]),
        tail_openings=opening(both["openings"], tail["openings"]),
        endings=whole(tail["endings"]),
        contact=whole(data["contact"]["lines"]),
    )


def without_furniture(paragraphs: list[str]) -> list[str]:
    """`paragraphs` without what the site put before and behind the text; never empty if they were not."""
    kept = _without_tail(_without_head(paragraphs))
    return kept or paragraphs


def _without_head(paragraphs: list[str]) -> list[str]:
    """Drop furniture among the first paragraphs, up to the first that is plainly prose."""
    kept: list[str] = []
    for index, paragraph in enumerate(paragraphs):
        if index >= _HEAD or len(paragraph) > _LONGEST_OPENING:
            return kept + paragraphs[index:]
        if not _is_head(paragraph):
            kept.append(paragraph)
    return kept


def _is_head(paragraph: str) -> bool:
    rules, line = _rules(), paragraph.strip()
    return bool((len(line) <= _LONGEST_LINE and rules.head.match(line)) or rules.openings.match(line))


def _without_tail(paragraphs: list[str]) -> list[str]:
    end = _end_of_text(paragraphs)
    while end > 1 and _is_tail(paragraphs[end - 1]):
        end -= 1
    return paragraphs[:end]


def _end_of_text(paragraphs: list[str]) -> int:
    """Where the text ends: before the first heading behind which only short furniture follows."""
    rules = _rules()
    first = max(1, len(paragraphs) - _TAIL)
    for index in range(first, len(paragraphs)):
        line = paragraphs[index]
        if len(line) > 80 or not rules.endings.match(line):
            continue
        behind = paragraphs[index + 1 :]
        if index * 2 >= first and all(len(p) <= _LONGEST_BEHIND_ENDING for p in behind):
            return index
    return len(paragraphs)


def _is_tail(paragraph: str) -> bool:
    rules, line = _rules(), paragraph.strip()
    if len(line) <= _LONGEST_LINE and rules.tail.match(line):
        return True
    return len(line) <= _LONGEST_OPENING and bool(rules.tail_openings.match(line))
