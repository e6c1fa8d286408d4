"""Feeds, sitemaps and listing pages, well-formed, odd and hostile."""

import gzip
import json

import pytest

from services.fetcher import index, xml
from services.fetcher.client import Answer
from services.fetcher.entries import IndexKind
from services.fetcher.failures import FetchFailure, Reason
from services.fetcher.feeds import MOST_ENTRIES

HERE = "https://ministry.example/news/"


def read(body: str | bytes, kind: str = "text/html", url: str = HERE) -> index.Index:
    data = body.encode() if isinstance(body, str) else body
    return index.read(Answer(url, 200, data, {"content-type": kind}), 50_000_000)


def failure(body: str | bytes, kind: str = "text/html") -> Reason:
    with pytest.raises(FetchFailure) as caught:
        read(body, kind)
    return caught.value.reason


RSS2 = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:media="http://search.yahoo.com/mrss/"><channel><title>News</title><language>en</language>
 <item><media:title>Picture</media:title><title>Talks &amp; trade</title><link>/news/1?utm_source=rss</link>
 <guid isPermaLink="false">abc</guid><pubDate>Fri, 28 Mar 2025 10:00:00 GMT</pubDate>
 <description>Short</description><content:encoded><![CDATA[<p>Long</p>]]></content:encoded></item>
 <item><title>No link</title><guid isPermaLink="false">g-2</guid><description>All of it</description></item>
 <item><title>Permalink</title><guid>https://ministry.example/news/3</guid></item>
 <item><title>Nothing</title></item></channel></rss>"""


def test_rss_2_is_read_with_links_made_absolute() -> None:
    found = read(RSS2, "application/rss+xml")
    assert found.kind is IndexKind.FEED
    first, second, third = found.entries
    assert (first.url, first.guid, first.title) == (
        "https://ministry.example/news/1?utm_source=rss",
        "abc",
        "Talks & trade",
    )
    assert (first.content, first.language, first.published) == (
        "<p>Long</p>",
        "en",
        "Fri, 28 Mar 2025 10:00:00 GMT",
    )
    assert (second.url, second.guid, second.content) == (None, "g-2", "All of it")
    assert third.url == "https://ministry.example/news/3"


OTHER_FEEDS = [
    '<rss version="0.91"><channel><item><title>T</title><link>https://ministry.example/1</link></item></channel></rss>',
    (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel/>'
        '<item rdf:about="https://ministry.example/1"><title>T</title><link>https://ministry.example/1</link></item></rdf:RDF>'
    ),
    (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id><title>T</title>'
        '<link rel="self" href="https://ministry.example/self"/><link href="https://ministry.example/1"/></entry></feed>'
    ),
    (
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>T</title><issued>2004-01-01</issued>'
        '<link rel="alternate" href="https://ministry.example/1"/></entry></feed>'
    ),
    json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "items": [{"id": "1", "url": "https://ministry.example/1", "title": "T"}],
        }
    ),
]


@pytest.mark.parametrize("body", OTHER_FEEDS)
def test_every_kind_of_feed_is_read_whatever_its_content_type(body: str) -> None:
    for kind in ("text/html", "application/xml", "text/plain"):
        found = read(body, kind)
        assert [(e.url, e.title) for e in found.entries] == [("https://ministry.example/1", "T")]


def test_a_broken_feed_is_read_as_far_as_it_goes() -> None:
    assert (
        len(
            read(
                RSS2.replace("</title><link>", "<link>").replace("Short", "A & B <br> &nbsp; &foo; C")
            ).entries
        )
        >= 2
    )
    assert len(read(RSS2[:900]).entries) >= 1


def test_entity_bombs_and_external_entities_do_nothing() -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE rss [<!ENTITY l0 "lol">{lol}]><rss><channel><item><title>&l11;</title><link>{HERE}1</link></item></channel></rss>'
    external = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>a&x;b</title><link>{HERE}1</link></item></channel></rss>'
    for body in (bomb, external):
        (entry,) = read(body).entries
        assert len(entry.title or "") < 20
        assert "root" not in (entry.title or "")


def test_a_feed_of_a_hundred_thousand_entries_is_cut() -> None:
    items = "".join(f"<item><link>{HERE}{n}</link></item>" for n in range(100_000))
    found = read(f"<rss><channel>{items}</channel></rss>")
    assert len(found.entries) == MOST_ENTRIES
    assert found.truncated


def test_deep_xml_is_refused_or_cut() -> None:
    assert read("<rss>" + "<a>" * 200_000, "application/xml").entries == ()


def test_charsets_of_feeds_are_kept() -> None:
    feed = '<?xml version="1.0" encoding="windows-1251"?><rss><channel><item><title>Визит</title><link>/1</link></item></channel></rss>'
    assert read(feed.encode("cp1251")).entries[0].title == "Визит"
    bare = feed.partition("?>")[2].encode("cp1251")
    assert read(bare, "text/xml; charset=windows-1251").entries[0].title == "Визит"


SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://ministry.example/a</loc><lastmod>2025-01-01</lastmod></url>
<url><loc>https://ministry.example/b</loc><lastmod>2025-03-01</lastmod>
<news:news><news:title>Talks</news:title><news:publication_date>2025-03-01T10:00:00Z</news:publication_date></news:news></url>
<url><loc>ftp://ministry.example/c</loc></url></urlset>"""


