"""Garbage collection of a process that makes many records and few cycles."""

from __future__ import annotations

import gc


def settle() -> None:
    """Leave what is loaded now out of every collection, and collect seldom.

    Records are freed when the last reference goes; the collector's walks over them and over the vocabularies took
    a tenth of the sink's time, and more of a worker's.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
