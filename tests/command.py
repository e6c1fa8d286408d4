"""`communique ...` as a person types it, in this process: exit status, what it printed, what it complained of."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from services.cli import main
from services.settings import Settings
from tests.pipeline import environment


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended."""

    status: int
    out: str
    err: str

    def json(self) -> Any:
        assert self.status == 0, self.err
        return json.loads(self.out)


def communique(settings: Settings, *arguments: str, typed: bytes = b"") -> Done:
    """Run one command with `settings` in its environment and `typed` on its standard input."""
    out, err = io.StringIO(), io.StringIO()
    with (
        _as(settings, list(arguments), typed),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main.run()
            status = 0
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else int(bool(end.code))
    assert "Traceback" not in err.getvalue()
    return Done(status, out.getvalue(), err.getvalue())


@contextlib.contextmanager
def _as(settings: Settings, arguments: list[str], typed: bytes) -> Iterator[None]:
    before, words, keys = dict(os.environ), sys.argv, sys.stdin
    os.environ.clear()
    os.environ.update(environment(settings))
    sys.argv, sys.stdin = ["communique", *arguments], io.TextIOWrapper(io.BytesIO(typed))
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
        sys.argv, sys.stdin = words, keys
