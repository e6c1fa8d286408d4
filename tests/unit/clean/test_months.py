"""The file of month names is well-formed, and agrees with CLDR as Babel packages it."""

from importlib.resources import files

import pytest
from babel import Locale

LINES = files("streams.clean").joinpath("months.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [line.split("\t") for line in LINES if not line.startswith("#")]
MONTHS = {name: int(month) for name, month in ROWS[1:]}


def test_the_file_is_sorted_unique_and_says_where_it_is_from() -> None:
    assert "CLDR" in LINES[1]
    assert ROWS[0] == ["name", "month"]
    assert len(MONTHS) == len(ROWS) - 1
    assert ROWS[1:] == sorted(ROWS[1:], key=lambda r: (int(r[1]), r[0]))
    assert {*MONTHS.values()} == set(range(1, 13))


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru", "de", "ar", "tr", "kk", "pt", "it", "uk", "pl"])
def test_names_mean_the_months_that_babel_knows_by_them(language: str) -> None:
    names = Locale.parse(language).months["format"]["wide"]
    found = {number: MONTHS.get(name.casefold()) for number, name in names.items()}
    assert all(month in {number, None} for number, month in found.items())
    assert sum(month is not None for month in found.values()) >= 9
