"""Who takes part in the main event: what rules propose, weighed against all actors that are named."""

from __future__ import annotations

import pytest

from streams.annotation import Annotation, Report
from streams.events.taking_part import LABELS, likelihoods, model
from tests.unit import releases


def read(title: str, text: str) -> Annotation:
    return releases.read(text, title, publisher_country="PER")


def main_of(title: str, text: str) -> Report:
    return next(r for r in read(title, text).reports if r.main)


def roles(report: Report) -> dict[str, str]:
    return {p.entity_id.split(":")[1]: p.role for p in report.participants}


def test_likelihoods_are_shares_of_one() -> None:
    known = model().checksums[:20].tolist()
    unknown = next(n for n in range(1, 1000) if n not in set(model().checksums.tolist()))
    ours, none, both = likelihoods([known, [unknown], [*known, unknown]])
    assert len(ours) == len(LABELS)
    assert sum(ours) == pytest.approx(1)
    assert both == ours != none
    assert likelihoods([]) == []


def test_both_ministers_take_part_and_the_one_only_talked_about_does_not() -> None:
    found = main_of(
        "Foreign Minister Torres meets Polish counterpart",
        "Foreign Minister of Peru Ana Torres met today in Lima with Foreign Minister of Poland Jan Kowal. "
        "They discussed the agriculture programme. The two recalled a letter of former Prime Minister Luis Vega.",
    )
    assert set(roles(found)) == {"ana torres", "jan kowal"}


def test_who_is_condemned_is_the_recipient() -> None:
    found = main_of(
        "Ministry of Foreign Affairs condemns Iranian attack",
        "The Ministry of Foreign Affairs of Peru strongly condemns the attack by Iran on the port of Haifa.",
    )
    assert roles(found).get("IRN") == "recipient"


def test_the_same_text_gives_the_same_participants() -> None:
    title, text = (
        "Peru and Poland sign treaty",
        "Peru and Poland signed a treaty on extradition in Lima today.",
    )
    assert main_of(title, text).participants == main_of(title, text).participants


def test_who_is_mourned_takes_no_part() -> None:
    found = main_of(
        "Prime Minister visits Riyadh to offer condolences",
        "Prime Minister of Peru Ana Torres travelled today to Riyadh to offer condolences on the passing of King Omar bin Saad. "
        "She met King Faisal bin Saad of Saudi Arabia.",
    )
    assert "omar bin saad" not in roles(found)


def test_a_further_statement_without_a_subject_of_its_own_is_of_those_who_met() -> None:
    release = read(
        "Foreign Minister Torres meets Polish counterpart",
        "Foreign Minister of Peru Ana Torres met today in Lima with Foreign Minister of Poland Jan Kowal. "
        "They strongly condemned the missile attack on the port of Haifa.",
    )
    condemned = next(r for r in release.reports if r.type == "ACCUSE")
    assert {"ana torres", "jan kowal"} <= set(roles(condemned))


def test_who_dies_in_a_disaster_was_not_attacked() -> None:
    release = read(
        "Peru sends condolences to Türkiye",
        "The Government of Peru sends its condolences to the people of Türkiye, where many people were killed in an earthquake on Monday.",
    )
    assert all(r.type != "ASSAULT" for r in release.reports)


def test_those_of_one_list_share_their_lot() -> None:
    found = main_of(
        "Pacific and Andean ministers gather in Lima",
        "The Foreign Ministers of Chile, Colombia, Ecuador, Fiji, Kiribati and Tonga held a conference in Lima today. "
        "They discussed fisheries.",
    )
    listed = {"CHL", "COL", "ECU", "FJI", "KIR", "TON"}
    assert listed <= set(roles(found)) or not listed & set(roles(found))


def test_a_list_is_ended_by_other_words_than_and() -> None:
    found = main_of(
        "Foreign Minister Torres receives ambassadors",
        "Foreign Minister of Peru Ana Torres received today the Ambassador of Poland Jan Kowal, the Ambassador of Kenya Peter "
        "Otieno and the Ambassador of Fiji Tomasi Vakatora. They spoke of the work of Prime Minister of Chile Luis Vega.",
    )
    assert set(roles(found)) == {"ana torres", "jan kowal", "peter otieno", "tomasi vakatora"}


def test_who_is_in_a_delegation_or_joins_it_takes_part_wherever_the_text_says_so() -> None:
    found = main_of(
        "Vice Minister Sun calls on President Torres",
        "The Vice Minister of China, Ms. Sun Haiyan, paid a courtesy call on President Ana Torres in Lima today. "
        "They spoke of trade.\n\nThe Chinese delegation also included Mr. Lin Tao, Deputy Director General, and "
        "Ms. Li Jinyan, Director. Joining President Torres at this discussion were Foreign Minister Luis Vega and "
        "Secretary Jan Rojas.",
    )
    assert {"lin tao", "li jinyan", "luis vega", "jan rojas"} <= roles(found).keys()


def test_the_state_behind_the_city_of_a_dateline_takes_no_part() -> None:
    found = main_of(
        "Bank approves grant to Kiribati",
        "MANILA, PHILIPPINES (19 November 2024) — The Asian Development Bank has approved a $20 million grant to Kiribati.",
    )
    assert "PHL" not in roles(found)


def further(title: str, text: str) -> list[Report]:
    return [r for r in read(title, text).reports if not r.main]


LEAD = "Foreign Minister of Peru Ana Torres met today in Lima with Foreign Minister of Poland Jan Kowal. "


@pytest.mark.parametrize(
    ("text", "visitor"),
    [
        (
            "Minister Luis Vega will hold talks with Minister of Chad Bo Doe, who will be in Peru on a visit.",
            "bo doe",
        ),
        ("President Luis Vega thanked Bo Doe for his recent visit to Peru.", "bo doe"),
    ],
)
def test_who_a_relative_clause_or_thanks_for_a_visit_speak_of_is_the_visitor(text: str, visitor: str) -> None:
    visits = [
        r
        for r in further("Foreign Minister Torres meets Polish counterpart", LEAD + text)
        if r.form == "visit"
    ]
    assert [p.entity_id.split(":")[1] for r in visits for p in r.participants if p.role == "actor"] == [
        visitor
    ]


@pytest.mark.parametrize(
    "text",
    [
        "President Luis Vega signed a decree on state awards on 2 March.",
        "President Luis Vega said: thank you for the invitation to visit Warsaw.",
    ],
)
def test_home_affairs_and_thanks_for_an_invitation_are_no_events(text: str) -> None:
    found = further("Foreign Minister Torres meets Polish counterpart", LEAD + text)
    assert {r.form for r in found} & {"signing", "visit"} == set()


def test_what_is_signed_beside_a_law_is_an_event() -> None:
    text = "On 2 March Peru and Poland signed a memorandum of understanding on law enforcement."
    assert "signing" in {
        r.form for r in further("Foreign Minister Torres meets Polish counterpart", LEAD + text)
    }


def test_what_the_issuer_says_of_an_attack_is_the_event() -> None:
    found = main_of(
        "Attack at the airport of Istanbul",
        "Three men opened fire yesterday on passengers at the airport of Istanbul. Dozens died.\n\n"
        "Peru condemns this crime in the strongest terms.",
    )
    assert (found.type, found.form) == ("ACCUSE", "statement")
