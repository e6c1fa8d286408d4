"""Which disks must have room, and what is said when one has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from services import disk
from services.errors import CommuniqueError
from services.settings import Settings

SERVERS = {"bootstrap_servers": "kafka:9092", "database_url": "postgresql://who@where/what"}


def test_there_is_room_where_there_is_room(tmp_path: Path) -> None:
    assert disk.shortage(Settings(home=tmp_path)) is None


def test_a_full_disk_is_named_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "LEAST_BYTES", 1 << 62)
    with pytest.raises(CommuniqueError, match=f"the disk of {tmp_path} is full") as caught:
        disk.need_room(Settings(home=tmp_path))
    assert "communique up" in caught.value.remedy


def test_beside_real_servers_no_disk_of_ours_holds_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "LEAST_BYTES", 1 << 62)
    assert disk.shortage(Settings(home=tmp_path, **SERVERS)) is None
    own_file = Settings(
        home=tmp_path / "home", **(SERVERS | {"database_url": f"sqlite:///{tmp_path}/other/c.db"})
    )
    (tmp_path / "other").mkdir()
    assert "/other is full" in (disk.shortage(own_file) or "")
