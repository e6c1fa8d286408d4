"""A whole pipeline of its own in a scratch folder: broker, workers and a sink as processes, and a database."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Self

import psutil

from services import kafka
from services.database import schema
from services.settings import apart
from streams.topics import Topic, max_message_bytes

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "bench."


class Stack:
    """Everything but the fetcher and the console; nothing is consumed before `start_stages`."""

    def __init__(self, database: str | None = None, *, postgresql: bool = False) -> None:
        self._stack = ExitStack()
        self.home = Path(self._stack.enter_context(tempfile.TemporaryDirectory()))
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self._server = 0
        if postgresql:
            from tests.postgres import OwnPostgres, create_database

            server = self._stack.enter_context(OwnPostgres(durable=True))
            self._server = server.process.pid if server.process else 0
            database = create_database(server.url)
        self.settings = apart(home=self.home, database_url=database, topic_prefix=PREFIX)

    def __enter__(self) -> Self:
        try:
            size = max_message_bytes(Topic.DEAD, self.settings.max_release_bytes)
            self.processes["broker"] = self.start(str(size), module="services.local.broker")
            end = time.monotonic() + 120
            while not (self.home / "broker" / "ports.json").exists() and time.monotonic() < end:
                time.sleep(0.1)
            kafka.wait_for_broker(self.settings, 60)
            schema.upgrade(self.settings)
            kafka.create_topics(self.settings)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self.processes.values()):
            process.terminate()
            process.wait(60)
        self._stack.close()

    def start(self, *arguments: str, module: str = "services.cli.main") -> subprocess.Popen[bytes]:
        """Start one of our commands as a process."""
        environment = os.environ | {
            "COMMUNIQUE_HOME": str(self.home),
            "COMMUNIQUE_TOPIC_PREFIX": PREFIX,
            "PYTHONPATH": str(ROOT),
        }
        if self.settings.database_url:
            environment["COMMUNIQUE_DATABASE_URL"] = self.settings.database_url.get_secret_value()
        with (self.home / f"{arguments[0]}.log").open("ab") as log:
            command = [sys.executable, "-m", module, *arguments]
            return subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)

    def start_stages(self, workers: int) -> None:
        """Start the workers and the sink."""
        for number in range(1, workers + 1):
            self.processes[f"work-{number}"] = self.start("work")
        self.processes["sink"] = self.start("sink")

    def check(self) -> None:
        """Raise if a process has ended."""
        for name, process in self.processes.items():
            if process.poll() is not None:
                said = "".join(f.read_text(errors="replace")[-2000:] for f in self.home.glob("*.log"))
                raise RuntimeError(f"{name} has ended:\n{said}")

    def cpu_seconds(self) -> dict[str, float]:
        """Return the processor time that each process has taken, user and system."""
        taken = {name: _cpu(psutil.Process(p.pid)) for name, p in self.processes.items()}
        if self._server:
            server = psutil.Process(self._server)
            taken["postgresql"] = _cpu(server) + sum(_cpu(child) for child in server.children())
        return taken

    def memory_mib(self) -> dict[str, int]:
        """Return the resident memory of each process."""
        return {name: psutil.Process(p.pid).memory_info().rss >> 20 for name, p in self.processes.items()}


def _cpu(process: psutil.Process) -> float:
    try:
        taken = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(taken.user + taken.system)