def test_sitemaps_are_read_newest_first_packed_or_not() -> None:
    for body in (SITEMAP.encode(), gzip.compress(SITEMAP.encode())):
        found = read(body, "application/xml")
        assert found.kind is IndexKind.SITEMAP
        assert [e.url for e in found.entries] == ["https://ministry.example/b", "https://ministry.example/a"]
        assert found.entries[0].title == "Talks"


def test_a_packed_bomb_is_refused() -> None:
    bomb = gzip.compress(b"<urlset>" + b" " * 60_000_000)
    assert failure(bomb) is Reason.TOO_LARGE


def test_a_sitemap_index_names_its_maps() -> None:
    found = read(
        f"<sitemapindex><sitemap><loc>{HERE}1.xml</loc></sitemap><sitemap><loc>{HERE}2.xml.gz</loc><lastmod>2025</lastmod></sitemap></sitemapindex>"
    )
    assert (found.kind, found.more) == (IndexKind.SITEMAP_INDEX, (f"{HERE}2.xml.gz", f"{HERE}1.xml"))


def listing(rows: str, extra: str = "") -> str:
    menu = "".join(
        f'<li><a href="/{w}">{w.title()} of the ministry and more</a></li>'
        for w in ("about", "visas", "trade", "jobs")
    )
    return (
        f"<!doctype html><html><head><title>News</title>{extra}</head><body><nav><ul>{menu}</ul></nav><main>{rows}</main>"
        f'<div class="footer-links"><ul>{menu.replace("/", "/f/")}</ul></div></body></html>'
    )


ROWS = "".join(
    f'<div class="card"><span>{n + 1} March 2025</span><h3><a href="/en/news/{n}-minister-meets-ambassador">'
    f'Minister meets ambassador number {n} in the capital</a></h3><a href="/en/news/{n}-minister-meets-ambassador">Read more</a></div>'
    for n in range(8)
)


def test_release_links_of_a_listing_are_told_by_their_structure() -> None:
    found = read(listing(ROWS))
    assert found.kind is IndexKind.LISTING
    assert len(found.entries) == 8
    assert found.entries[0].url == "https://ministry.example/en/news/0-minister-meets-ambassador"
    assert found.entries[0].title == "Minister meets ambassador number 0 in the capital"
    assert found.entries[0].published == "2025-03-01"


def test_links_by_number_in_a_table_are_recognised_too() -> None:
    rows = "".join(
        f"<tr><td>0{n}.04.2025</td><td><a href='show.php?id={n + 400}'>Заявление министерства по поводу встречи {n}</a></td></tr>"
        for n in range(1, 6)
    )
    found = read(listing(f"<table>{rows}</table>"))
    assert next(e.url for e in found.entries) == "https://ministry.example/news/show.php?id=401"
    assert found.entries[0].published == "2025-04-01"


def test_dated_links_are_the_list_however_many_long_links_a_menu_has() -> None:
    menu = "".join(
        f"<div><a href='/policy/country-{n}'>Bilateral relations of Norlandia with country number {n}</a></div>"
        for n in range(40)
    )
    found = read(f"<html><body><div class='mega'>{menu}</div>{ROWS}</body></html>")
    assert {e.published is not None for e in found.entries} == {True}
    assert len(found.entries) == 8


