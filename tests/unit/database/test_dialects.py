"""One SQL text for both databases."""

from __future__ import annotations

import pytest

from migrations import dialects

SQL = "SELECT /* sqlite: a */ /* postgresql: b\n, c */ /* both */ FROM t"


@pytest.mark.parametrize(
    ("dialect", "rendered"),
    [("sqlite", "SELECT a  /* both */ FROM t"), ("postgresql", "SELECT  b\n, c /* both */ FROM t")],
)
def test_what_is_marked_for_a_database_counts_there_only(dialect, rendered):
    assert dialects.render(SQL, dialect) == rendered
