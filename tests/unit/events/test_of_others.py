"""What others did, or suffered, of which a release only speaks."""

from __future__ import annotations

import pytest

from streams.annotation import Annotation
from tests.unit.releases import main_of, names_of, read


def told(found: Annotation, kind: str) -> dict[str, str]:
    """The participants of the first report of a type."""
    return names_of(found, next(r for r in found.reports if r.type == kind))


def test_sanctions_that_are_deplored_are_of_who_imposed_them() -> None:
    text = (
        "Nairobi, 5 March 2024. Kenya expresses concern over the sanctions imposed by the United States on two Kenyan "
        "nationals. The Principal Secretary, Dr. Amina Otieno, received the Ambassador of the United States, "
        "Mr. John Carter, and conveyed the concern of the Government."
    )
    found = read(text, "Press release", publisher_country="KEN")
    assert main_of(found).type == "ACCUSE"
    assert told(found, "SANCTION") == {"United States": "actor", "Kenya": "recipient"}


def test_surprise_at_a_measure_of_others_is_the_event_and_not_the_measure() -> None:
    text = (
        "The Ministry of Foreign Affairs takes note of the decision of the Government of Chile to close the border "
        "crossing at Chacalluta. Peru expresses its surprise at this step."
    )
    found = read(text, "Peru takes note of the measures of Chile", publisher_country="PER")
    assert main_of(found).type == "ACCUSE"
    assert names_of(found, main_of(found)) == {"Peru": "actor", "Chile": "recipient"}


def test_who_gives_what_somebody_announces_is_named_behind_that() -> None:
    text = (
        "Minister Javier Salas of Peru met Minister Gabriela Noboa of Ecuador. "
        "He announced that Peru would provide food aid to Ecuador."
    )
    assert told(read(text, "Ministers meet"), "AGREE") == {"Peru": "actor", "Ecuador": "recipient"}


def test_whom_somebody_thanked_does_not_do_what_he_then_announces() -> None:
    text = (
        "Minister Javier Salas of Peru thanked his counterpart, Gabriela Noboa, for her visit and pledged support "
        "to Ecuador."
    )
    assert "Gabriela Noboa" not in told(read(text, "Minister thanks"), "AGREE")


def test_who_is_praised_for_doing_something_did_it() -> None:
    text = (
        "President Amina Otieno received the credentials of Ambassador John Carter on Monday in Nairobi. "
        "Ambassador John Carter commended President Amina Otieno for providing humanitarian aid to Sudan."
    )
    found = read(text, "President receives Ambassador", publisher_country="KEN")
    assert told(found, "AID") == {"Amina Otieno": "actor", "Sudan": "recipient"}


def test_the_state_in_which_an_attack_was_is_not_accused() -> None:
    text = (
        "Norway condemns the terrorist attack carried out by Al-Shabaab at a hotel in Mogadishu, Somalia, and the "
        "bombing in Kenya."
    )
    found = read(text, "Norway condemns attack", publisher_country="NOR")
    assert "Somalia" not in names_of(found, main_of(found))
    assert "Kenya" not in names_of(found, main_of(found))


@pytest.mark.parametrize(
    "text",
    [
        "We are saddened to learn that 9 people were killed in a fire that broke out at a hotel in Thessaloniki.",
        "Kazakhstan expresses its condolences to those killed in the explosion at a mine in Poland.",
    ],
)
def test_who_dies_without_an_attacker_was_not_attacked(text: str) -> None:
    assert all(r.type != "ASSAULT" for r in read(text, "Condolences", publisher_country="KAZ").reports)


def test_a_crash_is_no_attack_where_a_model_takes_it_for_one() -> None:
    text = "Three Peruvian nationals were killed in a bus crash in Bolivia, the police said."
    assert all(r.type != "ASSAULT" for r in read(text).reports)


def test_an_explosion_that_is_condemned_is_an_attack() -> None:
    text = "Turkiye condemns the explosion in Kabul, in which 9 people were killed."
    assert any(r.type == "ASSAULT" for r in read(text, "Explosion in Kabul").reports)


def test_who_declines_to_comment_refuses_nothing() -> None:
    text = "Spokesman Ramon Cruz on Tuesday declined to comment on the talks between Peru and Chile in Lima."
    assert all(r.type != "REJECT" for r in read(text, "Spokesman asked about talks").reports)


def test_who_else_speaks_of_a_resolution_did_not_adopt_it() -> None:
    text = (
        "The United Nations Security Council on Monday adopted a resolution demanding a ceasefire in Gaza. "
        "Algeria's ambassador, Amar Bendaoud, said the vote came late."
    )
    found = read(text, "Security Council adopts resolution demanding ceasefire")
    assert names_of(found, main_of(found)) == {"United Nations Security Council": "actor"}


def test_where_an_aircraft_arrived_did_not_send_it() -> None:
    text = (
        "A Qatari Armed Forces aircraft arrived in Abeche, the Republic of Chad, carrying 30 tons of medical supplies "
        "donated by the Qatar Fund for Development, as part of its support to refugees from Sudan."
    )
    found = read(text, "Qatar Sends Field Hospital to Chad", publisher_country="QAT")
    assert names_of(found, main_of(found)).get("Chad") == "recipient"


def test_help_sent_to_no_named_place_is_for_the_state_of_the_release() -> None:
    text = (
        "The Prime Minister of Malawi, Dana Roe, met the Ambassador of Japan, Kenji Aoki, on Monday in Lilongwe. "
        "The United Kingdom has already handed over nine vehicles and body armour worth 1.3 million pounds."
    )
    found = read(text, "Prime Minister meets Ambassador", publisher_country="MWI")
    assert told(found, "AID") == {"United Kingdom": "actor", "Malawi": "recipient"}


def test_who_is_asked_to_do_something_stands_behind_that() -> None:
    text = "Vietnam strongly protests the act. Vietnam demands that China compensate for the losses of the fishermen."
    found = read(text, "Vietnam protests", publisher_country="VNM")
    assert told(found, "REQUEST") == {"Vietnam": "actor", "China": "recipient"}


def test_crimes_that_are_committed_are_no_commitment() -> None:
    text = "Norway deplores the crimes committed by the Wagner Group in Mali."
    assert all(r.type != "AGREE" for r in read(text, "Norway deplores crimes").reports)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Peru was attacked by Chad on Monday.", {"Peru": "recipient", "Chad": "actor"}),
        ("Two Peruvian soldiers were killed in an attack in Mali, the Ministry said.", {"Peru": "recipient"}),
        ("Peru condemned the terrorist attack in Mali, in which nine people were killed.", {}),
    ],
)
def test_who_was_attacked_is_hit_and_who_stands_behind_by_attacks(text: str, who: dict[str, str]) -> None:
    assert told(read(text), "ASSAULT") == who


def test_nationals_killed_where_hostages_are_held_were_attacked() -> None:
    text = "Norway welcomes the release of hostages. Two nationals of Norway were killed in Haiti."
    assert any(r.type == "ASSAULT" for r in read(text, "Release welcomed", publisher_country="NOR").reports)


def test_who_congratulates_in_a_message_to_another_sends_it() -> None:
    text = "In a message to President Kofi Mensa, President Ana Roe congratulated him on his election."
    found = read(text, "Congratulations")
    assert names_of(found, main_of(found)) == {"Ana Roe": "actor", "Kofi Mensa": "recipient"}
