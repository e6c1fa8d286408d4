"""A small world of facts, of every shape that views and saved queries must get right."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from services.database import engine, schema
from services.database import tables as t
from services.settings import Settings
from tests.integration.database import facts_links

AT = "2025-05-06T08:00:00.000000Z"
LATER = "2025-05-07T09:30:00.250000Z"


def fill(settings: Settings) -> Settings:
    """Bring the schema to head and store the facts."""
    schema.upgrade(settings)
    database = engine.connect(settings)
    with database.begin() as connection:
        for table, rows in FACTS.items():
            connection.execute(sa.insert(table), rows)
    database.dispose()
    return settings


def entity(key: str, kind: str, name: str, country: str | None = None, canonical: str | None = None) -> dict:
    return {
        "entity_id": key,
        "canonical_id": canonical or key,
        "kind": kind,
        "name": name,
        "country": country,
    }


def release(key: str, title: str, body: str, published_on: str | None, **more: Any) -> dict:
    return {
        "release_id": key,
        "source_id": "kz-mfa",
        "source_ref": f"ref-{key}",
        "url": f"https://example.org/{key}",
        "title": title,
        "text": f"{title}\n\n{body}",
        "language": "en",
        "kind": "diplomatic",
        "genre": "readout",
        "issuer_entity_id": None,
        "issuer_country": None,
        "published_at": None,
        "published_on": published_on,
        "published_precision": published_on and "day",
        "published_basis": published_on and "header",
        "revision": 1,
        "content_hash": f"h1:{key}",
        "first_fetched_at": AT,
        "fetched_at": AT,
        "withdrawn_at": None,
        "persisted_at": AT,
        "pipeline_version": 1,
        "annotated_by": "rules:en",
    } | more


def revision(key: str, content_hash: str, number: int, text: str, seen: str = AT) -> dict:
    return {
        "release_id": key,
        "content_hash": content_hash,
        "revision": number,
        "title": None,
        "text": text,
        "first_fetched_at": seen,
        "last_fetched_at": seen,
        "pipeline_version": 1,
        "raw_partition": 0,
        "raw_offset": number,
        "record": b"x",
    }


def event(key: str, type_: str, form: str, status: str = "occurred", **more: Any) -> dict:
    return {
        "event_id": key,
        "name": None,
        "type": type_,
        "form": form,
        "status": status,
        "started_on": None,
        "ended_on": None,
        "date_basis": None,
        "date_precision": None,
        "date_settled": False,
        "place_entity_id": None,
        "place_basis": None,
        "report_count": 1,
        "publisher_count": 1,
        "first_published_on": None,
    } | more


def report(event_id: str, release_id: str, quote: str, **more: Any) -> dict:
    folded = next(e for e in FACTS[t.events] if e["event_id"] == event_id)
    shared = ("name", "type", "form", "status", "started_on", "ended_on", "date_basis", "date_precision")
    return (
        {
            "event_id": event_id,
            "release_id": release_id,
            "main": True,
            "assertion": "asserted",
            "place_entity_id": None,
            "place_basis": None,
            "quote": quote,
            "start_char": 0,
            "end_char": len(quote),
            "rule": "test",
        }
        | {name: folded[name] for name in shared}
        | more
    )


def participant(event_id: str, entity_id: str, role: str = "actor", **more: Any) -> dict:
    return {
        "event_id": event_id,
        "entity_id": entity_id,
        "role": role,
        "function": None,
        "country": None,
        "office": None,
    } | more


def mention(release_id: str, entity_id: str, start: int, surface: str, **more: Any) -> dict:
    return {
        "release_id": release_id,
        "start_char": start,
        "end_char": start + len(surface),
        "entity_id": entity_id,
        "surface": surface,
        "use": "name",
        "office": None,
        "office_level": None,
        "office_state": None,
        "country": None,
    } | more


def figure(release_id: str, start: int, surface: str, value: str, unit: str, **more: Any) -> dict:
    return {
        "release_id": release_id,
        "start_char": start,
        "end_char": start + len(surface),
        "surface": surface,
        "kind": "money",
        "value": Decimal(value),
        "value_max": None,
        "unit": unit,
        "qualifier": "exact",
        "measure": None,
        "stage": None,
        "nature": None,
        "purpose": None,
        "period_start": None,
        "period_end": None,
        "subject_country": None,
        "partner_country": None,
    } | more


FACTS: dict[sa.Table, list[dict]] = {}
FACTS[t.sources] = [
    {
        "source_id": "kz-mfa",
        "name": "MFA of Kazakhstan",
        "publisher_country": "KAZ",
        "kind": "feed",
        "enabled": True,
    },
    {"source_id": "eu", "name": "EEAS", "publisher_country": "EU", "kind": "feed", "enabled": True},
    {"source_id": "off", "name": "Off", "publisher_country": None, "kind": "feed", "enabled": False},
]
FACTS[t.source_state] = [
    {
        "source_id": "kz-mfa",
        "consecutive_failures": 0,
        "last_success_at": AT,
        "last_new_at": AT,
        "last_error": None,
    },
    {
        "source_id": "eu",
        "consecutive_failures": 3,
        "last_success_at": AT,
        "last_new_at": None,
        "last_error": "410",
    },
]
FACTS[t.entities] = [
    entity("person:roman vassilenko:KAZ", "person", "Roman Vassilenko", "KAZ"),
    entity("person:vassilenko:KAZ", "person", "Vassilenko", "KAZ", "person:roman vassilenko:KAZ"),
    entity("person:aleska simkic:EU", "person", "Aleška Simkić", "EU"),
    entity("person:kassym-jomart tokayev:KAZ", "person", "Kassym-Jomart Tokayev", "KAZ"),
    entity("country:KAZ", "country", "Kazakhstan", "KAZ"),
    entity("organization:european union:EU", "organization", "European Union", "EU"),
    entity("country:RUS", "country", "Russia", "RUS"),
    entity("country:UKR", "country", "Ukraine", "UKR"),
    entity("place:samarkand:UZB", "place", "Samarkand", "UZB"),
    entity("agreement:epca:EU+KAZ", "agreement", "Enhanced Partnership and Cooperation Agreement"),
    entity("organization:kz mfa:KAZ", "organization", "Ministry of Foreign Affairs of Kazakhstan", "KAZ"),
]
FACTS[t.releases] = [
    release(
        "r1",
        "Vassilenko met the EU Ambassador",
        "Trade between Kazakhstan and the EU reached $48.5 billion. The EPCA was named. Vučić did not come.",
        "2025-05-05",
        issuer_entity_id="organization:kz mfa:KAZ",
    ),
    release("r2", "Ambassador in Astana", "The parties met.", "2025-05-06", source_id="eu", revision=2),
    release(
        "r3", "Summit in Samarkand", "The Central Asia-EU Summit took place. Cooperation grows.", "2025-04-05"
    ),
    release("r4", "A visit is planned", "The President will visit Brussels.", None),
    release("r5", "Sanctions", "The EU imposed sanctions on Russia.", "2025-05-20", source_id="eu"),
    release("r6", "Aid", "The EU provided 10 million euros to Ukraine.", "2025-05-21", source_id="eu"),
    release("r7", "Statement", "We condemn the attack.", "2025-05-22", source_id="eu", withdrawn_at=LATER),
    release(
        "r8",
        "Weather",
        "Rain. Türkiye is not concerned.",
        "2025-05-23",
        kind="other",
        annotated_by=None,
        language="tr",
    ),
]
FACTS[t.release_revisions] = [
    *(revision(r["release_id"], r["content_hash"], r["revision"], r["text"]) for r in FACTS[t.releases]),
    revision("r2", "h1:before", 1, "Ambassador in Astana", "2025-05-06T07:00:00.000000Z"),
]
FACTS[t.release_topics] = [
    {"release_id": "r1", "topic": "trade", "score": 2.0, "rank": 1},
    {"release_id": "r1", "topic": "bilateral-relations", "score": 1.5, "rank": 2},
    {"release_id": "r4", "topic": "protocol", "score": 1.0, "rank": 1},
    {"release_id": "r5", "topic": "sanctions", "score": 3.0, "rank": 1},
]
FACTS[t.mentions] = [
    mention(
        "r1",
        "person:vassilenko:KAZ",
        0,
        "Vassilenko",
        office="Deputy Minister of Foreign Affairs",
        office_level="deputy_minister",
        country="KAZ",
    ),
    mention(
        "r2",
        "person:roman vassilenko:KAZ",
        22,
        "parties",
        use="pronoun",
        office="Deputy Minister of Foreign Affairs",
        office_level="deputy_minister",
        office_state="current",
        country="KAZ",
    ),
    mention(
        "r1",
        "person:aleska simkic:EU",
        15,
        "the EU Ambassador",
        use="pronoun",
        office="Ambassador",
        office_level="ambassador",
        office_state="current",
        country="EU",
    ),
    mention(
        "r3",
        "person:aleska simkic:EU",
        0,
        "Summit",
        office="President",
        office_level="head_of_state",
        office_state="former",
        country="EU",
    ),
    mention("r1", "agreement:epca:EU+KAZ", 97, "EPCA"),
]
FACTS[t.figures] = [
    figure(
        "r1",
        80,
        "$48.5 billion",
        "48500000000",
        "USD",
        measure="trade_turnover",
        stage="reported",
        nature="level",
        period_start="2024-01-01",
        period_end="2024-12-31",
        subject_country="KAZ",
        partner_country="EU",
    ),
    figure("r6", 21, "10 million euros", "10000000", "EUR", measure="aid", subject_country="EU"),
    figure("r5", 0, "Sanctions", "12.50", "percent", kind="percent", qualifier="about"),
]
FACTS[t.events] = [
    event(
        "e-meet",
        "CONSULT",
        "meeting",
        started_on="2025-05-05",
        date_basis="stated",
        date_precision="day",
        date_settled=True,
        report_count=2,
        publisher_count=2,
        first_published_on="2025-05-05",
    ),
    event(
        "e-summit",
        "CONSULT",
        "summit",
        name="Central Asia-EU Summit",
        started_on="2025-04-04",
        date_basis="stated",
        date_precision="day",
        date_settled=True,
        place_entity_id="place:samarkand:UZB",
        place_basis="stated",
    ),
    event("e-plan", "AGREE", "summit", "planned", name="First Central Asia-EU Summit", started_on="2025-04-01",
          date_basis="stated", date_precision="month", date_settled=True),
    event("e-visit", "AGREE", "visit", "planned"),
    event("e-visited", "CONSULT", "visit", started_on="2024-01-01", date_basis="stated", date_precision="year",
          date_settled=True),
    event("e-sanction", "SANCTION", "sanctions", started_on="2025-05-20", date_basis="published",
          date_precision="day", first_published_on="2025-05-20"),
    event("e-aid", "AID", "aid", started_on="2025-05-21", date_basis="published", date_precision="day"),
    event("e-accuse", "ACCUSE", "statement", started_on="2025-05-22", date_basis="stated", date_precision="day",
          date_settled=True),
]  # fmt: skip
FACTS[t.event_reports] = [
    report("e-meet", "r1", "Vassilenko met the EU Ambassador"),
    report("e-meet", "r2", "The parties met.", started_on="2025-05-05", date_basis="published"),
    report("e-summit", "r3", "The Central Asia-EU Summit took place."),
    report("e-plan", "r4", "The summit will take place.", main=False),
    report("e-visit", "r4", "The President will visit Brussels."),
    report("e-visited", "r3", "last year's visit", main=False),
    report("e-sanction", "r5", "The EU imposed sanctions on Russia."),
    report("e-aid", "r6", "The EU provided 10 million euros to Ukraine."),
    report("e-accuse", "r7", "We condemn the attack."),
]
EU, KAZ, RUS, UKR = "organization:european union:EU", "country:KAZ", "country:RUS", "country:UKR"
FACTS[t.event_participants] = [
    participant("e-meet", "person:vassilenko:KAZ", country="KAZ", office="Deputy Minister"),
    participant("e-meet", "person:roman vassilenko:KAZ", country="KAZ"),
    participant("e-meet", "person:aleska simkic:EU", country="EU"),
    participant("e-summit", EU, country="EU"),
    participant("e-summit", "person:kassym-jomart tokayev:KAZ", country="KAZ", function="chair"),
    participant("e-summit", KAZ, country="KAZ"),
    participant("e-plan", EU, country="EU"),
    participant("e-plan", KAZ),
    participant("e-visit", KAZ, function="visitor"),
    participant("e-visit", EU, "recipient", function="host"),
    participant("e-visited", KAZ, function="visitor"),
    participant("e-visited", EU, "recipient", function="host"),
    participant("e-sanction", EU, country="EU"),
    participant("e-sanction", RUS, "recipient", country="RUS", function="target"),
    participant("e-aid", EU, function="donor", country="EU"),
    participant("e-aid", UKR, "recipient", function="beneficiary", country="UKR"),
    participant("e-accuse", EU, country="EU"),
    participant("e-accuse", RUS, "recipient", country="RUS"),
]
FACTS[t.report_participants] = [
    {k: p[k] for k in p} | {"release_id": r["release_id"]}
    for r in FACTS[t.event_reports]
    for p in FACTS[t.event_participants]
    if p["event_id"] == r["event_id"] and (r["release_id"], p["entity_id"]) != ("r2", "person:vassilenko:KAZ")
]
FACTS[t.event_topics] = [
    {"event_id": "e-meet", "release_id": "r1", "topic": "trade", "score": 1.0},
    {"event_id": "e-meet", "release_id": "r2", "topic": "trade", "score": 1.0},
    {"event_id": "e-sanction", "release_id": "r5", "topic": "sanctions", "score": 1.0},
]
FACTS |= facts_links.FACTS
