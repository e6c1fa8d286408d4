"""The day of the main event where not its own words give it, but those that tell of it next: who said it where, who handed it over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from streams.annotation import DateMention
from streams.events.timing import When, in_sentence, settled
from streams.extract.sentences import Sentence

_PAPER: Final = (
    r"(?:statement|letters?|interview|communiqu[ée]|press release|note|message|post|remarks|video|recording|tweet|reply|speech|address"
    r"|briefing|press conference|news conference|virtual conference|broadcast|telegram|cable|resolution)"
)
# "In a statement on Tuesday, the spokesman said", "made the call at the academy yesterday", "said on Monday"
WORDS: Final = re.compile(
    rf"(?:\b(?:in|through|via|at|during) (?:an?|the|its|his|her|their|this)(?: [\w-]+){{0,3}} {_PAPER}\b(?:(?!\b(?:that|which|whose)\b)[^.;]){{0,110}}?|\b(?:speaking|who spoke|spoke to)\b[^.;]{{0,130}}?"
    r"|\b(?:made|issued|lodged|delivered|conveyed|uttered) (?:the|this|his|her|its|their) (?:\w+ )?(?:call|appeal|statement|remarks?|comments?|demand|protest|announcement|apology)\b[^.;]{0,180}?"
    r"|\b(?:call|appeal|protest|statement|request|apology) was (?:made|issued|lodged|delivered)\b[^.;]{0,60}?"
    r"|\b(?:said|stated|declared|wrote|posted|told (?:[\w’']+ ){1,3}|warned|added)(?: in [\w ]{1,20})?)"
    r"[ ,]*(?:on |late |early |on the (?:morning|evening|afternoon) of )?$"
)
# The day of something else: of a noun ("the election on 3 April"), or of what a clause tells ("which was signed on Monday").
OF_OTHERS: Final = re.compile(
    r"\b(?:elections?|polls?|attacks?|meetings?|talks|earthquakes?|summits?|sessions?|visits?|events?|conversation|results?|outcomes?|decision"
    r"|agreement|publication|crash|fire|floods?|incident|explosion|ceasefire|truce)(?: (?:in|at|by|of|with|held|which|that)\b[^.;]{0,120})? (?:on |of |from )?$"
    r"|\b(?:who|which|that|whose|where|when|since|until|before|after|following|because|while|if|as|by|from|dated|adopted|expelled|killed|seized|arrested"
    r"|suspended|stranded|claimed|announced by|mandated|decision|reason|earlier|previous|recalled|struck|hit)\b[^.;]{0,90}$"
)
DONE: Final = re.compile(
    r"\b(?:handed over|hand(?:s|ed)|presented|delivered|donated|met|held|signed|received|opened|launched|inaugurated|landed|arrived|took place|accepted"
    r"|deposited|were|was|made the announcement|announced|called in|summoned|intercepted|detained|sent|gave|welcomed|hosted|exchanged|swore in|sworn in)\b"
)
RECENT: Final = 10  # days


def _recent_days(
    dates: Sequence[DateMention], sentence: Sentence, published: str | None
) -> Iterator[DateMention]:
    for d in in_sentence(dates, sentence):
        if d.granularity != "day" or not d.start_on or (published and d.start_on > published):
            continue
        if published and (date.fromisoformat(published) - date.fromisoformat(d.start_on)).days > RECENT:
            continue
        yield d


def _unless_published(d: DateMention, published: str | None) -> When:
    """Nothing where it is the day of publication, which is taken anyhow, as what it is."""
    return When() if d.start_on == published else settled(d)


def day_of_words(
    dates: Sequence[DateMention], low: str, sentences: Sequence[Sentence], published: str | None
) -> When:
    """The day on which what a statement holds was said or written."""
    for sentence in sentences if published else ():
        for d in _recent_days(dates, sentence, published):
            if WORDS.search(low[sentence.start_char : d.start_char]):
                return _unless_published(d, published)
    return When()


def day_of_deeds(
    dates: Sequence[DateMention], low: str, sentences: Sequence[Sentence], published: str | None
) -> When:
    """The day on which a sentence of the lead tells that something was done."""
    for sentence in sentences:
        for d in _recent_days(dates, sentence, published):
            before = low[sentence.start_char : d.start_char]
            after = low[d.end_char : min(sentence.end_char, d.end_char + 60)]
            if after[:2] in {"’s", "'s"} or OF_OTHERS.search(before):
                continue
            if DONE.search(before) or DONE.search(after):
                return _unless_published(d, published)
    return When()
