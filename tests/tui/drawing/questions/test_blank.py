"""The code around a blank: all of it, wrapped with its indentation, or its first and last rows."""

from __future__ import annotations

import pytest

from tui.drawing.ink import Ink
from tui.drawing.questions.blank import draw_code

INK = Ink("colour", "braille")
CODE = [
    "def weigh(scores: list[float], temperature: float) -> list[float]:",
    '    """Every score is divided by the temperature before anything is done with it."""',
    "    return [exp(score / temperature) for score in scores]",
]


def rows(width: int, most: int | None = None) -> list[str]:
    return [line.plain for line in draw_code(CODE, width, INK, most)]


@pytest.mark.parametrize("width", [20, 40, 72, 100])
def test_every_word_is_there_within_the_width(width: int) -> None:
    drawn = rows(width)
    assert max(map(len, drawn)) <= width
    assert "".join("".join(drawn).split()) == "".join("".join(CODE).split())


def test_the_rest_of_a_line_is_moved_in_and_that_of_a_text_is_not() -> None:
    drawn = rows(50)
    assert drawn[1] == "    -> list[float]:"
    assert drawn[3].startswith("    anything") or drawn[3].startswith("    before")
    assert drawn[-1].startswith("        ")


def test_of_what_is_too_high_the_words_go_first() -> None:
    drawn = rows(50, most=5)
    assert drawn[:2] == rows(50)[:2]
    assert drawn[2] == "    …"
    assert drawn[3:] == rows(50)[-2:]


def test_then_the_first_row_and_the_last_are_left() -> None:
    drawn = rows(50, most=4)
    assert len(drawn) == 4
    assert drawn[0].startswith("def weigh")
    assert drawn[1].strip() == "…"
    assert drawn[-1] == rows(50)[-1]
