"""Sources that are broken or hostile, polled together with one that is well: a reason for each, nobody delayed."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc
from pathlib import Path

from aiohttp import web

from tests.integration.fetcher.lab import Lab, Site, entry, feed, lab, serve, story
from tests.integration.fetcher.test_hostile_servers import drip, endless, silence


def sends(body: bytes | str, kind: str, **headers: str) -> object:
    data = body.encode() if isinstance(body, str) else body
    return lambda _: web.Response(body=data, headers={"Content-Type": kind, **headers})


def leads_to(location: str) -> object:
    return lambda _: web.Response(status=302, headers={"Location": location})


BILLION_LAUGHS = (
    "<?xml version='1.0'?><!DOCTYPE lolz [<!ENTITY lol 'lol'>"
    + "".join(f"<!ENTITY lol{n} '{f'&lol{n - 1};' * 10}'>".replace("&lol0;", "&lol;") for n in range(1, 10))
    + "]><rss version='2.0'><channel><item><title>&lol9;</title><description>&lol9;</description></item></channel></rss>"
)
READS_A_FILE = (
    "<?xml version='1.0'?><!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    "<rss version='2.0'><channel><item><guid>g</guid><description>&x;</description></item></channel></rss>"
)
HOSTILE: dict[str, tuple[object, set[str]]] = {
    "endless": (endless, {"too-large", "timeout"}),  # fifty megabytes, or what time allows
    "drip": (drip, {"timeout"}),
    "silence": (silence, {"timeout"}),
    "bomb": (
        sends(gzip.compress(bytes(80_000_000)), "text/xml", **{"Content-Encoding": "gzip"}),
        {"too-large", "timeout"},
    ),
    "packed": (sends(gzip.compress(bytes(80_000_000)), "application/gzip"), {"too-large", "timeout"}),
    "loop": (leads_to("/loop"), {"redirect"}),
    "ftp": (leads_to("ftp://ministry.example/"), {"redirect"}),
    "file": (leads_to("file:///etc/passwd"), {"redirect"}),
    "hop-0": (leads_to("/hop-1"), {"redirect"}),  # to the hundredth
    "injected": (leads_to("/x\\r\\nSet-Cookie: a=b"), {"address"}),
    "map-of-itself": ("", {"empty"}),
    "empty-map": (sends("<urlset></urlset>", "text/xml"), {"empty"}),
    "empty": (b"", {"empty"}),
    "picture": (b"\x89PNG\r\n\x1a\n", {"format"}),
    "json": (sends('{"a": 1}', "application/rss+xml"), {"format"}),
    "wall": ("<html><head><title>Just a moment...</title></head></html>", {"blocked"}),
    "bare": ("<html><body>Welcome</body></html>", {"empty"}),
    **{str(status): (status, {"status"}) for status in (401, 403, 404, 410, 418, 451, 500, 503)},
}
HARMLESS = {
    "laughs": sends(BILLION_LAUGHS, "text/xml"),
    "broken": sends("<rss><channel><item><title>No end", "application/rss+xml"),
}


def scene(here: Lab) -> None:
    site = here.site
    site.pages |= {f"/{name}": page for name, (page, _) in HOSTILE.items()}  # type: ignore[misc]
    site.pages |= {f"/{name}": page for name, page in HARMLESS.items()}  # type: ignore[misc]
    site.pages |= {f"/hop-{n}": leads_to(f"/hop-{n + 1}") for n in range(1, 100)}  # type: ignore[misc]
    itself = f"<sitemapindex><sitemap><loc>{site.url}/map-of-itself</loc></sitemap></sitemapindex>"
    site.pages["/map-of-itself"] = sends(itself, "text/xml")  # type: ignore[assignment]
    site.pages["/secret"] = sends(READS_A_FILE, "text/xml")  # type: ignore[assignment]
    many = "".join(entry(f"{site.url}/many/{n}", f"m{n}") for n in range(100_000))
    site.pages["/many"] = lambda _: feed(many)
    for n in range(1100):
        site.pages[f"/many/{n}"] = story(n)


def test_each_has_its_reason_and_a_good_source_beside_them_is_not_delayed(tmp_path: Path) -> None:
    async def run() -> None:
        async with lab(tmp_path, minimum_pause_seconds=0, timeout_seconds=2, first_poll_releases=3) as here:
            scene(here)
            for name in (*HOSTILE, *HARMLESS, "many", "secret"):
                here.add(f"/{name}", name)
            good, asked_before = Site(), []
            async with serve(good) as url:
                good.pages["/feed"] = lambda _: feed(*(entry(f"{url}/news/{n}", f"g{n}") for n in (1, 2)))
                good.pages["/news/1"] = lambda _: asked_before.append(len(here.site.counts)) or story(1)
                good.pages["/news/2"] = story(2)
                here.add("/feed", "zz-good", at=url)  # due last
                tracemalloc.start()
                reports = {r.source_id: r for r in await here.fetcher.once(all_enabled=True)}
                peak = tracemalloc.get_traced_memory()[1]
                tracemalloc.stop()
            for name, (_, reasons) in HOSTILE.items():
                assert (reports[name].error or "").partition(":")[0] in reasons, (name, reports[name].error)
                state = await here.memory.state(name)
                assert (state.last_error or "").partition(":")[0] in reasons
                assert (state.consecutive_failures, state.last_success_at) == (1, None)
                assert state.next_due_at
            assert [reports[n].error for n in ("zz-good", *HARMLESS, "many", "secret")] == [None] * 5
            assert (reports["zz-good"].new, reports["many"].new) == (2, 3)
            published = {r.url or r.source_id: r for r in here.log.releases}
            assert not any(b"root:" in r.body or b"lollol" in r.body for r in published.values())
            assert here.site.counts["/map-of-itself"] == 1
            assert sum(here.site.counts[f"/hop-{n}"] for n in range(101)) <= 6
            assert not any("cookie" in headers for headers in here.site.headers)
            assert asked_before[0] < len(HOSTILE)  # while most of the others had not been asked yet
            assert peak < 300_000_000

    asyncio.run(run())