def test_addresses_that_put_a_path_into_the_query_are_a_list_too() -> None:
    rows = "".join(
        f"<li><a href='press.htm?dtl/{39000 + n}/Visit+{n}'>Visit of the minister to country number {n}</a></li>"
        for n in range(5)
    )
    found = read(f"<html><body><ul>{rows}</ul></body></html>")
    assert [e.url for e in found.entries][:1] == ["https://ministry.example/news/press.htm?dtl/39000/Visit+0"]
    assert len(found.entries) == 5


def test_what_kind_of_file_a_link_leads_to_is_no_part_of_a_title() -> None:
    rows = "".join(
        f"<li><a href='/files/{n}.pdf'>Joint statement of the ministers number {n} {note}</a></li>"
        for n, note in enumerate(("(PDF)", "[PDF, 300 KB]", "(pdf)"))
    )
    found = read(f"<html><body><ul>{rows}</ul></body></html>")
    assert [e.title for e in found.entries] == [
        f"Joint statement of the ministers number {n}" for n in range(3)
    ]


def test_parts_of_one_page_that_a_feed_lists_are_releases_of_their_own() -> None:
    items = "".join(
        f"<item><title>Note {n}</title><link>{HERE}all.html#n{n}</link>{guid}<description>Text {n}</description></item>"
        for n, guid in enumerate(("<guid isPermaLink='false'>g0</guid>", ""))
    )
    page = f"<item><link>{HERE}1#xtor=RSS-1</link><description>Short</description></item>"
    found = read(f"<rss version='2.0'><channel>{items}{page}</channel></rss>").entries
    assert [(e.url, e.guid) for e in found] == [
        (None, "g0"),
        (None, f"{HERE}all.html#n1"),
        (f"{HERE}1#xtor=RSS-1", None),
    ]


def test_the_next_page_of_a_listing_is_found() -> None:
    for link in (
        '<a rel="next" href="?page=2">2</a>',
        '<a href="/news/?page=2">Next »</a>',
        '<a href="/news/?page=2">2</a>',
    ):
        assert read(listing(ROWS + f'<div class="pager">{link}</div>')).more == (
            "https://ministry.example/news/?page=2",
        )
    assert read(listing(ROWS)).more == ()


def test_feeds_of_a_page_are_discovered_those_of_comments_not() -> None:
    extra = (
        '<link rel="alternate" type="application/rss+xml" href="/feed">'
        '<link rel="alternate" type="application/atom+xml" href="/comments/feed">'
    )
    assert read(listing(ROWS, extra)).feeds == ("https://ministry.example/feed",)
    links = '<a href="/sitemap.xml">Map</a><a href="/services/speeches.xml">Speeches</a><a href="/rss-feeds">RSS</a>'
    assert read(listing(links)).feeds == (
        "https://ministry.example/services/speeches.xml",
        "https://ministry.example/rss-feeds",
    )


def test_pages_without_a_list_list_nothing() -> None:
    assert read("<html><body><p>Welcome</p><a href='/x'>One link</a></body></html>").entries == ()


@pytest.mark.parametrize(
    "body",
    [
        "<html><head><title>Just a moment...</title></head><body></body></html>",
        "<html><head><title>Access denied</title></head></html>",
        '<html><body><form id="challenge-form"></form></body></html>',
        '<html><body><iframe src="/_Incapsula_Resource?x=1"></iframe></body></html>',
    ],
)
def test_block_pages_are_told_from_listings(body: str) -> None:
    assert failure(body) is Reason.BLOCKED


def test_other_documents_are_no_index() -> None:
    assert failure("plain words", "text/plain") is Reason.FORMAT
    assert failure('{"a": 1}', "application/json") is Reason.FORMAT
    assert failure("{broken", "application/json") is Reason.FORMAT
    assert failure(b"") is Reason.EMPTY
    assert failure(b"\x89PNG") is Reason.FORMAT


def test_xml_refuses_what_is_none() -> None:
    with pytest.raises(FetchFailure):
        xml.parse(b"")


