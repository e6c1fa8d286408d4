"""The catalogue is well-formed, complete by country, and enables nobody."""

import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from services.fetcher import catalogue
from services.fetcher.addresses import check_url
from streams.clean.identity import canonical_url

ENTRIES = catalogue.entries()
_MEMBERS = """
AFG ALB DZA AND AGO ATG ARG ARM AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BTN BOL BIH BWA BRA BRN BGR BFA BDI CPV
KHM CMR CAN CAF TCD CHL CHN COL COM COG CRI CIV HRV CUB CYP CZE PRK COD DNK DJI DMA DOM ECU EGY SLV GNQ ERI EST SWZ
ETH FJI FIN FRA GAB GMB GEO DEU GHA GRC GRD GTM GIN GNB GUY HTI HND HUN ISL IND IDN IRN IRQ IRL ISR ITA JAM JPN JOR
KAZ KEN KIR KWT KGZ LAO LVA LBN LSO LBR LBY LIE LTU LUX MDG MWI MYS MDV MLI MLT MHL MRT MUS MEX FSM MDA MCO MNG MNE
MAR MOZ MMR NAM NRU NPL NLD NZL NIC NER NGA MKD NOR OMN PAK PLW PAN PNG PRY PER PHL POL PRT QAT KOR ROU RUS RWA KNA
LCA VCT WSM SMR STP SAU SEN SRB SYC SLE SGP SVK SVN SLB SOM ZAF SSD ESP LKA SDN SUR SWE CHE SYR TJK TZA THA TLS TGO
TON TTO TUN TUR TKM TUV UGA UKR ARE GBR USA URY UZB VUT VEN VNM YEM ZMB ZWE
"""
MEMBERS_OF_THE_UN = _MEMBERS.split()
OTHERS = ["VAT", "PSE", "XKX", "TWN"]


def test_every_member_of_the_un_and_four_others_have_a_foreign_ministry() -> None:
    assert len(MEMBERS_OF_THE_UN) == 193
    ministries = Counter(e.country for e in ENTRIES if e.kind == "ministry")
    assert sorted({*MEMBERS_OF_THE_UN, *OTHERS}) == sorted(ministries)
    assert max(ministries.values()) == 1


def test_there_are_presidencies_and_at_least_forty_international_bodies() -> None:
    kinds = Counter(e.kind for e in ENTRIES)
    assert kinds["organization"] >= 120
    services = [e.country for e in ENTRIES if e.kind in {"presidency", "government"}]
    assert (len(services) >= 160, len({*services}) >= 125) == (True, True)
    bodies = {e.country for e in ENTRIES if e.kind == "organization"}
    assert {
        "EU",
        "UN",
        "NATO",
        "OSCE",
        "CoE",
        "AU",
        "ASEAN",
        "SCO",
        "CSTO",
        "OIC",
        "GCC",
        "LAS",
        "OAS",
    } <= bodies
    assert {"ECOWAS", "BRICS", "G7", "G20"} <= bodies


def test_every_entry_is_well_formed_and_unverified() -> None:
    for entry in ENTRIES:
        assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", entry.source_id), entry
        assert entry.name
        assert entry.kind in catalogue.KINDS
        assert entry.seen in {"list of press pages, 2022", "general knowledge"}
        assert entry.verified_on == "", "the file says what was seen, and nothing has been"
        assert entry.languages
        assert all(re.fullmatch(r"[a-z]{2,3}", code) for code in entry.languages), entry
        for url in (entry.url, *entry.feeds):
            check_url(url, private=False)
            assert url == canonical_url(url), entry
            assert "." in (urlsplit(url).hostname or "")


def test_ids_and_addresses_are_unique() -> None:
    for values in ([e.source_id for e in ENTRIES], [e.url for e in ENTRIES]):
        assert [v for v, n in Counter(values).items() if n > 1] == []


def test_every_publisher_stands_among_the_countries_of_the_database() -> None:
    data = Path(__file__).parents[3] / "migrations" / "data" / "countries.tsv"
    codes = {line.split("\t")[0] for line in data.read_text(encoding="utf-8").splitlines()}
    assert {e.country for e in ENTRIES} <= codes


def test_what_enabling_makes_is_a_complete_source() -> None:
    source = next(e for e in ENTRIES if e.source_id == "kaz-mfa").source()
    assert (source.publisher_country, source.kind, source.language) == ("KAZ", "ministry", "en")


def test_a_known_feed_is_polled_in_place_of_the_page() -> None:
    for entry in ENTRIES:
        assert entry.source().url == (entry.feeds[0] if entry.feeds else entry.url)
    assert sum(1 for e in ENTRIES if e.feeds) >= 15


def test_the_language_of_a_source_is_that_of_the_address_which_is_polled() -> None:
    languages = {e.source_id: e.source().language for e in ENTRIES}
    assert languages["chn-mfa"] == languages["rus-president"] == languages["eu-eeas"] == "en"
    assert languages["isl-mfa"] == languages["jpn-mfa"] == "en"  # English without a word of it in the address
    assert (languages["fra-president"], languages["mli-mfa"], languages["cis"]) == ("en", "fr", "ru")
