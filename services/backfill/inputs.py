"""What a backfill reads: files, folders, globs, archives and standard input, one item for each release."""

from __future__ import annotations

import glob
import gzip
import io
import json
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final, cast

from services.errors import ConfigurationError

TEXT: Final = {".txt": "text/plain", ".html": "text/html", ".htm": "text/html", ".pdf": "application/pdf"}
SUFFIXES: Final = (*TEXT, ".json", ".jsonl", ".ndjson", ".xml", ".rss", ".atom", ".warc")
ARCHIVES: Final = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
HINTS: Final = ("url", "title", "published_at", "language", "source_id", "fetched_at")


@dataclass(frozen=True, slots=True)
class Input:
    """One release as found: `name` tells a person where, `ref` goes to `releases.source_ref`."""

    name: str
    ref: str
    body: bytes
    media_type: str
    size: int
    hints: dict[str, str] = field(default_factory=dict)
    charset: str | None = None


def expand(paths: list[str]) -> list[tuple[Path, str]]:
    """Return each file with its path relative to the argument (a single file's is its name).

    Raises `ConfigurationError` for an argument that names nothing that can be read.
    """
    found: list[tuple[Path, str]] = []
    for argument in paths:
        path = Path(argument).expanduser()
        if path.is_dir():
            files = sorted(p for p in path.rglob("*") if p.is_file() and is_readable(p.name))
            found += [(p, p.relative_to(path).as_posix()) for p in files]
            if not files:
                raise ConfigurationError(
                    f"the folder {argument} holds no file of a known form", remedy=_forms()
                )
        elif path.is_file():
            if not is_readable(path.name):
                raise ConfigurationError(f"{argument} is of no known form", remedy=_forms())
            found.append((path, path.name))
        else:
            matches = sorted(glob.glob(argument, recursive=True))  # noqa: PTH207 (an absolute pattern, too)
            if not matches:
                raise ConfigurationError(f"there is no file {argument}", remedy="Check the path.")
            found += expand(matches)
    return list(dict.fromkeys(found))


def is_readable(name: str) -> bool:
    """Tell a file name of a known form."""
    low = name.lower()
    return low.endswith(ARCHIVES) or low.removesuffix(".gz").endswith(SUFFIXES)


def _forms() -> str:
    return (
        f"Known forms: {', '.join(SUFFIXES)}, each also as .gz, and archives of them ({', '.join(ARCHIVES)})."
    )


def read(path: Path, ref: str, limit: int) -> Iterator[Input]:
    """Read the releases of one file; a body beyond `limit` bytes comes without it, with its size."""
    low = ref.lower()
    if low.endswith(".zip"):
        with zipfile.ZipFile(path) as archive:
            for member in sorted(archive.infolist(), key=lambda m: m.filename):
                if not member.is_dir() and is_readable(member.filename):
                    with archive.open(member) as opened:
                        yield from _read_stream(opened, f"{ref}!{member.filename}", limit)
    elif low.endswith(ARCHIVES):
        with tarfile.open(path) as archive:
            for entry in archive:
                if entry.isfile() and is_readable(entry.name) and (content := archive.extractfile(entry)):
                    yield from _read_stream(content, f"{ref}!{entry.name}", limit)
    else:
        with path.open("rb") as file:
            yield from _read_stream(file, ref, limit)


def read_stdin(limit: int) -> Iterator[Input]:
    """Read standard input: JSON lines if it begins with `{`, else one text."""
    content = sys.stdin.buffer.read()
    name = "stdin.jsonl" if content.lstrip()[:1] == b"{" else "stdin.txt"
    yield from _read_stream(io.BytesIO(content), name, limit)


def _read_stream(file: IO[bytes], ref: str, limit: int) -> Iterator[Input]:
    low = ref.lower()
    if low.endswith((".warc", ".warc.gz")):
        from services.backfill.warc import read_warc  # noqa: PLC0415

        yield from read_warc(file, ref, limit)
        return
    if low.endswith(".gz"):
        file, low = cast("IO[bytes]", gzip.GzipFile(fileobj=file)), low.removesuffix(".gz")
    suffix = PurePosixPath(low).suffix
    if suffix in {".jsonl", ".ndjson"}:
        yield from _json_lines(file, ref, limit)
        return
    body, size = bounded(file, limit)
    if suffix in TEXT:
        yield Input(ref, ref, body, TEXT[suffix], size)
    elif suffix == ".json":
        yield from _json(body, size, ref, limit)
    else:
        from services.backfill.feeds import read_feed  # noqa: PLC0415

        yield from read_feed(body, size, ref)


def bounded(file: IO[bytes], limit: int) -> tuple[bytes, int]:
    """Read at most `limit` bytes; of what is larger only the size is returned."""
    body = file.read(limit + 1)
    if len(body) <= limit:
        return body, len(body)
    size = len(body)
    while more := file.read(1 << 20):
        size += len(more)
    return b"", size


def _json_lines(file: IO[bytes], ref: str, limit: int) -> Iterator[Input]:
    for number, line in enumerate(iter(lambda: file.readline(limit * 2), b""), 1):
        if line.strip():
            yield from_object(line, f"{ref}#{number}", limit)


def _json(body: bytes, size: int, ref: str, limit: int) -> Iterator[Input]:
    try:
        found: Any = json.loads(body) if body else None
    except ValueError:
        found = None
    if isinstance(found, list):
        for number, one in enumerate(found, 1):
            yield from_object(json.dumps(one).encode(), f"{ref}#{number}", limit)
    else:
        yield from_object(body, ref, limit) if body else Input(ref, ref, b"", "application/json", size)


def from_object(line: bytes, ref: str, limit: int) -> Input:
    """Make an input of a JSON object with `text` or `html`.

    What is no such object goes on the log as it is, so that its dead letter holds it byte for byte.
    """
    try:
        found = json.loads(line)
        key = "html" if found.get("html") else "text"
        body = found[key].encode("utf-8", "replace")
    except (ValueError, AttributeError, KeyError, TypeError):
        return Input(ref, ref, line.rstrip(b"\r\n")[:limit], "application/json", len(line))
    hints = {k: str(found[k]) for k in HINTS if found.get(k)}
    media_type = "text/html" if key == "html" else "text/plain"
    kept = body if len(body) <= limit else b""
    return Input(ref, ref, kept, media_type, len(body), hints, charset="utf-8")
