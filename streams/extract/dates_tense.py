"""What is to come and what was: the tense of the sentence that a date stands in."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from streams.extract.dates_calendar import Period

FUTURE: Final = re.compile(
    r"\b(?:next (?:\w+ )?(?:summit|meeting|round|session|conference|edition)|(?:to|will|shall) be (?:\w+ly )?[\w-]+|will(?! have)|shall|would|upcoming|forthcoming|scheduled|planned|plans|expected|ahead of|look(?:s|ed|ing)? forward|anticipat\w+|might|awaits|with a view to|prospects? of|importance of holding|intention|travels|flies|goes|returns|(?:falls|fall) on|moves? to"
    r"|to (?:be|visit|attend|meet|travel|host|hold|take|address|participate|arrive|speak|start|begin)|due|(?<!at the )(?<!on the )(?<!at an )(?<!had been )invit\w+"
    r"|(?:decided|agreed|pledged|promised|committed|undertook|vowed|ready|willing|prepared|poised|going) (?:to|for)|(?:is|are) being"
    r"|(?:is|are) (?:to|set)|intends?|intending|expires?|takes? place|begins?|starts|opens|departs?|enters? into force|slated|hopes? to|aims? to|wish(?:es)? to|wants? to|likely|in time for|in readiness for|must|should|[’']ll|leaves|proceeds|proposed for|arranged for|summoned for|postponed to"
    r"|adjourned to|elections? (?:is|are)|takes office|continue their|conclude their|(?:runs|lasts|remains open) (?:from|until|till|to|through)|resumes|reopens|awaited|(?<!\bagreed )(?:to|will) (?:submit|sign|convene|open|launch|enter|leave|depart|return|examine|finali[sz]e|reopen|resume))\b"
)
DEADLINE: Final = re.compile(
    r"\b(?:by|until|till|before|(?:starting|beginning|effective) (?:from|of|on)|no(?:t)? later than|valid to|at the latest"
    r"|(?:set|fixed|called|convened|announced|scheduled|planned|foreseen|envisaged) for) (?:the )?(?:(?:end|beginning|start|middle) of |early |late |mid[- ])?$"
)
# A clause that the date opens, and that is about what is to come: "..., and on Monday I will ...".
OPENS: Final = re.compile(
    r"(?:^|[,;:–]|\b(?:and|but|that|while))\s?(?:(?:on|in|at|from|next|this)\s)?(?:the\s)?$"
)
_PLANNED: Final = r"(?:meets|receives|visits|hosts|holds|chairs|addresses|attends|arrives|takes|travels|flies|goes|returns|leaves|departs|opens|ends|begins|starts)"
SOON: Final = re.compile(
    rf"[\s,)]*(?:(?:he|she|it) {_PLANNED}\b|(?:(?!(?:and|but|that|which|who|where)\b)[\w.'’-]+,?\s){{0,7}}?"
    r"(?:will(?! have (?:\w+ly )?(?:been|had|held|met|made|taken|become|\w+ed)\b)|shall|(?:is|are) (?:to|due|set|scheduled|expected)|plans to|intends to)\b)"
)
# "he returns on Sunday", "which meets in July": what is on the calendar
CALENDAR: Final = re.compile(
    rf"\b(?:he|she|it|who|which)(?: then| also)? (?:{_PLANNED}|has (?:a|an|talks))\b"
)
# "the exercise in October, in which three ships will take part": the relative clause tells of the same day
OF_SAME: Final = re.compile(
    r",? (?:(?:at|in|on|during) which|which|where|when|whose)\b[^.;]{0,60}?\b(?:will|is to|are to)\b"
)
# "reiterated that the elections of 24 December must go ahead": the verb of a clause stands behind its subject
SUBJECT: Final = re.compile(
    r"\b(?:(?:that|whether) (?:the|an?|its|his|her|their|our)|who|which|whose)\b[^,;:]{0,90}(?:,[^,;:]{0,40})?$"
)
QUOTED: Final = re.compile(r"“[^”]*”|\"[^\"]*\"")
ASIDE: Final = re.compile(r"\b(?:before|ahead of|after|since) the $")  # the tense is that of something else
SINCE: Final = re.compile(r"\bsince (?:the )?(?:(?:end|beginning|start|middle) of |early |late |mid[- ])?$")
LASTED: Final = re.compile(r"\bsince (?:[^,;:.]{0,60} )?$")
LATELY: Final = re.compile(r"\s(?:last|past)\b(?!\s(?:year|month|week|night|\w+day))")
PAST: Final = re.compile(
    r"\b(?<!be )(?<!been )(?:was|were|had|has|have|held|took|visited|met|signed|adopted|since|last|ago|follow\w*|recent|recently"
    r"|earlier|reached|spoke|began|made|came|became|sent|saw|left|told|gave|said|wrote|won|paid|led|arose|bought|brought|broke|built|caught|chose|dealt|drew|fell|felt|flew|forbade|fought|found|got|grew|heard|kept|knew|laid|lost|meant|rang|rose|ran|sank"
    r"|sat|sold|shook|shot|sought|stood|struck|swept|swore|taught|thought|threw|undertook|understood|went|withdrew|(?!(?:united|hundred|indeed|proceed|succeed|exceed|biased)\b)\w{3,}ed)\b"
)
# "Executive Order 14257 of April 2": the day of a document was
OF_DOCUMENT: Final = re.compile(
    r"\b(?:order|decree|law|resolution|agreement|declaration|statement|letter|decision|treaty|act|note|ruling|judgment|protocol|communiqu[ée])"
    r"(?: (?:no\.? ?)?[\d/()-]+){0,2} of (?:the )?$"
)
MODAL: Final = re.compile(
    r"\b(?:will(?! have)|shall|must|(?:is|are) (?:to|due to|set to|expected to|scheduled to))\b"
)
BOUNDARY: Final = re.compile(
    r"[;:–—]|,? (?:that|which|who|whom|whose|when|where|while|after|as|since|but)\b|, \w+ed\b|\band (?:\w+ ){0,2}\w+ed$"
)
SAID: Final = re.compile("reported|announced|stated|noted|informed|declared|confirmed|added|stressed")
# "the Sept. 19 agreement", "Thursday night's drone attack": a day that tells which thing of the past
OF_PAST: Final = re.compile(
    r"(?: night)?(?:['’]s)? (?:[\w-]+ ){0,2}?(?:agreement|accord|attacks?|strikes?|massacre|bombings?|shooting|killings?|earthquakes?|floods|landslide|cyclone|hurricane|typhoon|storms?|swells|explosion"
    r"|invasion|coup|uprising|revolution|declaration|judgment|ruling)\b"
)
HAD: Final = re.compile(r"\b(?:had|was|were|did|since|served|(?<!be )worked|stayed)\b")


class Context(NamedTuple):
    """What an expression may lean on: the day of publication, what was dated before it, its surroundings."""

    published: date | None
    before: str  # the sentence up to the expression, in lower case
    after: str
    previous: Period | None  # the last period named before it
    us_order: bool  # 03/04/2024 is 4 March


def tense(context: Context) -> int:
    """1 for what is to come, -1 for what was, 0 where the sentence does not say."""
    if (
        OF_PAST.match(context.after)
        or LATELY.match(context.after)
        or SINCE.search(context.before)
        or OF_DOCUMENT.search(context.before)
    ):
        return -1
    if ASIDE.search(context.before):
        return 0
    if DEADLINE.search(context.before):
        return -1 if _last(HAD, context.before) > _last(FUTURE, context.before) else 1
    if (OPENS.search(context.before) and SOON.match(context.after)) or OF_SAME.match(context.after):
        return 1
    return _of_verbs(context)


def is_since(context: Context) -> bool:
    """Whether something has lasted since the date, which is over for certain."""
    return LASTED.search(context.before) is not None


def _last(words: re.Pattern[str], before: str) -> int:
    """Where the last of `words` ends, -1 where there is none."""
    return max((m.end() for m in words.finditer(before)), default=-1)


def _of_verbs(context: Context) -> int:
    """By the verb before the date that is nearest to it, else by the first one after it."""
    before = QUOTED.sub("", context.before)
    subject = SUBJECT.search(before)
    tells = subject is None or any(words.search(subject[0]) for words in (FUTURE, PAST, CALENDAR))
    if not tells and (way := _of_first_verb(context.after)):
        return way
    ahead, behind = max(_last(FUTURE, before), _last(CALENDAR, before)), _last_past(before)
    if ahead == behind == -1:
        return _of_first_verb(context.after)
    return 1 if ahead >= behind else -1


def _of_first_verb(after: str) -> int:
    coming, gone = FUTURE.search(after), PAST.search(after)
    if not coming and not gone:
        return 0
    return 1 if coming and (not gone or coming.start() <= gone.start()) else -1


def _last_past(before: str) -> int:
    """Where the last verb of the past ends; "stationed" is none in "will brief all missions stationed in Rome"."""
    modal = _last(MODAL, before)
    for verb in reversed([*PAST.finditer(before)]):
        if verb.start() < modal or not verb[0].endswith("ed") or SAID.fullmatch(verb[0]):
            return verb.end()
        if modal < 0 or BOUNDARY.search(before, modal, verb.end()):
            return verb.end()
    return -1
