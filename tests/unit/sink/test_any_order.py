"""Every order of arrival, every batch size and every repetition gives the same tables."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from services.database import schema
from services.database import tables as t
from services.database.engine import connect
from services.settings import Settings
from services.sink.batch import Dead, Item, Observed, Stored
from services.sink.store import put
from services.sink.writer import run
from streams.codec import Origin
from streams.dead_letters import Reason
from streams.records import Observation
from tests.pipeline import all_tables
from tests.releases import derived, raw, text_of


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Callable[[list[list[Item]]], dict[str, list[tuple[object, ...]]]]]:
    """Put batches into a new SQLite database and return all its tables."""
    template = tmp_path / "template"
    template.mkdir()
    schema.upgrade(Settings(home=template))
    made: list[sa.Engine] = []

    def into_new(batches: list[list[Item]]) -> dict[str, list[tuple[object, ...]]]:
        home = tmp_path / f"db-{len(made)}"
        home.mkdir()
        (home / "communique.db").write_bytes((template / "communique.db").read_bytes())
        settings = Settings(home=home)
        engine = connect(settings)
        made.append(engine)
        for batch in batches:
            run(engine, settings, lambda c, b=batch: put(c, b))
        return all_tables(settings)

    yield into_new
    for engine in made:
        engine.dispose()


def items(rng: random.Random) -> list[Item]:
    """Releases that share events, with edits, edits taken back, higher versions, withdrawals and dead letters."""
    found: list[Item] = []
    offset = 0

    def add(item: Callable[[Origin], Item]) -> None:
        nonlocal offset
        found.append(item(Origin("raw", 0, offset)))
        offset += 1

    for number in range(8):
        first, second = text_of(rng), text_of(rng)
        one, other = (
            raw(number, first, "2024-03-10T00:00:00.000000Z"),
            raw(number, second, "2024-03-11T00:00:00.000000Z"),
        )
        add(lambda o, r=one: Stored(o, derived(r)))
        if number % 2:
            add(lambda o, r=other: Stored(o, derived(r)))
        if number % 4 == 1:  # the edit is taken back
            again = raw(number, first, "2024-03-12T00:00:00.000000Z")
            add(lambda o, r=again: Stored(o, derived(r)))
        if number % 4 == 3:  # an older revision was derived again by newer rules
            add(lambda o, r=one: Stored(o, derived(r, version=99)))
        if number == 2:
            for what, day in (("withdrawn", "13"), ("returned", "14"), ("withdrawn", "15")):
                seen = Observation(
                    schema_version=1,
                    release_id=one.release_id,
                    source_id="tests",
                    content_hash=one.content_hash,
                    fetched_at=f"2024-03-{day}T00:00:00.000000Z",
                    what=what,  # type: ignore[arg-type]
                )
                add(lambda o, s=seen: Observed(o, s))
        if number in {4, 5}:
            reason = Reason(
                "clean", "NoText", "nothing", 1 if number == 4 else 100, one.release_id, one.content_hash
            )
            add(lambda o, r=reason: Dead(o, r, b"\x00\xff", {}))
    return found


def split(some: list[Item], size: int) -> list[list[Item]]:
    return [some[at : at + size] for at in range(0, len(some), size)]


@pytest.mark.parametrize("seed", range(6))
def test_every_order_and_batch_size_gives_the_same_tables(seed: int, store: Callable[..., object]) -> None:
    rng = random.Random(seed)
    some = items(rng)
    expected = store([some])
    for size in (1, 3, 7):
        shuffled = some[:]
        rng.shuffle(shuffled)
        found = store(split(shuffled, size))
        for name in expected:
            assert expected[name] == found[name], (name, size)


@pytest.mark.parametrize("seed", range(3))
def test_facts_speak_of_entities_and_releases_that_stand_there(
    seed: int, store: Callable[..., dict[str, list[tuple[object, ...]]]]
) -> None:
    """These two tables have no foreign keys: the sink alone keeps them whole."""
    some = items(random.Random(seed))
    random.Random(seed).shuffle(some)
    tables = store(split(some, 5))
    releases, entities = ({row[0] for row in tables[name]} for name in ("releases", "entities"))
    assert {row[0] for row in tables["mentions"]} <= releases
    assert {row[3] for row in tables["mentions"]} <= entities
    assert {row[0] for row in tables["release_entities"]} <= releases
    assert {row[1] for row in tables["release_entities"]} == entities


@pytest.mark.parametrize("seed", range(3))
def test_the_same_again_writes_nothing_at_all(
    seed: int, store: Callable[..., object], tmp_path: Path
) -> None:
    some = items(random.Random(seed))
    store([some])
    settings = Settings(home=tmp_path / "db-0")
    engine = connect(settings)

    def persisted() -> list[tuple[object, ...]]:
        with engine.connect() as connection:
            rows = connection.execute(sa.select(t.releases.c.release_id, t.releases.c.persisted_at))
            return sorted(tuple(row) for row in rows)

    before, tables = persisted(), all_tables(settings)
    for batch in split(some[::-1], 4):
        run(engine, settings, lambda c, b=batch: put(c, b))
    assert all_tables(settings) == tables
    assert persisted() == before
    engine.dispose()


def test_an_edit_takes_its_facts_back(store: Callable[..., dict[str, list[tuple[object, ...]]]]) -> None:
    rng = random.Random(11)
    kept, gone = raw(1, text_of(rng)), raw(2, text_of(rng))
    edited = raw(2, " date 2024-03-02 The road to the harbour is closed.\n", "2024-03-12T00:00:00.000000Z")
    with_edit = store([[Stored(Origin("raw", 0, i), derived(r)) for i, r in enumerate((kept, gone, edited))]])
    without = store(
        [[Stored(Origin("raw", 0, 0), derived(kept)), Stored(Origin("raw", 0, 2), derived(edited))]]
    )
    for name in ("events", "event_participants", "event_links", "entity_names", "mentions"):
        assert with_edit[name] == without[name], name
    assert {e[0] for e in with_edit["entities"]} == {e[0] for e in without["entities"]}


def test_two_reports_of_one_meeting_are_one_event_in_either_order(
    store: Callable[..., dict[str, list[tuple[object, ...]]]],
) -> None:
    text = text_of(random.Random(3))
    one, other = raw(1, text), raw(2, text + "\nThe talks took place in a friendly atmosphere.\n")
    records = [Stored(Origin("raw", 0, i), derived(r)) for i, r in enumerate((one, other))]
    first, second = store([records]), store([[records[1]], [records[0]]])
    assert first == second
    columns = [c.name for c in t.events.columns]
    meetings = [dict(zip(columns, row, strict=True)) for row in first["events"]]
    assert any(m["report_count"] == 2 and m["type"] == "CONSULT" for m in meetings)


def test_a_second_bearer_of_a_family_name_separates_what_was_joined(
    store: Callable[..., dict[str, list[tuple[object, ...]]]],
) -> None:
    full = "On 3 March 2024, the Foreign Minister of Norway Ingrid Solberg met with the Foreign Minister of Japan Kenji Morita in Oslo.\n"
    short = " date 2024-03-05 Statement\n\nForeign Minister Solberg of Norway spoke with Foreign Minister Kenji Morita of Japan by phone on 4 March 2024.\n"
    second = "On 6 March 2024, the Deputy Foreign Minister of Norway Anna Solberg met with Ambassador Kenji Morita of Japan in Oslo.\n"
    records = [
        Stored(Origin("raw", 0, i), derived(raw(i, text))) for i, text in enumerate((full, short, second))
    ]

    def canonical(tables: dict[str, list[tuple[object, ...]]]) -> dict[str, str]:
        return {str(row[0]): str(row[1]) for row in tables["entities"]}

    joined, apart = canonical(store([records[:2]])), canonical(store([records]))
    family = next(e for e in joined if e.startswith("person:solberg:"))
    assert joined[family] == "person:ingrid solberg:NOR"
    assert apart[family] == family
