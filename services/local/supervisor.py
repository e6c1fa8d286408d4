"""The processes of one machine under a supervisor (package `supervisor`).

They are started in order, restarted with a growing pause, logged to rotated files, stopped together.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import os
import shlex
import subprocess
import sys
import tempfile
import time
import xmlrpc.client
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psutil
from supervisor.xmlrpc import SupervisorTransport

from services import alive
from services.errors import CommuniqueError
from services.settings import Settings
from streams.topics import Topic, max_message_bytes

MARK: Final = "COMMUNIQUE_SUPERVISED"
SOCKET: Final = "COMMUNIQUE_SUPERVISOR_SOCKET"
PYTHON: Final = "COMMUNIQUE_PYTHON"


@dataclass(frozen=True, slots=True)
class ProcessState:
    """One process as the supervisor sees it."""

    name: str
    state: str
    pid: int
    uptime_seconds: int
    description: str


def names(settings: Settings) -> tuple[str, ...]:
    """Return the processes that run here, in the order of their start; no broker where one is configured."""
    workers = settings.work.count(settings.partitions)
    return (
        *(["broker"] if settings.has_own_broker() else []),
        *(f"work-{n}" if n > 1 else "work" for n in range(1, workers + 1)),
        *("sink", "fetch", "console"),
    )


def socket_file(home: Path) -> Path:
    """Return the supervisor's socket: in a short folder of our own, since a socket's path is limited."""
    digest = hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"communique-{os.getuid()}-{digest}" / "supervisor.sock"


def configuration(settings: Settings) -> str:
    """Return the supervisor's configuration file.

    Its paths are relative to the data folder, or come from the environment: in the file itself a `#`, `;`
    or `%` in a folder's name would mean something else.
    """
    user = "user=root\n" if os.getuid() == 0 else ""
    parts = [
        f"[unix_http_server]\nfile=%(ENV_{SOCKET})s\nchmod=0600\n",
        (
            f"[supervisord]\nlogfile=logs/supervisor.log\nlogfile_maxbytes=5MB\nlogfile_backups=2\n"
            f"pidfile=run/supervisor.pid\nchildlogdir=logs\nsilent=true\n{user}"
            f"identifier=communique\ndirectory=.\nminfds=1024\n"
        ),
        (
            "[rpcinterface:supervisor]\n"
            "supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface\n"
        ),
    ]
    for priority, name in enumerate(names(settings), 1):
        parts.append(
            f"[program:{name}]\ncommand={_command(settings, name)}\nautostart=false\nautorestart=true\n"
            f"priority={priority}\nstartsecs={2 if name == 'broker' else 5}\nstartretries=1000000\n"
            f"stopsignal=TERM\nstopwaitsecs=30\nredirect_stderr=true\n"
            f"stdout_logfile=logs/{name}.log\n"
            "stdout_logfile_maxbytes=10MB\nstdout_logfile_backups=5\n"
        )
    return "\n".join(parts)


def _command(settings: Settings, name: str) -> str:
    if name == "broker":
        size = max_message_bytes(Topic.DEAD, settings.max_release_bytes)
        return f"%(ENV_{PYTHON})s -m services.local.broker {size}"
    return f"%(ENV_{PYTHON})s -m services.cli.main {name.partition('-')[0]}"


class _Transport(SupervisorTransport):  # type: ignore[misc]
    """The library's transport, with a socket that is closed when we are done with it."""

    def __init__(self, file: Path) -> None:
        super().__init__(None, None, f"unix://{file}")


class SupervisorGone(CommuniqueError):
    """No supervisor answers for the data folder: none was started, or it was killed."""

    def __init__(self) -> None:
        super().__init__("the supervisor is gone", remedy="Run `communique up` again: it heals what is left.")


