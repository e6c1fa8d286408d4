"""The page on sources names every reason that `last_error` can begin with."""

from pathlib import Path

from services.fetcher.failures import Reason

PAGE = Path(__file__).parents[3] / "docs" / "sources.md"


def test_every_reason_is_explained() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [r for r in Reason if f"`{r}`" not in text] == []
