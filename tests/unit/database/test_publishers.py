"""Who publishes at an address."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from services.database import tables as t
from services.database.publishers import Publisher, Publishers, land_of, site_of


@pytest.fixture
def publishers() -> Iterator[Publishers]:
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        for table in (t.sources, t.countries):
            table.create(connection)
        columns = ("code", "iso2", "name", "kind")
        codes = (("KAZ", "KZ"), ("GBR", "GB"), ("USA", "US"), ("FRA", "FR"), ("DEU", "DE"))
        rows = [dict(zip(columns, (code, iso2, code, "state"), strict=True)) for code, iso2 in codes]
        connection.execute(sa.insert(t.countries), rows)
        sources = [
            ("fra-mfa", "Ministry for Europe, France", "FRA", "https://www.diplomatie.example/en/news"),
            ("fra-emb", "Embassy of France", "FRA", "https://www.diplomatie.example/embassy"),
            ("kaz-mfa", "Ministry of Foreign Affairs", "KAZ", "https://www.portal.example/entities/mfa"),
            ("deu-mfa", "Federal Foreign Office", "DEU", "https://en.amt.example/"),
        ]
        for ident, name, country, url in sources:
            values = {"source_id": ident, "name": name, "publisher_country": country, "url": url}
            connection.execute(sa.insert(t.sources).values(kind="ministry", enabled=True, **values))
        yield Publishers(connection)
    engine.dispose()


def test_a_source_that_is_known_is_its_own_publisher_wherever_the_release_stands(
    publishers: Publishers,
) -> None:
    assert publishers.of("deu-mfa", "https://www.gov.kz/x") == Publisher("Federal Foreign Office", "DEU")


def test_the_site_of_a_source_tells_who_publishes_what_another_source_brings(publishers: Publishers) -> None:
    assert publishers.of("files", "https://www.amt.example/a") == Publisher("Federal Foreign Office", "DEU")


def test_a_page_of_another_body_at_the_site_of_a_source_has_its_country_and_not_its_name(
    publishers: Publishers,
) -> None:
    assert publishers.of("files", "https://www.portal.example/entities/trade/1") == Publisher(None, "KAZ")
    assert (
        publishers.of("files", "https://portal.example/entities/mfa/news/1").name
        == "Ministry of Foreign Affairs"
    )


@pytest.mark.parametrize("host", ["fm.gov.example", "www.fm.gov.example"])
def test_two_letters_before_a_domain_are_no_language_but_those_of_one(host: str) -> None:
    assert site_of(f"https://{host}/a") == "fm.gov.example"
    assert site_of(f"https://en.{host.removeprefix('www.')}/a") == "fm.gov.example"


def test_two_sources_at_one_site_tell_only_what_they_have_in_common(publishers: Publishers) -> None:
    assert publishers.of("files", "https://diplomatie.example/a") == Publisher(None, "FRA")


def test_a_government_domain_tells_the_state(publishers: Publishers) -> None:
    assert publishers.of("files", "https://primeminister.gov.kz/en/1") == Publisher(None, "KAZ")


def test_other_addresses_and_none_tell_nothing(publishers: Publishers) -> None:
    assert publishers.of("files", "https://news.example.com/1") == Publisher()
    assert publishers.of("files", None) == Publisher()


@pytest.mark.parametrize(
    ("url", "land"),
    [
        ("https://www.gov.uk/government/news/a", "GB"),
        ("https://bidenwhitehouse.archives.gov/a", "US"),
        ("https://www.mfa.gov.lv/en", "LV"),
        ("https://mygov.example/", None),
        ("https://gov.kz.example.org/", None),
        ("https://mygov.kz/", None),
    ],
)
def test_domains_of_governments_belong_to_states(url: str, land: str | None) -> None:
    assert land_of(url) == land
