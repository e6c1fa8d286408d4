"""Every metric is documented, and no other is."""

from __future__ import annotations

import re

from docs.generate import FOLDER
from services.console.metrics import StatusCollector
from services.status import SourceState, StageState, Status

FULL = Status(
    broker="b",
    database="d",
    stages=[StageState("clean", "releases.raw", 1, 1, 0)],
    counts={"releases": 1},
    dead_letters=1,
    dead_by_error={"NoText": 1},
    freshest="2025-01-01T00:00:00.000000Z",
    sources=[SourceState("s", "fresh", None, None, 1.0, 0, None)],
    problems=[],
)


def test_documented_metrics_are_those_that_are_served() -> None:
    served = {sample.name for metric in StatusCollector(FULL).collect() for sample in metric.samples}
    text = (FOLDER / "operations.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`(communique_[a-z_]+)[{`]", text))
    assert served == documented
