"""What the fetcher learned outlives its process: moved sources, validators, the wishes of hosts, robots.txt."""

from __future__ import annotations

import pytest
from aiohttp import web

from services.fetcher.failures import FetchFailure
from tests.integration.fetcher.lab import Lab, Play, entry, feed, publish, story


def test_a_moved_source_is_asked_at_its_new_address_after_a_restart_too(play: Play) -> None:
    async def scene(here: Lab) -> None:
        source = here.add("/feed")
        publish(here, 1)
        here.site.pages["/new-feed"] = here.site.pages["/feed"]
        here.site.pages["/feed"] = lambda _: web.Response(status=308, headers={"Location": "/new-feed"})
        await here.poll()
        await here.restarted()
        assert (await here.poll()).error is None
        assert (here.site.counts["/feed"], here.site.counts["/new-feed"]) == (1, 2)
        assert (await here.state()).moved_to == here.site.url + "/new-feed"
        assert here.source.url == source.url  # what the user wrote stays
        here.site.pages["/new-feed"] = 404
        here.site.pages["/feed"] = lambda _: feed(entry(f"{here.site.url}/news/2", "g2"))
        here.site.pages["/news/2"] = story(2)
        assert (await here.poll()).error
        await here.restarted()
        assert (await here.poll()).new == 1  # where it was, since it is no longer where it moved

    play(scene)


def test_a_temporary_redirect_is_followed_and_not_remembered(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        publish(here, 1)
        here.site.pages["/elsewhere"] = here.site.pages["/feed"]
        here.site.pages["/feed"] = lambda _: web.Response(status=302, headers={"Location": "/elsewhere"})
        await here.poll()
        assert (await here.state()).moved_to is None
        await here.restarted()
        await here.poll()
        assert here.site.counts["/feed"] == 2

    play(scene)


def test_a_new_process_asks_conditionally_at_once(play: Play) -> None:
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
        for _ in range(3):
            await here.restarted()
            assert (await here.poll()).kind == "unchanged"
        await here.restarted()
        assert (
            await here.poll(hours=7)
        ).kind == "feed"  # a validator is doubted after six hours all the same

    play(scene)


def test_a_hosts_wish_to_be_left_alone_outlives_the_process(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        here.site.pages["/feed"] = lambda _: web.Response(status=429, headers={"Retry-After": "7200"})
        await here.poll()
        other = here.add("/other", "other")
        publish(here, 1)
        here.site.pages["/other"] = here.site.pages.pop("/feed")
        await here.restarted()
        here.site.counts.clear()
        assert ((await here.poll(other)).error or "").startswith(("wait", "robots"))
        assert not here.site.counts
        assert (await here.poll(other, hours=3)).error is None

    play(scene)


def test_the_pause_between_two_requests_is_kept_across_processes(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.site.pages |= {"/robots.txt": 404, "/a": "x", "/b": "x"}
        await here.web.get(here.site.url + "/a")
        here.clock.forward(seconds=3)
        await here.restarted()
        here.clock.slept.clear()
        await here.web.get(here.site.url + "/b")  # robots.txt first
        assert [round(s) for s in here.clock.slept] == [7, 10]

    play(scene, minimum_pause_seconds=10)


def test_a_clock_that_was_set_back_does_not_make_a_pause_longer(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.site.pages |= {"/robots.txt": 404, "/a": "x", "/b": "x"}
        await here.web.get(here.site.url + "/a")
        here.clock.forward(days=-3)
        here.clock.slept.clear()
        await here.web.get(here.site.url + "/b")
        assert [round(s) for s in here.clock.slept] == [10]

    play(scene, minimum_pause_seconds=10)


def test_known_rules_hold_on_after_a_restart_while_robots_cannot_be_had(play: Play) -> None:
    async def scene(here: Lab) -> None:
        rules = "User-agent: *\nDisallow: /private"
        here.site.pages |= {"/robots.txt": rules, "/private": "x", "/public": "x"}
        await here.web.get(here.site.url + "/public")
        here.site.pages["/robots.txt"] = 500
        await here.restarted()
        await here.web.get(here.site.url + "/public")
        with pytest.raises(FetchFailure):
            await here.web.get(here.site.url + "/private")

    play(scene)


def test_robots_that_cannot_be_had_for_a_month_are_forgiven_over_restarts(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.site.pages |= {"/robots.txt": 500, "/page": "x"}
        for days in (0, 10, 19):
            here.clock.forward(days=days)
            await here.restarted()
            with pytest.raises(FetchFailure):
                await here.web.get(here.site.url + "/page")
        here.clock.forward(days=2)
        await here.restarted()
        await here.web.get(here.site.url + "/page")

    play(scene)
