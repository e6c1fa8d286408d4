"""Who acts and to whom it is done, whatever the order of the words: nothing here may be turned round."""

from __future__ import annotations

import pytest

from tests.unit.releases import main_of, names_of, read


def acting(text: str, kind: str, **more: str) -> dict[str, str]:
    """Name to role of those who take part in the first event of a type."""
    found = read(text, **more)
    report = next(r for r in found.reports if r.type == kind)
    return names_of(found, report)


@pytest.mark.parametrize(
    ("text", "kind", "actor", "recipient"),
    [
        ("Three Romanian diplomats were expelled by Russia on Monday.", "SANCTION", "Russia", "Romania"),
        ("Fiji received 20 tonnes of rice from Japan.", "AID", "Japan", "Fiji"),
        (
            "The Government of Australia has provided Fiji with a concessional loan of AUD 120 million.",
            "AID",
            "Australia",
            "Fiji",
        ),
        ("Germany expects Türkiye to respect the rule of law.", "REQUEST", "Germany", "Türkiye"),
        (
            "The Foreign Minister of Guyana, Hugh Todd, summoned the Ambassador of Venezuela, Carlos Pérez, today.",
            "ACCUSE",
            "Hugh Todd",
            "Carlos Pérez",
        ),
        (
            "Prime Minister Viktor Orbán has sent a letter of condolence to Donald Trump, President of the United States.",
            "SUPPORT",
            "Viktor Orbán",
            "Donald Trump",
        ),
    ],
)
def test_who_does_it_and_to_whom_it_is_done(text: str, kind: str, actor: str, recipient: str) -> None:
    roles = acting(text, kind)
    assert roles[actor] == "actor"
    assert roles[recipient] == "recipient"


def test_those_by_whom_it_was_condemned_are_not_the_attackers() -> None:
    text = "The attack on Kyiv was condemned by Poland and Germany on Tuesday."
    assert acting(text, "ACCUSE") == {"Poland": "actor", "Germany": "actor"}
    assert acting(text, "ASSAULT") == {}


def test_what_others_are_said_to_have_done_is_theirs() -> None:
    text = "Foreign Minister Arnoldo André of Costa Rica said that Nicaragua had expelled his ambassador."
    assert acting(text, "SANCTION")["Nicaragua"] == "actor"


def test_an_expulsion_told_beside_a_condemnation_is_its_subjects() -> None:
    text = "Lithuania condemns the step. Russia expelled two Lithuanian diplomats on Monday."
    roles = acting(text, "SANCTION", title="Lithuania condemns the expulsion of its diplomats")
    assert roles == {"Russia": "actor", "Lithuania": "recipient"}


def test_a_state_that_is_felt_for_is_not_accused() -> None:
    text = (
        "Bulgaria strongly condemns the terrorist attack in Magdeburg and expresses solidarity with Germany."
    )
    assert "Germany" not in acting(text, "ACCUSE", title="Bulgaria condemns attack")


def test_who_is_invited_travels() -> None:
    text = (
        "Thai Foreign Minister Maris Sangiampongsa met Lao Foreign Minister Thongsavanh Phomvihane in Vientiane. "
        "Mr Maris invited his Lao counterpart to visit Thailand."
    )
    found = read(text, "Ministers meet")
    visit = next(r for r in found.reports if r.form == "visit")
    assert names_of(found, visit) == {"Thongsavanh Phomvihane": "actor", "Thailand": "recipient"}


def test_she_who_visited_met_those_named_then() -> None:
    text = (
        "Speaker Puan Maharani of Indonesia has concluded a visit to Vietnam. "
        "On Thursday, she met with National Assembly Chairman Tran Thanh Man in Hanoi."
    )
    found = read(text, "Speaker ends visit")
    meeting = next(r for r in found.reports if r.form == "meeting")
    assert set(names_of(found, meeting)) == {"Puan Maharani", "Tran Thanh Man"}


def test_the_first_of_several_ministers_is_not_lost() -> None:
    text = "The foreign ministers of Mali, Burkina Faso and Niger met on Monday in Bamako."
    assert set(acting(text, "CONSULT")) == {"Mali", "Burkina Faso", "Niger"}


def test_relations_that_are_established_are_no_sanction() -> None:
    text = "Ethiopia has established diplomatic relations with Tuvalu."
    assert [r.type for r in read(text, "Diplomatic relations").reports] == ["SUPPORT"]


def test_who_is_thanked_for_help_has_given_it() -> None:
    text = "Prime Minister Sitiveni Rabuka of Fiji met Ambassador Zhou Jian. He thanked China for its gift of 10 buses."
    assert acting(text, "AID", title="Prime Minister meets Ambassador") == {
        "China": "actor",
        "Fiji": "recipient",
    }


def test_who_was_attacked_is_not_accused() -> None:
    text = "Norway condemned the attack on the Consulate General of Iran in Damascus."
    assert acting(text, "ACCUSE", title="Norway condemns attack") == {"Norway": "actor"}


def test_of_whom_somebody_is_asked_does_not_speak() -> None:
    text = 'Asked about the Philippines, Mao Ning said: "China firmly opposes the provocation of the Philippines."'
    assert acting(text, "ACCUSE", title="Spokesperson's remarks").get("Philippines") != "actor"


