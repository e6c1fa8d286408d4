"""A real broker that clients reach only through a proxy whose connections a test can cut."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Self

from services.local import broker
from services.local.jars import ensure_jars
from services.local.java import find_java
from streams.topics import Topic, max_message_bytes
from tests.chaos.proxy import Proxy
from tests.postgres import free_port


class ProxiedBroker:
    """Tells clients the proxy's port as its own; `proxy.cut()` closes every connection."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "broker"
        self.folder.mkdir()
        port, controller = free_port(), free_port()
        self.proxy = Proxy(("127.0.0.1", port))
        self.address = f"127.0.0.1:{self.proxy.port}"
        advertised = f"PLAINTEXT://{self.address},CONTROLLER://127.0.0.1:{controller}"
        config = broker.properties(port, controller, max_message_bytes(Topic.DEAD, 8 * 1024 * 1024))
        # Of a name that stands there twice the last counts.
        (self.folder / broker.CONFIG).write_text(
            f"{config}advertised.listeners={advertised}\n", encoding="ascii"
        )

    def __enter__(self) -> Self:
        self.proxy.__enter__()
        command = [str(find_java()), *broker.HEAP, *broker.QUIET, "-cp", f"{ensure_jars()}/*"]
        broker.format_storage(self.folder, command)
        with (self.folder / "broker.log").open("wb") as log:
            self.process = subprocess.Popen(
                [*command, "kafka.Kafka", broker.CONFIG], cwd=self.folder, stdout=log, stderr=log
            )
        return self

    def __exit__(self, *failure: object) -> None:
        self.process.kill()
        self.process.wait(30)
        self.proxy.__exit__(*failure)
