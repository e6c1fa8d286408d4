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
_SHORTEST_MENU: Final = 6
_PROSE: Final = 80
_MENU_ITEM: Final = re.compile(r"(?=.{1,32}\Z)[^\W\d_][^\d.!?:;,«»“”\"]*\Z")
_SENTENCE: Final = re.compile(r"(?<=[.!?”\"»])\s+")


@dataclass(frozen=True, slots=True)
class _Rules:
    head: re.Pattern[str]
    prefix: re.Pattern[str]
    tail: re.Pattern[str]
    openings: re.Pattern[str]
    tail_openings: re.Pattern[str]
    endings: re.Pattern[str]
    ending_words: re.Pattern[str]


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
        prefix=re.compile(rf"(?i:{'|'.join(data['head']['prefixes'])})\s+(?=[^\W\d_a-z])"),
        tail=whole(tail["lines"], both["lines"], data["contact"]["lines"]),
        openings=opening(both["openings"]),
        tail_openings=opening(both["openings"], tail["openings"]),
        endings=whole(tail["endings"]),
        ending_words=opening(tail["openings"]),
    )


def without_furniture(paragraphs: list[str]) -> list[str]:
    """`paragraphs` without what the site put before and behind the text; never empty if they were not."""
    kept = _without_tail(_without_head(_without_menu(paragraphs)))
    if kept:
        kept[0] = _rules().prefix.sub("", kept[0], count=1) if _rules().prefix.match(kept[0]) else kept[0]
        kept[-1] = _without_last_words(kept[-1])
    return kept or paragraphs


def _without_menu(paragraphs: list[str]) -> list[str]:
    """Drop a menu at the head: many very short lines in a row, with prose behind them."""
    run = 0
    while run < len(paragraphs) and _MENU_ITEM.match(paragraphs[run]):
        run += 1
    if run < _SHORTEST_MENU or not any(len(p) > _PROSE for p in paragraphs[run:]):
        return paragraphs
    # The last line of the run may be the title.
    return paragraphs[run - 1 :] if paragraphs[run - 1].count(" ") >= 2 else paragraphs[run:]


def _without_last_words(paragraph: str) -> str:
    """Cut an advertisement that a crawl left behind the last sentence, on the same line."""
    start = max(0, len(paragraph) - _LONGEST_LINE)
    for end in _SENTENCE.finditer(paragraph, start):
        if _rules().ending_words.match(paragraph, end.end()):
            return paragraph[: end.start()]
    return paragraph


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
