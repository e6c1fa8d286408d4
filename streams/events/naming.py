"""The proper name of an event: "22nd meeting of the Kazakhstan – European Union Cooperation Council".

Only a name with an ordinal or a year, and with a word that is not every event's, tells events apart
(DATA.md, section 2); anything else leaves an event without a name.
"""

from __future__ import annotations

import re
from typing import Final

from streams.events.identity import is_proper_name
from streams.events.triggers import Trigger

NAMED_ACTS: Final = frozenset({"summit", "conference", "negotiate", "meet"})
ORDINAL: Final = (
    r"(?:\d+(?:st|nd|rd|th)|[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Ss]ixth|[Ss]eventh|[Ee]ighth|[Nn]inth|[Tt]enth"
    r"|[Ee]leventh|[Tt]welfth|[IVXL]{2,})"
)
CAPITAL: Final = r"[“\"]?[A-Z][\w’'.-]*+[”\"]?"  # a word as a whole: "A-B-C" is cut in one way only
JOINED: Final = rf"{CAPITAL}(?:(?: |\s?[–—-]\s?| (?:of|and|for|on|the|&) (?:the )?){CAPITAL})*"
BEFORE: Final = re.compile(rf"(?:\b(?P<ordinal>{ORDINAL}) )?(?P<words>{JOINED} )?$")
AFTER: Final = re.compile(
    rf"^(?:s|es)?(?P<of>(?: (?:of|on|for) (?:the )?(?:{ORDINAL} )?{JOINED})*)(?P<year>,? (?:19|20)\d\d\b)?"
)
LOOK: Final = 110
# Words that any meeting's name may hold: alone they name none.
GENERAL: Final = frozenset(
    {
        "the", "of", "and", "for", "on", "a", "an", "meeting", "summit", "session", "conference", "forum", "round", "talks", "consultations",
        "negotiations", "dialogue", "council", "committee", "commission", "assembly", "congress", "symposium", "foreign", "ministers", "minister",
        "ministerial", "ministry", "affairs", "heads", "head", "state", "states", "government", "governments", "leaders", "joint", "political",
        "bilateral", "trilateral", "working", "group", "high", "level", "senior", "officials", "annual", "regular", "plenary", "special", "regional",
        "international", "intergovernmental", "interministerial", "strategic", "economic", "trade", "security", "official", "president", "prime",
        "secretary", "general", "deputy", "parliamentary", "member", "experts", "expert", "business", "extraordinary", "opening", "closing", "inauguration",
    }
)  # fmt: skip


def name_of(trigger: Trigger, text: str, start: int, end: int) -> str | None:
    """The event's name around `trigger` within start..end of `text`, where the text gives one."""
    if trigger.act not in NAMED_ACTS or trigger.part != "noun":
        return None
    before = BEFORE.search(text[max(start, trigger.start - LOOK) : trigger.start])
    after = AFTER.match(text[trigger.end : min(end, trigger.end + LOOK)])
    found_before = before.group().lstrip('“" ') if before else ""
    name = f"{found_before}{text[trigger.start : trigger.end]}{after.group() if after else ''}"
    name = re.sub(r"^(?:The|This|At|In|During|After|Following|Today|On|For) ", "", name).strip(' ,.“”"')
    proper = [w for w in re.findall(r"[A-Z][\w’'-]+", name) if w.lower() not in GENERAL]
    ordinal = re.compile(ORDINAL)
    proper = [w for w in proper if not ordinal.fullmatch(w)]
    return name if proper and is_proper_name(name) else None
