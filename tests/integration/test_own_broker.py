"""The broker of one machine: what its first start must survive."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from services.local import broker
from services.local.jars import ensure_jars
from services.local.java import find_java


def test_a_cluster_id_that_begins_with_a_dash_formats_the_storage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One id in 64 does: the storage tool took it for an option, and the first start failed."""
    monkeypatch.setattr(uuid, "uuid4", lambda: uuid.UUID(bytes=b"\xfb" + bytes(15)))
    (tmp_path / broker.CONFIG).write_text(broker.properties(19092, 19093, 1_000_000), encoding="ascii")
    command = [str(find_java()), *broker.HEAP, *broker.QUIET, "-cp", f"{ensure_jars()}/*"]
    broker.format_storage(tmp_path, command)
    cluster = (tmp_path / "formatted").read_text(encoding="utf-8")
    assert cluster.startswith("-")
    stored = (tmp_path / broker.DATA / "meta.properties").read_text(encoding="utf-8")
    assert f"cluster.id={cluster}" in stored.splitlines()
