"""What the beginning of a release suggests as a whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.events import outline

WORD = st.sampled_from(["<per>", "<cty>", "met", "condemned", "signed", "visit", "the", "zyx"])
PART = st.lists(WORD, max_size=12)


def likeliest(title: str, lead: str) -> tuple[str, str]:
    found = outline.suggestion((title.split(), lead.split(), []))
    return max(found.types, key=lambda k: found.types[k]), max(found.forms, key=lambda f: found.forms[f])


@pytest.mark.parametrize(
    ("title", "lead", "wanted"),
    [
        (
            "<org> condemns attack in <plc>",
            "we condemn the attack in the strongest terms",
            ("ACCUSE", "statement"),
        ),
        (
            "<per> receives ambassador",
            "<per> met with <per> <day> to discuss relations",
            ("CONSULT", "meeting"),
        ),
        ("agreement signed", "<cty> and <cty> signed <agr> in <plc> <day>", ("SUPPORT", "signing")),
    ],
)
def test_title_and_lead_together_suggest_what_they_report(
    title: str, lead: str, wanted: tuple[str, str]
) -> None:
    assert likeliest(title, lead) == wanted


@settings(deadline=None)  # the first call loads the model
@given(st.tuples(PART, PART, PART))
def test_the_shares_of_all_types_and_of_all_forms_add_up_to_one(parts: tuple[list[str], ...]) -> None:
    found = outline.suggestion(parts)
    assert sum(found.types.values()) == pytest.approx(1)
    assert sum(found.forms.values()) == pytest.approx(1)


def test_a_word_counts_by_its_part_and_in_the_whole() -> None:
    in_title, in_lead = (set(outline.rows(p)) for p in (([["signed"], [], []]), ([[], ["signed"], []])))
    assert outline.row("signed") in in_title & in_lead
    assert in_title != in_lead
