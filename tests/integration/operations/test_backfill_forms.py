"""Every form that `communique backfill` reads, and what it refuses before anything is published."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest
import sqlalchemy as sa

from services.backfill import inputs
from services.database import tables as t
from services.database.engine import read_only
from services.settings import Settings
from streams.topics import Topic
from tests.command import communique
from tests.integration.operations.conftest import ends, times
from tests.pipeline import Running, all_tables

pytestmark = pytest.mark.timeout(900)
LIMIT = 10_000


def said(name: str) -> str:
    return f"Minister of Foreign Affairs of Norway Ingrid Solberg met with Foreign Minister {name} in Oslo."


def page(name: str) -> str:
    return (
        f"<html><head><title>{name}</title></head><body><article><p>{said(name)}</p></article></body></html>"
    )


def feed(kind: str) -> str:
    if kind == "rss":
        item = f"<item><title>RSS one</title><link>https://norland.example/rss-1</link><description>{said('Rss')}</description></item>"
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>N</title>{item}{item.replace("1", "2").replace("one", "two")}</channel></rss>'
    entry = f"<entry><id>urn:atom:1</id><title>Atom</title><updated>2024-03-02T10:00:00Z</updated><content>{said('Atom')}</content></entry>"
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>N</title>{entry}</feed>'


def warc(name: str) -> bytes:
    """A page, a picture and a page that is gone: one is a release."""
    members = []
    for number, (kind, status) in enumerate(
        [("text/html; charset=utf-8", "200 OK"), ("image/png", "200 OK"), ("text/html", "404 Not Found")]
    ):
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n{page(name)}".encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://norland.example/{name}-{number}\r\n"
            f"WARC-Date: 2024-03-05T12:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n"
        )
        members.append(gzip.compress(head.encode() + answer + b"\r\n\r\n"))
    return b"".join(members)


def zipped(**members: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("_", "."), text)
    return file.getvalue()


def tarred(**members: str) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        for name, text in members.items():
            entry = tarfile.TarInfo(name.replace("_", "."))
            entry.size = len(text.encode())
            archive.addfile(entry, io.BytesIO(text.encode()))
    return file.getvalue()


def write_forms(folder: Path) -> Path:
    """One folder with every form; its sub-folders are read too, other files are left alone."""
    line = json.dumps(
        {"text": said("Line"), "url": "https://norland.example/line", "fetched_at": "2024-03-04T00:00:00Z"}
    )
    files: dict[str, bytes] = {
        "plain.txt": said("Plain").encode(),
        "deep/er/page.html": page("Page").encode(),
        "one.json": json.dumps({"html": page("One"), "title": "One", "other": 1}).encode(),
        "list.json": json.dumps([{"text": said("First")}, {"text": said("Second")}]).encode(),
        "lines.jsonl": f"{line}\n\n{json.dumps({'text': said('Other')})}\n".encode(),
        "packed.jsonl.gz": gzip.compress(json.dumps({"text": said("Packed")}).encode()),
        "rss.xml": feed("rss").encode(),
        "atom.xml": feed("atom").encode(),
        "crawl.warc.gz": warc("warc"),
        "several.zip": zipped(a_txt=said("Zipped"), b_html=page("Zip page"), c_png="no text"),
        "several.tar.gz": tarred(a_txt=said("Tarred"), d_jsonl=json.dumps({"text": said("Tar line")})),
        "notes.md": b"left alone",
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


REFS = {
    "plain.txt",
    "deep/er/page.html",
    "one.json",
    "list.json#1",
    "list.json#2",
    "lines.jsonl#1",
    "lines.jsonl#3",
    "packed.jsonl.gz#1",
    "rss.xml#1",
    "rss.xml#2",
    "urn:atom:1",
    "crawl.warc.gz",
    "several.zip!a.txt",
    "several.zip!b.html",
    "several.tar.gz!a.txt",
    "several.tar.gz!d.jsonl#1",
}


def test_every_form_is_stored_and_a_second_run_puts_nothing_on_the_log(
    station: Running, tmp_path: Path
) -> None:
    folder, settings = write_forms(tmp_path), station.settings
    first = communique(
        settings, "backfill", str(folder), "--source", "norland-mfa", "--wait", "--json"
    ).json()
    assert (first["found"], first["published"], first["stored"], first["dead"]) == (16, 16, 16, 0)
    engine = read_only(settings)
    with engine.connect() as db:
        query = sa.select(
            t.releases.c.source_ref, t.releases.c.url, t.releases.c.fetched_at, t.releases.c.source_id
        )
        rows = {ref: rest for ref, *rest in db.execute(query.where(t.releases.c.source_id == "norland-mfa"))}
    engine.dispose()
    assert set(rows) == REFS
    assert rows["crawl.warc.gz"][:2] == ["https://norland.example/warc-0", "2024-03-05T12:00:00.000000Z"]
    assert rows["lines.jsonl#1"][:2] == ["https://norland.example/line", "2024-03-04T00:00:00.000000Z"]
    assert rows["plain.txt"][:2] == [None, "1970-01-01T00:00:00.000000Z"]

    before, tables = ends(settings), all_tables(settings)
    again = communique(
        settings, "backfill", str(folder), "--source", "norland-mfa", "--wait", "--json"
    ).json()
    assert (again["published"], again["skipped"]) == (0, 16)
    assert ends(settings) == before
    assert all_tables(settings) == tables


def test_a_glob_and_standard_input_and_a_dry_run_that_publishes_nothing(
    station: Running, tmp_path: Path
) -> None:
    folder, settings = write_forms(tmp_path), station.settings
    before = ends(settings)
    dry = communique(
        settings, "backfill", str(folder / "*.json"), "-", "--dry-run", typed=said("Typed").encode()
    )
    assert dry.status == 0, dry.err
    assert dry.out.splitlines() == [
        f"{folder}/list.json#1",
        f"{folder}/list.json#2",
        f"{folder}/one.json",
        "stdin.txt",
    ]
    assert "4 of 4 would be published" in dry.err
    assert ends(settings) == before


@pytest.mark.parametrize(
    ("typed", "refs"),
    [
        (said("A").encode(), ["stdin.txt"]),
        (page("A").encode(), ["stdin.html"]),
        (feed("rss").encode(), ["stdin.xml#1", "stdin.xml#2"]),
        (b'{"text": "one"}\n{"text": "two"}\n', ["stdin.jsonl#1", "stdin.jsonl#2"]),
        (b'{\n  "text": "over lines"\n}\n', ["stdin.json"]),
        (b'[{"text": "one"}, {"text": "two"}]', ["stdin.json#1", "stdin.json#2"]),
        (b"  \n", []),
    ],
)
def test_standard_input_is_taken_for_what_it_looks_like(
    typed: bytes, refs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed)))
    assert [one.ref for one in inputs.read_stdin(LIMIT)] == refs


def test_two_inputs_of_one_id_and_different_content_stop_the_run_with_both_names(
    station: Running, tmp_path: Path
) -> None:
    settings = station.settings
    for folder, text in (("one", "Japan"), ("two", "Kenya")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(said(text), encoding="utf-8")
        (tmp_path / folder / f"only-{folder}.txt").write_text(said(folder), encoding="utf-8")
    before = ends(settings)
    made = communique(settings, "backfill", str(tmp_path / "one"), str(tmp_path / "two"), "--source", "twins")
    assert made.status == 2
    for name in ("one", "two"):
        assert str(tmp_path / name / "a.txt") in made.err
    assert "what to do:" in made.err
    assert ends(settings) == before


def broken() -> dict[str, bytes]:
    whole = {"cut.zip": zipped(a_txt=said("A") * 50), "cut.tar.gz": tarred(a_txt=said("A") * 500)}
    return {
        "cut.zip": whole["cut.zip"][:-40],
        "cut.tar.gz": whole["cut.tar.gz"][:-30],
        "cut.jsonl.gz": gzip.compress(b'{"text": "x"}\n' * 999)[:-20],
        "cut.warc.gz": warc("cut")[:120],
        "not.zip": b"not a zip",
        "not.tar": b"not a tar",
        "not.txt.gz": b"not gzip",
        "not.warc": b"garbage\r\n\r\n",
    }


@pytest.mark.parametrize("name", sorted(broken()))
def test_a_broken_file_stops_the_run_with_its_name(name: str, station: Running, tmp_path: Path) -> None:
    (tmp_path / "a-good.txt").write_text(said("Good"), encoding="utf-8")
    (tmp_path / name).write_bytes(broken()[name])
    before = ends(station.settings)
    made = communique(station.settings, "backfill", str(tmp_path))
    assert made.status == 2, made.err
    assert name in made.err
    assert "what to do:" in made.err
    assert ends(station.settings) == before


@pytest.mark.parametrize(
    ("lines", "sizes"),
    [
        ([b'{"text": "a"}', b"x" * 3 * LIMIT, b'{"text": "b"}'], [1, 3 * LIMIT + 1, 1]),
        ([b'{"text": "' + b"y" * (LIMIT + 1) + b'"}'], [LIMIT + 1]),
        ([b"[" * 5000], [5001]),
        ([b'{"text": null}'], [15]),
    ],
)
def test_an_odd_line_is_one_input_with_its_size(lines: list[bytes], sizes: list[int], tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_bytes(b"\n".join(lines) + b"\n")
    found = list(inputs.read(file, file.name, LIMIT))
    assert [one.size for one in found] == sizes
    assert all(not one.body for one in found if one.size > 2 * LIMIT)


def test_a_rate_is_kept(station: Running, tmp_path: Path) -> None:
    settings = station.settings
    for number in range(10):
        (tmp_path / f"{number}.txt").write_text(said(f"Number {number}"), encoding="utf-8")
    made = communique(
        settings, "backfill", str(tmp_path), "--source", "slowly", "--rate", "5", "--wait", "--json"
    )
    assert made.json()["stored"] == 10
    taken = times(settings, Topic.RAW)[-10:]
    assert taken[-1] - taken[0] > 1.0, "ten records at five a second take almost two, after a slow first one"


def test_nothing_to_read_is_told(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, bootstrap_servers="127.0.0.1:1")
    assert communique(settings, "db", "upgrade").status == 0
    made = communique(settings, "backfill", str(tmp_path / "none.txt"), "--dry-run")
    assert (made.status, "there is no file" in made.err) == (2, True)
