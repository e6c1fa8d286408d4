"""Where the title of a release ends and its body begins."""

from __future__ import annotations

import re
from typing import Final

from streams.extract.sentences import Sentence

LONGEST_TITLE: Final = 260
SLACK: Final = 8  # characters by which a title may differ from its paragraph
MOST_HEADINGS: Final = 7  # lines: letterhead, title, place and day, subtitle
LONGEST_HEADING: Final = 140
SHORTEST_BODY: Final = 60
ENDS: Final = re.compile(r"[.!?:;,”\"»][)\]]?$")
# What stands alone before a lead: "MOSCOW, January 23.", "/TASS/.", "UzA.", "1:21 p.m. EDT"
DATELINE: Final = re.compile(r"(?:[\w./’'-]+,? ?){1,5}")


def heading_length(sentences: tuple[Sentence, ...], title: str | None) -> int:
    """How many sentences title, letterhead, dateline and subtitles have: 0 where the text begins with its lead."""
    count = title_length(sentences, title)
    return _headings(sentences, count) if count else 0


def title_length(sentences: tuple[Sentence, ...], title: str | None) -> int:
    """How many sentences the title has: 0 where the text begins with its lead."""
    if len(sentences) < 2:
        return 0
    count = sum(1 for s in sentences if s.paragraph == 0)
    last = sentences[count - 1]
    if count == len(sentences) or last.end_char - sentences[0].start_char > LONGEST_TITLE:
        return 0
    if title and sentences[0].text.startswith(title[:20]):
        whole = len(title) >= last.end_char - sentences[0].start_char - SLACK
        return count if whole or not last.text.endswith(".") else 0  # else the title is a cut of the lead
    return 0 if last.text.endswith((".", "”", '"')) else count


def _headings(sentences: tuple[Sentence, ...], count: int) -> int:
    """The number of sentences before the body: the title and what stands between it and the lead."""
    for i, s in enumerate(sentences[count : count + MOST_HEADINGS], count):
        if len(s.text) >= SHORTEST_BODY and ENDS.search(s.text):
            return i
        if not _is_heading(s.text):
            return count
    return count


def _is_heading(text: str) -> bool:
    if not ENDS.search(text):
        return len(text) <= LONGEST_HEADING
    marked = text.isupper() or "/" in text or any(c.isdigit() for c in text) or len(text) < SLACK
    return marked and DATELINE.fullmatch(text) is not None
