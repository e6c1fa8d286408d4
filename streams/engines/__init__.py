"""Engines are plug-ins: pure functions from a clean release to its annotation, found by entry point.

A package that offers one names it in the entry point group `communique.annotators`; the setting
`work.annotator` chooses. The built-in one is `communique`; `spacy` is an example and a baseline.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import entry_points
from typing import Final

from streams.annotation import Annotation
from streams.errors import ConfigurationError
from streams.records import CleanRelease

GROUP: Final = "communique.annotators"
BUILT_IN: Final = "communique"
Annotator = Callable[[CleanRelease], Annotation]


def names() -> list[str]:
    """Return the names of the engines that are installed."""
    return sorted({BUILT_IN} | {point.name for point in entry_points(group=GROUP)})


def load(name: str) -> Annotator:
    """Return an engine by name; raises `ConfigurationError` if it is not installed."""
    if name == BUILT_IN:
        from streams.annotate import annotate  # noqa: PLC0415 (its data is loaded on import)

        return annotate
    for point in entry_points(group=GROUP, name=name):
        try:
            found: Annotator = point.load()
        except ImportError as error:
            raise ConfigurationError(
                f"the engine {name!r} cannot be loaded: {error}", remedy=f"pip install 'communique[{name}]'"
            ) from None
        return found
    raise ConfigurationError(
        f"work.annotator is {name!r}, which is not installed", remedy=f"Installed are: {', '.join(names())}."
    )
