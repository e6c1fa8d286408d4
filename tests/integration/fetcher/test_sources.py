"""Sources by the command line: found, checked, enabled, walked into the past."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import typer
from typer.testing import CliRunner

from services.cli import sources as commands
from services.database import engine as database
from services.database import schema
from services.database import tables as t
from services.database.columns import iso_time
from services.errors import CommuniqueError, ConfigurationError
from services.fetcher import sources
from services.fetcher.entries import IndexKind
from services.fetcher.naming import Publisher
from services.settings import FetchSettings, Settings
from tests.integration.database.facts import release
from tests.integration.fetcher.lab import Site, entry, feed, story


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("COMMUNIQUE_HOME", str(tmp_path))
    monkeypatch.setenv("COMMUNIQUE_FETCH__ALLOW_PRIVATE_HOSTS", "true")
    monkeypatch.setenv("COMMUNIQUE_FETCH__MINIMUM_PAUSE_SECONDS", "0")
    fetch = FetchSettings(allow_private_hosts=True, minimum_pause_seconds=0, timeout_seconds=3)
    made = Settings(home=tmp_path, fetch=fetch)
    schema.upgrade(made)
    return made


def listing(numbers: range, extra: str = "") -> str:
    rows = "".join(
        f"<li><span>2025-03-{n:02}</span> <a href='/news/{n}-minister-opens-bridge'>Minister opens bridge number {n} in the north</a></li>"
        for n in numbers
    )
    return f"<html><head>{extra}</head><body><main><ul>{rows}</ul></main></body></html>"


def publish(site: Site, numbers: range) -> None:
    for n in numbers:
        site.pages[f"/news/{n}-minister-opens-bridge"] = story(n).replace(
            "</h1>", f"</h1><time datetime='2025-03-{n:02}'>{n} March</time>"
        )


def test_add_finds_the_feed_of_a_page_and_shows_what_it_would_publish(site: Site, settings: Settings) -> None:
    publish(site, range(1, 6))
    site.pages["/press"] = listing(
        range(1, 6), "<link rel='alternate' type='application/rss+xml' href='/press.xml'>"
    )
    site.pages["/press.xml"] = lambda _: feed(
        *(entry(f"{site.url}/news/{n}-minister-opens-bridge", f"g{n}") for n in range(5, 0, -1))
    )
    proposal = sources.propose(settings, f"{site.url}/press", "norlandia-mfa")
    assert proposal.error is None
    assert proposal.candidate is not None
    assert proposal.candidate.kind is IndexKind.FEED
    assert proposal.source.url == f"{site.url}/press.xml"
    assert proposal.candidate.samples[0].title == "Minister opens bridge 5"
    assert proposal.candidate.samples[0].published_on == "2025-03-05"
    assert [c.kind for c in proposal.others] == [IndexKind.LISTING]
    sources.add(settings, proposal.source)
    assert [r["source_id"] for r in sources.listed(settings, enabled_only=True)] == ["norlandia-mfa"]
    with pytest.raises(ConfigurationError):
        sources.add(settings, proposal.source)


def test_add_finds_the_press_page_of_a_front_page(site: Site, settings: Settings) -> None:
    publish(site, range(1, 6))
    site.pages["/"] = (
        "<html><body><a href='/visas'>Visas</a> <a href='/en/press'>Press releases</a></body></html>"
    )
    site.pages["/en/press"] = listing(range(1, 6))
    proposal = sources.propose(settings, site.url)
    assert proposal.error is None
    assert proposal.source.url == f"{site.url}/en/press"


def test_add_finds_a_news_sitemap_named_by_robots(site: Site, settings: Settings) -> None:
    publish(site, range(1, 6))
    site.pages["/"] = "<html><body>Welcome</body></html>"
    site.pages["/robots.txt"] = f"Sitemap: {site.url}/maps.xml"
    site.pages["/maps.xml"] = (
        f"<sitemapindex><sitemap><loc>{site.url}/news-map.xml</loc></sitemap></sitemapindex>"
    )
    maps = "".join(f"<url><loc>{site.url}/news/{n}-minister-opens-bridge</loc></url>" for n in range(1, 6))
    site.pages["/news-map.xml"] = f"<urlset>{maps}</urlset>"
    assert sources.propose(settings, site.url).source.url == f"{site.url}/news-map.xml"


def test_add_prefers_the_press_page_to_what_else_a_front_page_lists(site: Site, settings: Settings) -> None:
    publish(site, range(1, 9))
    embassies = "".join(
        f"<li><a href='/embassies/{n}'>Embassy of Norlandia in the capital of country number {n}</a></li>"
        for n in range(30)
    )
    site.pages["/"] = (
        f"<html><body><ul>{embassies}</ul><p><a href='/en/press'>Press releases</a></p></body></html>"
    )
    site.pages["/en/press"] = listing(range(1, 9))
    proposal = sources.propose(settings, site.url)
    assert (proposal.error, proposal.source.url) == (None, f"{site.url}/en/press")


def test_add_proposes_what_can_be_read_where_the_likeliest_list_cannot(
    site: Site, settings: Settings
) -> None:
    publish(site, range(1, 6))
    site.pages["/press"] = listing(
        range(1, 6), "<link rel='alternate' type='application/rss+xml' href='/dead.xml'>"
    )
    site.pages["/dead.xml"] = lambda _: feed(*(entry(f"{site.url}/gone/{n}", f"g{n}") for n in range(5)))
    proposal = sources.propose(settings, f"{site.url}/press")
    assert (proposal.error, proposal.source.url) == (None, f"{site.url}/press")
    assert [c.url for c in proposal.others] == [f"{site.url}/dead.xml"]


def test_add_finds_the_feeds_that_a_page_about_feeds_lists(site: Site, settings: Settings) -> None:
    publish(site, range(1, 6))
    site.pages["/"] = "<html><body>Follow our <a href='/services/rss-feeds'>RSS feeds</a></body></html>"
    site.pages["/services/rss-feeds"] = (
        "<html><body><a href='/sitemap.xml'>Map</a> <a href='/services/news.xml'>News</a></body></html>"
    )
    site.pages["/services/news.xml"] = lambda _: feed(
        *(entry(f"{site.url}/news/{n}-minister-opens-bridge", f"g{n}") for n in range(1, 6))
    )
    assert sources.propose(settings, site.url).source.url == f"{site.url}/services/news.xml"


def test_a_source_is_named_by_its_user_the_catalogue_or_its_address(site: Site, settings: Settings) -> None:
    def added(
        url: str, ident: str | None = None, **said: str
    ) -> tuple[str, str, str | None, str, str | None]:
        made = sources.propose(settings, url, ident, Publisher(**said)).source
        return made.source_id, made.name, made.publisher_country, made.kind, made.language

    here = site.url + "/nothing"
    assert added("https://www.mfa.gov.kz/press") == ("mfa-gov-kz", "www.mfa.gov.kz", "KAZ", "ministry", None)
    assert added("https://www.gov.uk/news")[2] == "GBR"
    assert added("https://ministry.example/news")[2] is None
    assert added(here, "n", name="MFA of Norlandia", country="nor", kind="agency", language="nb") == (
        "n",
        "MFA of Norlandia",
        "NOR",
        "agency",
        "nb",
    )
    assert added(here, "kaz-mfa")[1:4] == ("Ministry of Foreign Affairs, Kazakhstan", "KAZ", "ministry")
    for wrong in ({"country": "XYZ"}, {"kind": "blog"}):
        with pytest.raises(ConfigurationError, match="is no"):
            added(here, "n", **wrong)


def test_an_id_that_is_taken_is_refused_before_anything_is_fetched(site: Site, settings: Settings) -> None:
    sources.add(settings, sources.Source("norlandia-mfa", "MFA", f"{site.url}/press"))
    with pytest.raises(ConfigurationError, match="already"):
        sources.propose(settings, f"{site.url}/press", "norlandia-mfa")
    assert not site.counts


def test_add_says_why_nothing_can_be_polled(site: Site, settings: Settings) -> None:
    site.pages["/"] = "<html><body>Welcome</body></html>"
    site.pages["/closed"] = 403
    assert "no feed, sitemap or list" in (sources.propose(settings, site.url).error or "")
    assert "403" in (sources.propose(settings, site.url + "/closed").error or "")
    site.pages["/app"] = "<html><body><div id='root'></div><script src='/app.js'></script></body></html>"
    assert "JavaScript" in (sources.propose(settings, site.url + "/app").error or "")
    sources.add(settings, sources.Source("app", "app", site.url + "/app"))
    assert "JavaScript" in (sources.check(settings, ["app"])[0].error or "")
    site.pages["/robots.txt"] = "User-agent: *\nDisallow: /"
    assert "disallows" in (sources.propose(settings, site.url + "/other").error or "")
    for wrong in ("mailto:press@ministry.example", "not_a_scheme://x", ""):
        with pytest.raises(ConfigurationError):
            sources.propose(settings, wrong)


def test_a_host_that_cannot_be_reached_is_not_said_to_forbid_anything(settings: Settings) -> None:
    sources.add(settings, sources.Source("dead", "dead", "http://127.0.0.1:9/press"))
    sources.add(settings, sources.Source("lost", "lost", "http://no-such-host.invalid/press"))
    dead, lost = sources.check(settings, ["dead", "lost"])
    assert [(c.reachable, c.robots, (c.error or "").partition(":")[0]) for c in (dead, lost)] == [
        (False, "unknown", "connect"),
        (False, "unknown", "dns"),
    ]


def test_private_hosts_are_refused_without_the_setting(site: Site, settings: Settings) -> None:
    site.pages["/"] = "<html><body>Welcome</body></html>"
    closed = settings.model_copy(update={"fetch": FetchSettings(minimum_pause_seconds=0)})
    assert (sources.propose(closed, site.url).error or "").startswith("address")
    assert not site.counts


def test_check_tells_good_sources_from_bad_ones_and_stamps_the_good(site: Site, settings: Settings) -> None:
    publish(site, range(1, 6))
    site.pages["/press"] = listing(range(1, 6))
    site.pages["/wall"] = "<html><head><title>Access denied</title></head></html>"
    for path in ("press", "wall", "gone"):
        sources.add(settings, sources.Source(path, path, f"{site.url}/{path}"))
    good, wall, gone = sources.check(settings, ["press", "wall", "gone"])
    assert (good.is_good, good.reachable, good.robots, good.kind, good.listed) == (
        True,
        True,
        "allowed",
        "listing",
        5,
    )
    assert (good.text_found, good.date_found, good.newest) == (True, True, "2025-03-03")
    assert (wall.is_good, wall.reachable) == (False, True)
    assert (wall.error or "").startswith("blocked")
    assert (gone.error or "").endswith("404")
    verified = {r["source_id"]: r["verified_on"] for r in sources.listed(settings, enabled_only=True)}
    assert verified["press"]
    assert verified["wall"] is None


def test_the_catalogue_is_off_until_it_is_switched_on(settings: Settings) -> None:
    assert sources.listed(settings, enabled_only=True) == []
    assert sources.enable(settings, [], country="KAZ", kind="ministry") == ["kaz-mfa"]
    assert sources.enable(settings, ["nato"]) == ["nato"]
    assert {r["source_id"] for r in sources.listed(settings, enabled_only=True)} == {"kaz-mfa", "nato"}
    assert sources.disable(settings, ["nato"]) == ["nato"]
    assert len(sources.enable(settings, [], everything=True)) > 300
    assert sources.remove(settings, ["nato"]) == ["nato"]
    assert {r["kind"] for r in sources.listed(settings, country="kaz", kind="ministry")} == {"ministry"}
    for wrong in ({"country": "XYZ"}, {"kind": "blog"}):
        for command in (sources.listed, lambda s, **w: sources.enable(s, [], **w)):
            with pytest.raises(ConfigurationError, match="is no"):
                command(settings, **wrong)  # type: ignore[operator]
    for work in (sources.disable, sources.remove, sources.check):
        with pytest.raises(CommuniqueError, match="no source"):
            work(settings, ["no-such-source"])  # type: ignore[operator]


def test_the_commands_speak_json_and_ask_before_adding(site: Site, settings: Settings) -> None:
    publish(site, range(1, 6))
    site.pages["/press"] = listing(range(1, 6))
    runner = CliRunner()

    def run(*args: str, answer: str | None = None) -> tuple[int, str]:
        result = runner.invoke(commands.app, list(args), input=answer)
        assert not isinstance(result.exception, (TypeError, AttributeError, KeyError)), result.exception
        return result.exit_code, result.stdout

    assert run("add", f"{site.url}/press", "--id", "norlandia-mfa", answer="n\n")[0] == 1
    assert run("list", "--enabled", "--json")[1].strip() == "[]"
    assert run("add", f"{site.url}/press", "--id", "norlandia-mfa", "--yes")[0] == 0
    assert [r["source_id"] for r in json.loads(run("list", "--enabled", "--json")[1])] == ["norlandia-mfa"]
    code, said = run("check", "--json")
    assert (code, json.loads(said)[0]["listed"]) == (0, 5)
    assert run("add", f"{site.url}/nothing", "--id", "later", "--yes")[0] != 0
    assert run("add", f"{site.url}/nothing", "--id", "later", "--force")[0] == 0
    assert run("check", "later")[0] == 1
    assert run("check", "--stale")[0] == 0
    assert run("enable", "--country", "KAZ", "--json")[0] == 0
    assert run("disable", "later")[0] == 0
    assert run("remove", "later")[0] == 0
    assert run("list", "--country", "KAZ")[0] == 0
    assert isinstance(commands.app, typer.Typer)


def state_of(settings: Settings, source_id: str, **values: object) -> None:
    """Let the fetcher have left this state behind."""
    engine = database.connect(settings)
    with engine.begin() as connection:
        row = {"source_id": source_id, "consecutive_failures": 0, **values}
        connection.execute(sa.insert(t.source_state).values(**row))
    engine.dispose()


def released(settings: Settings, source_id: str, *days: str | None, seen: tuple[str, ...] = ()) -> None:
    """Let the source have published on these days (null: undated), first seen on the days `seen`."""
    engine = database.connect(settings)
    with engine.begin() as connection:
        for number, day in enumerate(days):
            row = release(f"{source_id}-{number}", "Title", "Text.", day, source_id=source_id)
            if seen:
                row["first_fetched_at"] = f"{seen[number]}T00:00:00.000000Z"
            connection.execute(sa.insert(t.releases).values(**row))
    engine.dispose()


def test_monitoring_is_told_by_the_exit_status_which_sources_are_stale(settings: Settings) -> None:
    def stale(*more: str) -> tuple[int, list[dict[str, object]]]:
        result = CliRunner().invoke(commands.app, ["check", "--stale", "--json", *more])
        return result.exit_code, json.loads(result.stdout)

    assert stale() == (0, [])
    for name in ("fresh", "failing", "silent", "off", "new"):
        sources.add(settings, sources.Source(name, name, f"https://{name}.example/feed"))
    assert stale() == (0, [])  # added, and not polled yet
    ago = {n: iso_time(datetime.now(UTC) - timedelta(days=n)) for n in (0, 60)}
    state_of(settings, "fresh", last_success_at=ago[0], last_new_at=ago[0])
    released(settings, "fresh", "2025-03-01", "2025-03-02", "2025-03-03")
    assert stale() == (0, [])
    state_of(settings, "off", consecutive_failures=9, last_error="dns: no such name")
    sources.disable(settings, ["off"])
    assert stale() == (0, [])
    state_of(settings, "silent", last_success_at=ago[0], last_new_at=ago[60])
    released(settings, "silent", "2025-01-01", "2025-01-02", "2025-01-03")
    code, rows = stale()
    assert (code, [(r["source_id"], r["state"]) for r in rows]) == (1, [("silent", "silent")])
    assert float(str(rows[0]["overdue_hours"])) > 57 * 24
    state_of(settings, "failing", consecutive_failures=1, last_error="changed: a page in place of the feed")
    code, rows = stale()
    assert (code, [r["source_id"] for r in rows]) == (1, ["failing", "silent"])
    assert rows[0]["last_error"] == "changed: a page in place of the feed"
    # Nobody polls: the next poll of a source that works is hours late.
    state_of(settings, "new", last_success_at=ago[60], next_due_at=ago[60])
    assert [(r["source_id"], r["state"]) for r in stale()[1]][1:] == [
        ("new", "unattended"),
        ("silent", "silent"),
    ]
    # Of a source whose releases have no dates, the days on which they were first seen tell its rhythm.
    sources.add(settings, sources.Source("undated", "undated", "https://undated.example/feed"))
    state_of(settings, "undated", last_success_at=ago[0], last_new_at=ago[60])
    released(settings, "undated", None, None, seen=("2025-01-01", "2025-01-03"))
    assert [r["usual_interval_hours"] for r in stale()[1] if r["source_id"] == "undated"] == [48.0]
    plain = CliRunner().invoke(commands.app, ["check", "--stale"])
    assert plain.exit_code == 1
    assert "silent" in plain.stdout
