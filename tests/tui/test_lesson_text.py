"""Questions written out as plain text: a table with blanks, a place that is described."""

from __future__ import annotations

import pytest

from course.lesson import Question
from tests.support.lessons import SPOT, TRACE, read
from tui.lesson_text import QuestionText


def text(body: str, notes: bool = False, width: int = 80) -> str:
    [question] = read(body).questions
    assert isinstance(question, Question)
    return "\n".join(QuestionText(question, width, notes).lines())


def test_a_table_is_written_out_with_its_blanks() -> None:
    body = TRACE.replace("a in 1, 2; b in 0, 3", "a in 2; b in 0")
    assert text(body) == "\n".join(
        [
            "Question. Fill in the table:",
            "What weights does softmax make of the scores 2 and 0?",
            "                   cat   dog",
            "  score              2     0",
            "  e to the score  ____  ____",
            "  their sum       ____",
            "  weight          ____  ____",
        ]
    )
    told = text(body, notes=True)
    for line in ("- e to the score, cat: 7.39", "- their sum: 8.39", "- weight, dog: 0.119"):
        assert line in told
    assert "They sum to 1" in told and "Hint: First the powers" in told


@pytest.mark.parametrize("notes", [False, True])
def test_a_place_is_described(notes: bool) -> None:
    told = text(SPOT, notes)
    assert told.startswith("Question. Point at a place in the live picture (maze):")
    wanted = ("Answer: where exits == 1", "Whoever goes in", "Hint: Count the open sides.")
    assert all((line in told) is notes for line in wanted)
