"""The broker's jars: resolved from their Maven artifacts once, then checked against committed SHA-256 sums."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Final

import platformdirs

from services.errors import CommuniqueError, TransientError
from services.local.java import find_java

KAFKA: Final = "4.4.0"
# Not log4j-slf4j-impl: its version list pulls kafka-clients down to 3.8.0.
COORDINATES: Final = f"org.apache.kafka:kafka_2.13:{KAFKA}+org.slf4j:slf4j-simple:1.7.36"


def expected_sums() -> dict[str, str]:
    """Return the committed SHA-256 sum of each jar by file name."""
    text = resources.files("services.local").joinpath("kafka-jars.sha256").read_text(encoding="utf-8")
    pairs = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return {name: digest for digest, name in pairs}


def jars_folder() -> Path:
    """Return the folder that all data folders of this user share."""
    return platformdirs.user_cache_path("communique") / f"kafka-{KAFKA}"


def wrong_jars(folder: Path, expected: dict[str, str]) -> list[str]:
    """Return the names of jars that are missing, unexpected or differ from their sum."""
    found = {p.name: p for p in folder.glob("*.jar")} if folder.is_dir() else {}
    wrong = {name for name in found if name not in expected}
    for name, digest in expected.items():
        path = found.get(name)
        if path is None or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            wrong.add(name)
    return sorted(wrong)


def are_there() -> bool:
    """Tell whether the jars were fetched already."""
    return jars_folder().is_dir()


def ensure_jars() -> Path:
    """Return the folder of the checked jars, fetching them if needed.

    Raises `TransientError` if they cannot be fetched, `CommuniqueError` if what came is not what is
    committed: then nothing of it is kept.
    """
    folder, expected = jars_folder(), expected_sums()
    if not wrong_jars(folder, expected):
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        fetched = Path(scratch) / "jars"
        fetched.mkdir()
        for jar in _resolve(Path(scratch)):
            shutil.copyfile(jar, fetched / jar.name)
        if wrong := wrong_jars(fetched, expected):
            raise CommuniqueError(
                f"the broker's jars are not those that were committed: {', '.join(wrong[:5])}",
                remedy="Check what serves your Maven artifacts; nothing was installed.",
            )
        if folder.exists():
            shutil.rmtree(folder)
        try:
            fetched.rename(folder)
        except OSError:
            if wrong_jars(folder, expected):  # another process was not faster either
                raise
    return folder


def _resolve(scratch: Path) -> list[Path]:
    """Resolve and download the artifacts into `scratch`; return the jars."""
    java = find_java().resolve()  # told, or the resolver would download one of its own to look into the jars
    try:
        with _variables(M2_REPO=str(scratch / "repository"), JAVA_HOME=str(java.parent.parent)):
            import jgo  # noqa: PLC0415 (slow to import, and only needed once)

            environment = jgo.build(COORDINATES, cache_dir=scratch / "cache")
            return [p for d in (environment.jars_dir, environment.modules_dir) for p in Path(d).glob("*.jar")]
    except Exception as error:
        raise TransientError(
            f"the jars of Apache Kafka {KAFKA} cannot be fetched: {error}",
            remedy=(
                "Check the network (REQUESTS_CA_BUNDLE and HTTPS_PROXY are heeded), or set"
                " COMMUNIQUE_BOOTSTRAP_SERVERS to a broker that runs."
            ),
        ) from error


@contextmanager
def _variables(**wanted: str) -> Iterator[None]:
    """Set environment variables for a while."""
    before = dict(os.environ)
    os.environ.update(wanted)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
