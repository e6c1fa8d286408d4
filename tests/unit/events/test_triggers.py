"""Words state acts: what they mean together with what stands around them."""

from __future__ import annotations

import pytest

from streams.events.triggers import find_triggers, read, type_and_form
from streams.extract.dates import lowered
from streams.extract.sentences import split_sentences

STATED = [
    ("The Minister received a boat from the Embassy of Peru.", "AID", "aid", "occurred"),
    ("The Ambassador called on him in Lima.", "CONSULT", "meeting", "occurred"),
    ("The next round will be held in Lima.", "AGREE", "negotiation", "planned"),
    ("Parliament approved on Monday the agreement with Peru.", "SUPPORT", "signing", "occurred"),
    ("The embassy evacuated 38 nationals from Khartoum.", "OTHER", "other", "occurred"),
    ("The Ministry urges citizens not to travel to Belarus.", "OTHER", "statement", "occurred"),
    ("The two sides agreed to a ceasefire.", "RETREAT", "other", "occurred"),
    ("The Government decided to close all land borders with Rwanda.", "SANCTION", "sanctions", "occurred"),
    ("Sweden phases out its development assistance to Mali.", "SANCTION", "other", "occurred"),
    ("The Council failed to adopt the draft resolution.", "REJECT", "statement", "occurred"),
    ("The visit of the Minister to Hague, due on 16 October, has been postponed.", "REJECT", "visit", "cancelled"),
    ("The President secured the release of two journalists.", "RETREAT", "other", "occurred"),
    ("The Treasury removed the firm from its list of blocked persons.", "RETREAT", "sanctions", "occurred"),
    ("Denmark will open embassies in Dakar and Tunis.", "AGREE", "other", "planned"),
    ("The coast guard boarded and seized a foreign fishing vessel.", "COERCE", "other", "occurred"),
    ("The Ambassador paid a farewell call on the Minister.", "CONSULT", "meeting", "occurred"),
    ("The envoy was called to the Ministry of Foreign Affairs.", "ACCUSE", "meeting", "occurred"),
    ("The Minister talked today in Belgrade with the Ambassador of Brazil.", "CONSULT", "meeting", "occurred"),
    ("The Government has today decided to appoint Jan Berg as envoy.", "OTHER", "appointment", "occurred"),
]  # fmt: skip
UNSTATED = [
    ("The industry has demonstrated success in missile technology.", "PROTEST"),
    ("I hereby designate the State of Qatar as a major ally.", "SANCTION"),
]


def stated(text: str) -> set[tuple[str, str, str]]:
    sentences, low = split_sentences(text), lowered(text)
    readings = (read(t, low, sentences, in_title=False) for t in find_triggers(low, sentences))
    return {(*type_and_form(r), r.status) for r in readings if r and r.assertion == "asserted"}


@pytest.mark.parametrize(("text", "kind", "form", "status"), STATED)
def test_words_state_an_act(text: str, kind: str, form: str, status: str) -> None:
    assert (kind, form, status) in stated(text)


@pytest.mark.parametrize(("text", "kind"), UNSTATED)
def test_words_that_only_look_like_an_act_state_none(text: str, kind: str) -> None:
    assert kind not in {found for found, _, _ in stated(text)}


def test_what_an_anniversary_recalls_is_no_act_of_the_day() -> None:
    text = "Leaders met today on the one-month anniversary of Russia's unprovoked and unjustified invasion."
    sentences, low = split_sentences(text), lowered(text)
    recalled = {
        t.act: r.recalled
        for t in find_triggers(low, sentences)
        if (r := read(t, low, sentences, in_title=False))
    }
    assert recalled == {"meet": False, "attack": True}
