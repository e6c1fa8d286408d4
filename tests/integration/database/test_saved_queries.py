"""Every saved query on both databases: the same answer, with its defaults and with each parameter given."""

from __future__ import annotations

import pytest

from services.database import engine, queries, query
from services.database.query_text import WrongQuery
from services.settings import Settings
from tests.integration.database import facts

GIVEN = {
    "country": "KAZ", "partner": "EU", "since": "2025-05-01", "until": "2025-06-01", "from": "2025-01-01",
    "source": "eu", "level": "ambassador", "imposer": "EU", "target": "RUS", "donor": "EU", "issuer": "EU",
    "beneficiary": "UKR", "words": "summit", "relation": "fulfils", "state": "failing", "stage": "clean",
    "limit": "2", "topic": "trade", "name": "vassilenko",
}  # fmt: skip
CHANGING = {"overdue_hours"}


def run(settings: Settings, name: str, /, **given: str) -> list[dict]:
    with query.ask_saved(settings, name, given) as answer:
        rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    return [{k: v for k, v in row.items() if k not in CHANGING} for row in rows]


@pytest.mark.parametrize("name", queries.saved())
def test_both_databases_give_the_same_answer(both, name):
    parameters = [p.name for p in queries.named(name).parameters]
    for given in ({}, *({p: GIVEN[p]} for p in parameters), {p: GIVEN[p] for p in parameters}):
        said = [run(settings, name, **given) for settings in both.values()]
        assert said[0] == said[1], given


@pytest.mark.parametrize("name", queries.saved())
def test_every_saved_query_finds_something_in_the_small_world(filled, name):
    assert run(filled, name)


@pytest.mark.parametrize("name", queries.saved())
def test_a_query_that_shows_event_time_says_whether_it_is_settled(filled, name):
    with query.ask_saved(filled, name) as answer:
        if "date" in answer.columns:
            assert answer.columns[answer.columns.index("date") + 1] == "date_settled"


def test_met_begins_with_the_month_of_the_latest_meeting(filled):
    assert [r["date"] for r in run(filled, "met")] == ["2025-05-05"]
    assert [r["form"] for r in run(filled, "met", since="2025-04-01")] == ["meeting", "summit"]


def test_trade_gives_the_words_and_the_passage(filled):
    (row,) = run(filled, "trade")
    assert (row["value"], row["unit"], row["words"]) == (48500000000, "USD", "$48.5 billion")
    assert "Trade between Kazakhstan and the EU reached $48.5 billion" in row["passage"]


def test_a_plan_that_was_held_is_planned_no_more(filled):
    assert [r["form"] for r in run(filled, "planned")] == ["visit"]


def test_a_summit_comes_with_everything_linked_to_it(filled):
    rows = run(filled, "summits", words="samarkand")
    assert [(r["distance"], r["relation"], r["event_id"]) for r in rows] == [
        (0, None, "e-summit"),
        (1, "fulfils", "e-plan"),
        (1, "part_of", "e-meet"),
    ]


def test_edits_and_withdrawals_are_told(filled):
    rows = {r["release_id"]: r for r in run(filled, "edited")}
    assert rows["r2"]["revisions"] == 2
    assert rows["r7"]["withdrawn_at"] == "2025-05-07T09:30:00.250000Z"
    assert set(rows) == {"r2", "r7"}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("vucic", {"r1"}),
        ("VUČIĆ", {"r1"}),
        ("sanctions EU", {"r5"}),
        ("EU sanctions", {"r5"}),
        ("Central-Asia", {"r3"}),
        ('"billion" (48.5)', {"r1"}),
        ("turkiye", {"r8"}),
        ("nowhere", set()),
        ("' OR 1=1 --", set()),
        ("met* AND NOT", {"r1"}),
        ("– samarkand", {"r3"}),
        ("   ", set()),
        ("!!!", set()),
    ],
)
def test_search_finds_all_words_in_any_spelling(filled, words, found):
    assert {r["release_id"] for r in run(filled, "search", words=words)} == found


def test_search_follows_edits_and_deletions(empty):
    facts.fill(empty)
    database = engine.connect(empty)
    with database.begin() as connection:
        connection.exec_driver_sql("UPDATE releases SET text = 'Sunshine' WHERE release_id = 'r8'")
        connection.exec_driver_sql("DELETE FROM release_revisions WHERE release_id = 'r7'")
        for table in ("report_participants", "event_reports"):
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE release_id = 'r7'")
        connection.exec_driver_sql("DELETE FROM releases WHERE release_id = 'r7'")
    database.dispose()
    assert [r["release_id"] for r in run(empty, "search", words="sunshine")] == ["r8"]
    assert run(empty, "search", words="rain") == []
    assert run(empty, "search", words="condemn") == []


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("nothing", {}, "no saved query named 'nothing'"),
        ("met", {"color": "red"}, "met has no parameter named: color"),
        ("met", {"since": "May"}, "parameter since is 'May', which is not a day"),
        ("search", {"limit": "many"}, "not a whole number"),
    ],
)
def test_wrong_use_of_a_saved_query_is_told(filled, name, given, told):
    with pytest.raises(WrongQuery, match=told):
        run(filled, name, **given)
