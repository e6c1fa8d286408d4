"""What a release reports is read with its type, form, status, day and parties; what it does not say is not."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.annotation import Annotation, Report
from streams.closed_sets import EVENT_FORMS, EVENT_TYPES
from streams.events.acts import acts, automaton, inflected, words
from tests.unit import releases

STANDS_IN = {"published", "dateline"}


def read(
    text: str, published_on: str | None = "2024-03-05", title: str | None = None, country: str | None = None
) -> Annotation:
    return releases.read(text, title, published_on, publisher_country=country)


def main_of(found: Annotation) -> Report:
    (main,) = [r for r in found.reports if r.main]
    return main


def cases() -> list[list[str]]:
    lines = Path(__file__).with_name("mains.tsv").read_text(encoding="utf-8").split("\n")
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


@pytest.mark.parametrize(("published", "expected", "title", "text"), cases(), ids=lambda v: v[:40])
def test_the_main_event_of_many_forms_of_release(
    published: str, expected: str, title: str, text: str
) -> None:
    found = read(text, published, title)
    main = main_of(found)
    kind, form, status, start = expected.split("/")
    assert (main.type, main.form, main.status) == (kind, form, status)
    if start != "-":
        assert main.started_on == start
    elif main.started_on != published:
        assert main.date_basis in STANDS_IN | {None}


TITLE = "Foreign Minister of Norway meets Foreign Minister of Peru"
LEAD = "Minister of Foreign Affairs of Norway Kari Dahl met with Minister of Foreign Affairs of Peru Luis Rojas in Lima. "


def test_a_day_of_publication_never_settles_a_date() -> None:
    main = main_of(read(LEAD, title=TITLE))
    assert (main.started_on, main.date_basis) == ("2024-03-05", "published")


def test_today_settles_it() -> None:
    main = main_of(read(LEAD.replace("met with", "met today with"), title=TITLE))
    assert (main.started_on, main.date_basis) == ("2024-03-05", "resolved")


def test_without_any_date_there_is_none() -> None:
    main = main_of(read(LEAD, None, TITLE))
    assert (main.started_on, main.date_basis) == (None, None)


def test_the_parties_of_a_meeting_are_its_persons_with_their_states() -> None:
    main = main_of(read(LEAD, title=TITLE))
    assert {(p.entity_id.split(":")[1], p.country) for p in main.participants} == {
        ("kari dahl", "NOR"),
        ("luis rojas", "PER"),
    }


def test_who_is_told_of_a_deed_did_not_do_it() -> None:
    found = read(
        "President Ana Torres met today with Foreign Minister Jan Kowal of Poland. President Torres updated "
        "Foreign Minister Kowal on the sanctions that were imposed today against Norlandian banks.",
        title="President Torres meets Foreign Minister Kowal of Poland",
        country="PER",
    )
    sanctions = [r for r in found.reports if r.type == "SANCTION"]
    assert sanctions
    assert all("kowal" not in p.entity_id for r in sanctions for p in r.participants)


def test_who_is_held_accountable_imposes_no_sanctions() -> None:
    found = read(
        "And today, we are holding Norway accountable, imposing new sanctions and export controls on Norway.",
        title="Statement from President Ana Torres on Sanctions",
        country="PER",
    )
    (main,) = [r for r in found.reports if r.main]
    assert main.type == "SANCTION"
    assert {p.entity_id: p.role for p in main.participants}["country:NOR"] == "recipient"


def test_all_who_make_a_statement_together_act() -> None:
    found = read(
        "We launch an informal mechanism to support the priorities of the Pacific and welcome its summit.",
        title="Statement by Australia, Japan, New Zealand, and the United Kingdom on the Blue Pacific",
        country="AUS",
    )
    (main,) = [r for r in found.reports if r.main]
    assert {p.entity_id: p.role for p in main.participants} == {
        f"country:{code}": "actor" for code in ("AUS", "JPN", "NZL", "GBR")
    }


def test_a_planned_visit_is_never_stored_as_held() -> None:
    text = LEAD + "The President of Peru will visit Norway on 20 May 2024. Norway looks forward to the visit."
    visits = [r for r in read(text, title=TITLE).reports if r.form == "visit"]
    assert [(v.type, v.status, v.started_on) for v in visits] == [("AGREE", "planned", "2024-05-20")]


def test_a_denial_is_never_stored_as_a_fact() -> None:
    text = LEAD + "Norway did not sign the agreement with Peru. Norway has never imposed sanctions on Peru."
    assert not [r for r in read(text, title=TITLE).reports if r.form in {"signing", "sanctions"}]


def test_a_demand_is_never_stored_as_a_fact() -> None:
    text = (
        LEAD + "They stressed that the parties must sign the ceasefire agreement and should lift sanctions."
    )
    assert not [r for r in read(text, title=TITLE).reports if r.form in {"signing", "sanctions"}]


def test_a_recalled_meeting_is_an_event_of_its_own_day() -> None:
    text = LEAD + "They recalled the meeting held in Oslo on 12 January 2024."
    found = read(text, title=TITLE)
    assert [r.started_on for r in found.reports if not r.main] == ["2024-01-12"]


def test_a_condemnation_is_the_main_event_and_the_attack_a_second() -> None:
    title = "Norway condemns attack in Peru"
    text = "Norway strongly condemns the terrorist attack in Lima. Our thoughts are with the people of Peru."
    found = read(text, title=title)
    assert (main_of(found).type, main_of(found).form) == ("ACCUSE", "statement")
    assert ("ASSAULT", "attack") in {(r.type, r.form) for r in found.reports if not r.main}


def test_the_state_a_release_is_about_is_not_taken_for_its_issuer() -> None:
    title = "No: 62, Press Release Regarding the Terrorist Attack in Niger"
    text = (
        "We condemn in the strongest terms the terrorist attack that took place in Niger and Mali yesterday."
    )
    main = main_of(read(text, title=title, country="TUR"))
    assert "country:NER" not in {p.entity_id for p in main.participants if p.role == "actor"}


def test_domestic_news_has_no_events() -> None:
    text = "The Minister of Health met doctors and nurses of the new hospital and promised more beds for patients."
    assert read(text, title="Minister meets doctors").reports == ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([c[3] for c in cases()] + [LEAD, "\x00", "«»", "1. "]), max_size=5))
def test_any_text_gives_one_main_event_at_most_and_spans_that_match(parts: list[str]) -> None:
    text = "\n\n".join(parts)
    found = read(text)
    assert sum(r.main for r in found.reports) <= 1
    assert len({r.event_id for r in found.reports}) == len(found.reports)
    for r in found.reports:
        assert text[r.start_char : r.end_char] == r.quote
        assert all(0 <= e.start_char < e.end_char <= len(text) for e in r.evidence)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_any_text_at_all_gives_an_answer(text: str) -> None:
    assert read(text) == read(text)


def test_the_vocabulary_is_well_formed() -> None:
    known = acts()
    assert all(a.type in EVENT_TYPES and a.form in EVENT_FORMS for a in known.values())
    assert {w.act for w in words()} <= set(known)
    assert len(automaton()) > 1000
    for name in ("triggers.tsv", "triggers_acts.tsv"):
        text = files("streams.vocabulary").joinpath(name).read_text(encoding="utf-8")
        assert text.startswith("# ")
        assert "# Source:" in text


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("sign", ("sign", "signs", "signed", "signing")),
        ("ratify", ("ratify", "ratifies", "ratified", "ratifying")),
        ("urge", ("urge", "urges", "urged", "urging")),
        ("commit", ("commit", "commits", "committed", "committing")),
    ],
)
def test_regular_verbs_are_inflected(lemma: str, forms: tuple[str, ...]) -> None:
    assert inflected(lemma) == forms
