"""Publication dates: what states them, in which order, and when nothing is better than a guess."""

from datetime import date
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from streams.clean import clean
from streams.clean.dateline import dateline
from streams.clean.days import days
from streams.clean.published import in_text, stated
from streams.clean.title import titled
from tests.unit.clean.raws import page, raw

LATEST = date(2026, 1, 1)
TEXT = "The ministers discussed the summit."


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("28 March 2025", "2025-03-28"),
        ("March 28, 2025 | 10:30", "2025-03-28"),
        ("28.03.2025", "2025-03-28"),
        ("28 de marzo de 2025", "2025-03-28"),
        ("28 марта 2025 года", "2025-03-28"),
        ("2025年3月28日", "2025-03-28"),
        ("٢٨ مارس ٢٠٢٥", "2025-03-28"),
        ("le 1er mai 2024", "2024-05-01"),
        ("28. März 2025", "2025-03-28"),
        ("10 Kasım 2024", "2024-11-10"),
        ("Sept. 2, 2021", "2021-09-02"),
    ],
)
def test_days_are_read_in_many_languages(words: str, iso: str) -> None:
    assert [iso] == [str(d.on()) for d in days(words)]


def test_a_day_that_two_peoples_read_differently_needs_the_country() -> None:
    assert days("03/04/2025") == []
    assert [str(d.on()) for d in days("03/04/2025", "USA")] == ["2025-03-04"]
    assert [str(d.on()) for d in days("03/04/2025", "GBR")] == ["2025-04-03"]


@pytest.mark.parametrize(
    "words", ["31 February 2025", "45 March 2025", "may 3 or so", "Resolution 2025/12", "10.5.3.2"]
)
def test_what_is_no_day_is_not_read_as_one(words: str) -> None:
    assert [d for d in days(words) if d.year] == []


@pytest.mark.parametrize(
    "line",
    [
        "Astana, 28 March 2025",
        "Published 28 March 2025",
        "Published on: 28.03.2025 14:05",
        "Press release No. 112, 28 March 2025",
        "Friday, 28 March 2025",
        "28 Mar 2025 Posted in Press releases",
        "FOR IMMEDIATE RELEASE March 28, 2025",
    ],
)
def test_a_visible_header_gives_the_day(line: str) -> None:
    found = in_text(["A title", line, TEXT, TEXT], "A title", None, LATEST)
    assert found is not None
    assert (str(found.on), found.basis) == ("2025-03-28", "header")


@pytest.mark.parametrize(
    "line",
    [
        "Last updated 28 March 2025",
        "The treaty was signed on 28 March 2025",
        "From 28 March 2025 until 3 April 2025",
        "28 March 1970 to 1 January 2031 and much more",
        "The next meeting will take place on 28 March 2025 in the capital of the republic.",
    ],
)
def test_other_lines_with_a_date_are_no_header(line: str) -> None:
    assert in_text(["A title", line, TEXT, TEXT], "A title", None, LATEST) is None


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("ASTANA, Kazakhstan, March 28, 2025. The minister met", "2025-03-28"),
        ("Port Selene, 28 March 2025 – The minister met", "2025-03-28"),
        ("BEIJING, Dec. 3, 2024 (Agency) -- The minister met", "2024-12-03"),
        ("(Geneva, 3 May 2024) The minister met", "2024-05-03"),
    ],
)
def test_a_dateline_gives_the_day(words: str, iso: str) -> None:
    found = in_text(
        ["A title", words + " the ambassador and they spoke about trade."], "A title", None, LATEST
    )
    assert found is not None
    assert (str(found.on), found.basis) == (iso, "dateline")


def test_a_sentence_that_begins_with_a_date_is_no_dateline() -> None:
    assert dateline("On March 28, the minister met the ambassador.") is None
    assert dateline("The summit of March 28 was a success.") is None


NO_YEAR = "PORT SELENE, Norlandia, March 28. The minister met the ambassador. "


@pytest.mark.parametrize(
    ("more", "iso"),
    [
        ("Trade in 2024 amounted to 40 million crowns.", "2025-03-28"),
        ("Trade reached 40 million crowns in 2024 and investment 5 million in 2023.", "2025-03-28"),
        ("They prepared the summit of April 4, 2025.", "2025-03-28"),
        ("They met on 20 March 2024 as well as on 2 April 2025.", None),
        ("They spoke about the treaty of 1992.", None),
        ("They spoke about the summit.", None),
        ("Trade in 2024 amounted to 40 million; by April 2025 plans for 2027 will be ready.", None),
    ],
)
def test_the_year_of_a_dateline_is_inferred_only_where_the_text_settles_it(
    more: str, iso: str | None
) -> None:
    found = in_text(["A title", NO_YEAR + more], "A title", None, LATEST)
    assert iso == (str(found.on) if found else None)


def test_figures_of_a_year_settle_nothing_in_its_own_last_months() -> None:
    text = "PORT SELENE, December 20. They met. Trade in 2024 amounted to 40 million crowns."
    assert in_text(["A title", text], "A title", None, LATEST) is None


def test_today_with_its_date_and_a_signature_line_are_text() -> None:
    for paragraphs in (
        ["T", "Today, 28 March 2025, they met."],
        ["T", TEXT, TEXT, "MINISTRY OF LAW", "28 MARCH 2025"],
    ):
        found = in_text(paragraphs, "T", None, LATEST)
        assert found is not None
        assert (str(found.on), found.basis) == ("2025-03-28", "text")


