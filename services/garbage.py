"""Garbage collection of a process that makes many records and few cycles."""

from __future__ import annotations

import ctypes
import ctypes.util
import gc


def settle() -> None:
    """Leave what is loaded now out of every collection, collect seldom, and give freed memory back.

    Records are freed when the last reference goes; the collector's walks over them and over the vocabularies took
    a tenth of the sink's time, and more of a worker's. Loading vocabularies and models leaves some 50 MiB
    that are free and still held: glibc gives them back when asked, other C libraries do so by themselves.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    give_back()


def give_back() -> None:
    """Collect what cycles hold, and give what is free back to the machine; a few milliseconds."""
    gc.collect()
    if trim := getattr(ctypes.CDLL(ctypes.util.find_library("c")), "malloc_trim", None):
        trim(0)
