"""Walks into a source's past: to a date, politely, once, and on from where they were stopped."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from aiohttp import web

from services.fetcher import sources
from services.fetcher.claims import FileClaims
from services.fetcher.failures import FetchFailure, Reason
from services.fetcher.history import Walk, Walked
from services.fetcher.state import Source
from services.settings import Settings
from tests.integration.fetcher.installation import records
from tests.integration.fetcher.lab import Lab, Play, Site, entry, feed, lab, story
from tests.integration.fetcher.test_sources import listing, publish
from tests.pipeline import environment, wait_until


def walk(
    tmp_path: Path, since: date, *, broken_at: str | None = None, again: bool = False
) -> tuple[Lab, list[str]]:
    """Walk a listing of five pages with five stories each, day 25 back to day 1."""

    async def run() -> tuple[Lab, list[str]]:
        async with lab(tmp_path, minimum_pause_seconds=0) as here:
            publish(here.site, range(1, 26))
            for page in range(1, 6):
                last = 25 - (page - 1) * 5
                more = f"<a rel='next' href='/press?page={page + 1}'>Next</a>" if page < 5 else ""
                body = listing(range(last, last - 5, -1)).replace("</main>", f"</main>{more}")  # type: ignore[arg-type]
                here.site.pages["/press" if page == 1 else f"/press?page={page}"] = body
            source = here.add("/press")
            place = tmp_path / "place.json"
            if broken_at:
                kept, here.site.pages[broken_at] = here.site.pages[broken_at], 500
                with pytest.raises(FetchFailure):
                    await Walk(here.web, here.memory, here.log, place, FileClaims(tmp_path / "claims")).run(
                        source, since, lambda *_: None
                    )
                here.site.pages[broken_at] = kept
                here.site.counts.clear()
                here.forget_robots()
            await Walk(here.web, here.memory, here.log, place, FileClaims(tmp_path / "claims")).run(
                source, since, lambda *_: None
            )
            assert not place.exists()
            if again:
                walked = await Walk(
                    here.web, here.memory, here.log, place, FileClaims(tmp_path / "claims")
                ).run(source, since, lambda *_: None)
                assert (walked.published, walked.known) == (0, len(here.log.records))
            return here, [r.url or "" for r in here.log.releases]

    return asyncio.run(run())


def test_history_is_walked_page_by_page_to_a_date_and_only_once(tmp_path: Path) -> None:
    here, urls = walk(tmp_path, date(2025, 3, 12), again=True)
    assert len(urls) == len({*urls}) == 14
    assert here.site.counts["/press"] <= 10


def test_a_walk_that_was_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    here, urls = walk(tmp_path, date(2025, 3, 1), broken_at="/press?page=3")
    assert len(urls) == len({*urls}) == 25
    assert here.site.counts["/press"] == 3


async def past_of(here: Lab, source: Source, since: date, place: Path) -> Walked:
    walk = Walk(here.web, here.memory, here.log, place, FileClaims(place.parent / "claims"))
    return await walk.run(source, since, lambda *_: None)


def sitemaps(site: Site, months: range) -> None:
    """An index of one map for each month, undated, with two stories each."""
    maps = ""
    for month in months:
        urls = ""
        for n in (1, 2):
            path = f"/news/{month}-{n}"
            site.pages[path] = story(f"{month}-{n}").replace(
                "</h1>", f"</h1><time datetime='2025-{month:02}-0{n}'>day</time>"
            )
            urls += f"<url><loc>{site.url}{path}</loc><lastmod>2025-{month:02}-0{n}</lastmod></url>"
        site.pages[f"/map-{month}.xml"] = f"<urlset>{urls}</urlset>"
        maps += f"<sitemap><loc>{site.url}/map-{month}.xml</loc></sitemap>"
    site.pages["/sitemap.xml"] = f"<sitemapindex>{maps}</sitemapindex>"


@pytest.mark.parametrize("broken", [None, "/map-4.xml"])
def test_every_map_of_a_sitemap_index_is_read_in_one_go_or_in_two(
    play: Play, tmp_path: Path, broken: str | None
) -> None:
    async def scene(here: Lab) -> None:
        sitemaps(here.site, range(1, 8))
        source = here.add("/sitemap.xml")
        if broken:
            kept, here.site.pages[broken] = here.site.pages[broken], 500
            with pytest.raises(FetchFailure):
                await past_of(here, source, date(2025, 1, 1), tmp_path / "place.json")
            here.site.pages[broken] = kept
        await past_of(here, source, date(2025, 1, 1), tmp_path / "place.json")
        seen = Counter(r.url for r in here.log.releases)
        assert (len(seen), seen.total()) == (14, 14)
        assert all(here.site.counts[f"/map-{m}.xml"] <= 2 for m in range(1, 8))

    play(scene, minimum_pause_seconds=0)


def test_a_listing_without_dates_ends_where_its_releases_are_older(play: Play, tmp_path: Path) -> None:
    async def scene(here: Lab) -> None:
        for page in range(1, 40):
            rows = ""
            for n in (1, 2, 3):
                path, day = f"/news/{page}-{n}-minister-opens-bridge", f"2024-{max(1, 13 - page):02}-0{n}"
                here.site.pages[path] = story(f"{page}-{n}").replace(
                    "</h1>", f"</h1><time datetime='{day}'>day</time>"
                )
                rows += f"<li><a href='{path}'>Minister opens bridge number {page} {n} in the north</a></li>"
            more = f"<a rel='next' href='/press?page={page + 1}'>Next</a>"
            body = f"<html><body><main><ul>{rows}</ul>{more}</main></body></html>"
            here.site.pages["/press" if page == 1 else f"/press?page={page}"] = body
        walked = await past_of(here, here.add("/press"), date(2024, 10, 1), tmp_path / "place.json")
        assert walked.pages == 5  # December to October, and two pages that are older
        assert walked.published == 15

    play(scene, minimum_pause_seconds=0)


def test_a_host_that_wants_its_peace_stops_the_walk_and_loses_nothing(play: Play, tmp_path: Path) -> None:
    async def scene(here: Lab) -> None:
        sitemaps(here.site, range(1, 4))
        busy = web.Response(status=429, headers={"Retry-After": "7200"})
        kept, here.site.pages["/news/3-2"] = here.site.pages["/news/3-2"], lambda _: busy
        source = here.add("/sitemap.xml")
        with pytest.raises(FetchFailure) as caught:
            await past_of(here, source, date(2025, 1, 1), tmp_path / "place.json")
        assert caught.value.reason is Reason.WAIT
        here.site.pages["/news/3-2"] = kept
        here.clock.forward(hours=3)
        await past_of(here, source, date(2025, 1, 1), tmp_path / "place.json")
        assert len({r.url for r in here.log.releases}) == len(here.log.releases) >= 5
        await here.poll()  # what failed within the walk is tried again by the usual polls
        assert len({r.url for r in here.log.releases}) == 6

    play(scene, minimum_pause_seconds=0)


def walk_as_a_process(settings: Settings) -> subprocess.Popen[bytes]:
    said = environment(settings) | {
        "COMMUNIQUE_FETCH__ALLOW_PRIVATE_HOSTS": "true",
        "COMMUNIQUE_FETCH__MINIMUM_PAUSE_SECONDS": "0",
    }
    command = ["sources", "backfill", "norlandia-mfa", "--since", "2025-01-01", "--json"]
    return subprocess.Popen(
        [sys.executable, "-m", "services.cli.main", *command], env=said, stdout=subprocess.PIPE
    )


def test_a_walk_that_was_killed_goes_on_where_it_was_and_publishes_nothing_twice(
    site: Site, ready: Settings
) -> None:
    sitemaps(site, range(1, 13))
    sources.add(ready, Source("norlandia-mfa", "MFA", f"{site.url}/sitemap.xml"))
    for stop in (5, 12):
        process = walk_as_a_process(ready)
        wait_until(lambda stop=stop: sum(map(bool, releases_asked(site))) >= stop, 60, "the walk under way")  # type: ignore[misc]
        process.kill()
        process.communicate()
        assert process.returncode == -signal.SIGKILL
    process = walk_as_a_process(ready)
    said, _ = process.communicate(timeout=90)
    assert process.returncode == 0
    assert json.loads(said)["failed"] == []
    seen = Counter(r.release_id for r in records(ready))
    assert len(seen) == 24
    assert seen.total() - len(seen) <= 2  # the release in hand of each kill
    assert max(site.counts[f"/map-{m}.xml"] for m in range(1, 13)) <= 3
    assert sum(site.counts[f"/map-{m}.xml"] for m in range(1, 13)) <= 12 + 2


def releases_asked(site: Site) -> list[int]:
    return [count for path, count in site.counts.items() if path.startswith("/news/")]


def test_a_feed_that_ends_before_the_date_is_followed_by_the_sites_maps(play: Play, tmp_path: Path) -> None:
    async def scene(here: Lab) -> None:
        sitemaps(here.site, range(1, 8))
        for month in range(1, 8):  # a map of a site holds other pages too
            here.site.pages[f"/about/us/{month}"] = story(f"about us {month}")
            told = here.site.pages[f"/map-{month}.xml"]
            other = f"<urlset><url><loc>{here.site.url}/about/us/{month}</loc></url>"
            here.site.pages[f"/map-{month}.xml"] = str(told).replace("<urlset>", other)
        here.site.pages["/feed"] = lambda _: feed(
            *(
                entry(f"{here.site.url}/news/7-{n}", f"g{n}", pubDate=f"Tue, 0{n} Jul 2025 10:00:00 GMT")
                for n in (2, 1)
            )
        )
        source = here.add("/feed")
        here.clock.forward(days=150)
        walked = await past_of(here, source, date(2025, 3, 1), tmp_path / "place.json")
        months = Counter(urlsplit(r.url or "").path.split("/")[-1][0] for r in here.log.releases)
        assert months == dict.fromkeys("34567", 2)
        assert walked.failed == []
        assert not any(here.site.counts[f"/about/us/{m}"] for m in range(1, 8))
        here.site.counts.clear()
        # A feed that reaches the date needs no map.
        await past_of(here, source, date(2025, 7, 2), tmp_path / "place.json")
        assert here.site.counts["/sitemap.xml"] == 0

    play(scene, minimum_pause_seconds=0)
