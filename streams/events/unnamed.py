"""Who takes part by office and without a name: "her counterparts from Peru and Chile", "the ambassadors of A, B and C"."""

from __future__ import annotations

import re
from typing import Final

from streams.annotation import Mention
from streams.events.scene import NEXT_DEED, NEXT_TALKS, TALKS, Scene
from streams.extract.sentences import Sentence

_HOLDERS: Final = (
    r"(?:counterparts?|colleagues?|ministers?|presidents?|premiers?|chancellors?|leaders|heads|ambassadors?|envoys?|chiefs|secretar(?:y|ies)|representatives|delegations?"
    r"|high commissioners?|diplomats|officials|governments)"
)
# The words of a state's name. What may stand before it does not begin it; else a long list can be cut in too many ways.
_WORD: Final = r"(?!(?:and|as)\b)[\w’'-]+"
_FIRST: Final = r"(?!(?:and|as|from|the)\b)[\w’'-]+"
_AND: Final = r"(?:, and |, | and |, as well as | as well as )(?:from )?(?:the )?"
# "the foreign ministers of Mali, Niger and", "her counterparts from Peru and the"
OF_STATES: Final = re.compile(
    rf"\b{_HOLDERS}(?: of (?:state(?: and government)?|government|foreign affairs|the states?|defen[cs]e|trade|energy|finance|the interior|justice|transport|health|agriculture))? (?:of|from) (?:the )?(?:{_FIRST}(?: {_WORD}){{0,4}}{_AND})*$"
)
# "her Peruvian and Chilean counterparts", "the Peruvian and Chilean foreign ministers"
_KIND: Final = r"(?:foreign|prime|deputy|defen[cs]e|trade|energy|finance|interior|justice|government)"
THEIR: Final = re.compile(
    rf"(?:{_AND}(?!(?:and|as|from|the)\b)[a-z]\w+(?:[ -]\w+)?)* (?:{_KIND} )*{_HOLDERS}\b"
)
# "the Foreign Minister of Peru, NAME", "NAME, the new Foreign Minister of": he is named
NAME_BEHIND: Final = re.compile(r",? (?:(?:mr|ms|mrs|dr|h\.?e|sir|sheikh)\.? )*")
NAME_BEFORE: Final = re.compile(
    r", (?:(?:the|new|newly|appointed|current|visiting|acting|deputy|foreign|prime) )*"
)
WITH: Final = re.compile(
    r"(?:\b(?:with|between|by|and|including|met|meets|meeting|received|receives|receiving|host(?:s|ed|ing)|welcom(?:es|ed|ing)|together with|joined by)|,)"
    r"(?: (?:the|his|her|their|its|both|several|visiting|foreign|prime|defen[cs]e|trade|deputy|two|three|four|five|other))* (?:[\w-]+ (?:and )?){0,3}$"
)
LIST: Final = 400  # characters back from a state to the office that its list begins with
LEAD_IN: Final = 160  # and from there to "met with"
OPENS: Final = re.compile(
    r"\W*(?:on [\w ,]{3,24}, |today, |yesterday, |in [\w ]{3,24}, )?(?:(?:the|both|two|three|four|five|foreign|prime|defen[cs]e|trade|deputy) )*"
)
# What else the sentence tells of: the holders belong to that.
ELSE: Final = re.compile(
    r"\band (?:also |then )?(?:thanked|discussed|expressed|visited|attended|signed|conveyed|praised|welcomed|briefed|informed)\b|\b(?:after|before|following|ahead of|prior to|where|which|who|about|regarding|concerning|prepar\w+|upcoming|forthcoming|situation|statement|declaration|letter|behalf|inform\w*|told|said|that|margins?|sidelines?|meeting of|summit of|conference of|session of)\b"
)


def by_office(scene: Scene) -> list[Mention]:
    """The states of lists of office-holders who take part in a conversation; each stands for whom the text does not name."""
    if scene.reading.trigger.act not in TALKS:
        return []
    return [
        m
        for s in scene.own
        for m in scene.cast.of_kind(s.start_char, s.end_char, "country")
        if (head := _head(scene, s, m)) is not None
        and _is_there(scene, s, head)
        and not _has_name(scene, s, head, m)
    ]


def _head(scene: Scene, sentence: Sentence, mention: Mention) -> int | None:
    """Where the office, or the list of them, begins in which a state is named."""
    low, start = scene.low, sentence.start_char
    if mention.use == "adjective":
        return mention.start_char if THEIR.match(low, mention.end_char, sentence.end_char) else None
    found = OF_STATES.search(low, max(start, mention.start_char - LIST), mention.start_char)
    owns = low.startswith(("'s", "’s"), mention.end_char)
    return found.start() if found and not owns else None


def _has_name(scene: Scene, sentence: Sentence, head: int, mention: Mention) -> bool:
    """Whether the holder of the office is named beside it, unless the name is known to be another state's."""
    cast = scene.cast
    own = {None, cast.country_of(mention)}
    return any(
        NAME_BEHIND.fullmatch(scene.low, mention.end_char, p.start_char)
        or NAME_BEFORE.fullmatch(scene.low, p.end_char, head)
        for p in cast.of_kind(sentence.start_char, sentence.end_char, "person")
        if p.use == "name" and cast.country_of(p) in own
    )


def _is_there(scene: Scene, sentence: Sentence, head: int) -> bool:
    """Whether those who are named from `head` on meet or talk, and are not of what else the sentence tells."""
    t, low = scene.reading.trigger, scene.low
    start = sentence.start_char
    if not start <= t.start < sentence.end_char or head < t.start:
        return OPENS.fullmatch(low, start, head) is not None or low.startswith("between ", head - 8)
    between = low[t.end : head]
    apart = ELSE.search(between) or NEXT_DEED.search(between) or NEXT_TALKS.search(between)
    return not apart and WITH.search(low, max(t.start, head - LEAD_IN), head) is not None
