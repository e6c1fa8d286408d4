"""Where a text states that something is done: triggers, each with what its context says of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final, NamedTuple

from streams.closed_sets import Assertion, EventForm, EventStatus, EventType
from streams.events.acts import Entry, Part, Word, acts, automaton
from streams.extract.sentences import Sentence


class Trigger(NamedTuple):
    """An act stated at a place; `sentence` is the index of its sentence."""

    act: str
    part: Part
    start: int
    end: int
    sentence: int


class Reading(NamedTuple):
    """What the context makes of a trigger."""

    trigger: Trigger
    status: EventStatus
    assertion: Assertion = "asserted"
    recalled: bool = False  # an earlier or later event that the text looks at
    firm: bool = True  # stated by a finite verb, or by a noun with a verb or an attribute of time


STANCE: Final = frozenset(
    {
        "condemn",
        "concern",
        "welcome",
        "congratulate",
        "condole",
        "request",
        "reject",
        "warn",
        "concede",
        "agree",
        "pledge",
    }
)
WILL: Final = re.compile(
    r"\b(?:will|shall|is to|are to|(?:is|are|was|were) (?:expected|scheduled|due|set|planned|slated|ready) to"
    r"|plans? to|intends? to|planning to|about to|going to|expects? to|hopes? to|looks? forward to|intention to"
    r"|agreed to|decided to|approval to|proposal (?:\w+ ){0,8}to|propos\w+ to|approved (?:\w+ ){0,6}to|invited (?:\w+ ){0,8}to|invitation (?:\w+ ){0,6}to"
    r"|prepared to|preparing to|preparations? for|prepar\w+ for|ready to|desire to|readiness to|willing to|wish to|in order to|efforts to|to be|i['’]ll|we['’]ll|he['’]ll)"
    r"(?: also| be| then| soon| formally| officially| jointly| further| the| a| in)*\s*$"
)
TO: Final = re.compile(r"\bto(?: \w+ly)?\s*$")
NOT: Final = re.compile(
    r"\b(?:not|never|no longer|neither|nor|without|refus\w+ to|failed to|declin\w+ to|den(?:y|ies|ied)|cannot|n['’]t)(?: \w+){0,2}\s*$"
)
# "denied that it had closed its embassy", "rejected reports of an attack"
DENIED_THAT: Final = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|refut(?:es?|ed|ing)|reject(?:s|ed|ing)|dismiss(?:es|ed|ing))(?: \w+){0,2}"
    r" (?:that|(?:claims?|reports?|rumou?rs?|allegations?|accusations?)(?: \w+){0,3} (?:that|of))\b[^.;,:“”\"]{0,100}$"
)
NOBODY: Final = re.compile(
    r"\b(?:no one|nobody|none|no (?!(?:fewer|less|later|doubt|matter)\b)(?:[\w’'-]+ ){0,3}[\w’'-]+)(?: of \w+)?(?: (?:has|have|had|was|were|is|are))?\s*$"
)
NO_SUCH: Final = re.compile(
    r"(?:^\W*|[,;:] |\b(?:is|was|were|are) )no (?!(?:fewer|less|later|longer|doubt|matter)\b)(?:\w+ )?$"
)
MIGHT: Final = re.compile(
    r"\b(?:would|could|may|might|can|if|whether|unless|possib\w+|potential)(?: \w+){0,2}\s*$"
)
MUST: Final = re.compile(
    r"\b(?:must|should|need to|needs to|has to|have to|call(?:s|ed|ing)? (?:on|for|upon)|urg\w+|demand\w*|ask\w*|appeal\w*)\b[^.;]{0,60}$"
)
GOES_ON: Final = re.compile(
    r"\b(?:is|are|currently|now|continu\w+ to|has been|have been)(?: currently| now| also| in \w+)*(?: on)?(?: an?| the)?(?: \w+){0,3}\s*$"
)
CURRENTLY: Final = re.compile(
    r"\b(?:(?:is|are|who is|now|currently)(?: currently| now)? (?:on|undertaking|making|paying|visiting)|ongoing|currently (?:on|in|visiting))\b[^.;,]{0,40}$"
)
AHEAD: Final = re.compile(
    r"\b(?:upcoming|forthcoming|invit\w+|next|planned|scheduled|(?<!of the )future|announced|expected|proposed|will (?!have)\w+|shall \w+|will be|will host|will hold|will attend|will have"
    r"|will participate|will travel|to attend|to host|to hold|to address|ahead of|in advance of|in the run-up to|prepar\w+ (?:for|of)|will also|will bring|hosting|will be held"
    r"|looks? forward to|looking forward to|on the eve of|earliest|possib\w+|holding|organi[sz]ing|convening|intention to|begin|beginning|launch of|start of)\b[^.;]{0,45}$"
)
AHEAD_AFTER: Final = re.compile(
    r"^[^.;]{0,80}?\b(?:will (?:be|take|start|begin|also|focus|provide|include)|scheduled|to be held|is to be|are to be|is expected|are expected|to take place|planned for|set to)\b"
)
HELD: Final = re.compile(
    r"\b(?:held|hold|holds|had|have|having|hosted|hosts|chaired|chairs|co-chaired|attended|attends|convened|convenes|conducted|led|opened|addressed"
    r"|engaged in|engages in|took part in|takes part in|participated in|participates in|participat\w+ in|participation in|participant in|continued|concluded|completed|began|started|launched|after|during|following|at|within|as part of|on the sidelines of|on the margins of|in the course of|outcomes? of|results? of|attending|joined|since|today's|today’s|yesterday's|yesterday’s|paid|made|undertook|conclusion of|spoke at|speech at|adopted at|reached at|agreed at|signed at)\b[^.;,]{0,50}$"
)
HELD_AFTER: Final = re.compile(
    r"^[^.;]{0,70}?\b(?:took place|takes place|was held|were held|held|was convened|convened|concluded|was attended|was chaired|were chaired|began|opened|were signed|was signed|continued|focused|covered|reviewed|started|kicked off|reached)\b"
)
# "looks forward to progress at the summit", "next year during the forum": where it is said to be does not make it held
AHEAD_STILL: Final = re.compile(
    r"\b(?:next (?:week|month|year|spring|summer|autumn|fall|winter)|later this (?:week|month|year)|(?:will|shall) (?!have)\w+|looks? forward to|looking forward to|upcoming|forthcoming)\b"
    r"(?:(?!\b(?:held|had|agreed|adopted|signed|reached|made|discussed|met|last|yesterday|recent|earlier|after|following|announced|outcomes?|results?|said|says|told|stressed|noted|added|stated|underlined|emphasi[sz]ed|declared)\b)[^.;]){0,80}?"
    r"\b(?:at|within|during|as part of|on the sidelines of|on the margins of|in the course of)\b[^.;,]{0,50}$"
)
# "will take part in the forum and hold talks with"
ALSO_WILL: Final = re.compile(
    r"\b(?:will|shall|(?:due|scheduled|expected|set) to)\b(?:(?!\b(?:who|which|that|said|held)\b)[^.;]){0,120}\band (?:also |then )?"
    r"(?:hold|have(?! (?:\w+ly )?(?:\w+ed|held|made|met|had|been|taken|begun)\b)|attend|address|conduct|chair|host|pay|make|sign|open)(?: [\w-]+){0,4}\s*$"
)
AHEAD_SOON: Final = re.compile(
    r"^(?: (?:in|at|of|with|between) [^.;,]{1,40}?)? (?:next (?:week|month|year|spring|summer|autumn|fall|winter)|later this (?:week|month|year))\b"
)
PAST_ATTRIBUTE: Final = re.compile(
    r"\b(?:recent|last|previous|earlier|past|first-ever|his|her|their|latest|the \d+(?:st|nd|rd|th)|inaugural|first|second|third|recalled|recalling|subsequent|regular|numerous)(?: [\w-]+){0,4}\s*$"
)
# One of these is in every sentence in which the next two find something: most have none, and they are slow to say so.
OFF: Final = re.compile(
    r"cancel|postpon|call off|called off|put off|deferred|rescheduled|delayed|take place|adjourned"
)
CANCELLED: Final = re.compile(r"\b(?:cancel\w*|postpon\w+|call(?:ed)? off)\b[^.;]{0,40}$")
CANCELLED_AFTER: Final = re.compile(
    r"[^.;]{0,90}?\b(?:cancelled|canceled|postponed|called off|adjourned (?:to|until|sine))\b"
    r"|[^.;]{0,160}?,? (?:has|have|had|is|are|was|were)(?: been)? (?:cancelled|canceled|postponed|called off|put off|deferred|rescheduled|delayed)\b"
    r"|[^.;]{0,160}?\b(?:will not|did not|not going to|could not) take place\b|[^.;]{0,60}?\bbe put off\b"
)
NEEDED: Final = re.compile(
    r"^[^.;,]{0,40}?\b(?:is|are|was|were|remains?|would be|becomes?)(?: \w+ly)? (?:needed|necessary|required|essential|indispensable|crucial|imperative|vital|possible|impossible|unlikely|the only way)\b"
)
ALLEGED: Final = re.compile(
    r"\b(?:alleg\w+|reported(?:ly)?|apparent(?:ly)?|reports (?:of|that)|claim\w*|purported)\b[^.;]{0,60}$"
)
MARKS: Final = re.compile(r"\w anniversary of (?:[\w’'-]+ ){0,7}$")
NOMINAL: Final = re.compile(
    r"(?:['’]s?|\b(?:the|a|an|his|her|their|its|our|my|this|that|these|on|of|for|during|official|state|working|first|second|next|last|recent|upcoming"
    r"|forthcoming|private|historic|three-day|two-day|four-day|day|successful|current|inaugural|planned|regular|high-level|bilateral|study|field|exchange|and"
    r"|mutual|reciprocal|return|introductory|farewell|familiarization|\d+(?:st|nd|rd|th)|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
    r"|ministerial|joint|annual|trilateral|virtual|plenary|special|extraordinary|emergency|informal|formal|online|council|committee|commission))\s$|^\W*$"
)
NOUN_FOLLOWS: Final = re.compile(r" (?:of|between|was|were|held|took place|will be|to be)\b")
BE_BEFORE: Final = re.compile(
    r"\b(?:is|are|was|were|be|been|by|after|before|while|when)(?: also| now| currently)? $"
)
TITLE_TO: Final = re.compile(
    r"\bto (?:attend|participate|engage|hold|host|join|lead|chair|co-chair|take|receive|conduct|begin|start|resume|convene|address|make|pay|undertake"
    r"|explore|sign|launch|open|travel|represent|embark|commence|visit|speak|deliver)\b[^.;]{0,60}$"
)
WILL_BARE: Final = re.compile(r"\b(?:will|shall|would|to|can|could|may)(?: also| then| be| jointly)?\s*$")
BETWEEN: Final = re.compile(r"^ (?:\w+ ){0,3}between (?!the two\b|our\b|both\b|sides\b)")
AHEAD_ACTS: Final = frozenset({"meet", "visit", "sign", "summit", "conference"})
LATER: Final = re.compile(
    r"\b(?:will|shall|looks? forward to|looking forward to|plans? on|intends? on)\b[^.;]{0,50}$"
)
IS: Final = re.compile(r"\b(?:is|are)(?: currently| also| now)? $")
I_AM: Final = re.compile(r"\b(?:i am|we are|i['’]m|we['’]re|am)(?: (?:today|now|hereby|also|therefore))* $")
WILL_BE: Final = re.compile(r"\b(?:will|shall|is to|are to|to)\b[^.;]{0,60}$")
PROPOSED: Final = re.compile(r"\bproposal\b.*\b(?:to|by)(?: \w+ly)?\s*$")
FIRST_TO: Final = re.compile(r"\b(?:first|second|third|latest|only|one)(?: \w+){0,4} to\s*$")
DECIDED: Final = re.compile(
    r"\b(?:decid\w+|resolv\w+|has ruled|voted|agreed|approv\w+|moves|moved|ordered)(?: \w+){0,3} to(?: \w+ly)?\s*$"
)
DECIDED_ACTS: Final = frozenset(
    {"sanction", "expel", "lift", "withdraw", "appoint"}
)  # the decision is the measure
DECLARED_ACTS: Final = DECIDED_ACTS | {"ceasefire"}  # to announce it is to do it
MESSAGES: Final = frozenset({"condole", "congratulate"})  # to wish to send one is to send it
WISH: Final = re.compile(r"\b(?:wish(?:es)?|would like|want(?:s|ed)?|beg) to\b[^.;]{0,60}?\s*$")
DECLARED: Final = re.compile(r"\bannounc\w+\b[^.;]{0,45}$")
OWN_DEEDS: Final = frozenset(
    {"ceasefire", "withdraw", "lift", "sanction", "meet", "negotiate", "summit", "aid", "sign", "expel"}
)  # what is said to be needed has not been done
# Who dies in an accident or a disaster was not attacked.
MISHAP: Final = re.compile(
    r"\b(?:crash\w*|accidents?|earthquakes?|quake|tremors?|floods?|flooding|cyclones?|hurricanes?|typhoons?|tsunamis?|landslides?|mudslides?|avalanches?|wildfires?|bushfires?"
    r"|blaze|stampede|capsiz\w+|shipwreck|derail\w+|eruption|collapse[ds]?|epidemic|outbreak|heatwave|storms?)\b"
)
VIOLENCE: Final = re.compile(
    r"\b(?:attack\w*|strikes?|airstrikes?|missiles?|bomb\w*|shell\w*|gunm[ae]n|terror\w*|drones?|shot|shooting|militants?|assassin\w*|murder\w*|massacre|invasion|rockets?|kidnap\w*|explosives?)\b"
)
# Words that tell of an attack only in a text that elsewhere speaks of violence: mines explode and people are killed in crashes.
UNCERTAIN: Final = re.compile(r"explosions?|(?:ha(?:s|ve)|were|was) killed|kill\w*(?: (?:at least|in))?")
FORCE: Final = re.compile(
    r"\b(?:condemn\w*|clash\w*|fighting|fighters?|war|hostilities|conflict|troops|soldiers?|police|security forces|army|occupation|protest\w*|violence|crimes?|rebels?|responsibility for|gunfire|ambush\w*|raid(?:s|ed)?|gangs?|hostages?|cease-?fire|genocide)\b"
)
HAD: Final = re.compile(
    r"\bhad (?:(?:also|already|previously|earlier|first|been|last|recently|then|\w+ly) ){0,2}(?:(?!been\b)\w+(?:ed|en|ld|et|id|ade) (?:(?:the|an?|its|his|her|their|on|in) (?:[\w-]+ ){0,3})?)?$"
)
REPORTED: Final = re.compile(
    r"\b(?:said|says|stated|announced|told|noted|informed|reported|confirmed|added|stressed|indicated|claimed|explained|revealed|declared|pointed out|according to|that|which|who)\b"
)
# "recalled its ambassadors for consultations": nobody is consulted with
FOR_CONSULTATIONS: Final = re.compile(r"\b(?:recall\w*|call\w* back|summon\w*)\b[^.;]{0,80}\bfor $")
# What ends a conflict or a measure is mostly asked for: "call on both to return to talks and to implement the ceasefire".
ENDINGS: Final = frozenset({"ceasefire", "withdraw", "lift"})
ASKED_FOR: Final = re.compile(
    r"\b(?:calls?|called|calling) (?:on|for|upon)\b(?:(?!\b(?:and|but|while|after|following|since|as) (?:\w+ly )?(?:welcom|hail|prais|said|stat|express|announc|recall|not|th)\w*)[^.;])*$"
)
# "South Africa's request": what looks like a verb is a noun, and of another
OWNED: Final = re.compile(r"\w(?:['’]s|s['’])(?: (?:formal|official|joint|new|recent|latest))? $")
# "the arrest of four citizens accused of": nobody accuses them here
ACCUSED: Final = re.compile(
    r"\b(?:citizens?|nationals?|persons?|people|m[ae]n|wom[ae]n|officials?|members?|suspects?|deput(?:y|ies)|ministers?|officers?|soldiers?|those|leaders?|businessm[ae]n|traffickers?) $"
)
AHEAD_FORMS: Final = ("will ", "to ")
LOOK: Final = 90
BEFORE: Final = 70  # characters before a form in which what must stand before it is looked for


def _word(entry: Entry, low: str, start: int, end: int, last: int) -> Word | None:
    """The meaning of a form at its place, in a sentence that ends at `last`: a noun after an article or an owner, else a verb."""
    words = entry.words
    if len(words) > 1:
        before = low[max(0, start - 24) : start]
        nominal = NOMINAL.search(before) is not None or (
            NOUN_FOLLOWS.match(low, end) is not None and not BE_BEFORE.search(before)
        )
        words = tuple(sorted(words, key=lambda w: (w.part == "noun") != nominal))
    for word in words:
        if (word.after is None or word.after.match(low, end, last)) and (
            word.before is None or word.before.search(low[max(0, start - BEFORE) : start])
        ):
            return word
    return None


def find_triggers(low: str, sentences: tuple[Sentence, ...]) -> list[Trigger]:
    """Every trigger, the longest at each place, in order of the text."""
    starts = [s.start_char for s in sentences]
    size = len(low)
    found: list[Trigger] = []
    for last, entry in automaton().iter(low):
        start, end = last - len(entry.text) + 1, last + 1
        if (start and (low[start - 1].isalnum() or low[start - 1] == "-")) or (
            end < size and low[end].isalnum()
        ):
            continue
        index = bisect_right(starts, start) - 1
        if index < 0 or end > sentences[index].end_char:
            continue
        word = _word(entry, low, start, end, sentences[index].end_char)
        if word is None:
            continue
        while found and found[-1].start >= start:
            found.pop()
        if found and found[-1].end > start:
            # A verb with its object tells more than the noun that the object begins: "deposited its instrument".
            told = found[-1]
            if told.end - told.start >= end - start or (
                told.act == word.act and told.part != "noun" == word.part
            ):
                continue
            found.pop()
        found.append(Trigger(word.act, word.part, start, end, index))
    return found


def _status_of_noun(before: str, after: str, *, in_title: bool) -> tuple[EventStatus, bool, bool]:
    """Status, whether recalled or looked ahead to, and whether firm."""
    if CURRENTLY.search(before):
        return "ongoing", False, True
    if in_title and TITLE_TO.search(before):
        return "planned", False, True
    ahead = max((m.start() for m in AHEAD.finditer(before)), default=-1)
    held = max(
        (m.start() for m in HELD.finditer(before) if not WILL_BARE.search(before, 0, m.start())), default=-1
    )
    recalled = PAST_ATTRIBUTE.search(before) is not None
    if BETWEEN.match(after) and ahead < 0:
        return "occurred", recalled, True
    if ALSO_WILL.search(before):
        return "planned", False, True
    still = not HELD_AFTER.match(after) and (AHEAD_STILL.search(before) or AHEAD_SOON.match(after))
    if ahead > held or still or (AHEAD_AFTER.match(after) and held < 0):
        return "planned", WILL_BE.search(before) is None, True
    plainly = held >= 0 or HELD_AFTER.match(after) is not None
    return "occurred", recalled and not plainly, plainly or recalled or in_title


def _status_of_verb(trigger: Trigger, before: str, *, in_title: bool) -> EventStatus | None:
    if FIRST_TO.search(before) or (trigger.act in DECIDED_ACTS and DECIDED.search(before)):
        return "occurred"
    if PROPOSED.search(before) or WILL.search(before):
        return "planned"
    if trigger.part == "ing":
        return _status_of_participle(trigger, before, in_title=in_title)
    if TO.search(before) and trigger.part in {"base", "past"}:
        return "planned" if in_title else None
    if trigger.part == "base" and trigger.act not in STANCE:
        return "occurred" if in_title and before.strip() else None  # "Leaders Meet": a headline's past
    return "occurred"


def _status_of_participle(trigger: Trigger, before: str, *, in_title: bool) -> EventStatus | None:
    if trigger.act in DECIDED_ACTS and I_AM.search(before):
        return "occurred"  # "I am continuing the national emergency": to say so is to do it
    if CURRENTLY.search(before) or IS.search(before):
        return "ongoing"
    if trigger.act in AHEAD_ACTS and LATER.search(before):
        return "planned"
    return "occurred" if in_title and trigger.act in STANCE else None


def tells_of_mishap(low: str, start: int, end: int) -> bool:
    """Whether a span names a crash or a disaster and no violence."""
    return MISHAP.search(low, start, end) is not None and VIOLENCE.search(low, start, end) is None


def _is_mishap(trigger: Trigger, low: str, sentence: Sentence) -> bool:
    """Whether people came to harm without anybody attacking them."""
    start, end = sentence.start_char, sentence.end_char
    if tells_of_mishap(low, start, end):
        return True
    uncertain = UNCERTAIN.fullmatch(low, trigger.start, trigger.end) is not None
    return uncertain and VIOLENCE.search(low) is None and FORCE.search(low) is None


def _assertion(trigger: Trigger, before: str, after: str, whole: str) -> Assertion:
    """Whether what is stated is said to be so, or denied, demanded, thought of, alleged; `whole` is all of its sentence before it."""
    nobody = NO_SUCH if trigger.part == "noun" else NOBODY
    denied_that = trigger.act not in STANCE and DENIED_THAT.search(whole)
    if NOT.search(before) or nobody.search(before) or denied_that:
        return "denied"
    if trigger.act in ENDINGS and ASKED_FOR.search(whole):
        return "demanded"
    if MUST.search(before) and trigger.act not in {"request", "condemn", "welcome"}:
        return "demanded"
    if MIGHT.search(before):
        return "hypothetical"
    if trigger.act in OWN_DEEDS and NEEDED.match(after):
        return "demanded"
    return "alleged" if trigger.act in {"attack", "coerce"} and ALLEGED.search(before) else "asserted"


def is_before(low: str, start: int, at: int) -> bool:
    """Whether the pluperfect tells what stands at `at`: "Parliament had approved the treaty", unless somebody's words are reported."""
    had = HAD.search(low, max(start, at - BEFORE), at)
    return had is not None and REPORTED.search(low, start, had.start()) is None


