"""Where the main event was."""

from __future__ import annotations

import pytest

from streams.annotate import annotate
from streams.clean import clean
from streams.events.placing import DATELINE
from streams.records import RawRelease


def place_of(text: str) -> tuple[str | None, str | None]:
    raw = RawRelease(
        schema_version=1,
        release_id="r",
        source_id="s",
        source_ref="f",
        content_hash="h3:0",
        fetched_at="2024-05-05T00:00:00.000000Z",
        body=f" date 2024-05-05 {text}".encode(),
    )
    found = annotate(clean(raw))
    names = {e.entity_id: e.name for e in found.entities}
    main = next(r for r in found.reports if r.main)
    return names.get(main.place_entity_id or ""), main.place_basis


MET = "Foreign Minister Ana Example of Peru met Bo Example, Foreign Minister of Chad"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"Meeting in Lima\n\n{MET}, in Lima today.", "Lima"),
        (f"Ministers meet\n\n{MET}, today. The meeting was held in Oslo.", "Oslo"),
    ],
)
def test_a_meeting_was_where_the_text_says_it_was(text: str, place: str) -> None:
    assert place_of(text)[0] == place


def test_a_place_that_a_statement_is_about_is_not_where_it_was_made() -> None:
    text = (
        "Statement on the attack\n\nPeru strongly condemns the attack of yesterday in Ndjamena and in Abéché."
    )
    assert place_of(text) == (None, None)


def test_the_place_of_another_event_in_the_same_sentence_is_not_where_it_was() -> None:
    text = f"Ministers meet\n\n{MET}, today and discussed the outcomes of the Summit, which took place in Samarkand on April 4, 2024."
    assert place_of(text) == (None, None)


def test_a_city_of_the_dateline_is_inferred_not_stated() -> None:
    text = f"Minister receives counterpart\n\nLIMA, 5 May 2024 (Andina) - {MET}, today."
    assert place_of(text) == ("Lima", "inferred")


@pytest.mark.parametrize(
    ("behind", "is_one"),
    [
        (", 5 May 2024 (Andina) - The minister", True),
        (" – The minister", True),
        (": The minister", True),
        (", 9 October 2012\nThe minister", True),
        (" hosted the meeting of 2024.", False),
        (" peace talks: what follows", False),
        (" will host the Ibero-American summit.", False),
    ],
)
def test_a_dateline_is_told_by_what_stands_right_behind_the_place(behind: str, is_one: bool) -> None:
    assert (DATELINE.match(behind) is not None) == is_one
