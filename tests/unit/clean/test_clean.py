"""From bytes to a clean release, whatever the bytes are."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.clean import clean, hash_of
from streams.errors import BadRecord, NoText, Undecodable
from tests.unit.clean.raws import page, raw

TITLE = "Minister Adeyemi receives the Ambassador of Sudaria"
BODY = "Minister Folake Adeyemi received Ambassador Jan Okonski. They spoke about trade."


def test_the_crawl_form_gives_the_day_and_leaves_the_text() -> None:
    release = clean(raw(f" date 2025-03-04 {TITLE}\n\n{BODY}"))
    assert (release.published_on, release.published_basis) == ("2025-03-04", "header")
    assert release.published_precision == "day"
    assert release.published_at is None
    assert release.title == TITLE
    assert release.text == f"{TITLE}\n\n{BODY}"


@pytest.mark.parametrize("day", ["0000-01-01", "1970-01-01", "2999-12-31", "2025-13-45"])
def test_a_day_that_cannot_be_true_is_refused_and_the_text_kept(day: str) -> None:
    release = clean(raw(f" date {day} {TITLE}\n\n{BODY}"))
    assert release.published_on is None
    assert release.text == f"{TITLE}\n\n{BODY}"


def test_a_day_after_the_fetch_is_refused() -> None:
    early = raw(f" date 2025-03-04 {BODY}", fetched_at="2025-03-01T10:00:00.000000Z")
    assert clean(early).published_on is None
    assert clean(raw(f" date 2025-03-04 {BODY}", fetched_at="2025-03-03T23:00:00.000000Z")).published_on


def test_the_fetch_time_never_stands_in_for_a_date() -> None:
    assert clean(raw(BODY, fetched_at="2025-03-01T10:00:00.000000Z")).published_on is None


def test_the_title_of_the_surroundings_comes_first_exactly_once() -> None:
    for body in (BODY, f"{TITLE}\n\n{BODY}", f"{TITLE.upper()}\n\n{BODY}", f"{TITLE} .\n\n{TITLE}\n\n{BODY}"):
        assert clean(raw(body, title=TITLE)).text == f"{TITLE}\n\n{BODY}"


def test_a_text_without_heading_is_entitled_by_its_first_sentence_and_stays_as_it_is() -> None:
    release = clean(raw(BODY))
    assert release.title == "Minister Folake Adeyemi received Ambassador Jan Okonski."
    assert release.text == BODY


def test_a_long_first_sentence_is_cut_between_words() -> None:
    title = clean(raw("The parties agreed on " + "many important things and " * 20 + "left.")).title
    assert title is not None
    assert 150 < len(title) <= 200
    assert title.endswith(("many", "important", "things", "and"))


@pytest.mark.parametrize(
    "heading",
    [
        "Readout of President Ana B. Ruiz, Jr. Call with Mr. Okonski",
        "JOINT STATEMENT",
        "Talks in Port Selene…",
        "Who Gains?",
    ],
)
def test_headings_with_abbreviations_and_marks_are_titles(heading: str) -> None:
    assert clean(raw(f"{heading}\n\n{BODY}")).title == heading


def test_a_first_sentence_that_lost_its_full_stop_is_no_heading() -> None:
    first = "During her visit Minister Adeyemi met the ambassador, the ministry of Norlandia reports"
    release = clean(raw(f"{first}\n\n{BODY}"))
    assert release.text == f"{first}\n\n{BODY}"
    assert release.title == first


def test_odd_characters_are_stored_and_no_bad_record() -> None:
    release = clean(raw(f"{TITLE}\x00\r\n\r\nThe Ales\u030cka\x07 plan."))
    assert release.text == f"{TITLE}\n\nThe Aleška plan."


@pytest.mark.parametrize("body", [b"", b"  \n\n ", b"\x00\x00", b"...\n\n---", "\ufeff".encode()])
def test_what_holds_no_words_is_a_bad_record(body: bytes) -> None:
    with pytest.raises(NoText):
        clean(raw(body))


def test_plain_text_that_is_no_text_is_a_bad_record() -> None:
    with pytest.raises(Undecodable):
        clean(raw(b"caf\xe9 \xff\xfe\x81"))


def test_plain_text_under_a_stated_charset_is_read_in_it() -> None:
    assert (
        clean(
            raw(
                "Встреча министров иностранных дел двух стран состоялась в столице республики".encode(
                    "cp1251"
                ),
                charset="windows-1251",
            )
        ).language
        == "ru"
    )


def test_pictures_and_html_without_text_are_bad_records() -> None:
    for body, kind in ((b"\x89PNG\r\n", "image/png"), (b"<html><body></body></html>", "text/html")):
        with pytest.raises(NoText):
            clean(raw(body, kind))


def test_one_line_of_seven_megabytes_is_cleaned() -> None:
    assert len(clean(raw("peace and trade " * 440_000)).text) > 6_000_000


def test_the_same_words_in_html_text_and_feed_have_one_hash() -> None:
    paragraphs = ["The council met in Port Selene on Monday.", "It adopted “two” decisions – both on water."]
    html = f"<html><body><article><h1>{TITLE}</h1>{''.join(f'<p>{p}</p>' for p in paragraphs)}</article></body></html>"
    plain = "\n\n".join([TITLE, *paragraphs])
    entry = f"<item><title>{TITLE}</title><description>{'&lt;p&gt;' + '&lt;p&gt;'.join(paragraphs)}</description></item>"
    hashes = {
        hash_of(raw(html, "text/html")),
        hash_of(raw(plain)),
        hash_of(raw(plain.replace("“", '"').replace("”", '"').replace("–", "-"))),
        hash_of(raw(entry, "application/rss+xml")),
    }
    assert len(hashes) == 1


def test_bytes_without_text_have_a_hash_over_the_bytes() -> None:
    assert hash_of(raw(b"\xff\xfe\x81\x00")).startswith("b1:")


def test_banners_dates_and_counters_do_not_change_a_hash() -> None:
    one = hash_of(raw(page(date='<p class="views">Views: 12</p>'), "text/html"))
    other = hash_of(
        raw(
            page(meta='<meta name="generator" content="x">', date='<p class="views">Views: 13</p>'),
            "text/html",
        )
    )
    assert one == other
    assert one != hash_of(raw(page().replace("40 million", "41 million"), "text/html"))


FIXED = Path(__file__).with_name("fixed")


def test_hashes_of_fixed_pages_never_change_under_one_prefix() -> None:
    lines = (FIXED / "hashes.tsv").read_text(encoding="utf-8").splitlines()
    pinned = dict(line.split("\t") for line in lines if not line.startswith("#"))
    found = {
        p.name: hash_of(raw(p.read_bytes(), "text/html" if p.suffix == ".html" else "text/plain"))
        for p in FIXED.iterdir()
        if p.suffix in {".html", ".txt"}
    }
    assert found == pinned
    assert len(found) >= 8


@pytest.mark.parametrize("page", sorted(FIXED.glob("*.*t*")), ids=lambda p: p.name)
def test_fixed_pages_are_cleaned_of_all_that_is_not_the_release(page: Path) -> None:
    if page.suffix == ".tsv":
        return
    release = clean(raw(page.read_bytes(), "text/html" if page.suffix == ".html" else "text/plain"))
    assert release.published_on == "2025-03-04"
    for furniture in (
        "cookie",
        "Share",
        "Print",
        "Related",
        "Facebook",
        "Back to",
        "Tags",
        "(end)",
        "123 45",
        "©",
        "Home",
    ):
        assert furniture not in release.text


@settings(deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from(["text/plain", "text/html", "application/pdf", "application/rss+xml"]),
)
def test_any_bytes_are_cleaned_or_refused_and_nothing_else(body: bytes, kind: str) -> None:
    try:
        release = clean(raw(body, kind))
    except BadRecord:
        return
    assert release.text
    assert "\x00" not in release.text
    assert not any("\ud800" <= c <= "\udfff" for c in release.text)