def _is_off(trigger: Trigger, before: str, low: str, sentence: Sentence) -> bool:
    """Whether the sentence says that what it names will not be, or not then."""
    return OFF.search(low, sentence.start_char, sentence.end_char) is not None and (
        CANCELLED.search(before) is not None
        or CANCELLED_AFTER.match(low, trigger.end, sentence.end_char) is not None
    )


def read(trigger: Trigger, low: str, sentences: tuple[Sentence, ...], *, in_title: bool) -> Reading | None:
    """What the sentence makes of `trigger`: held, planned, denied; None where it states nothing."""
    sentence = sentences[trigger.sentence]
    before = low[max(sentence.start_char, trigger.start - LOOK) : trigger.start]
    after = low[trigger.end : min(sentence.end_char, trigger.end + LOOK)]
    if trigger.part == "noun" and FOR_CONSULTATIONS.search(before):
        return None
    asks = trigger.part == "base" and trigger.act == "request"
    if (asks and OWNED.search(before)) or (
        low.startswith("accused of", trigger.start) and ACCUSED.search(before)
    ):
        return None
    if trigger.act == "attack" and _is_mishap(trigger, low, sentence):
        return None
    recalled, firm = is_before(low, sentence.start_char, trigger.start), True
    status: EventStatus | None
    if trigger.part == "noun":
        status, earlier, firm = _status_of_noun(before, after, in_title=in_title)
        recalled = recalled or earlier
        if status == "planned" and trigger.act in DECLARED_ACTS and DECLARED.search(before):
            status = "occurred"
    else:
        status = _status_of_verb(trigger, low[sentence.start_char : trigger.start], in_title=in_title)
    if status is None:
        return None
    if status == "planned" and trigger.act in MESSAGES and WISH.search(before):
        status = "occurred"
    if status == "occurred" and low.startswith(AHEAD_FORMS, trigger.start):
        status = "planned"
    if _is_off(trigger, before, low, sentence):
        status = "cancelled"
    assertion = _assertion(trigger, before, after, low[sentence.start_char : trigger.start])
    if MARKS.search(before):
        return Reading(trigger, "occurred", assertion, recalled=True, firm=firm)
    return Reading(trigger, status, assertion, recalled, firm)


def type_and_form(reading: Reading) -> tuple[EventType, EventForm]:
    act = acts()[reading.trigger.act]
    if reading.status == "planned":
        return act.planned_type, act.form
    if reading.status == "cancelled" and act.type in {"CONSULT", "AGREE"}:
        return "REJECT", act.form
    return act.type, act.form
