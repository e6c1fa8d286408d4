"""What an analyst gets from the saved queries on the seed releases, the same from both databases."""

from __future__ import annotations

import pytest

from docs.seeded import store_seeds
from services.database import queries
from services.settings import Settings
from tests.integration.database.test_saved_queries import run

# The seeds tell of no aid, condemnation, sanction or visit; nothing was edited, refused or polled.
SILENT = {"aid", "condemned", "dead-letters", "edited", "sanctions", "silence", "visits"}


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    return store_seeds(Settings(home=tmp_path_factory.mktemp("seeds")))


@pytest.mark.parametrize("name", queries.saved())
def test_a_saved_query_answers_from_the_seeds_what_they_say(seeds, name):
    assert bool(run(seeds, name)) == (name not in SILENT)


def test_both_databases_answer_alike(seeds, postgresql):
    store_seeds(postgresql)
    for name in queries.saved():
        assert run(seeds, name) == run(postgresql, name), name


def test_the_first_look_gives_dates_as_exact_as_the_texts_do(seeds):
    rows = run(seeds, "first-look")
    assert rows[0] == {
        "date": "2025-12-03",
        "date_settled": False,
        "event": "meeting",
        "who": "Kaja Kallas; Yermek Kosherbayev",
        "place": "Brussels",
    }
    assert {len(r["date"]) for r in rows if r["date"]} == {7, 10}


def test_trade_between_two_parties_says_where_a_sentence_leaves_one_open(seeds):
    found = {r["words"]: r for r in run(seeds, "trade")}
    row = found["$49.7 billion"]
    assert (row["value"], row["unit"], row["measure"]) == (49_700_000_000, "USD", "trade_turnover")
    assert (row["period_start"], row["period_end"]) == ("2024-01-01", "2024-12-31")
    assert row["sides_stated"] is False
    assert "Trade turnover in 2024 amounted to" in row["passage"]
    assert run(seeds, "trade", country="KAZ", partner="JPN") == []
