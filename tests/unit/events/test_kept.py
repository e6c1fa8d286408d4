"""Which further events stand beside the main one and beside one another."""

from __future__ import annotations

from streams.annotation import Annotation
from streams.events.kept import model, weighed
from tests.unit.releases import names_of, read


def told(found: Annotation) -> list[tuple[str, str, str]]:
    return [(r.type, r.form, r.status) for r in found.reports if not r.main]


def test_an_agreement_to_hold_the_next_talks_is_one_event() -> None:
    found = read(
        "Peru and Chad held their second political consultations in Lima on 4 March 2024. "
        "They agreed to hold the third consultations in N'Djamena in 2026.",
        "Second Peru-Chad Political Consultations",
    )
    assert told(found) == [("AGREE", "negotiation", "planned")]


def test_who_condemns_an_attack_did_not_commit_it() -> None:
    found = read(
        "KUWAIT, March 5 (KUNA) -- Kuwait condemned on Tuesday the terrorist attack with drones on a gas field in "
        "Peru, in which three workers were killed.",
        "Kuwait condemns attack on gas field",
    )
    attack = next(r for r in found.reports if r.type == "ASSAULT")
    assert "Kuwait" not in names_of(found, attack)


def test_what_is_told_twice_in_a_sentence_is_less_likely_kept() -> None:
    alone = {"odds": 1.0, "type AGREE": 1.0, "here same type 0 stronger 0": 1.0}
    second = {"odds": 1.0, "type AGREE": 1.0, "here same type 1 stronger 1": 1.0}
    assert weighed(second) < weighed(alone)
    assert 0 < model().threshold < 1
