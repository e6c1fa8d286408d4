"""The vocabularies are well-formed: columns, codes, kinds, no name twice for different things."""

from __future__ import annotations

import pytest

from streams.extract.countries import common_names
from streams.extract.folding import fold, normal
from streams.extract.tables import FOLDER, settings, table
from streams.extract.vocabulary import acronyms, organizations, word_sets

COLUMNS = {
    "agreements.tsv": 4, "demonyms.tsv": 4, "leaders.tsv": 2, "national_bodies.tsv": 3, "organizations.tsv": 4,
    "places.tsv": 8, "regions.tsv": 4, "subdivisions.tsv": 2,
}  # fmt: skip


@pytest.mark.parametrize(("name", "columns"), COLUMNS.items())
def test_every_row_has_all_columns_and_the_file_states_its_source(name, columns):
    assert {len(row) for row in table(name)} == {columns}
    assert "Source:" in (FOLDER / name).read_text(encoding="utf-8")[:400]


def test_codes_are_of_states_or_of_listed_organisations():
    states = set(common_names())
    parties = {known.code for _, known in organizations() if known.code}
    assert {row[0] for row in table("demonyms.tsv")} <= states
    assert {row[1] for row in table("places.tsv")} <= states
    assert {row[2] for row in table("regions.tsv") if row[2]} <= states
    assert {row[1] for row in table("subdivisions.tsv")} <= states
    assert {row[0] for row in table("leaders.tsv")} <= states | parties
    assert {row[1] for row in table("national_bodies.tsv")} <= states | parties


def test_no_organisation_is_listed_twice():
    names = [normal(row[0]) for row in table("organizations.tsv")]
    assert len(names) == len(set(names))


def test_head_words_are_folded():
    words = [w for kind in settings("heads.toml").values() for part in kind.values() for w in part]
    assert [w for w in words if fold(w) != w] == []


def test_folding_keeps_the_length():
    text = "Łódź – São Tomé’s Çavuşoğlu, Ürümqi\u00a0and Đà Nẵng"
    assert len(fold(text)) == len(text)


def test_word_sets_are_loaded_once():
    assert word_sets() is word_sets()
    assert acronyms is not None
