"""Which words are the title, and the text that begins with it exactly once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from streams.clean.dateline import dateline
from streams.clean.hashing import normalised
from streams.clean.letterhead import behind_title

_LONGEST_HEADING: Final = 300
_LONGEST_SENTENCE: Final = 200
_HEADING_END: Final = re.compile(
    r"[^.:;,।。]\Z|…\Z|\.\.\.\Z|\b[A-Z]\.\Z|\bet al\.\Z|\)\.?\Z|[A-Z]\.[A-Z]\.\Z|\b(?:Ltd|Inc|Co|Jr|Sr|Dr)\.\Z"
)
_SENTENCE_END: Final = re.compile(r"(?<=[.!?。！？।؟])[”\"'’»)]*\s+(?=[^\s])")
_ABBREVIATION: Final = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|St|No|Prof|Jr|Sr|Ltd|Inc|Gen|Lt|Col|Hon|H\.E|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec))\.\Z"
)
# How agencies end a first sentence whose full stop was lost.
_REPORTED: Final = re.compile(r"\b(?:reports?|reported|informs?|informed|said|says|announced)\Z")
_SHORTEST_TITLE: Final = 20
_NEARLY: Final = 0.96
_SITE: Final = re.compile(r"\s+(?:[-–—|»›·•]|::)\s+\S.{0,80}\Z")
_PLACE_ALONE: Final = re.compile(r"[A-Z]{3,20}\Z")  # a dateline that lost its text to the next line
_SEARCHED: Final = 4  # paragraphs among which the title may stand


def titled(paragraphs: list[str], hint: str | None) -> tuple[str | None, list[str]]:
    """The title and the paragraphs of the text, which begin with it.

    `hint` is the title that the surroundings gave. Without one a heading-like first paragraph is the
    title; without such the first sentence is, and the paragraphs stay as they are.
    """
    if not paragraphs:
        return (hint, [hint]) if hint else (None, [])
    if hint is None:
        paragraphs = behind_title(paragraphs, is_heading)
    title = hint or (paragraphs[0] if is_heading(paragraphs[0], paragraphs[1:]) else None)
    if title is None:
        first = paragraphs[1] if len(paragraphs) > 1 and _PLACE_ALONE.match(paragraphs[0]) else paragraphs[0]
        return first_sentence(first), paragraphs
    title = _without_site(_untruncated(title, paragraphs[:_SEARCHED]), paragraphs[:_SEARCHED])
    return title, [title, *_without_title(paragraphs, title)]


def is_heading(paragraph: str, following: list[str]) -> bool:
    """Whether a first paragraph reads like a heading: short, unfinished as a sentence, with text behind."""
    if not following or len(paragraph) > _LONGEST_HEADING or dateline(paragraph):
        return False
    if _PLACE_ALONE.match(paragraph):
        return False
    if not _HEADING_END.search(paragraph) or _REPORTED.search(paragraph):
        return False
    return len(list(_sentence_ends(paragraph, 0))) <= 1


def first_sentence(paragraph: str) -> str:
    """The first sentence, cut at the last word that ends within two hundred characters."""
    start = 0
    if (line := dateline(paragraph)) and (rest := re.match(r"[\W_]*", paragraph[line.end :])):
        start = line.end + rest.end()
    end = next(_sentence_ends(paragraph, start + 1), len(paragraph))
    return _clipped(paragraph[:end].strip())


def _sentence_ends(paragraph: str, start: int) -> Iterator[int]:
    """Where sentences end inside a paragraph, abbreviations and initials aside."""
    for end in _SENTENCE_END.finditer(paragraph, start):
        if not _ABBREVIATION.search(paragraph[max(0, end.start() - 12) : end.start()]):
            yield end.start()


def _clipped(sentence: str) -> str:
    if len(sentence) <= _LONGEST_SENTENCE:
        return sentence
    cut = sentence[: _LONGEST_SENTENCE + 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else sentence[:_LONGEST_SENTENCE]).rstrip(" ,;:–—-")


def _untruncated(title: str, paragraphs: list[str]) -> str:
    """A title that its page cut short ("Five ministers sign…"), in full where the text has it."""
    stem = title.rstrip()
    if not stem.endswith(("…", "...")):
        return title
    stem = normalised(stem.rstrip("….").rstrip())
    for paragraph in paragraphs:
        if paragraph != title and len(stem) >= 10 and normalised(paragraph).startswith(stem):
            return paragraph if len(paragraph) <= _LONGEST_HEADING else title
    return title


def _without_site(title: str, paragraphs: list[str]) -> str:
    """A title with the name of its site behind it ("Talks held - Ministry") as the page itself repeats it."""
    for paragraph in paragraphs:
        rest = title[len(paragraph) :]
        if len(paragraph) > _SHORTEST_TITLE and title.startswith(paragraph) and _SITE.match(rest):
            return paragraph
    return title


def _without_title(paragraphs: list[str], title: str) -> list[str]:
    """`paragraphs` without those among the first that only repeat the title, whole or cut short."""
    wanted, longest = _key(title), 2 * len(title) + 20  # nothing longer can be the title
    kept = [p for p in paragraphs[:_SEARCHED] if len(p) > longest or not _repeats(_key(p), wanted)]
    return kept + paragraphs[_SEARCHED:]


def _repeats(key: str, title: str) -> bool:
    """Whether a paragraph is the title again: as it is, cut short, with its site behind it, or ill decoded."""
    if key == title or (key.endswith("...") and len(key) > 12 and title.startswith(key[:-3].rstrip())):
        return True
    if len(title) <= _SHORTEST_TITLE or len(key) > 2 * len(title) + 20:
        return False
    if key.startswith(title):
        return bool(_SITE.match(key[len(title) :]))
    # Nearly the same, word for word, and not two titles that differ in a name or a number.
    return key[:8] == title[:8] and SequenceMatcher(None, key, title, autojunk=False).ratio() > _NEARLY


def _key(text: str) -> str:
    return normalised(text).casefold().rstrip(" .") + ("..." if normalised(text).endswith("...") else "")