def test_of_a_feed_of_very_many_entries_the_newest_are_read_wherever_they_stand() -> None:
    def item(n: int, day: str) -> str:
        return f"<item><link>{HERE}{n}</link><pubDate>{day}</pubDate></item>"

    many = "".join(item(n, f"2024-0{1 + n % 9}-01") for n in range(100_000))
    body = f"<rss><channel>{many}{item(100_001, '2025-03-28')}{item(100_002, '2025-03-27')}</channel></rss>"
    found = read(body, "application/rss+xml")
    assert found.truncated
    assert len(found.entries) == MOST_ENTRIES
    assert [e.url for e in found.entries[:2]] == [f"{HERE}100001", f"{HERE}100002"]
    undated = f"<rss><channel>{many}<item><link>{HERE}x</link></item></channel></rss>"
    assert read(undated, "application/rss+xml").entries[0].url == f"{HERE}0"


def test_links_of_an_atom_feed_are_relative_to_the_base_that_it_states() -> None:
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://www.ministry.example/en/">'
        '<entry xml:base="news/"><link href="1"/><id>a</id></entry><entry><link href="/2"/><id>b</id></entry></feed>'
    )
    assert [e.url for e in read(body).entries] == [
        "https://www.ministry.example/en/news/1",
        "https://www.ministry.example/2",
    ]


def test_of_maps_without_dates_those_of_news_come_first_and_of_each_row_the_ends() -> None:
    names = [*(f"pages-{n}" for n in (1, 2)), *(f"news-{n}" for n in range(1, 6)), "tags"]
    root = "https://ministry.example/"
    maps = "".join(f"<sitemap><loc>{root}{n}.xml</loc></sitemap>" for n in names)
    found = read(f"<sitemapindex>{maps}</sitemapindex>").more
    assert [u.removeprefix(root) for u in found[:2]] == ["news-5.xml", "news-1.xml"]
    assert len(found) == len(names)


def test_a_page_of_a_hundred_thousand_links_is_read_in_part() -> None:
    rows = "".join(
        f'<li><a href="/news/{n}">Minister opens bridge number {n} in the capital</a></li>'
        for n in range(100_000)
    )
    assert len(read(f"<html><body><main><ul>{rows}</ul></main></body></html>").entries) == 300


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (
            "<feed xmlns='http://www.w3.org/2005/Atom'><link rel='next' href='?paged=2'/><entry><link href='/1'/></entry></feed>",
            "application/atom+xml",
        ),
        (
            "<rss xmlns:a='http://www.w3.org/2005/Atom'><channel><a:link rel='next' href='?paged=2'/><item><link>/1</link></item></channel></rss>",
            "application/rss+xml",
        ),
        (
            '{"version": "https://jsonfeed.org/version/1.1", "next_url": "?paged=2", "items": [{"url": "/1"}]}',
            "application/feed+json",
        ),
    ],
)
def test_the_next_page_of_a_feed_is_found(body: str, kind: str) -> None:
    assert read(body, kind).more == ("https://ministry.example/news/?paged=2",)


@pytest.mark.parametrize(
    "row",
    [
        "<li><a href='/press/{n}'>Talks, part {n}</a></li>",
        "<li><a href='/en/press-releases/{n}.html'>Talks, part {n}</a></li>",
        "<li><a href='/x/{n}'>Talks, part {n}</a> 0{n}.03.2025</li>",
    ],
)
def test_short_headlines_are_a_list_where_dates_or_addresses_say_so(row: str) -> None:
    menu = "".join(
        f"<li><a href='/{w}'>{w}</a></li>" for w in ("visas", "jobs", "about us", "minister", "search")
    )
    rows = "".join(row.format(n=n) for n in range(1, 4))
    found = read(f"<html><body><ul>{menu}</ul><ul>{rows}</ul></body></html>").entries
    assert [e.title for e in found] == [f"Talks, part {n}" for n in range(1, 4)]


def test_a_menu_of_the_press_pages_of_a_site_is_no_list_of_releases() -> None:
    menu = "".join(
        f"<li><a href='/press/{w}'>Press {w}</a></li>" for w in ("photos", "videos", "contacts", "releases")
    )
    assert read(f"<html><body><ul>{menu}</ul></body></html>").entries == ()
