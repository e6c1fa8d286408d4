"""Figures carry exact values, the right unit and what the sentence says of them."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.annotation import Figure
from streams.extract.dates import find_dates
from streams.extract.entities import Names, find_entities
from streams.extract.figures import find_figures
from streams.extract.figures_units import currencies, measures, rows
from streams.extract.sentences import split_sentences
from tests.unit.releases import release_of


def read(text: str, publisher_country: str | None = None) -> tuple[Figure, ...]:
    release = release_of(text, published_on="2024-05-15", publisher_country=publisher_country)
    sentences = split_sentences(text)
    return find_figures(release, sentences, Names((), ()), find_dates(release, sentences))


CASES = [
    ("The sum is 12 billion euros.", "12 billion euros", "12000000000", "EUR"),
    ("The sum is $200.7 billion.", "$200.7 billion", "200700000000", "USD"),
    ("The sum is 41.2 billion US dollars.", "41.2 billion US dollars", "41200000000", "USD"),
    ("The sum is US$4.5bn.", "US$4.5bn", "4500000000", "USD"),
    ("The sum is €45m.", "€45m", "45000000", "EUR"),
    ("The sum is EUR 45 million.", "EUR 45 million", "45000000", "EUR"),
    ("The sum is 45 million EUR.", "45 million EUR", "45000000", "EUR"),
    ("The sum is Rs. 5 crore.", "Rs. 5 crore", "50000000", "INR"),
    ("The sum is Rs.550 million.", "Rs.550 million", "550000000", "INR"),
    ("The sum is Japanese Yen 500 million.", "Japanese Yen 500 million", "500000000", "JPY"),
    ("The sum is A$3 million.", "A$3 million", "3000000", "AUD"),
    ("The sum is RM 2.5 million.", "RM 2.5 million", "2500000", "MYR"),
    ("The sum is 300 million Saudi riyals.", "300 million Saudi riyals", "300000000", "SAR"),
    ("The sum is 300 million tenge.", "300 million tenge", "300000000", "KZT"),
    ("The sum is £1,250,000.", "£1,250,000", "1250000", "GBP"),
    ("The sum is half a billion dollars.", "half a billion dollars", "500000000", "USD"),
    ("The sum is 1,5 million euros.", "1,5 million euros", "1500000", "EUR"),
    ("Trade grew by 16.9 percent.", "16.9 percent", "16.9", "percent"),
    ("Trade grew by 23%.", "23%", "23", "percent"),
    ("Trade grew by ten per cent.", "ten per cent", "10", "percent"),
    ("There are 3,000 companies with foreign capital.", "3,000 companies", "3000", "companies"),
    ("The attack killed 19 worshippers.", "19 worshippers", "19", "people"),
    ("Forty-six countries signed.", "Forty-six countries", "46", "countries"),
    ("A seven-member delegation came.", "seven-member", "7", "members"),
    ("It sent 120 combat troops to the area.", "120 combat troops", "120", "troops"),
    ("It hosts five million refugees.", "five million refugees", "5000000", "people"),
    ("It freed 119 servicemen of the Armed Forces.", "119 servicemen", "119", "people"),
    ("It spoke to seven MPs.", "seven MPs", "7", "mps"),
    ("It sent 31 medical and administrative staff.", "31 medical and administrative staff", "31", "staff"),
    ("It lost ten of its drones.", "ten of its drones", "10", "drones"),
    ("It has a crew of 24.", "24", "24", "people"),
    ("Some 1.5 million displaced in the north need help.", "1.5 million displaced", "1500000", "people"),
    ("It was adopted by a vote, with 39 against.", "39 against", "39", "votes"),
    ("It sank a 19,000-ton ship.", "19,000-ton", "19000", "tons"),
    ("It sent five aircraft.", "five aircraft", "5", "aircraft"),
    ("It received five (5) new envoys.", "five (5) new envoys", "5", "envoys"),
    ("It took in one hundred and forty doctors.", "one hundred and forty doctors", "140", "doctors"),
    ("It brought 14 heads of local communities.", "14 heads", "14", "heads"),
    ("The number of wounded is 17.", "17", "17", "people"),
    ("It gave US$ 500.000 to the poor.", "US$ 500.000", "500000", "USD"),
    ("It lies between 60 and 70 billion euros.", "60 and 70 billion euros", "60000000000", "EUR"),
]


@pytest.mark.parametrize(("text", "surface", "value", "unit"), CASES)
def test_a_figure_has_its_value_and_unit(text: str, surface: str, value: str, unit: str) -> None:
    assert [(f.surface, f.value, f.unit) for f in read(text)] == [(surface, Decimal(value), unit)]


@pytest.mark.parametrize(
    ("words", "qualifier"),
    [
        ("more than", "over"),
        ("at least", "over"),
        ("nearly", "under"),
        ("up to", "under"),
        ("some", "about"),
        ("", "exact"),
    ],
)
def test_the_words_before_a_figure_qualify_it(words: str, qualifier: str) -> None:
    assert [f.qualifier for f in read(f"They sent {words} 300 tents there.")] == [qualifier]


def test_a_large_sum_takes_the_currency_that_its_sentence_named_before() -> None:
    found = read("The one pays 38 million euros and the other 52 million. Another 40 million live there.")
    assert [(f.value, f.unit) for f in found] == [(38_000_000, "EUR"), (52_000_000, "EUR")]


def test_a_change_between_two_numbers_counts_both() -> None:
    found = read("It goes up from 30 to 100 flights.")
    assert [(f.value, f.unit) for f in found] == [(30, "flights"), (100, "flights")]


def test_a_range_has_two_values() -> None:
    (found,) = read("It needs 2 to 3 billion dollars.")
    assert (found.value, found.value_max, found.unit) == (
        Decimal(2_000_000_000),
        Decimal(3_000_000_000),
        "USD",
    )


@pytest.mark.parametrize(("country", "code"), [("AUS", "AUD"), ("SGP", "SGD"), ("KAZ", "USD"), (None, "USD")])
def test_a_bare_dollar_is_the_publishers(country: str | None, code: str) -> None:
    assert [f.unit for f in read("It will give $2 million.", country)] == [code]


def test_a_bare_dollar_is_that_of_the_government_that_gives_it() -> None:
    text = "The Australian Government will contribute $2 million to relief in Indonesia. Indonesia asked for help."
    release = release_of(text)
    sentences = split_sentences(text)
    (found,) = find_figures(release, sentences, find_entities(release, sentences), ())
    assert found.unit == "AUD"


def test_trade_aid_and_growth_are_told_apart() -> None:
    text = (
        "Trade turnover reached 41 billion dollars, with exports of 32 billion dollars and imports of 9 billion dollars. "
        "Turnover grew by 5 percent. The donor pledged 7 million euros in humanitarian assistance."
    )
    assert [(f.measure, f.stage) for f in read(text)] == [
        ("trade_turnover", "reported"),
        ("export", "reported"),
        ("import", "reported"),
        ("trade_turnover_growth", "reported"),
        ("aid", "pledged"),
    ]


def test_a_figure_takes_the_period_of_its_sentence() -> None:
    (found,) = read("In 2023 trade turnover reached 41 billion dollars.")
    assert (found.period_start, found.period_end) == ("2023-01-01", "2023-12-31")


@pytest.mark.parametrize(
    "text",
    [
        "They met on 12 March 2024.",
        "Resolution 2249 was adopted.",
        "The 22nd session opened.",
        "The two countries and both sides agreed.",
        "Article 5 was invoked.",
        "The three ministers met.",
        "The Group of 77 and China spoke.",
        "A C-130 aircraft landed.",
        "COVID-19 and healthcare shortages hit.",
        "It marks one of the most important steps.",
        "Its key is 10000000000000000000000000000 people.",
    ],
)
def test_numbers_that_measure_nothing_are_no_figures(text: str) -> None:
    assert read(text) == ()


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_gives_spans_that_match(text: str) -> None:
    for f in read(text):
        assert text[f.start_char : f.end_char] == f.surface


@given(st.lists(st.sampled_from([c[0] for c in CASES]), max_size=5))
def test_figures_never_overlap(parts: list[str]) -> None:
    assert all(a.end_char <= b.start_char for a, b in pairwise(read("\n\n".join(parts))))


def test_the_vocabulary_is_well_formed() -> None:
    assert all(len(row) == 4 and len(row[0]) == 3 for row in rows("units_currencies.tsv"))
    assert all(len(row) == 2 for name in ("units_measures.tsv", "units_counted.tsv") for row in rows(name))
    assert {what for _, what in rows("units_counted.tsv")} == {"also", "end", "few", "keep", "people", "skip"}
    assert measures().groups == len(list(rows("units_measures.tsv")))
    assert currencies().forms["us dollars"].code == "USD"


@pytest.mark.parametrize(
    ("text", "value", "unit", "publisher"),
    [
        ("The bank gave a EUR200-million loan.", 200_000_000, "EUR", None),
        ("Trade of South Africa stood at R93.4 billion.", 93_400_000_000, "ZAR", "ZAF"),
        ("The harm exceeds 7 billion 556 million dollars.", 7_556_000_000, "USD", None),
        ("The islands gave SBD$1 million.", 1_000_000, "SBD", None),
        ("The kingdom gave M33 billion.", 33_000_000_000, "LSL", "LSO"),
        ("The Council gave 250,000 KM.", 250_000, "BAM", "BIH"),
        ("Gabon owes 63.4 billion CFA francs.", 63_400_000_000, "XAF", "GAB"),
        ("Mali owes 63.4 billion CFA francs.", 63_400_000_000, "XOF", "MLI"),
        (
            "Guatemala thanks Taiwan for US$6 million. A further 4 million dollars will follow.",
            4_000_000,
            "USD",
            "GTM",
        ),
    ],
)
def test_money_is_read_in_the_ways_that_agencies_write_it(text, value, unit, publisher):
    assert (Decimal(value), unit) in {(f.value, f.unit) for f in read(text, publisher)}


@pytest.mark.parametrize(
    "text", ["They met at COP 28.", "TOP 09 won.", "This marks 86 years.", "At 10:44 pounds fell."]
)
def test_words_that_are_codes_too_make_no_money_of_ordinals(text):
    assert [f for f in read(text) if f.kind == "money"] == []


def traded(text: str) -> dict[str, Figure]:
    release = release_of(text, published_on="2024-12-05")
    sentences = split_sentences(text)
    found = find_figures(
        release, sentences, find_entities(release, sentences), find_dates(release, sentences)
    )
    return {f.surface: f for f in found}


def test_exports_and_imports_in_brackets_are_each_measured_by_their_own_word() -> None:
    found = traded(
        "Trade turnover in January-October this year amounted to 41 billion dollars, increasing by 23% compared to the same period "
        "last year (exports from Peru - 32 billion dollars, imports to Peru - 8 billion dollars)."
    )
    assert found["23%"].measure == "trade_turnover_growth"
    assert [found[s].measure for s in ("32 billion dollars", "8 billion dollars")] == ["export", "import"]
    assert {found[s].subject_country for s in ("32 billion dollars", "8 billion dollars")} == {"PER"}
    assert {f.period_start for f in found.values()} == {"2024-01-01"}


def test_who_exports_to_whom_is_read_from_the_clause() -> None:
    found = traded(
        "In 2023 Peru's exports to Italy came to 3 billion dollars, and imports from Italy reached 2 billion dollars."
    )
    exported, imported = found["3 billion dollars"], found["2 billion dollars"]
    assert (exported.subject_country, exported.partner_country) == ("PER", "ITA")
    assert imported.partner_country == "ITA"


def test_a_sum_since_a_year_is_of_a_period_without_an_end() -> None:
    found = traded(
        "European investments into the economy of Peru since 2005 amounted to 180 billion dollars."
    )
    assert (found["180 billion dollars"].period_start, found["180 billion dollars"].period_end) == (
        "2005-01-01",
        None,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The rate fell from 6.2 to 5.9 per cent.", [("6.2", "percent"), ("5.9", "percent")]),
        ("A loss of $3 billion or 2 per cent of GDP.", [("3000000000", "USD"), ("2", "percent")]),
        ("Some 500 or 10 per cent of the staff left.", [("10", "percent")]),
        ("They used 30,000 pounds of explosives.", [("30000", "pounds")]),
        ("More than 16,000 killed, said the Minister.", [("16000", "people")]),
        ("Two Americans were killed.", [("2", "people")]),
        ("They found 40 dead birds.", [("40", "birds")]),
        ("Record 45 Nations gather.", [("45", "nations")]),
        ("Convention Week 2023 Provides Insights at 2330 Roxas Boulevard.", []),
        ("The Three Seas Initiative met.", []),
    ],
)
def test_numbers_of_names_are_no_figures_and_units_are_those_that_the_words_mean(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert [(str(f.value), f.unit) for f in read(text)] == expected


def test_what_is_counted_ends_before_a_verb() -> None:
    found = read("The two countries enjoy cordial relations, and 12 ships carry goods.")
    assert "relations" not in {f.unit for f in found}
