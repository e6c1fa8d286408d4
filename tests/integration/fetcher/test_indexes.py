"""What an index lists, moves, hides or lies about, and what the fetcher makes of it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from aiohttp import web

from streams.clean import clean
from streams.records import RawRelease
from tests.integration.fetcher.lab import Lab, Play, entry, feed, publish, story
from tests.unit.clean.test_readers import pdf


def test_unchanged_indexes_cost_one_conditional_request(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        publish(here, 1)

        def index(request: web.Request) -> web.Response:
            if request.headers.get("If-None-Match") == '"f1"':
                return web.Response(status=304)
            response = feed(entry(f"{here.site.url}/news/1", "g1"))
            response.headers["ETag"] = '"f1"'
            return response

        here.site.pages["/feed"] = index
        await here.poll()
        report = await here.poll(seconds=70)
        assert (report.kind, report.new) == ("unchanged", 0)
        assert (await here.state()).last_success_at == (await here.state()).last_polled_at

    play(scene)


def test_validators_that_lie_are_noticed_and_no_longer_believed(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        publish(here, 1)
        listed = [1]

        def index(request: web.Request) -> web.Response:
            if "If-None-Match" in request.headers:
                return web.Response(status=304)  # whatever has changed
            response = feed(*(entry(f"{here.site.url}/news/{n}", f"g{n}") for n in listed))
            response.headers["ETag"] = '"always"'
            return response

        here.site.pages["/feed"] = index
        await here.poll()
        here.site.pages["/news/2"] = story(2)
        listed.insert(0, 2)
        assert (await here.poll()).new == 0
        assert (await here.poll(hours=7)).new == 1
        here.site.pages["/news/3"] = story(3)
        listed.insert(0, 3)
        assert (await here.poll()).new == 1

    play(scene)


def test_a_failed_release_is_asked_for_again_even_if_it_is_listed_no_more(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        publish(here, 2, 1)
        here.site.pages["/news/2"] = 503
        report = await here.poll()
        assert report.new == 1
        here.clock.forward(minutes=5)
        publish(here, 1)
        here.site.pages["/news/2"] = story(2)
        await here.poll(minutes=5)
        assert {r.url for r in here.log.releases} == {f"{here.site.url}/news/{n}" for n in (1, 2)}

    play(scene)


def test_the_first_poll_takes_the_newest_and_later_ones_what_is_new(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        publish(here, *range(20, 0, -1))
        assert (await here.poll()).new == 5
        assert {r.source_ref for r in here.log.releases} == {f"g{n}" for n in range(16, 21)}
        publish(here, *range(22, 0, -1))
        assert (await here.poll()).new == 2
        assert (await here.poll(days=2)).new == 0

    play(scene, first_poll_releases=5)


def test_a_release_that_is_too_large_is_refused_once_with_a_reason(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        publish(here, 1)
        here.site.pages["/news/1"] = story(1, "x" * 300_000)
        assert (await here.poll()).refused == 1
        await here.poll()
        ((record, reason),) = here.log.refused
        assert "200000" in reason
        assert record.body == b""
        assert here.log.records == []

    play(scene)


WALL = "<html><head><title>Welcome</title></head><body><p>Please accept our rules before you go on reading here.</p></body></html>"


def test_a_wall_in_place_of_releases_is_no_revision_and_is_reported(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        publish(here, 6, 5, 4, 3, 2, 1)
        await here.poll()
        for n in range(1, 7):
            here.site.pages[f"/news/{n}"] = "<html><title>Access denied</title></html>"
        report = await here.poll(minutes=30)
        assert report.edited == 0
        assert "blocked" in ((await here.state()).last_error or "")
        for n in range(1, 7):
            here.site.pages[f"/news/{n}"] = WALL
        report = await here.poll(hours=1)
        assert report.edited <= 3  # three releases with one text are enough to know
        assert any("blocked" in f for f in report.failed)

    play(scene)


def test_a_release_that_leads_to_the_front_page_is_no_edit(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        publish(here, 1)
        await here.poll()
        here.site.pages["/"] = WALL
        here.site.pages["/news/1"] = lambda _: web.Response(status=302, headers={"Location": "/"})
        report = await here.poll(minutes=30)
        assert report.edited == 0
        assert "front page" in report.failed[0]

    play(scene)


@pytest.mark.parametrize(
    "body", ["<html><body>We have a new site</body></html>", "<rss><channel/></rss>", ""]
)
def test_a_source_that_answers_but_lists_nothing_is_failing_not_quiet(play: Play, body: str) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        publish(here, 1)
        await here.poll()
        here.site.pages["/feed"] = body
        report = await here.poll()
        state = await here.state()
        assert (report.error or "").startswith("empty")
        assert state.consecutive_failures == 1
        assert state.last_success_at != state.last_polled_at

    play(scene)


def test_pages_sitemaps_json_and_pdf_are_sources_like_feeds(play: Play) -> None:
    async def scene(here: Lab) -> None:
        url = here.site.url
        for n in range(1, 5):
            here.site.pages[f"/news/{n}-minister-opens-bridge"] = story(n)
        rows = "".join(
            f"<li><a href='/news/{n}-minister-opens-bridge'>Minister opens bridge number {n} today</a></li>"
            for n in range(1, 5)
        )
        here.site.pages["/list"] = f"<html><body><main><ul>{rows}</ul></main></body></html>"
        maps = "".join(f"<url><loc>{url}/news/{n}-minister-opens-bridge</loc></url>" for n in range(1, 5))
        here.site.pages["/map.xml"] = f"<urlset>{maps}</urlset>"
        here.site.pages["/index.xml"] = (
            f"<sitemapindex><sitemap><loc>{url}/map.xml</loc></sitemap><sitemap><loc>{url}/index.xml</loc></sitemap></sitemapindex>"
        )
        items = ",".join(f'{{"id":"{n}","url":"{url}/news/{n}-minister-opens-bridge"}}' for n in range(1, 5))
        here.site.pages["/feed.json"] = f'{{"version":"https://jsonfeed.org/version/1.1","items":[{items}]}}'
        here.site.pages["/bare"] = (
            "<html><head><link rel='alternate' type='application/feed+json' href='/feed.json'></head></html>"
        )
        for path in ("/list", "/map.xml", "/index.xml", "/feed.json", "/bare"):
            report = await here.poll(here.add(path, path.strip("/").replace(".", "-")))
            assert (report.new, report.error) == (4, None), path

    play(scene)


def test_a_source_that_moved_for_good_is_asked_at_its_new_address(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        publish(here, 1)
        here.site.pages["/new-feed"] = here.site.pages["/feed"]
        here.site.pages["/feed"] = lambda _: web.Response(status=301, headers={"Location": "/new-feed"})
        for _ in range(3):
            assert (await here.poll()).error is None
        assert here.site.counts["/feed"] == 1
        here.site.pages["/new-feed"] = 404
        assert (await here.poll()).error
        publish(here, 2, 1)
        assert (await here.poll()).new == 1

    play(scene)


def test_odd_references_and_titles_do_not_break_a_poll(play: Play) -> None:
    async def scene(here: Lab) -> None:
        items = [
            {
                "id": "a\u0000b\ud800",
                "title": "T\u0000",
                "content_text": "The council met in Port Selene on Monday.",
            },
            {"id": "x" * 5000, "content_text": "Too long a name."},
            {"id": "3", "url": here.site.url + "/" + "y" * 5000},
            {"id": "4", "url": "http://[broken"},
            {"id": "5", "url": here.site.url + "/news/1\r\nX-Evil: 1", "title": "z" * 5000},
            {"url": 7, "id": None},
        ]
        here.site.pages["/news/1X-Evil:%201"] = 404
        here.site.pages["/feed.json"] = json.dumps(
            {"version": "https://jsonfeed.org/version/1", "items": items}
        )
        here.add("/feed.json")
        report = await here.poll()
        assert report.new == 1
        assert not (report.error or "").startswith("internal")
        assert all("x-evil" not in headers for headers in here.site.headers)

    play(scene)


def test_an_entry_without_a_date_or_title_of_its_own_takes_those_of_the_index(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.site.pages["/a.txt"] = lambda _: web.Response(
            text="the ministers met in port selene. they spoke of trade and of the river.",
            content_type="text/plain",
        )
        link = here.site.url + "/a.txt"
        here.site.pages["/feed"] = lambda _: feed(
            entry(link, "g1", title="Ministers meet", pubDate="Fri, 28 Mar 2025 10:00:00 +0500")
        )
        here.add("/feed")
        await here.poll()
        release = clean(here.log.releases[0])
        assert release.text.startswith("Ministers meet\n\nthe ministers met")
        assert (release.published_on, release.published_at) == ("2025-03-28", "2025-03-28T05:00:00.000000Z")
        here.site.pages["/feed"] = lambda _: feed(entry(link, "g1", title="Other words"))
        for _ in range(3):
            assert (await here.poll(hours=2)).edited == 0

    play(scene)


def test_new_rules_of_hashing_publish_nothing_where_the_content_is_the_same(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        publish(here, 2, 1)
        await here.poll()
        by_id = {r.release_id: r for r in here.log.releases}

        async def stored(release_id: str, content_hash: str) -> RawRelease | None:
            assert content_hash.startswith("h0:")
            return by_id[release_id]

        here.fetcher._poller._items._stored = stored
        await here.memory.save_items([replace(i, content_hash="h0:old", etag=None) for i in here.items()])
        here.site.pages["/news/2"] = story(2, "This one was edited as well.")
        report = await here.poll(hours=1)
        assert report.edited == 1
        assert len(here.log.releases) == 3
        assert all((i.content_hash or "").startswith("h3:") for i in here.items())

    play(scene)


def test_a_release_in_pdf_is_published_as_it_is(play: Play) -> None:
    async def scene(here: Lab) -> None:
        body = pdf(
            "JOINT STATEMENT ON THE RIVER SEL",
            "Port Selene, 28 March 2025",
            "The ministers of both states met.",
        )
        here.site.pages["/statement.pdf"] = lambda _: web.Response(body=body, content_type="application/pdf")
        here.site.pages["/feed"] = lambda _: feed(
            entry(here.site.url + "/statement.pdf", "g1", title="Joint statement")
        )
        here.add("/feed")
        assert (await here.poll()).new == 1
        (record,) = here.log.releases
        assert (record.media_type, record.body) == ("application/pdf", body)
        assert "The ministers of both states met." in clean(record).text
        assert clean(record).published_on == "2025-03-28"

    play(scene)


def test_more_new_releases_than_a_page_lists_are_taken_from_the_pages_behind_it(play: Play) -> None:
    def rows(numbers: range, behind: str) -> str:
        items = "".join(
            f"<li><a href='/news/{n}-bridge'>Minister opens bridge number {n} in the north</a></li>"
            for n in numbers
        )
        return (
            f"<html><body><main><ul>{items}</ul><a rel='next' href='{behind}'>Next</a></main></body></html>"
        )

    async def scene(here: Lab) -> None:
        for n in range(40):
            here.site.pages[f"/news/{n}-bridge"] = story(n)
        here.site.pages |= {
            "/press": rows(range(4, -1, -1), "/press?page=2"),
            "/press?page=2": rows(range(3), "/x"),
        }
        source = here.add("/press")
        await here.poll()
        assert len(here.log.releases) == 5
        assert (
            here.site.counts["/press"] == 1
        )  # the first time, and while something is known, one page is enough
        # A day away: three pages of news, the last of which holds what is known.
        here.site.pages |= {
            "/press": rows(range(16, 11, -1), "/press?page=2"),
            "/press?page=2": rows(range(11, 6, -1), "/press?page=3"),
            "/press?page=3": rows(range(6, 1, -1), "/press?page=4"),
            "/press?page=4": 500,
        }
        report = await here.poll(source, hours=24)
        assert (report.error, report.new, len(here.log.releases)) == (None, 12, 17)
        # A page that cannot be had now is asked for again, and one that is not there is the end.
        here.site.pages |= {"/press": rows(range(24, 19, -1), "/press?page=2"), "/press?page=2": 503}
        assert ((await here.poll(source, hours=1)).error or "").startswith("status")
        here.site.pages["/press?page=2"] = 404
        assert (await here.poll(source, hours=3)).new == 5

    play(scene, minimum_pause_seconds=0)
