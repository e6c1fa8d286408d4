"""What is to come and what was: the tense of the sentence that a date stands in."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from streams.extract.dates_calendar import Period

FUTURE: Final = re.compile(
    r"\b(?:next (?:\w+ )?(?:summit|meeting|round|session|conference|edition)|(?:to|will|shall) be (?:\w+ly )?[\w-]+|will(?! have)|shall|would|upcoming|forthcoming|scheduled|planned|plans|expected|ahead of|look(?:s|ed|ing)? forward|anticipat\w+|might|awaits|(?:falls|fall) on|moves? to"
    r"|to (?:be|visit|attend|meet|travel|host|hold|take|address|participate|arrive|speak|start|begin)|due|invit\w+"
    r"|(?:decided|agreed|pledged|promised|committed|undertook|vowed|ready|willing|prepared|poised|going) (?:to|for)|(?:is|are) being"
    r"|(?:is|are) (?:to|set)|intends?|intending|expires?|takes? place|begins?|starts|opens|departs?|enters? into force|slated|hopes? to|aims? to|wish(?:es)? to|wants? to|likely|in time for|in readiness for|must|should|[’']ll|leaves|proceeds|proposed for|arranged for|summoned for|postponed to"
    r"|adjourned to|elections? (?:is|are)|takes office|continue their|conclude their|(?:runs|lasts|remains open) (?:from|until|till|to|through)|resumes|reopens|awaited|(?<!\bagreed )(?:to|will) (?:submit|sign|convene|open|launch|enter|leave|depart|return|examine|finali[sz]e|reopen|resume))\b"
)
DEADLINE: Final = re.compile(
    r"\b(?:by|until|till|before|(?:starting|beginning|effective) (?:from|of|on)|no(?:t)? later than|valid to|at the latest) (?:the )?(?:(?:end|beginning|start|middle) of |early |late |mid[- ])?$"
)
# A clause that the date opens, and that is about what is to come: "..., and on Monday I will ...".
OPENS: Final = re.compile(
    r"(?:^|[,;:–]|\b(?:and|but|that|while))\s?(?:(?:on|in|at|from|next|this)\s)?(?:the\s)?$"
)
SOON: Final = re.compile(
    r"[\s,)]*(?:(?!(?:and|but|that|which|who|where)\b)[\w.'’-]+,?\s){0,7}?"
    r"(?:will(?! have)|shall|(?:is|are) (?:to|due|set|scheduled|expected)|plans to|intends to)\b"
)
ASIDE: Final = re.compile(r"\b(?:before|ahead of|after|since) the $")  # the tense is that of something else
SINCE: Final = re.compile(r"\bsince (?:the )?(?:(?:end|beginning|start|middle) of |early |late |mid[- ])?$")
LATELY: Final = re.compile(r"\s(?:last|past)\b(?!\s(?:year|month|week|night|\w+day))")
PAST: Final = re.compile(
    r"\b(?<!be )(?<!been )(?:was|were|had|has|have|held|took|visited|met|signed|adopted|since|last|ago|follow\w*|recent|recently"
    r"|earlier|reached|spoke|began|made|came|became|sent|saw|left|told|gave|said|wrote|won|paid|led|arose|bought|brought|broke|built|caught|chose|dealt|drew|fell|felt|flew|forbade|fought|found|got|grew|heard|kept|knew|laid|lost|meant|rang|rose|ran|sank"
    r"|sat|sold|shook|shot|sought|stood|struck|swept|swore|taught|thought|threw|undertook|understood|went|withdrew|\w{3,}ed)\b"
)
# "Executive Order 14257 of April 2": the day of a document was
OF_DOCUMENT: Final = re.compile(
    r"\b(?:order|decree|law|resolution|agreement|declaration|statement|letter|decision|treaty|act|note|ruling|judgment|protocol|communiqu[ée])"
    r"(?: (?:no\.? ?)?[\d/()-]+){0,2} of (?:the )?$"
)
HAD: Final = re.compile(r"\b(?:had|was|were|did|since|served|worked|stayed)\b")


class Context(NamedTuple):
    """What an expression may lean on: the day of publication, what was dated before it, its surroundings."""

    published: date | None
    before: str  # the sentence up to the expression, in lower case
    after: str
    previous: Period | None  # the last period named before it
    us_order: bool  # 03/04/2024 is 4 March


def tense(context: Context) -> int:
    """1 for what is to come, -1 for what was, 0 where the sentence does not say."""
    if LATELY.match(context.after) or SINCE.search(context.before) or OF_DOCUMENT.search(context.before):
        return -1
    if ASIDE.search(context.before):
        return 0
    if DEADLINE.search(context.before):
        return -1 if _last(HAD, context.before) > _last(FUTURE, context.before) else 1
    return 1 if OPENS.search(context.before) and SOON.match(context.after) else _of_verbs(context)


def _last(words: re.Pattern[str], before: str) -> int:
    """Where the last of `words` ends, -1 where there is none."""
    return max((m.end() for m in words.finditer(before)), default=-1)


def _of_verbs(context: Context) -> int:
    """By the verb before the date that is nearest to it, else by the first one after it."""
    ahead, behind = _last(FUTURE, context.before), _last(PAST, context.before)
    if ahead == behind == -1:
        coming, gone = FUTURE.search(context.after), PAST.search(context.after)
        ahead = -coming.start() if coming else -len(context.after) - 1
        behind = -gone.start() if gone else -len(context.after) - 1
        if not coming and not gone:
            return 0
    return 1 if ahead >= behind else -1
