"""Charsets, paragraphs, languages, titles, PDF and feed entries."""

import random

import pytest

from streams.clean import clean
from streams.clean.decode import markup, tidy
from streams.clean.language import language_of
from streams.clean.paragraphs import paragraphs
from streams.errors import NoText, Undecodable
from tests.unit.clean.raws import page, raw

RUSSIAN = "Министр принял посла. Стороны обсудили торговлю и договорились о встрече в столице."


def html(text: str, charset: str = "") -> str:
    return f'<html><head><meta charset="{charset}"></head><body><p>{text}</p></body></html>'


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        (b"\xef\xbb\xbf" + html(RUSSIAN, "windows-1251").encode(), "koi8-r"),
        (html(RUSSIAN).encode("cp1251"), "windows-1251"),
        (html(RUSSIAN, "utf-8").encode("cp1251"), "windows-1251"),
        (html(RUSSIAN, "windows-1251").encode("cp1251"), None),
        (html(RUSSIAN, "utf-8").encode("cp1251"), "utf-8"),
        (html(RUSSIAN).encode(), None),
        (html(RUSSIAN).encode(), "iso-8859-1"),
        (html(RUSSIAN).encode("utf-16"), None),
        (html(RUSSIAN * 5).encode("koi8-r"), None),
        (html(RUSSIAN).encode(), "no-such-charset"),
        (html(RUSSIAN).encode(), "unicode_escape"),
    ],
)
def test_a_page_is_read_in_the_charset_that_it_is_in(body: bytes, charset: str | None) -> None:
    assert RUSSIAN in markup(body, charset)


def test_latin_1_means_what_browsers_take_it_for() -> None:
    assert "“peace” – 10 €" in markup(html("“peace” – 10 €").encode("cp1252"), "iso-8859-1")


@pytest.mark.parametrize("seed", range(20))
def test_random_bytes_are_no_page_whatever_their_name_says(seed: int) -> None:
    with pytest.raises(Undecodable, match="no text"):
        clean(raw(random.Random(seed).randbytes(3000), "text/html"))


def test_a_page_without_a_charset_and_with_a_stray_control_character_is_read() -> None:
    body = html(f"{RUSSIAN * 5}\x01").encode("koi8-r")
    assert RUSSIAN in markup(body, None)


def test_lone_surrogates_become_replacement_characters() -> None:
    assert tidy("a\ud800b\x00c\x85") == "a\ufffdbc\x85"


def test_hard_wrapped_lines_are_joined_and_short_lines_kept_apart() -> None:
    scan = (
        "PRIME MINISTER TO VISIT SUDARIA\n\n"
        "The Prime Minister, Mr Ruiz, said tonight that he would visit\nSudaria in the spring and would meet the\n"
        "President of the Republic at the White House.\nThe visit will last three days.\nPORT SELENE"
    )
    assert paragraphs(scan) == [
        "PRIME MINISTER TO VISIT SUDARIA",
        (
            "The Prime Minister, Mr Ruiz, said tonight that he would visit Sudaria in the spring and would meet the"
            " President of the Republic at the White House."
        ),
        "The visit will last three days.",
        "PORT SELENE",
    ]


def test_a_sentence_that_a_scan_broke_over_a_blank_line_is_joined() -> None:
    assert paragraphs(
        "The agreement provides for the withdrawal of troops from\n\nthe island by the end of May."
    ) == ["The agreement provides for the withdrawal of troops from the island by the end of May."]


def test_lists_stay_lists() -> None:
    assert len(paragraphs("They agreed to:\n- trade more;\n- talk more;\n1. First\n2. Second")) == 5


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "The minister met the ambassador and they spoke of trade in the capital on a rainy day of the week.",
            "en",
        ),
        (RUSSIAN, "ru"),
        (
            "Le ministre a reçu l'ambassadeur de Sudarie pour parler des échanges commerciaux entre les deux pays.",
            "fr",
        ),
        ("نقل الوزير تحيات الرئيس إلى السفير وناقش الجانبان العلاقات الثنائية بين البلدين", "ar"),
        ("部长会见了大使，双方就贸易和两国关系交换了意见，并同意在首都举行下一次会议。", "zh"),
        ("大臣は大使と会談し、両国間の貿易について意見を交換しました。", "ja"),
        ("Ο υπουργός συναντήθηκε με τον πρέσβη", "el"),
        ("Utenriksministeren møtte sin kollega for å drøfte samarbeidet og situasjonen i regionen.", "nb"),
        (
            "Dışişleri Bakanı mevkidaşıyla bir araya gelerek ikili iş birliğini ve bölgedeki durumu ele aldı.",
            "tr",
        ),
        ("وزیر امور خارجه با همتای خود دیدار کرد و درباره وضعیت منطقه گفت‌وگو کرد.", "fa"),
        ("Қазақстан мен Өзбекстан министрлері кездесіп, екіжақты ынтымақтастықты талқылады.", "kk"),
        ("Waziri wa Mambo ya Nje alikutana na mwenzake kujadili ushirikiano wa nchi mbili.", "sw"),
        ("外交部長會見了對方外長，雙方就雙邊合作和地區局勢交換了意見，並同意舉行下一次會議。", "zh"),
    ],
)
def test_languages_are_recognised(text: str, code: str) -> None:
    assert code == language_of(text)


