"""robots.txt, politeness, schedules and the bounds of bodies."""

import asyncio
import itertools
import random
import zlib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.fetcher import bodies, schedule
from services.fetcher.client import retry_after
from services.fetcher.entries import stamp
from services.fetcher.failures import FetchFailure, Reason
from services.fetcher.robots import MOST_BYTES, parse
from services.fetcher.schedule import Bounds

NOW = datetime(2025, 3, 28, tzinfo=UTC)
BOUNDS = Bounds(60, 21_600)


def test_robots_rules_for_us_win_over_those_for_all() -> None:
    rules = parse(
        b"User-agent: *\nDisallow: /\n\nUser-agent: communique\nDisallow: /private\nCrawl-delay: 7\n\nSitemap: https://m.example/s.xml"
    )
    assert rules.allows("https://m.example/news")
    assert not rules.allows("https://m.example/private/1")
    assert (rules.delay, rules.sitemaps) == (7.0, ("https://m.example/s.xml",))


def test_the_longest_rule_wins_and_wildcards_count() -> None:
    rules = parse(b"User-agent: *\nDisallow: /news\nAllow: /news/public\nDisallow: /*.pdf$")
    assert rules.allows("https://m.example/news/public/1")
    assert not rules.allows("https://m.example/news/1")
    assert not rules.allows("https://m.example/a.pdf")


def test_only_the_first_500_kib_count_and_a_page_is_no_rules() -> None:
    late = b"User-agent: *\n" + b"#" * MOST_BYTES + b"\nDisallow: /"
    assert parse(late).allows("https://m.example/x")
    assert parse(b"<html>Disallow: /</html>").allows("https://m.example/x")
    assert parse(b"\xef\xbb\xbfUser-agent: *\nDisallow: /x\xff").allows("https://m.example/y")


def test_busy_sources_are_polled_often_and_quiet_ones_seldom() -> None:
    def after(count: int) -> float:
        return schedule.interval([NOW - timedelta(hours=n) for n in range(count)], NOW, BOUNDS)

    assert after(0) == BOUNDS.longest
    assert after(300) == pytest.approx(67.2)
    assert after(2) > after(20) > after(300) >= BOUNDS.shortest
    assert schedule.interval([NOW] * 10_000, NOW, BOUNDS) == BOUNDS.shortest


def test_the_dates_of_a_short_index_tell_a_busy_source() -> None:
    hourly = [NOW - timedelta(hours=n) for n in range(20)]
    assert schedule.rhythm(hourly, NOW, BOUNDS) == BOUNDS.shortest
    daily = [NOW - timedelta(days=n) for n in range(10)]
    assert schedule.rhythm(daily, NOW, BOUNDS) == pytest.approx(86_400 * 0.9 / 60)
    assert schedule.rhythm([], NOW, BOUNDS) == BOUNDS.longest
    assert schedule.rhythm([NOW - timedelta(days=90)] * 9, NOW, BOUNDS) == BOUNDS.longest


def test_a_source_that_answers_conditional_requests_is_asked_more_often_within_the_bounds() -> None:
    assert schedule.eager(1440, BOUNDS) == 360
    assert schedule.eager(100, BOUNDS) == BOUNDS.shortest
    assert schedule.eager(BOUNDS.longest, BOUNDS) < BOUNDS.longest


def test_failures_back_off_and_the_breaker_opens() -> None:
    waits = [schedule.back_off(n, BOUNDS, None) for n in range(1, 12)]
    assert waits == sorted(waits)
    assert waits[0] == 120
    assert waits[8] == 21_600
    assert waits[-1] == 86_400
    assert schedule.back_off(1, BOUNDS, 5000) == 5000


@given(st.floats(min_value=0, max_value=1e6), st.integers())
def test_jitter_never_shortens_a_pause(seconds: float, seed: int) -> None:
    assert seconds <= schedule.jittered(seconds, random.Random(seed)) <= seconds * 1.1 + 1e-9


