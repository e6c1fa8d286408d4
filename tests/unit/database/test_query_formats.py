"""How answers look: tables that fit, and CSV, JSON and NDJSON that programs read back."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest

from services.database import query, query_formats
from services.database.query import Answer

COLUMNS = ("name", "count", "settled", "note")
ROWS = [("Aleška", 48500000000, True, None), ('a "quoted", one', 12.5, False, "two\nlines")]


def written(form: query_formats.Format, columns=COLUMNS, rows=ROWS) -> str:
    out = io.StringIO()
    query_formats.write(Answer(tuple(columns), iter(rows)), form, out)
    return out.getvalue()


def test_json_is_an_array_of_objects():
    assert json.loads(written("json")) == [dict(zip(COLUMNS, row, strict=True)) for row in ROWS]
    assert "Aleška" in written("json")


def test_json_without_rows_is_an_empty_array():
    assert json.loads(written("json", rows=[])) == []


def test_ndjson_is_one_object_a_line():
    assert [json.loads(line) for line in written("ndjson").splitlines()] == json.loads(written("json"))


def test_csv_has_a_header_and_reads_back():
    rows = list(csv.reader(io.StringIO(written("csv"), newline="")))
    assert rows == [
        list(COLUMNS),
        ["Aleška", "48500000000", "true", ""],
        ['a "quoted", one', "12.5", "false", "two\nlines"],
    ]


def test_a_table_shows_every_value_and_counts_the_rows():
    text = written("table")
    assert "Aleška" in text
    assert "48500000000" in text
    assert "two lines" in text
    assert text.endswith("2 rows\n")
    assert all(line == line.rstrip("\n") for line in text.splitlines())


def test_a_table_does_not_read_markup_in_values():
    assert "[bold]x[/bold]" in written("table", ("a",), [("[bold]x[/bold]",)])


def test_a_long_table_says_what_is_left_out():
    text = written("table", ("n",), [(i,) for i in range(query_formats.LONGEST_TABLE + 5)])
    assert "the rest is left out" in text
    assert f"{query_formats.LONGEST_TABLE} rows" in text


def test_many_columns_become_records_on_a_narrow_terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("FORCE_COLOR", "1")
    columns = tuple(f"column_{i}" for i in range(12))
    text = written("table", columns, [tuple(f"value {i}" for i in range(12))])
    assert "column_11" in text
    assert "value 11" in text


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal(48500000000), 48500000000),
        (Decimal("12.50"), 12.5),
        (Decimal("0.1234567890123456789"), "0.1234567890123456789"),
        (2.0, 2),
        (0.1, 0.1),
        (b"caf\xc3\xa9\xff", "café\\xff"),
        (float("inf"), "inf"),
    ],
)
def test_values_are_plain_and_exact(value, shown):
    assert query.plain(value) == shown


def test_only_columns_that_hold_booleans_become_booleans():
    assert query.plain(1, flag=True) is True
    assert query.plain(1) == 1
    assert query.plain(1) is not True
    assert {"date_settled", "main", "enabled"} <= query.BOOLEANS
