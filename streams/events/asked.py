"""Which sentences only ask: a question states nothing, and what a reporter says is not the issuer's."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from typing import Final

from streams.extract.sentences import Sentence

# as in "Q  Mr. President, did you", "QUESTION: Will", "Journalist (translated): Who"
ASKER: Final = re.compile(
    r"Q(?:\.|:|\s\s?(?=[A-Z“\"(—–-]))|(?:QUESTIONS?|Question|REPORTERS?|Reporter|JOURNALISTS?|Journalist|(?:THE )?PRESS|INTERVIEWER|Interviewer)"
    r"(?: \d{1,2}| ?\([^)]{1,40}\))?\s?:"
)
# as in "THE PRESIDENT: No", "MR. ROE: Yes", "A: We"
ANSWERER: Final = re.compile(r"(?:A|[A-Z][\w.’' -]{2,40}):\s")
# as in "AFP: The President said ...", "Hubei Media Group: ..." where others answer: who asks for whom
SHORT: Final = re.compile(r"[A-Z]{2,6}")
LABEL: Final = re.compile(r"([A-Z][\w.’'&-]*(?: [A-Z][\w.’'&-]*){0,4}):\s")
FEWEST: Final = 2  # labels of media that make a text one of questions and answers
ASKS: Final = re.compile(r"\?[\"”’»)\]]*$")
# What a reporter says before the question may well be so ("Q: Peru announced yesterday that ..."); what breaks off is one.
OF_ASKER: Final = re.compile(
    r"(?:[—–-]\s*$)|^(?:Q[.:]?\s+|[\w ]+:\s+)?(?:(?:and|but|so|sir|just|mr\. \w+|madam \w+),? )*"
    r"(?:did|do|does|are|is|was|were|will|would|can|could|should|have|has|what|how|why|when|where|who|any)\b",
    re.IGNORECASE,
)


def _label(sentence: Sentence) -> str | None:
    found = LABEL.match(sentence.text)
    return found[1] if found else None


def outlets(sentences: Sequence[Sentence], named: Container[str]) -> frozenset[str]:
    """The media that open paragraphs with their questions; `named` has the organisations of the text, as written."""
    opening = [s for i, s in enumerate(sentences) if i == 0 or sentences[i - 1].paragraph != s.paragraph]
    labels = [label for s in opening if (label := _label(s))]
    media = [label for label in labels if label in named or SHORT.fullmatch(label)]
    answered = any(label not in media for label in labels)
    return frozenset(media) if len(media) >= FEWEST and answered else frozenset()


def put(sentences: Sequence[Sentence], titles: int, media: Container[str]) -> Iterator[int]:
    """The numbers of the sentences of the body with which a reporter leads up to a question, and of the question."""
    asking, paragraph = False, -1
    for i, s in enumerate(sentences[titles:], titles):
        if ASKER.match(s.text) or (s.paragraph != paragraph and _label(s) in media):
            asking = True
        elif s.paragraph != paragraph or ANSWERER.match(s.text):
            asking = False
        paragraph = s.paragraph
        if asking:
            yield i
        asking = asking and not ASKS.search(s.text)


def questions(sentences: Sequence[Sentence], titles: int) -> Iterator[int]:
    """The numbers of the sentences of the body that ask."""
    asking, paragraph = False, -1
    for i, s in enumerate(sentences[titles:], titles):
        if ASKER.match(s.text):
            asking = True
        elif s.paragraph != paragraph or ANSWERER.match(s.text):
            asking = False
        paragraph = s.paragraph
        if ASKS.search(s.text) or (asking and OF_ASKER.search(s.text)):
            yield i