@pytest.mark.parametrize(
    "value",
    [
        "",
        "soon",
        "0000-00-00",
        "0001-01-01",
        "1970-01-01T00:00:00Z",
        "1969-12-31T19:00:00-05:00",
        "2031-01-01",
        "9999-12-31",
    ],
)
def test_dates_that_cannot_be_true_are_refused(value: str) -> None:
    assert stated(value, "metadata", LATEST) is None


def test_an_instant_is_known_only_with_a_zone_and_the_day_is_the_publishers() -> None:
    found = stated("2025-03-28T02:00:00+05:00", "metadata", LATEST)
    assert found is not None
    assert found.at is not None
    assert (str(found.on), found.precision, found.at.isoformat()) == (
        "2025-03-28",
        "second",
        "2025-03-27T21:00:00+00:00",
    )
    local = stated("2025-03-28T02:00:00", "metadata", LATEST)
    midnight = stated("2025-03-28T00:00:00Z", "metadata", LATEST)
    assert local is not None
    assert midnight is not None
    assert (local.at, local.precision, midnight.at) == (None, "day", None)


@pytest.mark.parametrize(
    ("country", "day"),
    [
        ("KAZ", "2025-03-28"),
        ("USA", "2025-03-27"),
        ("JPN", "2025-03-28"),
        ("UN", "2025-03-27"),
        (None, "2025-03-27"),
    ],
)
def test_a_server_in_utc_means_the_day_of_its_publishers_capital(country: str | None, day: str) -> None:
    found = stated("2025-03-27T20:30:00Z", "metadata", LATEST, country)
    assert found is not None
    assert found.at is not None
    assert (str(found.on), found.at.isoformat()) == (day, "2025-03-27T20:30:00+00:00")
    midnight = stated("2025-03-27T00:00:00Z", "metadata", LATEST, country)
    assert midnight is not None
    assert str(midnight.on) == "2025-03-27"


def test_every_zone_of_the_data_file_exists() -> None:
    lines = files("streams.clean").joinpath("zones.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    assert rows == sorted(rows)
    assert len({country for country, _ in rows}) == len(rows) > 200
    assert all(ZoneInfo(zone) for _, zone in rows)


META = [
    '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","datePublished":"2025-03-28T09:00:00+01:00"}]}</script>',
    '<meta property="article:published_time" content="2025-03-28T09:00:00Z">',
    '<meta name="dcterms.date" content="2025-03-28">',
]


@pytest.mark.parametrize("meta", META)
def test_structured_data_and_meta_elements_are_metadata(meta: str) -> None:
    release = clean(raw(page(meta=meta), "text/html"))
    assert (release.published_on, release.published_basis) == ("2025-03-28", "metadata")


@pytest.mark.parametrize(
    ("markup", "basis"),
    [
        ('<time datetime="2025-03-28">28 March</time>', "metadata"),
        ('<span itemprop="datePublished">28 March 2025</span>', "metadata"),
        ('<div class="news-date">28.03.2025</div>', "header"),
        ("<p>Port Selene, 28 March 2025</p>", "header"),
    ],
)
def test_dates_that_a_page_shows_are_found(markup: str, basis: str) -> None:
    release = clean(raw(page(date=markup), "text/html"))
    assert (release.published_on, release.published_basis) == ("2025-03-28", basis)


def test_the_page_wins_over_the_feed_and_modification_dates_never_count() -> None:
    release = clean(raw(page(meta=META[2]), "text/html", published_at="2025-03-30T00:00:00Z"))
    assert release.published_on == "2025-03-28"
    changed = page(meta='<meta property="article:modified_time" content="2025-03-28T09:00:00Z">')
    assert clean(raw(changed, "text/html")).published_on is None
    assert (
        clean(raw(changed, "text/html", published_at="Sun, 30 Mar 2025 10:00:00 GMT")).published_on
        == "2025-03-30"
    )


HEADING = "Minister opens bridge over the river"
PROSE = (
    "The minister of transport opened the bridge over the river Sel and thanked the engineers of Sudaria "
    "for their work during the long winter."
)


def cases(name: str) -> list[tuple[str, str]]:
    """The rows of a file beside this one."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(text, day) for text, day in rows]


@pytest.mark.parametrize(("text", "day"), cases("published_lines.tsv"))
def test_lines_of_publishers_state_their_day_or_none(text: str, day: str) -> None:
    lines = [line[:-1] + PROSE if line[-1:] == "P" else line for line in text.split(" ¶ ")]
    title, paragraphs = titled([HEADING, *lines], None)
    found = in_text(paragraphs, title, None, LATEST)
    assert (found.on.isoformat() if found else "-") == day


@pytest.mark.parametrize(("text", "day"), cases("published_titles.tsv"))
def test_titles_state_the_day_of_their_release_or_none(text: str, day: str) -> None:
    title, paragraphs = titled([text, PROSE, PROSE], None)
    found = in_text(paragraphs, title, None, LATEST)
    assert (found.on.isoformat() if found else "-") == day


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Date modified: 2024-06-18", "2024-06-18"),
        ("Last updated on 28 March 2023 | Print", "2023-03-28"),
        ("Follow NNA on Telegram | 24/05/2025", "2025-05-24"),
        ("Foreign Minister visits Okonia (February 24, 2024)", None),
        ("By 03:14 on 17.05.2022 Today's news", None),
    ],
)
def test_lines_of_the_site_state_a_day_only_where_nothing_else_is_said(line: str, day: str | None) -> None:
    text = f"{HEADING}\n\n{PROSE}\n\n{PROSE}\n\n{line}"
    assert clean(raw(text)).published_on == day
    assert clean(raw(f"{HEADING}\n\n4 March 2025\n\n{PROSE}\n\n{line}")).published_on == "2025-03-04"
