"""What counts as one reading statement, and what its parameters are."""

from __future__ import annotations

import contextlib

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from services.database import query_text
from services.database.query_text import WrongQuery


@pytest.mark.parametrize(
    ("sql", "names"),
    [
        ("SELECT :a, :b_2 FROM t WHERE x = :a", {"a", "b_2"}),
        ("SELECT ':a', \":b\", x::text, '12:30' -- :c", set()),
        ("SELECT $$ :a $$, $tag$ :b; $tag$ /* :c */", set()),
        ("SELECT e'it\\'s :a', :b", {"b"}),
        ("SELECT a[1:2], :b", {"b"}),
    ],
)
def test_parameters_are_found_outside_of_literals_and_comments(sql, names):
    assert query_text.parameters(sql) == names


@pytest.mark.parametrize(
    ("sql", "word"),
    [
        ("  select 1", "select"),
        ("-- what\n/* it */ WITH x AS (SELECT 1) SELECT 1", "with"),
        ("((SELECT 1) UNION (SELECT 2))", "select"),
        ("/* SELECT */ DELETE FROM t", "delete"),
        ("", ""),
        ("1 + 1", ""),
    ],
)
def test_the_first_word_stands_after_comments_and_brackets(sql, word):
    assert query_text.first_word(sql) == word


@pytest.mark.parametrize("sql", ["", "   ", ";", "-- nothing", "/* nothing */"])
def test_an_empty_query_says_so(sql):
    with pytest.raises(WrongQuery, match="the query is empty"):
        query_text.statement(sql, {})


@pytest.mark.parametrize(
    ("text", "value"), [("12", 12), ("-3", -3), ("1.5", "1.5"), ("KAZ", "KAZ"), ("", "")]
)
def test_values_of_the_command_line_are_numbers_where_they_look_so(text, value):
    assert query_text.value(text) == value


@pytest.mark.parametrize(
    ("given", "kind"),
    [("2025-05-05", "Day"), ("2025-02-30", "Text"), ("KAZ", "Text"), (5, "BigInteger"), (None, "Text")],
)
def test_a_value_is_bound_by_its_looks(given, kind):
    clause = query_text.statement("SELECT :x", {"x": given})
    assert type(clause._bindparams["x"].type).__name__ == kind


def test_a_known_kind_beats_the_looks():
    clause = query_text.statement("SELECT :x", {"x": "2025-05-05"}, {"x": "text"})
    assert isinstance(clause._bindparams["x"].type, sa.Text)


@given(st.text(alphabet=st.sampled_from("abc:';\"-/*$\\\n 1"), max_size=40))
def test_no_text_breaks_the_reading(text):
    with contextlib.suppress(WrongQuery):
        query_text.statement(f"SELECT {text}", {})


@given(st.text(max_size=30))
def test_a_quoted_literal_keeps_every_character(text):
    literal = "'" + text.replace("'", "''") + "'"
    clause = query_text.statement(f"SELECT {literal}", {})
    compiled = str(clause.compile(dialect=sa.create_engine("sqlite://").dialect))
    assert compiled == f"SELECT {literal}".strip()
