"""Site furniture at the head and tail of a text, by the patterns of `furniture.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from streams.clean.days import days

_HEAD: Final = 8  # paragraphs in which furniture may stand between title, date and text
_LONGEST_LINE: Final = 260
_LONGEST_OPENING: Final = 600
_LONGEST_BEHIND_ENDING: Final = 200
_TAIL: Final = 20
_SHORTEST_MENU: Final = 6
_PROSE: Final = 80
_MENU_ITEM: Final = re.compile(r"(?=.{1,32}\Z)[^\W\d_][^\d.!?:;,«»“”\"]*\Z")
_SENTENCE: Final = re.compile(r"(?<=[.!?”\"»])\s+")
# The items of a menu on one line. (Chinese writes a point between the parts of a foreign name.)
_BETWEEN: Final = re.compile(r"\s*[|•»›]\s*|\s+·\s*|\s*·\s+|\s+[>/.]\s+")
_SEPARATOR: Final = re.compile(r"[|•»›>/]|\s·|·\s|\s\.\s")
_DATE_LIKE: Final = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\b(?:19|20)\d\d\b")
_SIGNED: Final = re.compile(r"(?:issued by|signed|done (?:at|in)|authorised by)\b", re.IGNORECASE)
_FEWEST_ITEMS: Final = 3
_LONGEST_ITEM: Final = 40
_TOKEN: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_STRANGERS: Final = 3  # lines that are no furniture themselves, between such as are
_LONGEST_STRANGER: Final = 100
_POINT: Final = re.compile(r"(?:[-–—*•·]|\(?\w{1,3}[.)])\s")
_LAST_WORD: Final = re.compile(r"[.!?…”\"»。！？؟]\W*\Z")


@dataclass(frozen=True, slots=True)
class _Rules:
    head: re.Pattern[str]
    prefix: re.Pattern[str]
    tail: re.Pattern[str]
    agency: re.Pattern[str]
    suffix: re.Pattern[str]
    openings: re.Pattern[str]
    tail_openings: re.Pattern[str]
    endings: re.Pattern[str]
    ending_words: re.Pattern[str]
    bar: frozenset[str]
    glue: frozenset[str]


@cache
def _rules() -> _Rules:
    data = tomllib.loads(files("streams.clean").joinpath("furniture.toml").read_text(encoding="utf-8"))

    def whole(*lists: list[str], flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
        return re.compile(rf"(?:{'|'.join(f'(?:{p})' for group in lists for p in group)})\Z", flags)

    def opening(*lists: list[str]) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{p})" for group in lists for p in group), re.IGNORECASE)

    both, tail, contact = data["both"], data["tail"], data["contact"]
    return _Rules(
        head=whole(data["head"]["lines"], both["lines"]),
        prefix=re.compile(rf"(?i:{'|'.join(data['head']['prefixes'])})\s+(?=[^\W\d_a-z])"),
        tail=whole(tail["lines"], both["lines"], contact["lines"], contact["labelled"]),
        agency=whole(data["agency"]["lines"], flags=re.NOFLAG),
        suffix=re.compile(rf"(?<=[.!?”\"'’)]) ?(?:{'|'.join(data['agency']['suffixes'])})\Z"),
        openings=opening(both["openings"]),
        tail_openings=opening(both["openings"], tail["openings"]),
        endings=whole(tail["endings"]),
        ending_words=opening(tail["openings"]),
        bar=frozenset(data["bar"]["words"]),
        glue=frozenset(data["bar"]["glue"]),
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
    """Cut what a crawl left behind the last sentence on its line: an advertisement, an agency's sign-off."""
    paragraph = _rules().suffix.sub("", paragraph)
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
    if len(line) <= _LONGEST_LINE and (rules.head.match(line) or _is_bar(line)):
        return True
    return bool(rules.openings.match(line))


def _without_tail(paragraphs: list[str]) -> list[str]:
    """Drop furniture from the end upwards, with what little stands between two pieces of it."""
    end = index = _end_of_text(paragraphs)
    strangers = 0
    while index > 1 and strangers <= _STRANGERS:
        index -= 1
        if is_tail(paragraphs[index]):
            end = index
        elif _is_said(paragraphs[index]):
            break
        else:
            strangers += 1
    return paragraphs[:end]


def _is_said(paragraph: str) -> bool:
    """Whether a paragraph reads like a part of the release: a sentence, a point of a list, a date."""
    if len(paragraph) > _LONGEST_STRANGER or _LAST_WORD.search(paragraph) or _POINT.match(paragraph):
        return True
    return bool(_SIGNED.match(paragraph) or _DATE_LIKE.search(paragraph) or days(paragraph))


def _end_of_text(paragraphs: list[str]) -> int:
    """Where the text ends: before the first heading behind which only short furniture follows."""
    rules = _rules()
    first = max(1, len(paragraphs) - _TAIL)
    for index in range(first, len(paragraphs)):
        line = paragraphs[index]
        if len(line) > 80 or not rules.endings.match(line):
            continue
        behind = paragraphs[index + 1 :]
        short = all(len(p) <= _LONGEST_BEHIND_ENDING and not _SIGNED.match(p) for p in behind)
        if index * 2 >= first and short:
            return index
    return len(paragraphs)


def is_tail(paragraph: str) -> bool:
    """Whether a paragraph is furniture as it stands behind a text."""
    rules, line = _rules(), paragraph.strip()
    if len(line) <= _LONGEST_LINE and (rules.tail.match(line) or rules.agency.match(line) or _is_bar(line)):
        return True
    if len(line) > _LONGEST_OPENING:
        return False
    # Headlines of others may stand behind other things on the line of a footer.
    return any(rules.tail_openings.match(piece.lstrip()) for piece in line.split("|"))


def _is_bar(line: str) -> bool:
    """Whether a line is a row of buttons or menu items."""
    return _is_of_bar_words(line) or bool(_SEPARATOR.search(line) and _is_menu(line))


def _is_of_bar_words(line: str) -> bool:
    rules, found = _rules(), False
    for word in _TOKEN.finditer(line):
        folded = word[0].casefold()
        if folded in rules.bar:
            found = True
        elif folded not in rules.glue:
            return False
    return found and not any(c.isdigit() for c in line)


def _is_menu(line: str) -> bool:
    """Several short items between signs, none of them a sentence, a date or a point of a list."""
    items = _BETWEEN.split(line.strip("|•·[] "))
    if len(items) < _FEWEST_ITEMS or line.startswith(("•", "·")) or ";" in line:
        return False
    if line.startswith("|") and line.endswith("|"):  # how the reader of pages writes a row of a table
        return False
    if _DATE_LIKE.search(line) or days(line):
        return False
    return all(0 < len(i) <= _LONGEST_ITEM and not _LAST_WORD.search(i) for i in items)
