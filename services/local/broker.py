"""The broker of one machine: a real Apache Kafka node in KRaft mode, on loopback only.

`python -m services.local.broker BYTES`, with the size of the largest message and the data folder in
COMMUNIQUE_HOME, prepares that folder and becomes the broker (`exec`). The ports are kept while they are free
and written to `broker/ports.json`; data and cluster id stay.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import uuid
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Final

from services.errors import CommuniqueError
from services.local.jars import ensure_jars
from services.local.java import find_java

# One compiler: the second one took longer than the broker's own work, for a load that never needs it.
HEAP: Final = (
    "-Xmx256m",
    "-Xms64m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:+ExitOnOutOfMemoryError",
)
DATA: Final = "data"
CONFIG: Final = "server.properties"
QUIET: Final = (
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
    "-Dorg.slf4j.simpleLogger.showDateTime=true",
    "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
)


def properties(broker: int, controller: int, message_bytes: int) -> str:
    """Return `server.properties` of one node that is broker and controller.

    It runs in its own folder and names its data relative to it: a properties file is Latin-1, and `log.dirs`
    a list, so that a path with an accent or a comma would lead elsewhere.
    """
    values = {
        "process.roles": "broker,controller",
        "node.id": 1,
        "listeners": f"PLAINTEXT://127.0.0.1:{broker},CONTROLLER://127.0.0.1:{controller}",
        "advertised.listeners": f"PLAINTEXT://127.0.0.1:{broker},CONTROLLER://127.0.0.1:{controller}",
        "controller.listener.names": "CONTROLLER",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "inter.broker.listener.name": "PLAINTEXT",
        "controller.quorum.bootstrap.servers": f"127.0.0.1:{controller}",
        "log.dirs": DATA,
        "auto.create.topics.enable": "false",
        "offsets.topic.replication.factor": 1,
        "offsets.topic.num.partitions": 4,
        "transaction.state.log.replication.factor": 1,
        "transaction.state.log.min.isr": 1,
        "share.coordinator.state.topic.replication.factor": 1,
        "share.coordinator.state.topic.min.isr": 1,
        "group.initial.rebalance.delay.ms": 0,
        "message.max.bytes": message_bytes,
        "replica.fetch.max.bytes": message_bytes,
        "socket.request.max.bytes": max(104857600, message_bytes * 2),
        "log.segment.bytes": 268435456,
        "num.network.threads": 2,
        "num.io.threads": 4,
        "offsets.retention.minutes": 525600,
    }
    return "".join(f"{key}={value}\n" for key, value in values.items())


def prepare(home: Path, message_bytes: int) -> list[str]:
    """Make the data folder ready and return the command that is the broker, to be run in `broker/`."""
    folder = home / "broker"
    folder.mkdir(parents=True, exist_ok=True)
    broker, controller = choose_ports(folder / "ports.json")
    (folder / CONFIG).write_text(properties(broker, controller, message_bytes), encoding="ascii")
    java, jars = find_java(), ensure_jars()
    command = [str(java), *HEAP, *QUIET, "-cp", f"{jars}/*"]
    format_storage(folder, command)
    _write_atomically(folder / "ports.json", json.dumps({"broker": broker, "controller": controller}))
    return [*command, "kafka.Kafka", CONFIG]


def format_storage(folder: Path, command: list[str]) -> None:
    """Format the log folder once; a half-made one (no record was ever taken) is made anew."""
    data = folder / DATA
    marker = folder / "formatted"
    if marker.exists() and (data / "meta.properties").exists():
        return
    if marker.exists():
        raise CommuniqueError(
            f"the broker's data in {data} is gone, although it was there",
            remedy="Restore it, or remove the whole data folder and start anew.",
        )
    if data.exists():
        shutil.rmtree(data)
    cluster = urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
    made = subprocess.run(  # noqa: S603
        # One word: an id may begin with "-" (one in 64 does), which alone would be read as an option.
        [
            *command,
            "kafka.tools.StorageTool",
            "format",
            "--standalone",
            f"--cluster-id={cluster}",
            "-c",
            CONFIG,
        ],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise CommuniqueError(
            f"the broker's storage cannot be formatted: {made.stdout[-500:]}{made.stderr[-500:]}",
            remedy="Check free space and permissions.",
        )
    marker.write_text(cluster, encoding="utf-8")


def choose_ports(file: Path) -> tuple[int, int]:
    """Keep the ports of the last start where they are free, else take free ones."""
    try:
        last = json.loads(file.read_text(encoding="utf-8"))
        ports = int(last["broker"]), int(last["controller"])
    except (OSError, ValueError, KeyError):
        ports = 0, 0
    with socket.socket() as one, socket.socket() as two:
        return _bind(one, ports[0]), _bind(two, ports[1])


def _bind(held: socket.socket, port: int) -> int:
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind(("127.0.0.1", port))
    except OSError:
        held.bind(("127.0.0.1", 0))
    return int(held.getsockname()[1])


def environment() -> dict[str, str]:
    """Return the variables of the JVM: file names in UTF-8; of ours only what tells whose process it is.

    The others may hold secrets.
    """
    kept = {k: v for k, v in os.environ.items() if not re.match(r"COMMUNIQUE_(?!HOME$|SUPERVISED$)", k)}
    return kept | {"LC_ALL": "C.UTF-8"}


def _write_atomically(file: Path, text: str) -> None:
    scratch = file.with_suffix(".new")
    scratch.write_text(text, encoding="utf-8")
    scratch.replace(file)


def main() -> None:
    home, message_bytes = Path(os.environ["COMMUNIQUE_HOME"]), int(sys.argv[1])
    try:
        command = prepare(home, message_bytes)
    except CommuniqueError as error:
        sys.exit(f"{error} {error.remedy}")
    os.chdir(home / "broker")
    os.execve(command[0], command, environment())  # noqa: S606


if __name__ == "__main__":
    main()
