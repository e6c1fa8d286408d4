"""What stands within quotes, in somebody's own words."""

from __future__ import annotations


def is_quoted(text: str, at: int) -> bool:
    """Whether a quote is open at `at`, within its paragraph."""
    before = text[text.rfind("\n", 0, at) + 1 : at]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
