"""The metrics, named by the Prometheus conventions; `docs/operations.md` explains each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from services.status import Status


class StatusCollector(Collector):
    """Turns one look at the pipeline into metrics."""

    def __init__(self, found: Status) -> None:
        self._found = found

    def collect(self) -> Iterator[Metric]:
        """Yield every metric."""
        found = self._found
        up = GaugeMetricFamily("communique_up", "1 if broker and database answer")
        up.add_metric([], 0 if found.problems else 1)
        yield up
        stalled = GaugeMetricFamily(
            "communique_stalled", "1 if records wait and nothing has been stored for a while"
        )
        stalled.add_metric([], 1 if found.stalls else 0)
        yield stalled
        labels = ["stage", "topic"]
        lag = GaugeMetricFamily(
            "communique_lag_records", "Records that a stage has still to read", labels=labels
        )
        done = CounterMetricFamily(
            "communique_processed_records", "Records that a stage has passed", labels=labels
        )
        for stage in found.stages:
            lag.add_metric([stage.stage, stage.topic], stage.lag)
            done.add_metric([stage.stage, stage.topic], stage.committed)
        yield lag
        yield done
        rows = GaugeMetricFamily("communique_rows", "Rows of a table", labels=["table"])
        for name, number in found.counts.items():
            rows.add_metric([name], number)
        yield rows
        dead = GaugeMetricFamily("communique_dead_letters", "Unresolved dead letters", labels=["error"])
        for error, number in found.dead_by_error.items():
            dead.add_metric([error], number)
        yield dead
        fails = GaugeMetricFamily(
            "communique_source_consecutive_failures",
            "Failed polls of an enabled source in a row",
            labels=["source"],
        )
        overdue = GaugeMetricFamily(
            "communique_source_overdue_seconds",
            "How far a source is beyond its usual interval",
            labels=["source"],
        )
        for source in found.sources:
            fails.add_metric([source.source_id], source.consecutive_failures)
            overdue.add_metric([source.source_id], (source.overdue_hours or 0) * 3600)
        yield fails
        yield overdue
        if found.freshest:
            moment = dt.datetime.fromisoformat(found.freshest).timestamp()
            fresh = GaugeMetricFamily(
                "communique_last_stored_timestamp_seconds", "When a release was last stored"
            )
            fresh.add_metric([], moment)
            yield fresh
