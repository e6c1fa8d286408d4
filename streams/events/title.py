"""Where the title of a release ends and its body begins."""

from __future__ import annotations

from typing import Final

from streams.extract.sentences import Sentence

LONGEST_TITLE: Final = 260
SLACK: Final = 8  # characters by which a title may differ from its paragraph


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
