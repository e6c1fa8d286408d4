"""The files of the saved queries: each says what it answers and declares what it needs."""

from __future__ import annotations

import datetime as dt

import pytest

from services.database import queries, query_text
from services.database.query_text import WrongQuery

TODAY = dt.date(2025, 5, 31)
ALL = queries.saved().values()


def test_there_are_more_than_a_dozen():
    assert len(ALL) >= 14


@pytest.mark.parametrize("saved", ALL, ids=lambda q: q.name)
def test_the_header_says_what_it_answers_and_every_parameter(saved):
    assert saved.answers.endswith(".")
    for dialect in ("sqlite", "postgresql"):
        assert query_text.parameters(saved.text(dialect)) == {p.name for p in saved.parameters}
    assert all(p.meaning for p in saved.parameters)


@pytest.mark.parametrize("saved", ALL, ids=lambda q: q.name)
def test_the_defaults_are_values_of_their_kind(saved):
    values = saved.values({}, TODAY)
    for parameter in saved.parameters:
        assert (values[parameter.name] is None) == (parameter.default is None)


@pytest.mark.parametrize("saved", ALL, ids=lambda q: q.name)
def test_every_answer_has_a_total_order(saved):
    assert "ORDER BY" in saved.sql


def test_a_header_is_read():
    text = "-- First line,\n-- second.\n-- :since (day) = 30 days ago: from\n-- :n (number): how many\nSELECT 1\n"
    saved = queries.parse("x", text)
    assert saved.answers == "First line, second."
    assert saved.values({"n": "7"}, TODAY) == {"since": "2025-05-01", "n": 7}
    assert saved.values({"since": "today"}, TODAY)["since"] == "2025-05-31"
    assert saved.kinds() == {"since": "day", "n": "number"}
    assert saved.text("sqlite") == "SELECT 1"


def test_an_unknown_name_points_to_the_list():
    with pytest.raises(WrongQuery) as caught:
        queries.named("nothing")
    assert "--list" in caught.value.remedy