def test_every_checkpoint_is_met_once_however_polls_fall() -> None:
    ages = schedule.checkpoints(Bounds(600, 21_600))
    assert (ages[0], ages[-1], len(ages)) == (timedelta(minutes=10), timedelta(minutes=10 * 2**12), 13)
    polls = [NOW + timedelta(minutes=7 * n) for n in range(6000)]
    met = sum(schedule.is_checkpoint(NOW, a, b, ages) for a, b in itertools.pairwise(polls))
    assert met == len(ages)
    assert not schedule.is_checkpoint(NOW, None, NOW + timedelta(days=1), ages)


def test_the_first_look_at_a_release_is_as_soon_as_its_source_may_be_asked_again() -> None:
    assert schedule.checkpoints(Bounds(60, 21_600))[:3] == tuple(timedelta(minutes=n) for n in (1, 2, 4))
    assert schedule.checkpoints(Bounds(60, 5))[0] == timedelta(seconds=5)
    assert schedule.checkpoints(Bounds(0, 5))[0] == timedelta(seconds=1)


def test_retry_after_is_read_in_both_forms() -> None:
    assert retry_after("120") == 120
    assert (
        0
        < (
            retry_after((datetime.now(UTC) + timedelta(seconds=90)).strftime("%a, %d %b %Y %H:%M:%S GMT"))
            or 0
        )
        <= 90
    )
    assert retry_after("Wed, 21 Oct 2015 07:28:00 GMT") == 0
    assert retry_after("99999999999") == 7 * 86400
    assert retry_after("Wed, 21 Oct 2015 07:28:00 -0000") == 0  # a date without a zone
    assert retry_after("1.5") == 1.5
    assert [retry_after(v) for v in (None, "", "soon", "-5", "²", "١٢٠", "1e9")] == [None] * 7


def test_machine_times_are_read_and_others_are_none() -> None:
    assert stamp("2025-03-28") == NOW
    assert stamp("Fri, 28 Mar 2025 00:00:00 GMT") == NOW
    assert [stamp(v) for v in (None, "", "yesterday", "2025-99-99")] == [None] * 4


def body(chunks: list[bytes], encoding: str, limit: int = 1_000_000, *, cut: bool = False) -> bytes:
    async def stream() -> object:
        for chunk in chunks:
            yield chunk

    return asyncio.run(bodies.read_body(stream(), encoding, limit, cut=cut))  # type: ignore[arg-type]


TEXT = b"The ministers met. " * 1000


def pieces(data: bytes, size: int = 100) -> list[bytes]:
    return [data[n : n + size] for n in range(0, len(data), size)]


def test_bodies_are_unpacked_in_every_encoding_that_we_offer() -> None:
    raw_deflate = zlib.compressobj(wbits=-15)
    forms = {
        "gzip": zlib.compress(TEXT, wbits=31),
        "x-gzip": zlib.compress(TEXT, wbits=31),
        "deflate": zlib.compress(TEXT),
        "": TEXT,
        "identity": TEXT,
    }
    for encoding, data in forms.items():
        assert body(pieces(data), encoding) == TEXT
    assert body([raw_deflate.compress(TEXT) + raw_deflate.flush()], "deflate") == TEXT


def test_bombs_broken_and_unknown_encodings_are_refused() -> None:
    bomb = zlib.compress(b"\0" * 300_000_000, wbits=31)
    for data, encoding, reason in (
        (bomb, "gzip", Reason.TOO_LARGE),
        (b"\0" * 2_000_000, "", Reason.TOO_LARGE),
        (b"not packed", "gzip", Reason.PROTOCOL),
        (b"x", "br", Reason.PROTOCOL),
        (b"x", "gzip, gzip", Reason.PROTOCOL),
    ):
        with pytest.raises(FetchFailure) as caught:
            body(pieces(data, 60_000), encoding)
        assert caught.value.reason is reason
    assert len(body([bomb], "gzip", cut=True)) == 1_000_000
