"""Lines to paragraphs: hard-wrapped lines joined, real breaks kept."""

from __future__ import annotations

import re
from typing import Final

_BLANK: Final = re.compile(r"\n[^\S\n]*\n+")
_TERMINAL: Final = re.compile(r"[.!?:;…。！？؟।”\"'»)\]\d]\W*\Z")
_BULLET: Final = re.compile(r"(?:[-–—•*·●▪■○►✓]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")
# A line cannot end a paragraph on one of these; scans put blank lines behind them all the same.
_OPEN_END: Final = re.compile(
    r"(?:,|\b(?:the|a|an|of|from|and|or|to|in|for|with|by|on|at|that|which|its|their|our|his|her|between"
    r"|into|than|as|is|are|was|were|will|has|have|had|be|been|this|these|Mr|Mrs|Ms|Dr))\Z"
)
_LONGEST_OPEN_END: Final = 8  # characters
# A line of its own under a title: "04.05.2023. 16:05", "(Tirana, 17 December 2024)".
_DATE_LINE: Final = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-]\d{4}\.?(?:,?\s+\d{1,2}[:.]\d\d)?\Z|\([^()\d]{0,40}\d{1,2}\.? [^\W\d_]{3,12},? \d{4}\)\Z"
)
_NARROWEST_WRAP: Final = 40
_WIDEST_WRAP: Final = 120  # longer lines than this are not wrapped by hand


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a plain text, each on one line."""
    blocks = [block for block in _BLANK.split(text) if block.strip()]
    width = _wrap_width(text)
    found: list[str] = []
    for block in blocks:
        found.extend(_unwrapped(block, width))
    return _rejoined(found, width)


def one_line(text: str) -> str:
    """`text` with every run of white space as one space."""
    return " ".join(text.split())


def _wrap_width(text: str) -> int:
    """The width at which lines of `text` were wrapped; 0 if they were not."""
    lengths = sorted(len(line.strip()) for line in text.splitlines() if line.strip())
    if not lengths:
        return 0
    wide = lengths[int(len(lengths) * 0.95)] if len(lengths) > 20 else lengths[-1]
    return wide if _NARROWEST_WRAP <= wide <= _WIDEST_WRAP else 0


def _unwrapped(block: str, width: int) -> list[str]:
    """The paragraphs of a block without blank lines."""
    lines = [line for line in map(one_line, block.split("\n")) if line]
    found = lines[:1]
    last = found[-1] if found else ""
    for line in lines[1:]:
        if _continues(last, line, width):
            found[-1] = f"{found[-1]} {line}"
        else:
            found.append(line)
        last = line
    return found


def _continues(line: str, following: str, width: int) -> bool:
    """Whether a person who wrapped at `width` would have written `following` on a line of its own.

    Two lines are one paragraph if the first word of the second did not fit on the first (with slack for
    proportional type), or if the sentence plainly goes on.
    """
    if _BULLET.match(following) or _DATE_LINE.match(following):
        return False
    if _goes_on(line, following, width):
        return True
    first = following.split(" ", 1)[0]
    slack = 0.25 if not _TERMINAL.search(line) else 0.12
    return bool(width) and len(line) + 1 + len(first) > width * (1 - slack)


def _goes_on(line: str, following: str, width: int) -> bool:
    # Without wrapping, short lines that begin in lower case are items of a list.
    wrapped = width and len(line) > width // 2 and following[0].islower() and not _TERMINAL.search(line)
    return bool(wrapped or _OPEN_END.search(line, max(0, len(line) - _LONGEST_OPEN_END)))


def _rejoined(found: list[str], width: int) -> list[str]:
    """Join paragraphs that a scan broke in mid-sentence."""
    out: list[str] = []
    for paragraph in found:
        if out and not _BULLET.match(paragraph) and _goes_on(out[-1], paragraph, width):
            out[-1] = f"{out[-1]} {paragraph}"
        else:
            out.append(paragraph)
    return out
