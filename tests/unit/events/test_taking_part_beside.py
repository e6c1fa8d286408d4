"""An actor beside the others: the numbers that trees weigh."""

from __future__ import annotations

from streams.events.taking_part_beside import KINDS, LIKELY, NOBODY, company, odds

PERSON, BODY, STATE = range(len(KINDS))
LIKELIER, HARDLY = [0.1, 0.8, 0.1], [0.9, 0.05, 0.05]


def rows(
    together: dict[str, list[str]] | None = None, **actors: tuple[int, list[float]]
) -> dict[str, list[float]]:
    kinds = {key: kind for key, (kind, _) in actors.items()}
    standings = {key: [float(kind)] for key, kind in kinds.items()}
    told = {key: shares for key, (_, shares) in actors.items()}
    return dict(zip(actors, company(standings, kinds, together or {}, told), strict=True))


def test_odds_are_zero_where_taking_part_is_as_likely_as_not_and_never_without_end() -> None:
    assert odds(0.5) == 0
    assert odds(0.0) == -odds(1.0) > -LIKELY
    assert odds(0.2) > odds(0.3)


def test_an_actor_is_told_who_else_is_likely() -> None:
    found = rows(a=(PERSON, LIKELIER), b=(PERSON, HARDLY), c=(STATE, HARDLY))
    own, acting, receiving, before, count, likely, *best = found["b"][:9]
    assert (own, acting, receiving) == (odds(0.9), 0.05, 0.05)
    assert (before, count, likely) == (1, 3, 1)
    assert best == [odds(0.1), odds(0.9), NOBODY]
    assert found["a"][3] == 0


def test_the_others_are_told_apart_by_kind() -> None:
    found = rows(a=(PERSON, LIKELIER), b=(BODY, HARDLY))
    assert found["b"][9:12] == [odds(0.1), NOBODY, NOBODY]
    assert found["b"][12:15] == [1, 0, 0]
    assert found["a"][9:12] == [NOBODY, odds(0.9), NOBODY]


def test_the_members_of_a_list_share_their_mean() -> None:
    names = ["a", "b", "c"]
    listed = dict.fromkeys(names, names)
    found = rows(listed, a=(STATE, LIKELIER), b=(STATE, LIKELIER), c=(STATE, HARDLY), d=(STATE, HARDLY))
    mean = round((2 * odds(0.1) + odds(0.9)) / 3, 2)
    assert {key: row[15:17] for key, row in found.items()} == {
        "a": [3, mean], "b": [3, mean], "c": [3, mean], "d": [0, NOBODY],
    }  # fmt: skip


def test_the_order_of_the_actors_says_nothing() -> None:
    some = {"a": (PERSON, LIKELIER), "b": (BODY, HARDLY), "c": (STATE, LIKELIER)}
    assert rows(None, **some) == rows(None, **dict(reversed(some.items())))
