"""What we promise publishers, and what happens when they, the broker or the database are away."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
import sqlalchemy as sa
from aiohttp import web
from sqlalchemy.exc import OperationalError

from services.database import tables as t
from services.errors import DatabaseUnavailable
from services.fetcher.failures import FetchFailure, Reason
from services.fetcher.loop import Fetcher
from services.fetcher.state import Memory, moment
from services.fetcher.web import open_web
from tests.integration.fetcher.lab import Lab, Play, Site, entry, feed, lab, serve, story, until


def publish(here: Lab, *numbers: int, path: str = "/feed") -> None:
    for n in numbers:
        here.site.pages.setdefault(f"/news/{n}", story(n))
    here.site.pages[path] = lambda _: feed(*(entry(f"{here.site.url}/news/{n}", f"g{n}") for n in numbers))


def robots(status: int, text: str = "") -> web.Response:
    return web.Response(status=status, text=text)


async def asked(here: Lab, path: str) -> Reason | None:
    """What becomes of a request, after robots.txt was forgotten."""
    here.forget_robots()
    here.site.pages[path] = "hello"
    try:
        await here.web.get(here.site.url + path)
    except FetchFailure as failure:
        return failure.reason
    return None


def test_robots_by_status_as_the_standard_has_it(play: Play) -> None:
    async def scene(here: Lab) -> None:
        deny = "User-agent: *\nDisallow: /"
        for status, expected in (
            (200, Reason.ROBOTS),
            (404, None),
            (401, None),
            (403, None),
            (410, None),
            (500, Reason.ROBOTS),
            (503, Reason.ROBOTS),
            (429, Reason.ROBOTS),
        ):
            here.site.pages["/robots.txt"] = lambda _, s=status: robots(s, deny)  # type: ignore[misc]
            assert await asked(here, "/page") is expected, status
            here.clock.forward(minutes=5)

    play(scene)


def test_robots_are_followed_through_redirects_and_kept_for_a_day(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.site.pages["/robots.txt"] = lambda _: web.Response(status=301, headers={"Location": "/r"})
        here.site.pages["/r"] = "User-agent: *\nDisallow: /private"
        assert await asked(here, "/private/1") is Reason.ROBOTS
        assert await asked(here, "/public") is None
        here.site.counts.clear()
        for _ in range(3):
            await here.web.get(here.site.url + "/public")
        assert here.site.counts["/robots.txt"] == 0
        here.clock.forward(hours=25)
        await here.web.get(here.site.url + "/public")
        assert here.site.counts["/robots.txt"] == 1

    play(scene)


def test_known_rules_hold_while_robots_cannot_be_had(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.site.pages |= {
            "/robots.txt": "User-agent: *\nDisallow: /private",
            "/private": "x",
            "/public": "x",
        }
        await here.web.get(here.site.url + "/public")
        here.site.pages["/robots.txt"] = 500
        here.clock.forward(hours=25)
        await here.web.get(here.site.url + "/public")
        with pytest.raises(FetchFailure):
            await here.web.get(here.site.url + "/private")

    play(scene)


def test_robots_that_loop_or_never_end_are_bounded(play: Play) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"Disallow: /private\n" * 1000)

    async def scene(here: Lab) -> None:
        here.site.pages["/robots.txt"] = lambda _: web.Response(
            status=302, headers={"Location": "/robots.txt"}
        )
        assert await asked(here, "/page") is None
        here.site.pages["/robots.txt"] = endless
        assert await asked(here, "/page") is None

    play(scene)


def test_a_disallowed_source_is_never_asked(play: Play) -> None:
    async def scene(here: Lab) -> None:
        publish(here, 1)
        here.site.pages["/robots.txt"] = "User-agent: Communique\nDisallow: /feed"
        here.add("/feed")
        report = await here.poll()
        assert (report.error or "").startswith("robots")
        assert here.site.counts["/feed"] == 0

    play(scene)


def test_one_request_at_a_time_and_a_pause_between_two(play: Play) -> None:
    async def slow(_request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.01)
        return web.Response(text="x")

    async def scene(here: Lab) -> None:
        for n in range(8):
            here.site.pages[f"/{n}"] = slow
        await asyncio.gather(*(here.web.get(f"{here.site.url}/{n}") for n in range(8)))
        assert here.site.most_at_once == 1
        assert len([s for s in here.clock.slept if s > 0]) >= 8
        assert all(s <= 5.0 for s in here.clock.slept)

    play(scene, minimum_pause_seconds=5.0)


def test_a_crawl_delay_is_kept(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.site.pages |= {"/robots.txt": "User-agent: *\nCrawl-delay: 17", "/a": "x", "/b": "x"}
        await here.web.get(here.site.url + "/a")
        here.clock.slept.clear()
        await here.web.get(here.site.url + "/b")
        assert [round(s) for s in here.clock.slept] == [17]

    play(scene)


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_kept_for_the_host_and_for_the_source(play: Play, status: int) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        other = here.add("/other", "other")
        publish(here, 1, path="/other")
        here.site.pages["/feed"] = lambda _: web.Response(status=status, headers={"Retry-After": "7200"})
        source = here.source.__class__("norlandia-mfa", "n", here.site.url + "/feed")
        await here.fetcher.poll(source)
        state = await here.memory.state("norlandia-mfa")
        assert (state.next_due_at or "") >= "2025-03-28T14:00"
        report = await here.poll(other)
        assert (report.error or "").startswith("wait")
        assert here.site.counts["/other"] == 0
        assert await here.memory.due(here.clock.now(), all_enabled=True) == []
        report = await here.poll(other, hours=3)
        assert report.new == 1

    play(scene)


def test_failures_back_off_with_growing_pauses_and_success_forgives(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        here.site.pages["/feed"] = 500
        pauses = []
        for _ in range(11):
            await here.poll(hours=30)
            state = await here.state()
            now = here.clock.now()
            pauses.append((moment(state.next_due_at or "") - now).total_seconds())
        assert pauses == sorted(pauses) or pauses[:8] == sorted(pauses[:8])
        assert pauses[-1] >= 86_000
        publish(here, 1)
        await here.poll(hours=30)
        assert (await here.state()).consecutive_failures == 0

    play(scene)


def test_one_host_with_many_sources_does_not_delay_the_others(tmp_path: Path) -> None:
    async def go() -> None:
        async with lab(tmp_path, minimum_pause_seconds=0.0, timeout_seconds=2.0) as here:

            async def stuck(_request: web.Request) -> web.StreamResponse:
                await asyncio.sleep(30)
                raise AssertionError

            for n in range(5):
                here.site.pages[f"/stuck{n}"] = stuck
                here.add(f"/stuck{n}", f"stuck{n}")
            other = Site()
            async with serve(other) as url:
                there = url.replace("127.0.0.1", "localhost")
                other.pages["/feed"] = lambda _: feed(entry(f"{there}/1", "g1"))
                other.pages["/1"] = story(1)
                source = here.source.__class__("quick", "quick", there + "/feed")
                tasks = [
                    asyncio.create_task(here.fetcher.poll(s))
                    for s in await here.memory.due(here.clock.now(), all_enabled=True)
                ]
                await asyncio.sleep(0)
                report = await asyncio.wait_for(here.fetcher.poll(source), 5)
                assert report.new == 1
                assert not all(task.done() for task in tasks)
                await asyncio.gather(*tasks)

    asyncio.run(go())


def test_while_the_broker_is_away_nothing_is_taken_and_nothing_lost(play: Play) -> None:
    async def scene(here: Lab) -> None:
        publish(here, 2, 1)
        here.add("/feed")
        here.log.away.set()
        poll = asyncio.create_task(here.fetcher.poll(here.source))
        await asyncio.wait_for(here.log.waiting.wait(), 10)
        assert here.items() == []
        assert (await here.state()).last_success_at is None
        await here.fetcher._start_due()
        assert here.fetcher._running == {}
        here.log.away.clear()
        here.log.back.set()
        assert (await asyncio.wait_for(poll, 10)).new == 2
        assert len(here.log.releases) == 2

    play(scene)


def test_a_kill_between_log_and_memory_repeats_and_loses_nothing(play: Play) -> None:
    async def scene(here: Lab) -> None:
        publish(here, 3, 2, 1)
        here.add("/feed")
        save, killed = here.memory.save_items, asyncio.CancelledError("killed")

        async def die(items: object) -> None:
            if len(here.log.releases) == 2:
                raise killed
            await save(items)  # type: ignore[arg-type]

        here.memory.save_items = die  # type: ignore[method-assign]
        with pytest.raises(asyncio.CancelledError):
            await here.fetcher.poll(here.source)
        here.memory.save_items = save  # type: ignore[method-assign]
        assert (await here.state()).last_polled_at is None
        await here.poll()
        hashes = [(r.release_id, r.content_hash) for r in here.log.releases]
        assert len({*hashes}) == 3
        assert len(hashes) == 4  # one repeat, which downstream knows by its identity
        assert (await here.poll()).new == 0

    play(scene)


def test_without_the_database_the_fetcher_pauses_and_goes_on(play: Play) -> None:
    async def scene(here: Lab) -> None:
        publish(here, 1)
        here.add("/feed")

        class Broken:
            def begin(self) -> object:
                raise OperationalError("SELECT 1", {}, OSError("server closed the connection"))

            connect = begin

        broken = Memory(Broken())  # type: ignore[arg-type]
        with pytest.raises(DatabaseUnavailable):
            await broken.due(here.clock.now(), all_enabled=True)
        state, here.fetcher._memory = here.fetcher._memory, broken
        runner = asyncio.create_task(here.fetcher.forever())
        await until(lambda: here.clock.slept.count(5.0) >= 2)
        here.fetcher._memory = state
        await until(lambda: bool(here.log.releases))
        here.fetcher.stop()
        await asyncio.wait_for(runner, 10)

    play(scene)


def test_the_loop_polls_what_is_due_and_stops_when_told(play: Play) -> None:
    async def scene(here: Lab) -> None:
        publish(here, 2, 1)
        here.add("/feed")
        off = here.add("/off", "off")
        with here.engine.begin() as connection:
            connection.execute(
                sa.update(t.sources).where(t.sources.c.source_id == off.source_id).values(enabled=False)
            )
        runner = asyncio.create_task(here.fetcher.forever())
        await until(lambda: len(here.log.releases) == 2)
        here.fetcher.stop()
        await asyncio.wait_for(runner, 10)
        assert here.site.counts["/off"] == 0

    play(scene)


def test_a_poll_that_breaks_is_the_sources_failure_and_not_the_loops(play: Play) -> None:
    async def scene(here: Lab) -> None:
        publish(here, 1)
        here.add("/feed")

        async def broken(*_: object, **__: object) -> None:
            raise RuntimeError("a bug")

        here.fetcher._poller.poll = broken  # type: ignore[assignment, method-assign]
        report = await here.poll()
        assert report.error == "internal: RuntimeError: a bug"
        assert (await here.state()).consecutive_failures == 1

    play(scene)


def test_the_private_hosts_setting_reaches_the_client(tmp_path: Path) -> None:
    async def go() -> None:
        async with lab(tmp_path) as here:
            closed = here.settings.model_copy(
                update={"fetch": here.settings.fetch.model_copy(update={"allow_private_hosts": False})}
            )
            web_ = open_web(closed, here.engine, here.clock)
            with pytest.raises(FetchFailure) as caught:
                await web_.get("http://127.0.0.1:8080/")
            assert caught.value.reason in {Reason.ADDRESS, Reason.ROBOTS}
            assert "public" in str(caught.value)
            await web_.aclose()

    asyncio.run(go())


def test_two_fetchers_do_not_poll_one_source_at_once(play: Play) -> None:
    async def scene(here: Lab) -> None:
        publish(here, 3, 2, 1)
        source = here.add("/feed")
        other = Fetcher(here.settings, here.web, here.memory, here.log)
        reports = await asyncio.gather(here.fetcher.poll(source), other.poll(source))
        assert sorted(r.kind or "" for r in reports) == ["feed", "just polled"]
        assert len(here.log.records) == 3

    play(scene)


def test_a_validator_makes_a_source_be_asked_sooner_until_it_is_seen_to_lie(play: Play) -> None:
    async def scene(here: Lab) -> None:
        async def pause(name: str, headers: dict[str, str]) -> float:
            source = here.add(f"/{name}", name)
            publish(here, 1, path=f"/{name}")
            plain = here.site.pages[f"/{name}"]

            def answer(request: web.Request) -> web.Response:
                response = plain(request)  # type: ignore[operator]
                response.headers.update(headers)
                return response

            here.site.pages[f"/{name}"] = answer
            await here.poll(source)
            due = (await here.memory.state(name)).next_due_at or ""
            return (moment(due) - here.clock.now()).total_seconds()

        without, within = await pause("without", {}), await pause("within", {"ETag": '"1"'})
        assert within < without / 2

    play(scene)
