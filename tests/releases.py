"""Releases of our own writing for tests: states, ministers and deals that recur, so that facts are shared."""

from __future__ import annotations

import random

import msgspec

from services.backfill.inputs import Input
from services.backfill.plan import hash_of, raw_of
from streams.annotate import PIPELINE_VERSION, annotate
from streams.clean import clean
from streams.records import AnnotatedRelease, RawRelease

PEOPLE = (
    ("Minister of Foreign Affairs of Kazakhstan", "Daulet Serikov", "Kazakhstan"),
    ("Minister of Foreign Affairs of Norway", "Ingrid Solberg", "Norway"),
    ("Foreign Minister of Japan", "Kenji Morita", "Japan"),
    ("Minister of Foreign Affairs of Kenya", "Amina Odhiambo", "Kenya"),
    ("Foreign Minister of Brazil", "Paulo Teixeira", "Brazil"),
)
PLACES = ("Oslo", "Astana", "Tokyo", "Nairobi", "Geneva")


def text_of(rng: random.Random) -> str:
    """One readout: two ministers meet on one of a few days, so that releases share events."""
    (office, name, country), (office2, name2, country2) = rng.sample(PEOPLE, 2)
    day, place, money = rng.randint(1, 5), rng.choice(PLACES), rng.randint(2, 90)
    return (
        f" date 2024-03-{day:02d} {office} {name} met with {office2} {name2}\n\n"
        f"On {day} March 2024 in {place}, the {office} {name} held a meeting with the {office2} {name2}.\n\n"
        f"They discussed trade between {country} and {country2}, which reached {money} million euros in 2023, and the"
        f" Agreement on Fisheries Cooperation. {name.split()[1]} invited {name2.split()[1]} to visit {country}"
        f" in May 2024. They also exchanged views on the United Nations.\n"
    )


def raw(number: int, text: str, fetched_at: str = "2024-03-10T00:00:00.000000Z") -> RawRelease:
    body = text.encode()
    given = Input(f"r{number}.txt", f"r{number}.txt", body, "text/plain", len(body))
    made = raw_of(given, "tests")
    return msgspec.structs.replace(made, content_hash=hash_of(made), fetched_at=fetched_at)


def derived(made: RawRelease, version: int = PIPELINE_VERSION) -> AnnotatedRelease:
    release = clean(made)
    return AnnotatedRelease(
        schema_version=1, release=release, annotation=annotate(release), pipeline_version=version
    )
