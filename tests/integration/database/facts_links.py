"""The links and dead letters of the facts in `facts`."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.database import tables as t

AT = "2025-05-06T08:00:00.000000Z"
LATER = "2025-05-07T09:30:00.250000Z"
FACTS: dict[sa.Table, list[dict[str, Any]]] = {}

FACTS[t.event_links] = [
    {
        "event_id": "e-summit",
        "other_event_id": "e-plan",
        "relation": "fulfils",
        "basis": "name:asia central eu",
    },
    {"event_id": "e-meet", "other_event_id": "e-summit", "relation": "part_of", "basis": "named"},
]
FACTS[t.dead_letters] = [
    {
        "topic": "communique.releases.raw",
        "partition": 0,
        "offset": offset,
        "pipeline_version": 1,
        "stage": "clean",
        "error": "NoText",
        "message": f"nothing to read in record {offset}",
        "payload": b"\xff\x00",
        "headers": "{}",
        "attempts": 1,
        "first_failed_at": AT,
        "resolved_at": LATER if offset else None,
    }
    for offset in range(3)
]