class Supervisor:
    """The supervisor of one data folder."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.home = settings.home.resolve()

    def _call(self, method: str, *arguments: Any) -> Any:
        """Call the supervisor. Raises `SupervisorGone` if none is running."""
        transport = _Transport(socket_file(self.home))
        proxy = xmlrpc.client.ServerProxy("http://127.0.0.1", transport=transport)
        try:
            return getattr(proxy.supervisor, method)(*arguments)
        except (OSError, http.client.HTTPException, xmlrpc.client.ProtocolError) as error:
            raise SupervisorGone from error
        finally:
            transport.close()

    def is_running(self) -> bool:
        """Tell whether a supervisor answers for this data folder."""
        try:
            return bool(self._call("getState")["statename"])
        except (SupervisorGone, xmlrpc.client.Fault):
            return False

    def launch(self) -> None:
        """Start the supervisor, healing what a crash left over; its processes are started by `start`."""
        for folder in ("run", "logs"):
            (self.home / folder).mkdir(parents=True, exist_ok=True)
        self.sweep()
        alive.forget(self.settings)
        socket = socket_file(self.home)
        socket.parent.mkdir(mode=0o700, exist_ok=True)
        socket.unlink(missing_ok=True)
        (self.home / "run" / "supervisor.pid").unlink(missing_ok=True)
        file = self.home / "run" / "supervisor.conf"
        file.write_text(configuration(self.settings), encoding="utf-8")
        # A full path for our packages: the working directory of the processes is the data folder.
        package_root = str(Path(__file__).resolve().parents[2])
        paths = [package_root, *filter(None, [os.environ.get("PYTHONPATH")])]
        environment = os.environ | {
            MARK: str(self.home),
            "COMMUNIQUE_HOME": str(self.home),
            SOCKET: str(socket),
            PYTHON: shlex.quote(sys.executable),
            "PYTHONPATH": os.pathsep.join(paths),
            "PYTHONUNBUFFERED": "1",
        }
        made = subprocess.run(  # noqa: S603
            [sys.executable, "-W", "ignore", "-m", "supervisor.supervisord", "-c", str(file)],
            env=environment,
            cwd=self.home,
            capture_output=True,
            text=True,
            check=False,
        )
        self._wait_for_answer(made)

    def _wait_for_answer(self, made: subprocess.CompletedProcess[str]) -> None:
        end = time.monotonic() + 15
        while not self.is_running():
            if made.returncode or time.monotonic() > end:
                raise CommuniqueError(
                    f"the supervisor does not start: {(made.stderr or made.stdout).strip()[-300:]}",
                    remedy=f"See {self.home / 'logs' / 'supervisor.log'}.",
                )
            time.sleep(0.05)

    def start(self, name: str) -> None:
        """Start one process, at once if it waits for its next try; harmless when it runs."""
        if self._call("getProcessInfo", name)["statename"] == "BACKOFF":
            self.stop_process(name)
        with contextlib.suppress(xmlrpc.client.Fault):  # already started
            self._call("startProcess", name, False)

    def stop_process(self, name: str) -> None:
        """Stop one process; harmless when it does not run."""
        with contextlib.suppress(xmlrpc.client.Fault):
            self._call("stopProcess", name, True)

    def states(self) -> list[ProcessState]:
        """Return the state of every process; empty if no supervisor is running."""
        try:
            infos = self._call("getAllProcessInfo")
        except SupervisorGone:
            return []
        order = {name: number for number, name in enumerate(names(self.settings))}
        return [
            ProcessState(
                i["name"],
                str(i["statename"]).lower(),
                i["pid"],
                max(0, i["now"] - i["start"]) if i["pid"] else 0,
                i["spawnerr"] or i["description"],
            )
            for i in sorted(infos, key=lambda i: order.get(i["name"], len(order)))
        ]

    def shut_down(self, tell: Callable[[str], None] = lambda _: None) -> bool:
        """Stop everything, the broker last, and leave no process. False if nothing was running."""
        running = self.is_running()
        if running:
            with contextlib.suppress(SupervisorGone):  # killed meanwhile: what it leaves is swept up
                for process in reversed(self.states()):
                    tell(process.name)
                    self.stop_process(process.name)
                self._call("shutdown")
        left = self.sweep()
        socket = socket_file(self.home)
        socket.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            socket.parent.rmdir()
        return running or left > 0

    def sweep(self) -> int:
        """End processes of this data folder that no supervisor looks after any more."""
        gone, left = psutil.wait_procs(self._leftover(), timeout=2 if self._leftover() else 0)
        for process in left:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.terminate()
        _, stubborn = psutil.wait_procs(left, timeout=30)
        for process in stubborn:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(stubborn, timeout=5)
        return len(gone) + len(left)

    def _leftover(self) -> list[psutil.Process]:
        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if process.pid != os.getpid() and process.environ().get(MARK) == str(self.home):
                    found.append(process)
        return found
