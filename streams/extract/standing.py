"""Whom an office stands for where a text does not say: offices that only one state has, known leaders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from streams.extract.folding import fold, normal
from streams.extract.persons import lone_names
from streams.extract.tables import split, table

SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii"})
LEADING: Final = frozenset({"head_of_state", "head_of_government", "minister", "head_of_organization"})


@cache
def national(kind: str, *, as_written: bool = False) -> dict[str, str]:
    """Names, folded or as written, of one kind of national body, title or word to their state."""
    rows = table("national_bodies.tsv")
    return {name if as_written else fold(name): code for name, code, which in rows if which == kind}


@lru_cache(maxsize=1 << 12)
def title_country(surface: str) -> str | None:
    """The state whose office this must be by its name alone."""
    low = fold(surface)
    if low.startswith("secretary of state for"):
        return "GBR"
    if low.startswith(("secretary of state in", "secretary of state at", "secretary of state to")):
        return None
    titles = national("title")
    words = low.split()
    for size in range(len(words), 0, -1):
        for first in range(len(words) - size + 1):
            if (code := titles.get(" ".join(words[first : first + size]).rstrip(","))) is not None:
                return code
    return None


class _Leaders(NamedTuple):
    full: dict[str, frozenset[str]]
    by_family: dict[str, list[tuple[list[str], str]]]


@cache
def _leaders() -> _Leaders:
    full: dict[str, set[str]] = defaultdict(set)
    by_family: dict[str, list[tuple[list[str], str]]] = defaultdict(list)
    for code, names in table("leaders.tsv"):
        for name in split(names):
            words = normal(name).split()
            full[" ".join(words)].add(code)
            by_family[words[-1]].append((words, code))
    return _Leaders({k: frozenset(v) for k, v in full.items()}, dict(by_family))


def _longer(words: list[str]) -> frozenset[str]:
    """The leader whose name stands, shorter, in `words`: "Mohammad Ishaq Dar" holds "Ishaq Dar"."""
    if len(words) < 3:
        return frozenset()
    found = set()
    by_family = _leaders().by_family
    for name, code in (n for word in words[1:] for n in by_family.get(word, ())):
        rest = iter(words)
        if (
            len(name) > 1
            and all(word in rest for word in name)
            and (name[0] == words[0] or name == words[-2:] or name == words[1:3])
        ):
            found.add(code)
    return frozenset(found)


def leader_country(names: Sequence[str], level: str | None, mentioned: Container[str]) -> str | None:
    """Whom a known leader of one of these names represents.

    A family name counts with a leading office only; of several codes the one that the text mentions.
    """
    leaders = _leaders()
    for name in names:
        words = [w for w in normal(name).split() if w not in SUFFIXES]
        codes = leaders.full.get(" ".join(words)) or _longer(words)
        if found := _only(codes, mentioned):
            return found
    if level in LEADING or all(n.lower() in lone_names() for n in names):
        full_names = [normal(name).split() for name in names if " " in name and name[0].isupper()]
        for name in names:
            words = normal(name).split()
            ending = {
                code
                for leader, code in leaders.by_family.get(words[-1], ())
                if leader[-len(words) :] == words and not _is_namesake(leader, full_names)
            }
            if found := _only(ending, mentioned):
                return found
    return None


def _is_namesake(leader: list[str], full_names: list[list[str]]) -> bool:
    """Whether the text names another by that family name: "Ana Roe" is not the leader "Bo Roe"."""
    alike = any(words[0] in leader or words[0][0] == leader[0][0] for words in full_names)
    return bool(full_names) and not alike


def is_leader_of(names: Sequence[str]) -> str | None:
    """The only state or organisation of the known leader who bears one of these names in full."""
    leaders = _leaders()
    codes = {
        c
        for name in names
        if " " in name
        for c in leaders.full.get(" ".join(w for w in normal(name).split() if w not in SUFFIXES), ())
    }
    return codes.pop() if len(codes) == 1 else None


def _only(codes: Collection[str], mentioned: Container[str]) -> str | None:
    """The only code, or the only one that the text mentions."""
    near = [c for c in codes if c in mentioned]
    return next(iter(codes)) if len(codes) == 1 else near[0] if len(near) == 1 else None
