"""A source that answers with something else than it did: reported as such, published never, and not taken for quiet."""

from __future__ import annotations

import pytest
from aiohttp import web

from tests.integration.fetcher.lab import Lab, Play, entry, feed, publish, story


def links(*paths: str) -> str:
    rows = "".join(f"<li><a href='{p}'>Words of a link that lead to {p}</a></li>" for p in paths)
    return f"<html><body><main><ul>{rows}</ul></main></body></html>"


CONSENT = links("/privacy/policy", "/privacy/partners", "/privacy/cookies", "/privacy/settings")


def news(here: Lab, *numbers: int) -> str:
    for n in numbers:
        here.site.pages.setdefault(f"/news/{n}", story(n))
    return links(*(f"/news/{n}" for n in numbers))


async def is_failing(here: Lab, reason: str) -> None:
    report = await here.poll(hours=1)
    state = await here.state()
    assert (report.error or "").startswith(reason)
    assert (report.new, report.edited) == (0, 0)
    assert (state.last_error or "").startswith(reason)
    assert state.consecutive_failures > 0
    assert state.last_success_at != state.last_polled_at


def test_a_page_with_links_in_place_of_a_feed_publishes_none_of_them(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        publish(here, 3, 2, 1)
        await here.poll()
        for path in ("policy", "partners", "cookies", "settings"):
            here.site.pages[f"/privacy/{path}"] = story(path)
        listed, here.site.pages["/feed"] = here.site.pages["/feed"], CONSENT
        await is_failing(here, "changed")
        await is_failing(here, "changed")
        here.site.pages["/feed"] = listed
        assert (await here.poll(hours=2)).error is None
        assert len(here.log.records) == 3

    play(scene)


def test_a_list_of_other_addresses_than_ever_before_is_no_list_of_releases(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.add("/press")
        here.site.pages["/press"] = news(here, 4, 3, 2, 1)
        assert (await here.poll()).new == 4
        here.site.pages["/press"] = CONSENT
        await is_failing(here, "changed")
        assert "remove and add" in ((await here.state()).last_error or "")

    play(scene)


def test_after_a_long_absence_a_list_may_hold_only_new_releases_of_the_known_form(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.add("/press")
        here.site.pages["/press"] = news(here, 4, 3, 2, 1)
        await here.poll()
        here.site.pages["/press"] = news(here, 44, 43, 42, 41)
        assert (await here.poll(days=30)).new == 4

    play(scene)


def test_a_page_that_becomes_a_feed_is_welcome(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.add("/press")
        here.site.pages["/press"] = news(here, 4, 3, 2, 1)
        await here.poll()
        publish(here, 5, 4, 3, 2, 1)
        here.site.pages["/press"] = here.site.pages["/feed"]
        report = await here.poll()
        assert (report.new, report.error) == (1, None)

    play(scene)


@pytest.mark.parametrize(
    "other", ["", "<html><body>We have a new site</body></html>", "<rss><channel/></rss>"]
)
def test_a_known_source_that_lists_nothing_is_failing(play: Play, other: str) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        publish(here, 1)
        await here.poll()
        here.site.pages["/feed"] = other
        await is_failing(here, "empty")

    play(scene)


def maps(here: Lab, *, dated: bool = False) -> None:
    """An index of two maps, of which the second answers conditionally."""
    url = here.site.url
    here.site.pages["/index.xml"] = (
        f"<sitemapindex><sitemap><loc>{url}/a.xml</loc></sitemap><sitemap><loc>{url}/b.xml</loc></sitemap></sitemapindex>"
    )
    here.site.pages["/a.xml"] = f"<urlset><url><loc>{url}/news/1</loc></url></urlset>"
    here.site.pages["/news/1"] = story(1)
    listed = [2]

    def second(request: web.Request) -> web.Response:
        tag = f'"{listed}"'
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304)
        for n in listed:
            here.site.pages[f"/news/{n}"] = story(n)
        urls = "".join(f"<url><loc>{url}/news/{n}</loc></url>" for n in listed)
        return web.Response(
            text=f"<urlset>{urls}</urlset>", content_type="application/xml", headers={"ETag": tag}
        )

    here.site.pages["/b.xml"] = second
    here.site.listed = listed  # type: ignore[attr-defined]


def test_maps_of_an_unchanged_index_are_asked_for_conditionally_and_never_missed(play: Play) -> None:
    async def scene(here: Lab) -> None:
        maps(here)
        here.add("/index.xml")
        assert (await here.poll()).new == 2
        report = await here.poll()
        assert (report.kind, report.new, report.error) == ("sitemap", 0, None)
        here.site.listed.append(3)  # type: ignore[attr-defined]
        assert (await here.poll()).new == 1
        here.site.pages["/a.xml"] = lambda _: web.Response(status=304)
        await here.poll()
        assert (await here.poll()).kind == "unchanged"

    play(scene)


def test_a_huge_index_is_had_and_does_not_stop_others(play: Play) -> None:
    async def scene(here: Lab) -> None:
        here.add("/feed")
        many = [entry(f"{here.site.url}/news/{n}", f"g{n}", description="words " * 100) for n in range(9000)]
        here.site.pages["/feed"] = lambda _: feed(*many)
        here.site.pages["/news/0"] = story(0)
        report = await here.poll()
        assert report.error is None
        assert report.listed == 1000
        asked = here.site.counts["/feed"]
        await here.poll()
        assert here.site.counts["/feed"] == asked + 1  # now known to be large

    play(scene, first_poll_releases=1, timeout_seconds=30)
