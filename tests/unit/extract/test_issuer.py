"""Whose release it is where no publisher is known: what a page says of its own side."""

import pytest

from tests.unit.extract.naming import read


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("BGD", "Dhaka, 26 August 2024:\n\nThe Foreign Adviser received the Ambassador of Japan and thanked Japan."),
        ("CHE", "Bern, 02.05.2024 - Invitations went to Ukraine, Russia and more than 160 other delegations."),
        ("ARE", "UAE mediation succeeds\n\nABU DHABI, 19th October, 2024 (WAM) – Russia and Ukraine exchanged 190 captives. Russia and Ukraine agreed."),
        ("BLR", "US lifts sanctions on Belavia\n\nMINSK, 11 September (BelTA) - The United States has lifted the sanctions, it was announced in Minsk."),
        ("PRT", "Minister travels to Bissau\n\nThe Minister will represent his country in Guinea-Bissau. Guinea-Bissau takes over the presidency.\n\nLisbon, 14 July 2025"),
        ("KEN", "REPUBLIC OF KENYA\n\nMinistry of Foreign and Diaspora Affairs\n\nAllegations by Sudan have come to notice. Sudan is a friend of Ethiopia. Sudan and South Sudan know it."),
        ("ARM", "Statement of the MFA of Armenia on the ambush\n\nA unit of Azerbaijan opened fire. Azerbaijan must answer; Azerbaijan and Russia know it."),
        ("JPN", "Launch by North Korea\n\nNorth Korea launched a missile over Japan. North Korea did so twice.\n\n4. Japan strongly urges North Korea to refrain."),
        ("MLI", "Minister writes to Paris\n\nThe Minister of Foreign Affairs, Mr. Abdoulaye Diop of Mali, spoke to his French counterpart in France."),
        ("AUS", "Earthquake in Iran\n\nOn behalf of all Australians, I wish to extend to the people of Iran my condolences. Iran has lost many; Iran mourns."),
        ("RWA", "Programme with Canada closes\n\nCanada and Canadian experts were informed. Canada chose.\n\nContact: info@minaffet.gov.rw"),
        ("EU", "Syria: EU lifts measures\n\nThe Council lifted the measures against Syria. Syria welcomed it. Syria is in need."),
        ("USA", "Statement from President Joe Biden on the Earthquake in Japan\n\nJapan has lost many. The people of Japan are strong; Japan is a friend."),
        ("UKR", "Address by the President of Ukraine to the Danish people\n\nDear Danes! Denmark knows. Denmark remembers, and Denmark helps."),
        ("NATO", "NATO moves fighters to the flank\n\nDenmark and France contribute. Russia, Russia and again Russia was named."),
    ],
)  # fmt: skip
def test_a_page_shows_by_its_signs_whose_it_is(code: str, text: str) -> None:
    assert read(text).issuer_country == code


def test_a_topic_before_a_colon_and_the_other_party_of_a_title_are_not_the_side_that_speaks() -> None:
    text = (
        "Telephone conversation with President of Turkey Recep Tayyip Erdogan\n\n"
        "Vladimir Putin informed his counterpart. Russia and Turkey will trade."
    )
    assert read(text).issuer_country == "RUS"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("AUS", "Visit to Chad and Peru\n\nI will visit Chad and Peru. Chad is a friend and Chad knows it; Australia will help Peru."),
        ("AUS", "Prime Minister to visit Chad\n\nChad is a friend. Chad and Australia trade. Chad is near."),
        ("FJI", "Congratulations to Ana Roe on her election as President of Peru\n\nPeru has chosen. Peru and Fiji are friends. Peru knows it."),
        ("FJI", "Lebanon: Announcement of a Ceasefire\n\nFiji welcomes the truce in Lebanon. Lebanon has suffered. Lebanon needs it."),
        ("UKR", "Corridors are open\n\nThe Russian invasion goes on. Russia shells; Russia knows it. Ukraine opens them."),
        ("UKR", "President of Ukraine gave an interview\n\nHe spoke of Russia's aggression against Ukraine and of Russia."),
        ("KWT", "Kuwait Amir congratulates Chad\n\nThe Amir wished Chad well. Chad is a friend."),
        ("RUS", "Meeting with a guest\n\nVladimir Putin met with President of Peru Ana Roe. Peru is a friend. President of Russia Vladimir Putin: Peru is far."),
        ("AUS", "High Commissioner to Chad\n\nThe Minister named Ann Roe. Chad and Australia trade, and Chad grows."),
        ("AUS", "Malaysia Elections\n\nAustralia supports the rights of citizens. Malaysia has voted. Malaysia and Australia are friends."),
        ("USA", "Nominations\n\nAna Roe, to be Ambassador of the United States of America to the Republic of Panama.\n\nBo Roe, to be Ambassador of the United States of America to Chad."),
        ("AUS", "Pacific Islands Forum\n\nI will attend the Pacific Islands Forum in Apia, Samoa. Australia has been active; Australia will help."),
        ("KEN", "Visit to Kenya by the Duke of Roe\n\nThe Duke of Roe will see Kenya. Peru is his next stop."),
        ("LKA", "U.S. President Bo Roe Congratulates President Anura\n\nThe President of the United States wrote to Sri Lanka. Sri Lanka thanked him."),
    ],
)  # fmt: skip
def test_a_title_names_the_other_side_where_it_goes_writes_or_speaks_to_one(code: str, text: str) -> None:
    assert read(text).issuer_country == code


def test_who_is_informed_is_not_who_informs() -> None:
    text = "The International Maritime Organization will be informed of the situation by Argentina."
    assert read(text).issuer_entity_id is None


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("KWT", "Kuwait Marks the Anniversary\n\nToday is the anniversary of the Kuwait invasion. Kuwait must not forget it."),
        ("PER", "Letter of the Embassy of Peru to the editor\n\nSir, your article about our country is wrong."),
        ("EU", "Statement by the President of the European Commission\n\nTomorrow I will attend the European Council in Brussels."),
    ],
)  # fmt: skip
def test_a_victim_an_author_and_a_head_of_a_body_are_no_other_side(code: str, text: str) -> None:
    assert read(text).issuer_country == code
