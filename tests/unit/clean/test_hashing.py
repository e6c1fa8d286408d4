"""A revision is told by what is said, not by how it is marked up."""

from streams.clean.hashing import bytes_hash, content_hash

TITLE = "Minister Adeyemi receives the Ambassador of Norlandia"
TEXT = "The parties discussed trade - in particular “green” energy.\n\nThey agreed to meet again (in May)."


def test_space_quotes_dashes_and_invisible_characters_do_not_count() -> None:
    other = (
        "The\u00a0parties discussed  trade — in particular «green» ener\u00adgy .\n"
        "They agreed to meet again ( in May ).\u200b"
    )
    assert content_hash(TITLE, TEXT) == content_hash(f" {TITLE} ", other)


def test_composed_and_decomposed_accents_are_one() -> None:
    assert content_hash(None, "Aleška") == content_hash(None, "Ales\u030cka")


def test_a_title_that_opens_the_text_counts_once() -> None:
    assert content_hash(TITLE, TEXT) == content_hash(TITLE, f"{TITLE}\n\n{TEXT}")


def test_words_case_digits_and_accents_count() -> None:
    for other in (TEXT.replace("May", "June"), TEXT.upper(), TEXT.replace("trade", "tradé"), TEXT + " 1"):
        assert content_hash(TITLE, TEXT) != content_hash(TITLE, other)


def test_the_title_counts() -> None:
    assert content_hash(TITLE, TEXT) != content_hash("Another", TEXT)


def test_lone_surrogates_have_a_hash() -> None:
    assert content_hash(None, "\ud800").startswith("h3:")


def test_output_is_the_same_for_ever_under_one_prefix() -> None:
    assert content_hash(TITLE, TEXT) == "h3:aa149d6c4d1227ec1ea1065ec1d5516ed7923870"
    assert bytes_hash(b"\x00\x01") == "b1:b413f47d13ee2fe6c845b2ee141af81de858df4e"
