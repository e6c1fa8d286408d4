"""Which sentences only ask: a question states nothing, and what a reporter says is not the issuer's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from streams.extract.sentences import Sentence

# as in "Q  Mr. President, did you", "QUESTION: Will", "Journalist (translated): Who"
ASKER: Final = re.compile(
    r"Q(?:\.|:|\s\s?(?=[A-Z“\"(—–-]))|(?:QUESTIONS?|Question|REPORTERS?|Reporter|JOURNALISTS?|Journalist|(?:THE )?PRESS|INTERVIEWER|Interviewer)"
    r"(?: \d{1,2}| ?\([^)]{1,40}\))?\s?:"
)
# as in "THE PRESIDENT: No", "MR. ROE: Yes", "A: We"
ANSWERER: Final = re.compile(r"(?:A|[A-Z][\w.’' -]{2,40}):\s")
ASKS: Final = re.compile(r"\?[\"”’»)\]]*$")
# What a reporter says before the question may well be so ("Q: Peru announced yesterday that ..."); what breaks off is one.
OF_ASKER: Final = re.compile(
    r"(?:[—–-]\s*$)|^(?:Q[.:]?\s+|[\w ]+:\s+)?(?:(?:and|but|so|sir|just|mr\. \w+|madam \w+),? )*"
    r"(?:did|do|does|are|is|was|were|will|would|can|could|should|have|has|what|how|why|when|where|who|any)\b",
    re.IGNORECASE,
)


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
