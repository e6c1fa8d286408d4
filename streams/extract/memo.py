"""What a pure function says of a word or name, kept: most of a text also stood in the texts before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

MOST: Final = 1 << 14
LONGEST: Final = 100  # characters; longer words and names are rare, and some are hostile
T = TypeVar("T")


class Memo(dict[str, T]):
    """A function of one word as a mapping, so that `map(memo.__getitem__, words)` runs without Python code.

    It forgets everything when it is full, which bounds it; what it says never depends on what it holds.
    """

    def __init__(self, function: Callable[[str], T]) -> None:
        super().__init__()
        self.function = function

    def __missing__(self, word: str) -> T:
        value = self.function(word)
        if len(word) <= LONGEST:
            if len(self) >= MOST:
                self.clear()
            self[word] = value
        return value
