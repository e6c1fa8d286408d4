"""Migrations of a database that holds releases: what a revision knows outlives the way down to it and up again."""

from __future__ import annotations

import pytest

from docs.seeded import store_seeds
from services.database import schema
from services.settings import Settings
from tests.pipeline import all_tables


@pytest.mark.parametrize("revision", ["0003", "0004", "0005", "0006"])
def test_every_row_outlives_the_way_down_to_views_search_and_the_fetcher_and_up_again(
    empty: Settings, revision: str
) -> None:
    store_seeds(empty)
    before = all_tables(empty)
    schema.downgrade(empty, revision)
    schema.upgrade(empty)
    assert schema.check(empty) == []
    assert all_tables(empty) == before


def test_without_the_tables_of_events_the_releases_and_what_was_read_out_of_them_stay(
    empty: Settings,
) -> None:
    store_seeds(empty)
    before = all_tables(empty)
    schema.downgrade(empty, "0002")
    schema.upgrade(empty)
    after = all_tables(empty)
    assert {n for n in before if before[n] != after[n]} == {
        "events", "event_participants", "event_reports", "report_participants", "report_evidence",
        "event_topics", "event_keys", "event_links",
    }  # fmt: skip
