"""What speaks for or against an actor taking part in the main event: how it stands in the text, and the words beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, repeat
from typing import Final, NamedTuple
from zlib import crc32

from streams.annotation import Mention, Participant
from streams.events.cast import ACTORS, SAID, is_absent, is_in_office, is_mourned, phrase_start, speaker
from streams.events.roles_issuers import BODY, titled
from streams.events.scene import LISTED, SPEAKS, Scene, company, listing
from streams.events.signed import in_person, signer
from streams.events.wording import PLAIN_WORD
from streams.extract.sentences import Sentence

FAR: Final = 12  # sentences from the start in which an actor is looked for
FOOT: Final = 3  # last sentences, of which short ones may be signatures
LINE: Final = 90  # characters
ALONE: Final = 12  # characters beside a name in a line of its own: a stop, an honorific
MOST: Final = 60  # actors that are weighed
TOGETHER: Final = frozenset({"meeting", "call", "negotiation", "summit", "conference"})
HEAD_WORDS: Final = re.compile(
    r"spokes\w+|ambassador|charg[ée]|high commissioner|consul|minister|president|chancellor|premier|king|queen|emir|amir|sultan|prince|sheikh|secretary"
    r"|chair\w*|commissioner|speaker|director|representative|envoy|governor|general|admiral|chief|head|member|mayor|pope|cardinal|archbishop"
)
PREPOSITION: Final = re.compile(
    r"\b(with|by|to|of|against|in|from|for|between|and|on|at|upon|as|towards?|over|including|into|among|than|via|that|both|while|after|before|when|including|joined by|led by|headed by|behalf of|invitation of)"
    r"(?: (?:the|its|his|her|their|a|an|our|fellow|new|former|visiting|counterpart|government|people|republic|kingdom|state|president|prime|minister|foreign|h\.e\.|he|hon\.?|mr\.?|ms\.?|mrs\.?|dr\.?|of)\b,?)* *$"
)
AFTER: Final = re.compile(
    r"[’']s?\b|,? (?:who|which)\b|[,;:.)(]|(?: (?:and|or|has|have|had|is|are|was|were|will|to|in|on|at|for|with|from|of|by|today|also|that|held|met|said|government|authorities|forces|side|regime|delegation|ambassador|embassy|army|military|navy))\b|-"
)
WORD: Final = re.compile(rf"(?=\S)(?:{PLAIN_WORD}|[^\W\d_]+(?:[’'-][^\W\d_]+)*|\d+|[^\w\s])")
REACH: Final = 60  # characters on each side of a mention that are read as words
BETWEEN: Final = 200  # characters between mention and event, likewise
MENTIONS: Final = 4  # of an actor, whose words are read
NEAR: Final = frozenset({"trigger", "own", "company", "listing", "s0", "s1", "s2"})  # where they are

Places = Sequence[
    tuple[str, Sentence, Mention]
]  # where an actor is named: which sentence, the sentence, the mention


class Stage(NamedTuple):
    """What the evidence for every actor of a scene is read from, worked out once."""

    scene: Scene
    form: str
    group: str
    proposed: Mapping[str, Participant]
    sides: Sequence[str]  # countries of the persons and bodies proposed
    places: Sequence[tuple[str, Sentence]]  # sentences looked at, each with its name
    owner: str | None  # whose statement the title says it is
    spoken: str | None
    signed: str | None
    voice: str  # "I" where the text speaks in the first person singular
    often: Mapping[str, int]  # how many mentions each actor has
    offices: Mapping[str, str]  # the first office of each that has one


def stage_of(scene: Scene, form: str, proposed: Sequence[Participant]) -> Stage:
    at = scene.sentences[scene.reading.trigger.sentence]
    named: list[tuple[str, Sentence]] = [("trigger", at)]
    named += [("own", s) for s in scene.own if s != at]
    named += [(f"s{i}", s) for i, s in enumerate(scene.sentences[:FAR]) if s != at and s not in scene.own]
    named += [("company", s) for s in company(scene) if s != at and s not in scene.own]
    named += [("listing", s) for s in listing(scene) if s != at and s not in scene.own]
    foot = scene.sentences[max(FAR, len(scene.sentences) - FOOT) :]
    named += [("foot", s) for s in foot if len(s.text) <= LINE and s not in scene.own]
    owner, spoken = titled(scene), speaker(scene.cast, scene.sentences, scene.text, strictly=True)
    signed = signer(scene.cast, scene.sentences, scene.text)
    voice = "I" if in_person(scene.text) else "other"
    return Stage(
        scene,
        form,
        "together" if form in TOGETHER else form,
        {p.entity_id: p for p in proposed},
        [p.country for p in proposed if p.country and not p.entity_id.startswith("country:")],
        named,
        owner.entity_id if owner else None,
        spoken.entity_id if spoken else None,
        signed.entity_id if signed else None,
        voice,
        Counter(m.entity_id for m in scene.cast.mentions),
        {m.entity_id: m.office for m in reversed(scene.cast.mentions) if m.office},
    )


def actors(stage: Stage) -> dict[str, list[tuple[str, Sentence, Mention]]]:
    """The actors that may take part, each with its mentions and the sentences where they stand."""
    cast = stage.scene.cast
    found: dict[str, list[tuple[str, Sentence, Mention]]] = {}
    away: set[str] = set()  # dead, or said not to have come
    for name, s in stage.places:
        for m in cast.within(s.start_char, s.end_char):
            if cast.kind(m) in ACTORS and m.entity_id in cast.entities:
                found.setdefault(m.entity_id, []).append((name, s, m))
                text = stage.scene.text
                if is_mourned(cast, m, text, s.start_char) or is_absent(cast, m, text):
                    away.add(m.entity_id)
    for key in stage.proposed:
        found.setdefault(key, [])
    found = {key: at for key, at in found.items() if key not in away}
    return dict(list(found.items())[:MOST]) if len(found) > MOST else found


def _before(stage: Stage, s: Sentence, m: Mention) -> str:
    low, start = stage.scene.low, phrase_start(m, stage.scene.text, s.start_char)
    if start - s.start_char <= 4:
        return "start"
    found = PREPOSITION.search(low, max(s.start_char, start - 50), start)
    if found:
        return found[1]
    return "comma" if low[s.start_char : start].rstrip(" ")[-1:] in {",", ";"} else "other"


def _at(stage: Stage, name: str, s: Sentence, m: Mention) -> Iterator[str]:
    """What the place of one mention says."""
    scene, t = stage.scene, stage.scene.reading.trigger
    use = m.use
    side = ""
    if name == "trigger":
        side = " before" if m.end_char <= t.start else " after" if m.start_char >= t.end else " inside"
    kind = scene.cast.kind(m)
    where = f"{name}{side}"
    yield f"{where} {kind} {use}"
    if is_in_office(scene.cast, m, scene.text) if kind != "person" else False:
        yield f"{where} in office"
        return
    before = _before(stage, s, m)
    yield f"{where} {kind} after {before}"
    found = AFTER.match(scene.low, m.end_char)
    yield f"{where} {kind} then {found[0].strip() if found else 'other'}"
    if kind == "person" and (SAID.match(scene.low, m.end_char) or SPEAKS.match(scene.low, m.end_char)):
        yield f"says {'own' if name in {'trigger', 'own'} else 'else'}"
    if LISTED.match(s.text):
        yield "listed"
    if kind == "person" and len(s.text) - (m.end_char - m.start_char) <= ALONE:
        yield f"line {'foot' if s.start_char > scene.sentences[-1].start_char - LINE else 'else'}"


def last_two(low: str, start: int, end: int) -> list[str]:
    """The last two words of a span. No word holds a space, so that those behind the third space from the end are enough."""
    at = end
    for _ in range(3):
        at = max(start, low.rfind(" ", start, at))
    found = WORD.findall(low, at, end)
    return (found if len(found) > 1 else WORD.findall(low, start, end))[-2:]


def _words(stage: Stage, name: str, s: Sentence, m: Mention) -> Iterator[str]:
    """The words beside a mention, and those between it and the event."""
    low, t = stage.scene.low, stage.scene.reading.trigger
    before = last_two(low, max(s.start_char, m.start_char - REACH), m.start_char)
    after = [w[0] for w in islice(WORD.finditer(low, m.end_char, min(s.end_char, m.end_char + REACH)), 2)]
    before, after = ["^"] * (2 - len(before)) + before, after + ["$"] * (2 - len(after))
    where = name if name in {"trigger", "own", "company", "listing"} else "early"
    yield f"{where} -1 {before[1]}"
    yield f"{where} -2 {before[0]} {before[1]}"
    yield f"{where} +1 {after[0]}"
    yield f"{where} +2 {after[0]} {after[1]}"
    yield f"{where} {before[1]} | {after[0]}"
    if name in {"trigger", "own"}:
        side = "before" if m.end_char <= t.start else "after"
        yield f"{side} act {t.act} {stage.scene.cast.kind(m)}"
        start, end = sorted((m.start_char, t.start))
        if end - start < BETWEEN:
            yield from (f"{side} between {w}" for w in WORD.findall(low, start, end))


def evidence(stage: Stage, key: str, at: Sequence[tuple[str, Sentence, Mention]]) -> list[int]:
    """The checksums of all that speaks for or against an actor taking part; what is no mere word also with the group of forms."""
    scene, cast = stage.scene, stage.scene.cast
    entity = cast.entities[key]
    rows = stage.proposed
    role = rows[key].role if key in rows else "no"
    plain: list[str] = [f"rule {role} {entity.kind}", f"rules {min(len(rows), 4)} {role}"]
    country = next((c for *_, m in at if (c := cast.country_of(m))), entity.country)
    side = "none" if not country else "home" if country == cast.home else "away"
    plain.append(f"{entity.kind} {side} {role}")
    if key == cast.issuer:
        plain.append("issuer")
    if key == stage.owner:
        plain.append("owner")
    if key == stage.spoken:
        plain.append("spoken")
    if stage.signed:
        plain.append(f"{'signs' if key == stage.signed else f'{entity.kind} beside who signs'} {stage.voice}")
    if stage.voice == "I":
        plain.append(f"in person {entity.kind} {side} {'spoken' if key == stage.spoken else ''}")
    if entity.kind == "country":
        plain.append(f"state covered {country in stage.sides} {role}")
    elif country:
        plain.append(
            f"{entity.kind} beside {min(2, sum(c == country for c in stage.sides) - (key in rows))} {role}"
        )
    if entity.kind == "organization":
        plain.append(f"body {BODY.search(entity.name) is not None}")
        plain.append(f"acts as party {bool(entity.country)}")
    if entity.kind == "person":
        office = stage.offices.get(key, "")
        found = HEAD_WORDS.search(office.lower())
        plain.append(f"office {found[0] if found else bool(office)}")
    plain.append(f"often {min(stage.often.get(key, 0), 5)}")
    names = [name for name, *_ in at]
    plain.append(f"first in {names[0] if names else 'nowhere'}")
    seen = {w for name, s, m in at[:6] for w in _at(stage, name, s, m)}
    plain += seen
    plain.append(f"{role} first in {names[0] if names else 'nowhere'}")
    plain += [f"{role} {w}" for w in seen if w == "listed" or w.startswith(("trigger", "own"))]
    if scene.own and any(name in {"trigger", "own"} for name in names):
        plain.append(f"in own {role}")
    words = {w for name, s, m in at[:MENTIONS] if name in NEAR for w in _words(stage, name, s, m)}
    data, group = [w.encode() for w in plain], crc32(stage.group.encode())
    return [*map(crc32, data), *map(crc32, data, repeat(group)), *map(crc32, map(str.encode, words))]
