"""A release goes on the log when it is new or its content changed, and at no other time."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from aiohttp import web

from streams.clean import clean
from streams.records import Observation
from tests.integration.fetcher.lab import Lab, Play, entry, feed, publish, story


def test_a_release_is_published_with_its_bytes_headers_and_publisher(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        here.site.pages["/news/1"] = lambda _: web.Response(
            text=story(1), content_type="text/html", headers={"ETag": '"v1"', "Set-Cookie": "a=b"}
        )
        here.site.pages["/feed"] = lambda _: feed(
            entry(f"{here.site.url}/news/1?utm_source=rss", "g1", pubDate="Fri, 28 Mar 2025 10:00:00 GMT")
        )
        report = await here.poll()
        assert (report.new, report.error, report.failed) == (1, None, [])
        (record,) = here.log.releases
        assert record.body == story(1).encode()
        assert record.url == f"{here.site.url}/news/1"
        assert (record.source_ref, record.publisher_country) == ("g1", "NOR")
        assert record.headers["etag"] == '"v1"'
        assert "set-cookie" not in record.headers
        assert record.fetched_at.startswith("2025-03-28T12:01")
        release = clean(record)
        assert release.title == "Minister opens bridge 1"
        assert (release.published_on, release.published_basis) == ("2025-03-28", "metadata")

    play(scene)


def relisted(here: Lab, *, how: str) -> Callable[[web.Request], web.Response]:
    links = {n: f"{here.site.url}/news/{n}" for n in (1, 2, 3)}
    if how == "order":
        return lambda _: feed(*(entry(links[n], f"g{n}") for n in (1, 3, 2)))
    if how == "guids":
        return lambda _: feed(*(entry(links[n], f"other-{n}") for n in (3, 2, 1)))
    if how == "tracking":
        return lambda _: feed(
            *(entry(f"{links[n]}?utm_campaign=x{n}&amp;fbclid=1#top", f"g{n}") for n in (3, 2, 1))
        )
    if how == "timestamps":
        return lambda _: feed(
            *(entry(links[n], f"g{n}", pubDate="Fri, 28 Mar 2025 12:34:56 GMT") for n in (3, 2, 1))
        )
    return lambda _: feed(*(entry(links[n], f"g{n}", title=f"New words {n}") for n in (3, 2, 1)))


@pytest.mark.parametrize("how", ["same", "order", "guids", "tracking", "timestamps", "titles"])
def test_relisting_publishes_nothing(play: Play, how: str) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        publish(here, 3, 2, 1)
        assert (await here.poll()).new == 3
        if how != "same":
            here.site.pages["/feed"] = relisted(here, how=how)
        for _ in range(4):
            report = await here.poll(hours=5)
            assert (report.new, report.edited, report.error) == (0, 0, None)
        assert len(here.log.records) == 3

    play(scene)


def test_banners_counters_and_dates_around_the_text_are_no_edit(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        publish(here, 1)
        await here.poll()
        here.site.pages["/news/1"] = (
            story(1)
            .replace("<nav>", "<nav><a href='/sale'>Banner 77</a>")
            .replace("</article>", "</article><div class='views'>Views: 12 345</div>")
        )
        for _ in range(3):
            assert (await here.poll(hours=20)).edited == 0
        assert here.site.counts["/news/1"] > 1
        assert len(here.log.records) == 1

    play(scene)


def test_an_edit_is_a_new_revision_of_the_same_release_and_taking_it_back_is_seen(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        publish(here, 1)
        await here.poll()
        here.site.pages["/news/1"] = story(1, "The bridge is 90 metres long.")
        assert (await here.poll(minutes=30)).edited == 1
        here.site.pages["/news/1"] = story(1)
        assert (await here.poll(hours=3)).edited == 1
        first, second, third = here.log.releases
        assert first.release_id == second.release_id == third.release_id
        assert first.content_hash == third.content_hash != second.content_hash
        assert first.fetched_at < second.fetched_at < third.fetched_at

    play(scene)


def test_an_edit_that_the_index_announces_is_fetched_at_the_next_poll(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        publish(here, 1)
        await here.poll()
        await here.poll(days=30)
        before = here.site.counts["/news/1"]
        here.site.pages["/news/1"] = story(1, "Corrected.")
        stamp = "2025-04-27T12:01:30Z"
        here.site.pages["/feed"] = lambda _: feed(entry(f"{here.site.url}/news/1", "g1", updated=stamp))
        assert (await here.poll()).edited == 1
        assert (await here.poll()).edited == 0
        assert here.site.counts["/news/1"] == before + 1

    play(scene)


def test_a_reused_guid_with_another_link_is_another_release(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        publish(here, 1)
        await here.poll()
        here.site.pages["/news/2"] = story(2)
        here.site.pages["/feed"] = lambda _: feed(entry(f"{here.site.url}/news/2", "g1"))
        assert (await here.poll()).new == 1
        assert len({r.release_id for r in here.log.releases}) == 2

    play(scene)


def test_a_reused_guid_without_a_link_is_an_edit(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        words = ["The council met in Port Selene on Monday.", "The council met in Port Selene on Tuesday."]
        here.site.pages["/feed"] = lambda _: feed(
            entry(guid="urn:7", title="Council meets", description=words[0])
        )
        assert (await here.poll()).new == 1
        assert (await here.poll()).edited == 0
        words[0] = words[1]
        assert (await here.poll()).edited == 1
        first, second = here.log.releases
        assert first.release_id == second.release_id
        assert b"Tuesday" in second.body

    play(scene)


def test_a_release_gone_on_two_polls_is_withdrawn_and_its_return_is_seen(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        publish(here, 1)
        await here.poll()
        here.site.pages["/news/1"] = 410
        assert (await here.poll(minutes=30)).withdrawn == 0
        assert (await here.poll()).withdrawn == 1
        assert (await here.poll()).withdrawn == 0
        here.site.pages["/news/1"] = story(1)
        assert (await here.poll(hours=3)).returned == 1
        assert here.log.seen == ["withdrawn", "returned"]
        withdrawn = next(r for r in here.log.records if isinstance(r, Observation))
        assert withdrawn.content_hash == here.log.releases[0].content_hash
        assert len(here.log.releases) == 1
        assert here.items()[0].gone_at is None

    play(scene)


def test_one_404_or_a_server_error_withdraws_nothing(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        publish(here, 1)
        await here.poll()
        here.site.pages["/news/1"] = 404
        await here.poll(minutes=30)
        for passing in (story(1), 500, 503, 403, story(1)):
            here.site.pages["/news/1"] = passing
            await here.poll(hours=2)
        assert here.log.seen == []

    play(scene)


def test_a_release_that_returns_changed_is_returned_and_edited(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        publish(here, 1)
        await here.poll()
        here.site.pages["/news/1"] = 404
        await here.poll(minutes=30)
        await here.poll()
        here.site.pages["/news/1"] = story(1, "Now with a second bridge.")
        await here.poll(hours=3)
        assert here.log.seen == ["withdrawn", "returned"]
        assert len(here.log.releases) == 2

    play(scene)


def test_a_moved_address_is_the_same_release(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        publish(here, 1)
        await here.poll()
        here.site.pages["/2025/bridge"] = story(1)
        here.site.pages["/news/1"] = lambda _: web.Response(status=301, headers={"Location": "/2025/bridge"})
        await here.poll(minutes=30)
        here.site.pages["/feed"] = lambda _: feed(entry(f"{here.site.url}/2025/bridge", "g1"))
        for _ in range(3):
            report = await here.poll(hours=1)
            assert (report.new, report.edited) == (0, 0)
        assert len(here.log.records) == 1

    play(scene)


def test_a_listed_redirect_to_a_known_release_publishes_nothing(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        publish(here, 1)
        await here.poll()
        here.site.pages["/go/1"] = lambda _: web.Response(status=301, headers={"Location": "/news/1"})
        here.site.pages["/feed"] = lambda _: feed(
            entry(f"{here.site.url}/go/1", "x"), entry(f"{here.site.url}/news/1", "g1")
        )
        await here.poll()
        before = here.site.counts["/go/1"]
        await here.poll()
        assert here.site.counts["/go/1"] == before
        assert len(here.log.records) == 1

    play(scene)


def canonical(address: str) -> str:
    return story(1).replace("</head>", f"<link rel='canonical' href='{address}'></head>")


def test_rel_canonical_of_the_same_page_names_the_release(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        page = canonical(f"{here.site.url}/news/1")
        here.site.pages |= {"/en/news/1": page, "/news/1": page}
        here.site.pages["/feed"] = lambda _: feed(
            *(entry(here.site.url + p, p) for p in ("/en/news/1", "/news/1"))
        )
        await here.poll()
        assert len(here.log.records) == 1
        assert here.log.releases[0].url == f"{here.site.url}/news/1"

    play(scene)


@pytest.mark.parametrize(
    "address", ["https://other.example/news/1", "/", "/news/", "/en/", "", "javascript:x"]
)
def test_rel_canonical_that_cannot_be_meant_is_ignored(play: Play, address: str) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        for n in (1, 2, 3):
            here.site.pages[f"/news/{n}"] = (
                canonical(address).replace("bridge 1", f"bridge {n}").replace("number 1 ", f"number {n} ")
            )
        publish(here, 3, 2, 1)
        await here.poll()
        assert len({r.release_id for r in here.log.releases}) == 3

    play(scene)


def test_a_round_that_a_person_asks_for_sees_edits_and_withdrawals_at_once(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        publish(here, *range(30))
        await here.fetcher.once(all_enabled=True)
        assert len(here.log.releases) == 30
        assert (
            max(here.site.counts[f"/news/{n}"] for n in range(30)) == 1
        )  # what is new is not looked at twice
        newest = here.log.releases[-1]
        path = urlsplit(newest.url or "").path
        here.clock.forward(seconds=5)
        here.site.pages[path] = story("29b", "They also signed a memorandum.")
        await here.fetcher.once(all_enabled=True)
        assert [r.release_id for r in here.log.releases[30:]] == [newest.release_id]
        assert sum(here.site.counts[f"/news/{n}"] for n in range(30)) == 30 + 20  # the newest are looked at
        here.site.pages[path] = 410
        for _ in range(2):
            here.clock.forward(seconds=5)
            await here.fetcher.once(all_enabled=True)
        assert here.log.seen == ["withdrawn"]

    play(scene)
