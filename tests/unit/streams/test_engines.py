"""The setting `work.annotator` chooses the engine; one that is not installed is said with those that are."""

from __future__ import annotations

from pathlib import Path

import pytest

from streams import engines
from streams.clean import clean
from streams.codec import Origin, decode, encode, next_headers
from streams.errors import ConfigurationError
from streams.records import AnnotatedRelease, RawRelease
from streams.stages import steps

LIMIT = 1_000_000
ENGINE = """
from streams.annotation import Annotation

def annotate(release):
    return Annotation(kind="other", annotated_by="words:" + str(len(release.text.split())))
"""


@pytest.fixture
def words_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A third-party engine as a package on the path, with its entry point."""
    (tmp_path / "words_engine.py").write_text(ENGINE, encoding="utf-8")
    info = tmp_path / "words_engine-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: words-engine\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{engines.GROUP}]\nwords = words_engine:annotate\n")
    monkeypatch.syspath_prepend(tmp_path)
    return "words"


def test_a_plug_in_engine_reads_the_releases(words_engine: str) -> None:
    release = clean(
        RawRelease(
            schema_version=1,
            release_id="r",
            source_id="files",
            source_ref="r.txt",
            content_hash="h1:0",
            fetched_at="2025-01-01T00:00:00.000000Z",
            body=b"The ministers met in Lima. They agreed to meet again.",
        )
    )
    origin = Origin("releases.clean", 0, 0)
    headers = {k: v for k, v in next_headers(release, {}, origin) if v is not None}
    step = next(s for s in steps(words_engine) if s.name == "annotate")
    output = step.run(encode(release, LIMIT), headers, origin, LIMIT)
    assert decode(output.value, AnnotatedRelease).annotation.annotated_by == "words:10"


def test_an_engine_that_is_not_installed_is_named_with_those_that_are() -> None:
    with pytest.raises(ConfigurationError, match=r"work\.annotator.*'absent'") as caught:
        steps("absent")
    assert engines.BUILT_IN in str(caught.value.remedy)
