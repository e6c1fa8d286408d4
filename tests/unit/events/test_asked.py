"""Questions state nothing."""

from __future__ import annotations

import pytest

from streams.events.asked import questions
from streams.extract.sentences import split_sentences


def asked(text: str) -> list[str]:
    sentences = split_sentences(text)
    return [sentences[i].text for i in questions(sentences, 1)]


@pytest.mark.parametrize(
    "line",
    [
        "Will the ministers meet again in May?",
        "Q Mr. President, did you threaten to stop the aid —",
        "QUESTION: Have you invited the President of Peru --",
        "Journalist (translated): Is Peru going to close its embassy?",
    ],
)
def test_a_question_is_found(line: str) -> None:
    assert asked(f"Remarks to the press\n\n{line}\n\nTHE PRESIDENT: No, I have not.") == [line]


def test_what_a_reporter_says_before_the_question_may_be_so() -> None:
    text = "Remarks\n\nQ: Peru announced yesterday that it was recalling its ambassador. What do you say to that?"
    assert asked(text) == ["What do you say to that?"]


def test_the_answer_is_no_question() -> None:
    assert asked("Remarks\n\nQ Did you speak? THE PRESIDENT: We did speak with the President.") == [
        "Q Did you speak?"
    ]