def test_a_hint_decides_for_short_texts_only() -> None:
    assert language_of("Joint statement", "sw") == "sw"
    assert language_of(RUSSIAN, "en-GB") == "ru"
    assert language_of("123") is None
    assert (
        language_of("\x00\ud800\ufffe Le ministre a reçu l'ambassadeur pour parler des échanges commerciaux.")
        == "fr"
    )


def test_html_gives_headline_paragraphs_and_language() -> None:
    release = clean(raw(page(), "text/html; charset=utf-8"))
    assert release.title == "Minister Adeyemi receives the Ambassador of Sudaria"
    assert release.text.count(release.title) == 1
    assert release.text.startswith(release.title + "\n\nMinister of Foreign Affairs Folake Adeyemi")
    assert "which reached 40 million crowns" in release.text
    assert len(release.text.split("\n\n")) == 4
    assert "Share" not in release.text
    assert "All rights" not in release.text
    assert release.language == "en"


def test_html_on_which_the_extractor_finds_nothing_still_has_its_words() -> None:
    release = clean(
        raw("<body><nav>Menu</nav><b>Peace</b> in Sudaria<script>x()</script></body>", "text/html")
    )
    assert release.text == "Peace in Sudaria"


def test_html_nested_ten_thousand_deep_is_bounded() -> None:
    assert "Peace" in clean(raw("<div>" * 10_000 + "Peace in Sudaria", "text/html")).text


def pdf(*lines: str) -> bytes:
    """A small PDF with one line of text under the other."""
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
    stream = f"BT /F1 12 Tf 72 720 Td {shown} ET".encode("latin-1")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % o for o in offsets)
    return bytes(out + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start)


def test_pdf_gives_its_text_whatever_its_type_says() -> None:
    body = pdf(
        "JOINT STATEMENT ON THE RIVER", "Port Selene, 28 March 2025", "The ministers of both states met."
    )
    for kind in ("application/pdf", "application/octet-stream", "text/html"):
        release = clean(raw(body, kind))
        assert "The ministers of both states met." in release.text
        assert release.published_on == "2025-03-28"


def test_broken_and_empty_pdfs_are_bad_records() -> None:
    with pytest.raises(Undecodable):
        clean(raw(b"%PDF-1.4 and nothing more", "application/pdf"))
    with pytest.raises(NoText):
        clean(raw(pdf(), "application/pdf"))


def test_a_feed_entry_gives_title_date_and_content() -> None:
    rss = (
        "<rss><channel><item><title>Talks in Port Selene</title><pubDate>Fri, 28 Mar 2025 10:00:00 GMT</pubDate>"
        "<description>&lt;p&gt;The talks went well.&lt;/p&gt;</description></item></channel></rss>"
    )
    atom = (
        '<entry xmlns="http://www.w3.org/2005/Atom"><title>Talks in Port Selene</title>'
        "<published>2025-03-28T10:00:00Z</published><content>The talks went well.</content></entry>"
    )
    for body, kind in ((rss, "application/rss+xml"), (atom, "application/atom+xml")):
        release = clean(raw(body, kind))
        assert release.text == "Talks in Port Selene\n\nThe talks went well."
        assert (release.published_at, release.published_basis) == ("2025-03-28T10:00:00.000000Z", "metadata")


def test_entities_of_a_feed_entry_are_not_resolved() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><item><title>Peace &a; now</title></item>'
    assert clean(raw(bomb, "application/rss+xml")).text.startswith("Peace now")


def test_json_without_text_is_no_release() -> None:
    with pytest.raises(NoText, match="text"):
        clean(raw('{"nothing": 1}', "application/json"))
