"""What stands around a short release on a ministry's page is not the release, and nothing of it is lost."""

import pytest

from streams.clean import clean, hash_of
from tests.unit.clean.raws import raw

TITLE = "Minister receives Ambassador of Sudaria"
LEAD = (
    "The Minister of Foreign Affairs of Norlandia, Jon Berg, received the Ambassador of Sudaria in Port Vara."
)
MORE = "The sides discussed trade, transit and the joint commission, which will meet in the spring in Tarn."
LAST = "At the end of the meeting the sides signed an agreement on the rivers that cross the border."
HEADLINES = [
    f"Deputy Minister of Foreign Affairs meets with the delegation of country {c}" for c in "ABCDEFGH"
]
OTHERS = "".join(
    f"<li><a href='/{n}'>{h}</a> <span>0{n + 1}.03.2025</span></li>" for n, h in enumerate(HEADLINES)
)
TEASERS = "".join(
    f"<div class='card'><span class='date'>0{n + 1}.03.2025</span><h4><a href='/{n}'>{h}</a></h4><p>On that day the "
    f"Deputy Minister held a meeting with a delegation that had come to discuss cooperation in many fields.</p></div>"
    for n, h in enumerate(HEADLINES)
)
MENU = "".join(f"<li><a href='/m/{n}'>Part {n} of the site</a></li>" for n in "abcdefg")


def text(body: str, head: str = "") -> list[str]:
    page = (
        f"<!doctype html><html lang='en'><head><title>{TITLE} | Ministry</title>{head}</head><body>"
        f"<div class='top'><ul>{MENU}</ul></div>{body}<div class='footer'><p>© 2025 Ministry. All rights reserved.</p></div>"
        "</body></html>"
    )
    release = clean(raw(page, "text/html"))
    assert release.title == TITLE
    return release.text.split("\n\n")[1:]


@pytest.mark.parametrize(
    "around",
    [
        f"<div class='c7'><h3>Other news</h3><ul>{OTHERS}</ul></div>",
        f"<div class='c7'><div>{OTHERS.replace('li>', 'p>')}</div></div>",
        f"<div class='c7'><h3>Other news</h3>{TEASERS}</div>",
        f"<div class='c7'><table><tr><td><ul>{OTHERS}</ul></td></tr></table></div>",
    ],
)
def test_lists_of_other_releases_are_no_part_of_a_short_one(around: str) -> None:
    main = f"<div class='b2'><h1>{TITLE}</h1><div class='t5'><p>{LEAD}</p></div></div>"
    assert text(main + around) == [LEAD]
    assert text(around + main) == [LEAD]


def test_sentences_between_line_breaks_are_paragraphs_beside_a_list_of_others() -> None:
    main = (
        f"<div class='detail'><h1>{TITLE}</h1><div class='x'>{LEAD}<br><br>{MORE}<br><br>{LAST}</div></div>"
    )
    assert text(f"{main}<div class='side'><ul>{OTHERS}</ul></div>") == [LEAD, MORE, LAST]


@pytest.mark.parametrize("lead", [f"<div class='intro'>{LEAD}</div>", f"<div><strong>{LEAD}</strong></div>"])
def test_a_lead_that_is_set_apart_is_kept(lead: str) -> None:
    assert text(
        f"<div class='news'><h1>{TITLE}</h1>{lead}<div class='text'><p>{MORE}</p><p>{LAST}</p></div></div>"
    ) == [
        LEAD,
        MORE,
        LAST,
    ]


@pytest.mark.parametrize(
    "before",
    [
        "<figure><img><figcaption>The Minister and the Ambassador of Sudaria at the table in the old library.</figcaption></figure>",
        "<div class='notice'>Tell us what you think of the new site of the Ministry, which opened last week.</div>",
        "<div><a href='/x'>Read all that the Ministry has published on Sudaria since the beginning of the year.</a></div>",
    ],
)
def test_captions_notices_and_links_above_a_text_are_no_lead(before: str) -> None:
    main = f"<article><h1>{TITLE}</h1>{before}<p>{LEAD}</p><p>{MORE}</p><p>{LAST}</p></article>"
    assert text(main) == [LEAD, MORE, LAST]


def test_paragraphs_that_editors_put_into_bare_blocks_are_kept() -> None:
    main = f"<div class='body'><h1>{TITLE}</h1><p>{LEAD}</p><div><span>{MORE}</span></div><div>{LAST}</div></div>"
    assert text(main) == [LEAD, MORE, LAST]


def test_points_that_a_sentence_announces_are_kept_links_or_not() -> None:
    documents = [
        "Agreement on the rivers that cross the border",
        "Memorandum on lists of goods",
        "Programme of culture",
    ]
    points = "".join(f"<li><a href='/{n}.pdf'>{d}</a></li>" for n, d in enumerate(documents))
    main = f"<div class='n'><h1>{TITLE}</h1><p>{LEAD}</p><p>The following documents were signed:</p><ul>{points}</ul><p>{MORE}</p></div>"
    assert text(main) == [LEAD, "The following documents were signed:", *(f"- {d}" for d in documents), MORE]


def test_the_head_of_a_table_is_kept() -> None:
    rows = "<tr><th>Year</th><th>Export</th><th>Import</th></tr><tr><td>2024</td><td>141.2</td><td>101.9</td></tr>"
    main = f"<main><h1>{TITLE}</h1><p>Trade grew as follows:</p><table>{rows}</table><p>{MORE}</p><p>{LAST}</p></main>"
    assert "| Year | Export | Import |" in text(main)


