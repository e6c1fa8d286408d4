"""Furniture goes from head and tail; what a release says stays."""

import tomllib
from importlib.resources import files

import pytest

from streams.clean.furniture import without_furniture
from streams.clean.title import titled

PROSE = [
    "The ministers of Norlandia and Sudaria met in Port Selene and discussed trade, water and the summit.",
    "They agreed to meet again. Read more widely, the agreement covers all rivers that both states share.",
]

HEAD = [
    "Tell a friend",
    "Images | gov.example",
    "Home > News > Press releases",
    "Share",
    "Print | E-mail",
    "Facebook Twitter WhatsApp Telegram",
    "Skip to main content",
    "Photo: Press office of the ministry",
    "3 min read",
    "1 204 views",
    "We use cookies to improve your visit. Learn more in our policy.",
]


@pytest.mark.parametrize("line", HEAD)
def test_furniture_at_the_head_goes(line: str) -> None:
    assert without_furniture([line, *PROSE]) == PROSE
    assert ["A title of a release", *PROSE] == without_furniture(["A title of a release", line, *PROSE])


TAIL = [
    ["Stay up-to-date with more news on the agency's channel"],
    ["Tags: trade, water, summit"],
    ["Subscribe to our Telegram channel to get the latest news"],
    ["Follow us on Facebook and Twitter"],
    ["Read more"],
    ["Share this page", "Facebook", "Twitter"],
    ["Related news", "Minister opens a school", "President visits a farm"],
    [
        "Press contact",
        "Jo Bell",
        "12 Harbour Street, Port Selene",
        "Tel.: +00 123 45 67",
        "press@mfa.example",
    ],
    ["Tel.: +00 123 45 67", "E-mail: press@mfa.example", "www.mfa.example"],
    ["© 2025 Ministry of Foreign Affairs"],
    ["Print version"],
    ["***", "Back to list"],
    ["If you notice an error, select it and press Ctrl+Enter"],
    ["Facebook | Twitter | Telegram | Back to list"],
    ["[Print] [Suggest to a friend] [Top]", "A- A A+ Print version Send by e-mail"],
    ["f t in | Home | Media Statements | Vacancies | Tenders"],
    ["Gallery | Tenders | Council Anthem | Webmail"],
    ["Other news: Judokas win gold | Weather for tomorrow announced"],
    ["Related: Council holds third round of talks", "Also read: PM leaves for Port Selene"],
    ["Noticias relacionadas:", "Canciller recibe al embajador de Sudaria"],
    ["--NNA", "15:44 LOCAL TIME 12:44 GMT", "0019", "Print"],
    ["/RY/"],
    ["NNA/Ana Ruiz", "Tags: Norlandia | Sudaria"],
    ["--- Ends/AH"],
    ["=================L.Y.", "Latest news | 11:02 Envoy received | 10:44 Pound steady"],
    ["(Reporting by Ana Ruiz in Port Selene; Editing by Jo B.)"],
    ["[ENDS]", "Media contact: Jo Bell, +00 7400 000"],
    ["Consular Department: +00 (17) 327 29 22", "to print"],
    ["In Port Selene, Jo Bell, bell@mfa.example, +00 79 513 95 49"],
    ["Further information:", "Sudaria: Travel advice", "To the top of the page"],
    ["Last modified: March 26, 2025 | Office of the President"],
    ["Partager Imprimer Suivez-nous"],
    ["LATEST", "10:44 Ministers discuss trade", "10:31 Exchange rate of the pound"],
    ["Media enquiries | Subscribe | Related: Statement on the elections; Ambassador to Okonia appointed"],
    ["Share Listen Text size A A A | More from Kingdom News: Crown Prince visits the south"],
    [
        "Media enquiries 0300 7777878",
        "Switchboard 0300 330 3000",
        "Get emails about this page | Print this page",
    ],
    ["12 Harbour Street, Port Selene 12110, Norlandia T: (6221) 7262991"],
    ["< Back View all news Next: President tours the works >"],
    ["Tagged: Foreign Affairs", "(photo) (video)"],
    ["A.A.M / K.Q."],
    ["//Nana// AF"],
    ["BAGIKAN: Facebook X WhatsApp Telegram"],
    ["Did this page help you? Yes No"],
]


@pytest.mark.parametrize("lines", TAIL)
def test_furniture_at_the_tail_goes(lines: list[str]) -> None:
    assert without_furniture([*PROSE, *lines]) == PROSE


