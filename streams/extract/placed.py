"""A place that was found in a text, and the country named beside it."""

from __future__ import annotations

from typing import NamedTuple

from streams.extract.tables import Known
from streams.extract.units import Units


class Placed(NamedTuple):
    """A place at units first..last (exclusive); `known` is null where no data settle it."""

    first: int
    last: int
    known: Known | None
    country: str | None
    rule: str


def beside(u: Units, i: int) -> str | None:
    """The country named directly after unit `i` ("Baghdad, Iraq")."""
    after = u.classes[i + 1 : i + 4]
    step = 2 if after[:2] in {",N", "(N", "iN"} else 3 if after in {",tN", "itN", "otN"} else 0
    if not step:
        return None
    return next((k.code for k in u.known[i + step] if k.kind == "country"), None)
