"""What a backfill reads: files, folders, globs, archives and standard input, one item for each release."""

from __future__ import annotations

import glob
import gzip
import io
import json
import lzma
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final, cast

from warcio.exceptions import ArchiveLoadFailed

from services.errors import ConfigurationError

TEXT: Final = {".txt": "text/plain", ".html": "text/html", ".htm": "text/html", ".pdf": "application/pdf"}
SUFFIXES: Final = (*TEXT, ".json", ".jsonl", ".ndjson", ".xml", ".rss", ".atom", ".warc")
ARCHIVES: Final = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
TOGETHER: Final = 64  # a JSON list or a feed may be so many times as large as a release
HINTS: Final = ("url", "title", "published_at", "language", "source_id", "fetched_at")


STDIN: Final = Path("-")
# What the libraries raise on a file that is not what its name says, or is cut off.
BROKEN: Final = (
    EOFError,
    NotImplementedError,  # a way of compressing that zipfile does not know
    RuntimeError,  # an archive with a password
    lzma.LZMAError,
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
    ArchiveLoadFailed,
)


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
        if argument == "-":
            found.append((STDIN, "stdin"))
        elif path.is_dir():
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
    """Read the releases of one file; a body beyond `limit` bytes comes without it, with its size.

    Raises `ConfigurationError` if the file cannot be read or is not what its name says.
    """
    try:
        for found in _read(path, ref, limit):
            yield replace(found, name=f"{path}{found.name.removeprefix(ref)}")
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error}", remedy="Check the file.") from None
    except BROKEN as error:
        raise ConfigurationError(
            f"{path} is broken: {(str(error) or type(error).__name__).splitlines()[0]}",
            remedy="Mend or leave out the file; nothing was published.",
        ) from None


def _read(path: Path, ref: str, limit: int) -> Iterator[Input]:
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
    """Read standard input: JSON or JSON lines if it begins like them, a feed or page by its tags, else one text."""
    content = sys.stdin.buffer.read()
    if content.strip():
        yield from _read_stream(io.BytesIO(content), f"stdin{_form(content)}", limit)


def _form(content: bytes) -> str:
    begin = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1000].lower()
    if begin[:1] in {b"{", b"["}:
        return ".jsonl" if _parsed(content) is None else ".json"
    if begin.startswith((b"<?xml", b"<rss", b"<feed")) and b"<html" not in begin:
        return ".xml"
    return ".html" if begin.startswith((b"<!doctype html", b"<html", b"<?xml")) else ".txt"


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
    if suffix in TEXT:
        body, size = bounded(file, limit)
        yield Input(ref, ref, body, TEXT[suffix], size)
        return
    body, size = bounded(file, limit * TOGETHER)
    if suffix == ".json":
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
    longest = limit * 2  # a line of JSON escapes what its text holds
    for number, line in enumerate(iter(lambda: file.readline(longest), b""), 1):
        size, part = len(line), line
        while len(part) == longest and not part.endswith(b"\n"):
            part = file.readline(longest)
            size += len(part)
        if size > longest:
            yield Input(f"{ref}#{number}", f"{ref}#{number}", b"", "application/json", size)
        elif line.strip():
            yield from_object(line, f"{ref}#{number}", limit)


def _json(body: bytes, size: int, ref: str, limit: int) -> Iterator[Input]:
    found = _parsed(body)
    if isinstance(found, list):
        for number, one in enumerate(found, 1):
            yield from_object(json.dumps(one).encode(), f"{ref}#{number}", limit)
    else:
        yield from_object(body, ref, limit) if body else Input(ref, ref, b"", "application/json", size)


def _parsed(body: bytes) -> Any:
    """Return what JSON says, null if it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def from_object(line: bytes, ref: str, limit: int) -> Input:
    """Make an input of a JSON object with `text` or `html`.

    What is no such object goes on the log as it is, so that its dead letter holds it byte for byte.
    """
    try:
        found = json.loads(line)
        key = "html" if found.get("html") else "text"
        body = found[key].encode("utf-8", "replace")
    except (ValueError, RecursionError, AttributeError, KeyError, TypeError):
        return Input(ref, ref, line.rstrip(b"\r\n")[:limit], "application/json", len(line))
    hints = {k: str(found[k]) for k in HINTS if found.get(k)}
    media_type = "text/html" if key == "html" else "text/plain"
    kept = body if len(body) <= limit else b""
    return Input(ref, ref, kept, media_type, len(body), hints, charset="utf-8")
