"""One release, one address, one id."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.clean.identity import canonical_url, release_id

SAME = [
    ("HTTPS://WWW.Ministry.Example:443/news/1#top", "https://www.ministry.example/news/1"),
    ("https://ministry.example", "https://ministry.example/"),
    ("https://ministry.example/a/../news/./1", "https://ministry.example/news/1"),
    ("https://ministry.example/n?utm_source=x&id=7&fbclid=abc", "https://ministry.example/n?id=7"),
    ("https://ministry.example/n?b=2&a=1", "https://ministry.example/n?a=1&b=2"),
    ("https://ministry.example/%7euser/%e2%82%ac", "https://ministry.example/~user/%E2%82%AC"),
    (
        "https://ministry.example/новости",
        "https://ministry.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8",
    ),
    ("https://ministry.example/n;jsessionid=AB12?id=1", "https://ministry.example/n?id=1"),
    ("https://user:pw@ministry.example/n", "https://ministry.example/n"),
    (" https://ministry.example/\r\nnews ", "https://ministry.example/news"),
    ("https://bücher.example/n", "https://xn--bcher-kva.example/n"),
    ("http://[2001:DB8::1]:80/n", "http://[2001:db8::1]/n"),
]


@pytest.mark.parametrize(("written", "canonical"), SAME)
def test_every_way_to_write_an_address_has_one_canonical_form(written: str, canonical: str) -> None:
    assert canonical == canonical_url(written)
    assert canonical == canonical_url(canonical)


@pytest.mark.parametrize(
    "url",
    ["", "mailto:press@ministry.example", "ftp://ministry.example/n", "//x", "https://", "http://a:99999/"],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the contract is any ValueError
        canonical_url(url)


def test_parameters_that_choose_a_page_stay() -> None:
    first, second = "https://ministry.example/show?sid=1", "https://ministry.example/show?sid=2"
    assert canonical_url(first) != canonical_url(second)


def test_order_of_equal_parameters_is_kept() -> None:
    assert canonical_url("https://m.example/n?x=2&x=1") == "https://m.example/n?x=2&x=1"


def test_an_id_depends_on_source_and_address_only() -> None:
    one = release_id("kaz-mfa", "https://ministry.example/news/1?utm_medium=feed")
    assert one == release_id("kaz-mfa", "http://ministry.example/news/1")
    assert one != release_id("kaz-gov", "https://ministry.example/news/1")
    assert one != release_id("kaz-mfa", "https://ministry.example/news/2")


def test_ids_never_change_between_versions() -> None:
    assert release_id("seeds", "000_f00cb5750c73b964.txt") == "345109b00dbb9ddde6d6ee82d4a47113"
    assert release_id("kaz-mfa", "https://ministry.example/news/1") == "33c61f0e3d8f395b16889dbe6f08fc24"


@given(st.text())
def test_any_reference_has_an_id(reference: str) -> None:
    assert len(release_id("s", reference)) == 32
