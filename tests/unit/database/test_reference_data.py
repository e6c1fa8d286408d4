"""The reference files of the migrations: well formed, with a stated source, and complete."""

from __future__ import annotations

from importlib import resources

import pycountry
import pytest

from migrations import reference
from streams.closed_sets import EVENT_TYPES, TOPICS

COUNTRIES = {row["code"]: row for row in reference.rows("countries")}


@pytest.mark.parametrize("name", ["countries", "topics", "event_types", "sources"])
def test_the_file_begins_with_its_source(name):
    text = resources.files("migrations").joinpath("data", f"{name}.tsv").read_text(encoding="utf-8")
    assert text.startswith("# ")


def test_every_state_of_iso_3166_stands_in_countries_and_kosovo():
    states = {code for code, row in COUNTRIES.items() if row["kind"] == "state"}
    assert states == {c.alpha_3 for c in pycountry.countries} | {"XKX"}


@pytest.mark.parametrize("column", ["iso2", "iso_numeric", "cow", "name"])
def test_no_two_rows_share_a_code_or_a_name(column):
    values = [row[column] for row in COUNTRIES.values() if row[column] and row["kind"] == "state"]
    assert len(values) == len(set(values))


def test_codes_of_organisations_and_regions_are_no_code_of_a_state():
    rows = reference.rows("countries")
    assert len(rows) == len(COUNTRIES)


def test_names_are_those_of_everyday_english():
    names = {code: COUNTRIES[code]["name"] for code in ("RUS", "IRN", "TUR", "KOR", "CZE", "XKX", "GBR")}
    assert names == {
        "RUS": "Russia",
        "IRN": "Iran",
        "TUR": "Türkiye",
        "KOR": "South Korea",
        "CZE": "Czechia",
        "XKX": "Kosovo",
        "GBR": "United Kingdom",
    }


def test_every_topic_of_the_contract_has_a_label_a_definition_and_a_concept():
    rows = {row["topic"]: row for row in reference.rows("topics")}
    assert tuple(rows) == TOPICS
    assert all(r["label"] and r["definition"] for r in rows.values())
    uris = [r["eurovoc_uri"] for r in rows.values()]
    assert len(uris) == len(set(uris))
    assert all(uri.startswith("http://eurovoc.europa.eu/") for uri in uris)


def test_every_event_type_of_the_contract_is_defined():
    rows = {row["type"]: row for row in reference.rows("event_types")}
    assert set(rows) == set(EVENT_TYPES)
    assert all(r["definition"] for r in rows.values())
    for kind, row in rows.items():
        if kind != "OTHER":
            assert row["quad_class"] in {"1", "2", "3", "4"}
            cooperates = row["quad_class"] in {"1", "2"}
            assert cooperates == (float(row["intensity"]) > 0)


def vocabulary(name: str, column: int) -> set[str]:
    text = resources.files("streams").joinpath("vocabulary", name).read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {row[column] for row in rows if len(row) > column and row[column]}


def test_every_code_that_the_vocabulary_uses_stands_in_countries():
    assert vocabulary("demonyms.tsv", 0) <= set(COUNTRIES)
    assert vocabulary("organizations.tsv", 3) <= set(COUNTRIES)
    assert vocabulary("regions.tsv", 2) <= set(COUNTRIES)


def test_the_code_of_an_organisation_that_acts_is_not_that_of_a_state():
    taken = {c for c in vocabulary("organizations.tsv", 3) if COUNTRIES[c]["kind"] == "state"}
    assert taken == set()
