"""Reference data of the migrations: tab-separated files in `data/`, each with its source in its first lines."""

from __future__ import annotations

import datetime as dt
from importlib import resources
from typing import Any

import sqlalchemy as sa
from alembic import op


def rows(name: str) -> list[dict[str, str | None]]:
    """Read `data/<name>.tsv`: comment lines, a line of column names, then rows; an empty cell is null."""
    text = resources.files("migrations").joinpath("data", f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    columns = lines[0].split("\t")
    return [
        dict(zip(columns, (cell or None for cell in line.split("\t")), strict=True)) for line in lines[1:]
    ]


def insert(table: str, values: list[dict[str, Any]]) -> None:
    """Insert `values` into `table`, all rows with the same columns."""
    columns = [sa.column(name) for name in values[0]]
    op.bulk_insert(sa.table(table, *columns), values)


def set_schema(revision: str) -> None:
    """Note in `meta` which revision the schema is at, for those who ask in SQL."""
    meta = sa.table("meta", sa.column("key"), sa.column("value"))
    op.execute(meta.update().where(meta.c.key == "schema").values(value=revision))


def now() -> str:
    """Say what time it is, as the records do."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def fill() -> None:
    """Fill countries, topics, event types, the two sources of files, and the database's own facts."""
    insert("countries", [country | {"cow": _int(country["cow"])} for country in rows("countries")])
    # The EuroVoc label is there for those who check the file.
    insert("topics", [{k: v for k, v in topic.items() if k != "eurovoc_label"} for topic in rows("topics")])
    insert(
        "event_types",
        [
            kind | {"quad_class": _int(kind["quad_class"]), "intensity": _float(kind["intensity"])}
            for kind in rows("event_types")
        ],
    )
    insert("sources", [source | {"enabled": source["enabled"] == "true"} for source in rows("sources")])
    insert("meta", [{"key": "schema", "value": "0001"}, {"key": "created_at", "value": now()}])


def _int(text: str | None) -> int | None:
    return int(text) if text else None


def _float(text: str | None) -> float | None:
    return float(text) if text else None
