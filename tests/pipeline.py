"""A whole pipeline for tests: real processes on a topic prefix and a database of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import sqlalchemy as sa

from services import kafka
from services.database import schema
from services.database import tables as t
from services.database.engine import read_only
from services.database.progress import Pipeline
from services.errors import CommuniqueError
from services.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
NOT_COMPARED = {"stream_offsets", "source_state", "source_items", "fetch_hosts", "robots_files"}
NOT_COMPARED_COLUMNS = {"persisted_at", "updated_at", "attempts", "first_failed_at", "resolved_at"}


def environment(settings: Settings) -> dict[str, str]:
    """The settings as environment variables of a process."""
    said = {
        "COMMUNIQUE_HOME": str(settings.home),
        "COMMUNIQUE_BOOTSTRAP_SERVERS": settings.brokers(),
        "COMMUNIQUE_TOPIC_PREFIX": settings.topic_prefix,
        "COMMUNIQUE_PARTITIONS": str(settings.partitions),
        "COMMUNIQUE_MAX_RELEASE_BYTES": str(settings.max_release_bytes),
        "COMMUNIQUE_SINK__BATCH_RECORDS": str(settings.sink.batch_records),
        "COMMUNIQUE_SINK__STALL_SECONDS": str(settings.sink.stall_seconds),
        "COMMUNIQUE_WORK__STALL_SECONDS": str(settings.work.stall_seconds),
        "COMMUNIQUE_WORK__IN_FLIGHT_RECORDS": str(settings.work.in_flight_records),
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
    }
    for name in settings.kafka.model_fields_set:
        value = getattr(settings.kafka, name)
        said[f"COMMUNIQUE_KAFKA__{name.upper()}"] = str(
            getattr(value, "get_secret_value", lambda v=value: v)()
        )
    if settings.database_url is not None:
        said["COMMUNIQUE_DATABASE_URL"] = settings.database_url.get_secret_value()
    kept = {k: v for k, v in os.environ.items() if not k.startswith("COMMUNIQUE_")}
    return kept | said


def wait_until(condition: Callable[[], Any], seconds: float = 60, what: str = "the condition") -> Any:
    """Wait until `condition` is true and return it."""
    end = time.monotonic() + seconds
    while True:
        if found := condition():
            return found
        assert time.monotonic() < end, f"{what} was not reached within {seconds:g} s"
        time.sleep(0.05)


class Process:
    """One of our processes, as a container would run it; `fault` is Python that breaks something in it first."""

    def __init__(self, settings: Settings, *arguments: str, fault: str = "") -> None:
        self.log = settings.home / f"{arguments[0]}-{time.monotonic_ns()}.log"
        run = ["-c", f"{fault}\nfrom services.cli.main import run\nrun()"] if fault else []
        with self.log.open("wb") as log:
            self.popen = subprocess.Popen(
                [sys.executable, *(run or ["-m", "services.cli.main"]), *arguments],
                cwd=settings.home,
                env=environment(settings),
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def signal(self, number: int) -> None:
        self.popen.send_signal(number)

    def kill(self) -> None:
        self.popen.kill()
        self.popen.wait(30)

    def stop(self) -> int:
        if self.popen.poll() is None:
            self.popen.send_signal(signal.SIGCONT)
            self.popen.terminate()
        try:
            return self.popen.wait(60)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            self.popen.wait(10)
            raise AssertionError(f"did not stop on SIGTERM: {self.said()[-2000:]}") from None

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


class Running:
    """Workers and sinks on one installation; a context manager that leaves no process."""

    def __init__(self, settings: Settings, *, workers: int = 1, sinks: int = 1) -> None:
        self.settings = settings
        schema.upgrade(settings)
        kafka.create_topics(settings)
        self.workers = [Process(settings, "work") for _ in range(workers)]
        self.sinks = [Process(settings, "sink") for _ in range(sinks)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        if failure[0] is not None:
            print(how_far(self.settings))
        for process in (*self.workers, *self.sinks):
            if process.popen.poll() is None:
                process.kill()
        if failure[0] is not None:
            for process in (*self.workers, *self.sinks):
                print(f"--- {process.log.name}\n{process.said()[-4000:]}")

    def revive(self) -> None:
        """Start anew whatever has ended, as a supervisor would."""
        for many, name in ((self.workers, "work"), (self.sinks, "sink")):
            for i, process in enumerate(many):
                if process.popen.poll() is not None:
                    many[i] = Process(self.settings, name)

    def wait_for(self, process: Process, seconds: float = 300) -> int | None:
        """Wait until `process` ends, starting anew whatever ends meanwhile, as a supervisor would."""

        def ended() -> bool:
            self.revive()
            return process.popen.poll() is not None

        wait_until(ended, seconds, f"the end of {process.log.name}")
        return process.popen.poll()

    def backfill(self, *paths: Path | str, wait: bool = True, seconds: float = 120) -> dict[str, int]:
        """Run `communique backfill` and return its counts."""
        import json

        arguments = ["backfill", "--json", *(["--wait"] if wait else []), *map(str, paths)]
        made = subprocess.run(
            [sys.executable, "-m", "services.cli.main", *arguments],
            cwd=self.settings.home,
            env=environment(self.settings),
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        assert made.returncode == 0, (made.returncode, made.stdout, made.stderr)
        return json.loads(made.stdout)

    def settle(self, seconds: float = 120) -> None:
        """Wait until everything on the log has reached the tables."""
        engine = read_only(self.settings)
        with Pipeline(self.settings, engine) as pipeline:
            pipeline.wait_until_passed(seconds)
        engine.dispose()


def how_far(settings: Settings) -> str:
    """Each partition's next offset and end, hop by hop: what a test that waited in vain needs to say."""
    engine, told = read_only(settings), []
    with Pipeline(settings, engine) as pipeline:
        for group, topics in pipeline.hops():
            try:
                ends = kafka.end_offsets(settings, topics)
                done = pipeline.done(group, ends)
            except CommuniqueError as error:
                told.append(f"{group}: {error}")
            else:
                told += [
                    f"{group} {t}[{p}]: {done.get((t, p))} of {end}" for (t, p), end in ends.items() if end
                ]
    engine.dispose()
    return "\n".join(told)


def all_tables(settings: Settings) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table in the sense in which two runs must be the same (DATA.md, section 2)."""
    engine, found = read_only(settings), {}
    with engine.connect() as connection:
        for name, table in t.metadata.tables.items():
            if name in NOT_COMPARED:
                continue
            columns = [c for c in table.columns if c.name not in NOT_COMPARED_COLUMNS]
            query = sa.select(*columns)
            if name == "meta":
                query = query.where(table.c.key != "created_at")
            found[name] = sorted((tuple(row) for row in connection.execute(query)), key=repr)
    engine.dispose()
    return found


def without_origins(tables: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
    """Tables of two runs on two logs: where a record stands on the log may differ, nothing else."""
    columns = [c.name for c in t.release_revisions.columns]
    dropped = [columns.index(n) for n in ("raw_partition", "raw_offset")]
    revisions = [
        tuple(v for i, v in enumerate(row) if i not in dropped) for row in tables["release_revisions"]
    ]
    return {**tables, "release_revisions": sorted(revisions, key=repr)}


def count(settings: Settings, table: sa.Table) -> int:
    engine = read_only(settings)
    with engine.connect() as connection:
        number = connection.scalar(sa.select(sa.func.count()).select_from(table))
    engine.dispose()
    return int(number or 0)