def test_a_page_of_nothing_but_links_is_read_all_the_same() -> None:
    release = clean(raw(f"<html><body><h1>Week in review</h1><ul>{OTHERS}</ul></body></html>", "text/html"))
    assert HEADLINES[0] in release.text


def test_points_inside_chinese_names_make_no_menu() -> None:
    first = "3月28日，诺兰外长约恩·贝里在瓦拉港会见苏达里亚大使阿米娜·迪亚洛。"
    page = f"<html><body><div><h1>外长会见苏达里亚大使</h1><p>{first}</p><p>双方讨论了贸易、过境以及联合委员会第五次会议的筹备工作。</p></div></body></html>"
    assert first in clean(raw(page, "text/html")).text


@pytest.mark.parametrize(
    ("shown", "day"),
    [
        ("<dl><dt>Published</dt><dd>28 March 2025</dd></dl>", "2025-03-28"),
        ("<dl><dt>Details</dt><dd>Published: 28 March 2025</dd><dd>Hits: 241</dd></dl>", "2025-03-28"),
        ("<p>Дата публикации: 28.03.2025</p>", "2025-03-28"),
        ("<span id='ctl00_lblDate'>28 March 2025</span>", "2025-03-28"),
        ("<span>Publié le 28 mars 2025</span>", "2025-03-28"),
        ("<span class='date'>28 March 2025</span>", "2025-03-28"),
    ],
)
def test_the_date_of_a_page_is_that_which_it_shows_for_its_own_text(shown: str, day: str) -> None:
    cards = "".join(f"<span class='date'>0{n}.02.2025</span><p>A short word.</p>" for n in range(1, 5))
    prose = f"{LEAD} {MORE}"
    page = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{shown}<p>{prose}</p><p>{LAST}</p>{cards}</body></html>"
    assert clean(raw(page, "text/html")).published_on == day


def test_teasers_of_other_releases_do_not_date_a_release() -> None:
    page = f"<html><body><h1>{TITLE}</h1><p>{LEAD}</p><p>{MORE}</p><div>{TEASERS}</div></body></html>"
    assert clean(raw(page, "text/html")).published_on is None


@pytest.mark.parametrize(
    ("around", "day"),
    [
        ("<h1>{}</h1><p class='meta'>28 March 2025 | Press Releases | 3 min read</p>", "2025-03-28"),
        ("<p>28.03.2025</p><h1>{}</h1>", "2025-03-28"),
        ("<div class='head'><h2>{}</h2></div><div>Friday, 28 March 2025</div>", "2025-03-28"),
        ("<h1>{}</h1><div>Seminar on 3 April 2025 will be held in the old library</div>", None),
    ],
)
def test_a_line_beside_the_headline_dates_a_release_if_it_holds_a_day_and_little_else(
    around: str, day: str | None
) -> None:
    page = f"<html><head><title>{TITLE}</title></head><body><div>{around.format(TITLE)}<p>{LEAD}</p><p>{MORE}</p><p>{LAST}</p></div></body></html>"
    assert clean(raw(page, "text/html")).published_on == day


def test_a_table_of_one_column_is_the_page_and_no_data() -> None:
    rows = f"<tr><td>Ministry</td></tr><tr><td><p><b>{TITLE}</b></p><p>{LEAD}</p><p>{MORE}</p><p>{LAST}</p></td></tr>"
    assert text(f"<center><table>{rows}</table></center>")[-3:] == [LEAD, MORE, LAST]


@pytest.mark.parametrize(
    "changed",
    [
        "<div class='alert'><p>Due to maintenance the site will not be available on Sunday.</p></div>",
        "<p>Last updated: 29 March 2025</p>",
        "<div class='views'>Views: 1532</div>",
        "<div><span>Share</span><span>12</span></div>",
        "<div id='promo'><p>Visit the new exhibition on the history of diplomacy in the old library.</p></div>",
    ],
)
@pytest.mark.parametrize("form", [False, True])
def test_what_a_site_changes_around_a_release_makes_no_edit_of_it(changed: str, form: bool) -> None:
    main = f"<div class='b'><h1>{TITLE}</h1><div><p>{LEAD}</p><p>{MORE}</p><p>{LAST}</p></div></div>"
    page = f"<form action='x'><div>{main}</div></form>" if form else main
    plain = f"<html><head><title>{TITLE}</title></head><body>{page}</body></html>"
    for other in (plain.replace("<body>", f"<body>{changed}"), plain.replace("</body>", f"{changed}</body>")):
        assert hash_of(raw(other, "text/html")) == hash_of(raw(plain, "text/html"))
    edited = plain.replace("spring", "autumn")
    assert hash_of(raw(edited, "text/html")) != hash_of(raw(plain, "text/html"))


def test_a_page_whose_prose_stands_apart_from_its_headline_is_kept_whole() -> None:
    main = f"<div class='head'><h1>{TITLE}</h1><p>{LEAD}</p></div><div class='x'><p>{MORE}</p><p>{LAST}</p></div>"
    assert text(main) == [LEAD, MORE, LAST]


def test_a_review_of_the_week_with_linked_headings_is_kept() -> None:
    points = "".join(
        f"<div class='item'><h3><a href='/{n}'>{h}</a></h3><p>They spoke of trade and of transit on day {n}.</p></div>"
        for n, h in enumerate(HEADLINES)
    )
    found = text(f"<div class='c'><h1>{TITLE}</h1><div>{points}</div></div>")
    assert "They spoke of trade and of transit on day 0." in found
    assert "They spoke of trade and of transit on day 3." in found