def test_who_did_not_attend_takes_no_part() -> None:
    text = (
        "The summit of the East African Community was held in Arusha on Monday. "
        "President of Kenya William Ruto did not attend."
    )
    assert "William Ruto" not in acting(text, "CONSULT", title="Summit in Arusha")


def test_who_was_attacked_is_named_behind_against() -> None:
    text = "Spain condemns the attack launched by Iran against Israel on Monday."
    assert acting(text, "ASSAULT", title="Spain condemns attack") == {"Iran": "actor", "Israel": "recipient"}
    assert "Israel" not in acting(text, "ACCUSE", title="Spain condemns attack")


def test_who_is_accused_behind_an_ambassador_is_no_envoy() -> None:
    text = (
        "Colombia has withdrawn its ambassador to Argentina after President Xavier Milano called President "
        'Gustavo Pereira a "terrorist murderer". The Foreign Ministry ordered the expulsion of Argentine diplomats from '
        "Bogotá. In a statement on 15 April, both countries had said that they would take concrete steps. "
        "Chancellor Luis Murcia denied that relations would be broken off."
    )
    found = acting(text, "SANCTION", title="Colombia withdraws", publisher_country="COL")
    assert found == {"Colombia": "actor", "Argentina": "recipient"}


def test_to_whom_a_message_goes_may_stand_before_what_it_says() -> None:
    text = (
        "In a message to his Vietnamese counterpart, Pham Van Chinh, Prime Minister Ram Adhikari extended heartfelt "
        "condolences to the bereaved families."
    )
    assert acting(text, "SUPPORT", title="Nepal condoles") == {
        "Ram Adhikari": "actor",
        "Pham Van Chinh": "recipient",
    }


def test_ministers_who_agree_are_those_who_met_and_not_the_ministry() -> None:
    text = (
        "The Ministry of Foreign Affairs of Argentina informs that Minister Gerardo Wertz and his counterpart of "
        "Paraguay, Ruben Lezcano, signed an agreement on Monday. The ministers agreed to cooperate on border health."
    )
    found = acting(text, "AGREE", title="Agreement signed", publisher_country="ARG")
    assert {"Gerardo Wertz", "Ruben Lezcano"} <= set(found)


def test_of_whom_they_speak_does_not_act() -> None:
    text = (
        "The foreign ministers of Canada, France and Japan met today in Munich. They observed a minute of silence for "
        "Boris Roe and expressed their outrage at his death in detention."
    )
    assert "Boris Roe" not in acting(text, "ACCUSE", title="Ministers meet in Munich")


def test_who_carried_out_an_attack_and_who_was_hit_are_told_once() -> None:
    text = (
        "The United States condemns this. Overnight, Russia carried out a horrific aerial attack against Ukraine. "
        "Russia launched nearly 200 missiles against cities in Ukraine."
    )
    found = read(text, "Statement on the attack", publisher_country="USA")
    attacks = [names_of(found, r) for r in found.reports if r.type == "ASSAULT"]
    assert attacks == [{"Russia": "actor", "Ukraine": "recipient"}]


def test_he_of_a_further_statement_is_whom_the_sentence_before_speaks_of_first() -> None:
    found = read(
        "Ana Roe had a telephone conversation with President of Chad Bo Doe.\n\n"
        "The President of Chad informed Ana Roe about the floods. In the same context, he thanked Japan for its help.",
        "Telephone conversation with President of Chad Bo Doe",
        publisher_country="PER",
    )
    thanks = next(r for r in found.reports if r.type == "SUPPORT")
    assert names_of(found, thanks) == {"Bo Doe": "actor", "Japan": "recipient"}


def test_what_somebody_discussed_with_his_counterparts_took_no_part() -> None:
    found = read(
        "Deputy Minister Jon Roe of Chad met his counterparts from Peru and Chile in Lima on Monday. Mr. Roe discussed "
        "with his counterparts the fall of the Assad regime in Syria and the importance of trade.",
        "Readout of the Deputy Minister's meeting",
    )
    assert not [r for r in found.reports if "Assad" in names_of(found, r)]


def test_who_signed_is_told_by_whom_it_was_signed_and_not_during_whose_visit() -> None:
    text = (
        "The Philippines and Vietnam signed a Memorandum of Understanding on the South China Sea in Manila on Monday, during "
        "the state visit of President Vo Van Tran. The document was signed by Foreign Secretary Enrique Reyes of the "
        "Philippines and Foreign Minister Bui Thanh Nam of Vietnam."
    )
    found = read(text, "Philippines and Vietnam sign maritime agreement")
    assert {"Enrique Reyes", "Bui Thanh Nam"} == {*names_of(found, main_of(found))}


def test_who_receives_a_message_did_not_send_it_where_the_title_names_both() -> None:
    text = (
        "HH the Amir Sheikh Tamim bin Hamad Al-Thani received a written message from HE Prime Minister of India Rajiv Sharma, "
        "pertaining to bilateral relations."
    )
    found = read(text, "HH the Amir receives written message from Prime Minister of India")
    assert names_of(found, main_of(found)).get("Rajiv Sharma") == "actor"
