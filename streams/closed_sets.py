"""The closed sets of the data contract: every value that a checked column may hold.

The tables' check constraints, the record types and the documentation are built from these, so a
value is added here and nowhere else.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

EntityKind = Literal["person", "organization", "place", "country", "region", "agreement", "initiative"]
ReleaseKind = Literal["diplomatic", "other"]
Genre = Literal["readout", "statement", "joint_statement", "agency_report", "remarks", "notice", "other"]
PublishedBasis = Literal["metadata", "header", "dateline", "text"]
PublishedPrecision = Literal["second", "day", "month", "year"]
MentionUse = Literal["name", "adjective", "title", "pronoun"]
OfficeLevel = Literal[
    "head_of_state",
    "head_of_government",
    "minister",
    "deputy_minister",
    "ambassador",
    "head_of_organization",
    "parliament",
    "official",
]
OfficeState = Literal["current", "acting", "former", "designate"]
Granularity = Literal["day", "month", "quarter", "year", "range"]
Qualifier = Literal["exact", "over", "under", "about"]
FigureKind = Literal["money", "percent", "count"]
FigureStage = Literal["reported", "planned", "pledged", "agreed", "disbursed"]
FigureNature = Literal["level", "change", "share", "cumulative"]
EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
    "OTHER",
]
EventForm = Literal[
    "meeting",
    "call",
    "visit",
    "summit",
    "conference",
    "negotiation",
    "signing",
    "statement",
    "sanctions",
    "aid",
    "credentials",
    "appointment",
    "message",
    "attack",
    "other",
]
EventStatus = Literal["occurred", "planned", "ongoing", "cancelled"]
Assertion = Literal["asserted", "alleged", "demanded", "hypothetical", "denied"]
DateBasis = Literal["stated", "resolved", "dateline", "published"]
DatePrecision = Literal["day", "month", "quarter", "year", "range"]
PlaceBasis = Literal["stated", "inferred"]
Role = Literal["actor", "recipient"]
Function = Literal[
    "host",
    "visitor",
    "chair",
    "mediator",
    "signatory",
    "speaker",
    "addressee",
    "donor",
    "beneficiary",
    "appointee",
    "sender",
    "target",
]
EvidenceField = Literal["trigger", "date", "place", "status", "participant"]
LinkRelation = Literal["part_of", "fulfils", "cancels", "possibly_same"]
CountryKind = Literal["state", "organization", "region"]
Topic = Literal[
    "bilateral-relations",
    "multilateral-cooperation",
    "security-defence",
    "conflict-peace",
    "terrorism-crime",
    "arms-control",
    "sanctions",
    "human-rights",
    "democracy-elections",
    "humanitarian-aid",
    "development",
    "trade",
    "investment-economy",
    "energy",
    "climate-environment",
    "raw-materials",
    "transport-logistics",
    "digital-technology",
    "agriculture-food",
    "water",
    "health",
    "education-science",
    "culture-people",
    "visas-mobility",
    "migration",
    "consular",
    "borders-sovereignty",
    "treaties-law",
    "parliament",
    "integration-enlargement",
    "protocol",
]

TOPICS: Final[tuple[str, ...]] = get_args(Topic)
EVENT_TYPES: Final[tuple[str, ...]] = get_args(EventType)
EVENT_FORMS: Final[tuple[str, ...]] = get_args(EventForm)
EVENT_STATUS: Final[tuple[str, ...]] = get_args(EventStatus)
