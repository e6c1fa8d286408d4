"""What `annotate` returns: everything that one release says, as typed facts with exact spans.

All spans are half-open, in code points of `CleanRelease.text`, and
`text[start_char:end_char] == surface` (or `quote`) holds for each. Dates are ISO `YYYY-MM-DD`.
"""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from streams.closed_sets import (
    Assertion,
    DateBasis,
    DatePrecision,
    EntityKind,
    EventForm,
    EventStatus,
    EventType,
    EvidenceField,
    FigureKind,
    FigureNature,
    FigureStage,
    Function,
    Genre,
    Granularity,
    MentionUse,
    OfficeLevel,
    OfficeState,
    PlaceBasis,
    Qualifier,
    ReleaseKind,
    Role,
    Topic,
)


class Entity(Struct, frozen=True, omit_defaults=True):
    """An entity as one release names it; `entity_id` is its key (DATA.md, section 2).

    The key is `kind:normalised name:country or parties`, or `place:geonames:ID`, or `country:CODE`.
    Country, ids and coordinates are functions of the key.
    """

    entity_id: str
    kind: EntityKind
    name: str
    country: str | None = None
    names: tuple[str, ...] = ()  # every full name and acronym that the text uses, `name` among them
    wikidata_id: str | None = None
    geonames_id: int | None = None
    latitude: float | None = None
    longitude: float | None = None


class Mention(Struct, frozen=True, omit_defaults=True):
    """An entity's name at a place in the text; `office` as written there, without the name."""

    start_char: int
    end_char: int
    entity_id: str
    surface: str
    use: MentionUse = "name"
    office: str | None = None
    office_level: OfficeLevel | None = None
    office_state: OfficeState | None = None
    country: str | None = None  # a person's: whom they represent here
    rule: str = ""  # what found it


class DateMention(Struct, frozen=True, omit_defaults=True):
    """A date expression; start and end are null where it cannot be resolved."""

    start_char: int
    end_char: int
    surface: str
    start_on: str | None = None
    end_on: str | None = None
    granularity: Granularity = "day"
    relative: bool = False  # resolved against the publication date
    rule: str = ""


class Figure(Struct, frozen=True, omit_defaults=True):
    """A number with a unit: ISO 4217 code, `percent`, or the noun counted."""

    start_char: int
    end_char: int
    surface: str
    kind: FigureKind
    value: Decimal
    unit: str
    value_max: Decimal | None = None
    qualifier: Qualifier = "exact"
    measure: str | None = None
    stage: FigureStage | None = None
    nature: FigureNature | None = None
    purpose: str | None = None
    period_start: str | None = None
    period_end: str | None = None
    subject_country: str | None = None
    partner_country: str | None = None
    rule: str = ""


class TopicScore(Struct, frozen=True, omit_defaults=True):
    """A topic, its score (0 to 1), its rank (1 = strongest) and the strongest deciding words."""

    topic: Topic
    score: float
    rank: int
    start_char: int | None = None
    end_char: int | None = None


class Participant(Struct, frozen=True, omit_defaults=True):
    """Who took part: an entity of this release, its part, and the party that it stands for."""

    entity_id: str
    role: Role
    function: Function | None = None
    country: str | None = None
    office: str | None = None


class Evidence(Struct, frozen=True, omit_defaults=True):
    """The words on which one field of a report rests."""

    field: EvidenceField
    start_char: int
    end_char: int


class Report(Struct, frozen=True, omit_defaults=True):
    """What the release says of one event; `event_id` is computed from it (`streams.events.identity`)."""

    event_id: str
    type: EventType
    form: EventForm
    status: EventStatus
    quote: str
    start_char: int
    end_char: int
    main: bool = False
    assertion: Assertion = "asserted"
    name: str | None = None  # a proper name with an ordinal or a year ("22nd Cooperation Council")
    started_on: str | None = None
    ended_on: str | None = None
    date_basis: DateBasis | None = None
    date_precision: DatePrecision | None = None
    place_entity_id: str | None = None
    place_basis: PlaceBasis | None = None
    participants: tuple[Participant, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    topics: tuple[TopicScore, ...] = ()
    rule: str = ""


class Annotation(Struct, frozen=True, omit_defaults=True):
    """All facts of one release; an empty one (annotated_by null) for a language without an engine."""

    kind: ReleaseKind = "other"
    genre: Genre = "other"
    annotated_by: str | None = None
    issuer_entity_id: str | None = None
    issuer_country: str | None = None
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    figures: tuple[Figure, ...] = ()
    topics: tuple[TopicScore, ...] = ()
    reports: tuple[Report, ...] = ()