@pytest.mark.parametrize(
    "paragraph",
    [
        "Read more than once, the declaration names three conditions for a ceasefire.",
        "Share prices fell after the announcement of sanctions against the company.",
        "Photo exhibitions and concerts will mark thirty years of relations.",
        "Follow-up talks will be held in May.",
        "Contacts between the two parliaments will continue, the speaker said.",
        "News of the ceasefire was welcomed in Port Selene.",
        "MINISTRY OF LAW",
        "26 February 2025",
        "President of Norlandia Ana Ruiz",
        "Mariana Wernerova, Director of the Communication Department",
        "Jo Bell, Spokesman for the Secretary-General",
        "Ministry of Foreign Affairs of Norlandia",
        "Done in Port Selene in two copies.",
        "• Norlandia • Sudaria • Okonia",
        "Ilham RUIZ Kassym BELL Sadyr OKONSKI",
        "20) Victory Day",
        "Port Selene",
        "Issued by: The Presidency",
        "Press release | No: 29/2025 | Date: 06/03/2025 | Office of the Prime Minister",
        "The minister can be reached by citizens abroad at the consular number 1300 555 135.",
    ],
)
def test_content_stays_at_head_and_tail(paragraph: str) -> None:
    assert [paragraph, *PROSE] == without_furniture([paragraph, *PROSE])
    assert [*PROSE, paragraph] == without_furniture([*PROSE, paragraph])


def test_a_menu_at_the_head_goes_and_the_title_behind_it_stays() -> None:
    menu = ["Home", "About us", "The ministry", "Embassies", "News", "Visas", "Contacts"]
    title = "Minister opens bridge"
    assert without_furniture([*menu, title, *PROSE]) == [title, *PROSE]
    assert without_furniture([*menu, *PROSE]) == PROSE
    names = ["Ana Ruiz", "Jo Bell", "Jan Okonski"]
    assert without_furniture([*names, *PROSE]) == [*names, *PROSE]
    assert without_furniture([*PROSE, *names]) == [*PROSE, *names]


def test_furniture_on_the_line_of_the_first_and_last_words_goes() -> None:
    first, last = (
        "Tell a friend " + PROSE[0],
        PROSE[1] + " Stay up-to-date with more news on the agency's channel",
    )
    assert without_furniture([first, last]) == PROSE
    assert without_furniture(["Images | gov.example " + PROSE[0]]) == [PROSE[0]]
    assert without_furniture(["Tell a friend in need"]) == ["Tell a friend in need"]


def test_nothing_is_taken_from_inside_the_text() -> None:
    text = [*PROSE * 6, "Share", *PROSE * 12]
    assert text == without_furniture(text)


def test_related_news_with_long_paragraphs_behind_is_content() -> None:
    text = [*PROSE, "More news", "A second report follows here. " * 20]
    assert text == without_furniture(text)


def test_a_text_of_furniture_only_is_left_alone() -> None:
    assert without_furniture(["Share"]) == ["Share"]


def test_the_data_file_is_well_formed() -> None:
    data = tomllib.loads(files("streams.clean").joinpath("furniture.toml").read_text(encoding="utf-8"))
    for section, lists in data.items():
        for name, patterns in lists.items():
            assert len(patterns) == len(set(patterns)), (section, name)
            assert all(p and not p.startswith("^") and not p.endswith("$") for p in patterns), (section, name)


def test_what_stands_behind_furniture_is_not_taken_with_it_if_it_says_something() -> None:
    for said in ("The next meeting will be held in May.", "4 March 2025", "1) Points of the agenda"):
        assert without_furniture([*PROSE, "Print", said])[-1] == said


def test_signs_of_an_agency_behind_the_last_sentence_go() -> None:
    for sign in (" (end) kt.mb", " /END/", " END", "###"):
        assert without_furniture([PROSE[0], PROSE[1] + sign]) == PROSE
    assert without_furniture([PROSE[0], "They met at the World's END"])[1] == "They met at the World's END"


HEADS = ["GOVERNMENT OF NORLANDIA", "Ministry of Foreign Affairs", "Port Selene, 4 March 2025"]


def test_a_letterhead_stands_behind_the_title_that_it_stood_before() -> None:
    title = "Norlandia and Sudaria open a third border crossing"
    assert titled([*HEADS, title, *PROSE], None) == (title, [title, *HEADS, *PROSE])
    assert titled(["NNA", title, *PROSE], None)[0] == title


def test_a_body_without_a_title_behind_it_keeps_its_place() -> None:
    assert titled([*HEADS[:2], *PROSE], None)[1] == [*HEADS[:2], *PROSE]
    statement = "STATEMENT BY THE MINISTRY OF FOREIGN AFFAIRS"
    assert titled([statement, "Okonia, Norlandia", *PROSE], None)[0] == statement


def test_a_title_with_its_site_behind_it_is_the_one_that_the_page_repeats() -> None:
    title = "Norlandia welcomes the ceasefire in Sudaria"
    for site in (" - Ministry of Foreign Affairs", " | MFA"):
        assert titled([title + site, title, *PROSE], None) == (title, [title, *PROSE])
    other = "Norlandia welcomes the ceasefire in Okonia"
    assert titled([title, other, *PROSE], None)[1] == [title, other, *PROSE]


def test_a_line_with_the_day_above_the_title_is_not_the_title() -> None:
    title = "Norlandia and Sudaria open a third border crossing"
    line = "15:21, 12 February 2025, Okonia - NNA news agency, Ana BELL"
    assert titled([line, title, *PROSE], None) == (title, [title, line, *PROSE])
    assert titled(["ANKARA", *PROSE], None) == (PROSE[0], ["ANKARA", *PROSE])
