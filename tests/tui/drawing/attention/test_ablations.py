"""The ablation board: every line against the first."""

from __future__ import annotations

import pytest

from tui.drawing.attention.ablations import Board, draw, height_of, note, sentence
from tui.drawing.attention.heads import Judged
from tui.drawing.ink import KINDS, Ink
from tui.drawing.lines import plain

NONE, FIRST, SECOND = frozenset(), frozenset({(0, 0)}), frozenset({(0, 1)})
BOTH = FIRST | SECOND
ROWS = (
    (NONE, Judged(1.0, 0.01, (1.0, 1.0))),
    (FIRST, Judged(0.04, 2.5, (0.04, 1.0))),
    (SECOND, Judged(0.997, 0.02, (1.0, 0.997))),
    (BOTH, Judged(0.001, 4.0, (0.03, 0.04))),
)
BOARD = Board(ROWS, 1, 2, ("letter 3", "letter 8"), "two heads", "1,000 texts")


def test_each_line_has_its_numbers() -> None:
    rows = plain(draw(BOARD, FIRST, 0, 78, 8, Ink("colour"))).split("\n")
    chosen = next(row for row in rows if row.startswith("► "))
    assert chosen.split()[1:3] == ["head", "1"]
    assert chosen.split()[-4:] == [".040", "2.500", ".040", "1.000"]
    assert [row.split()[0] for row in rows[4:]] == ["none", "►", "head", "all"]


def test_a_change_of_four_cases_in_a_thousand_is_called_none() -> None:
    assert note(BOARD, SECOND, ROWS[2][1]) == "no change"
    assert note(BOARD, FIRST, ROWS[1][1]) == note(BOARD, NONE, ROWS[0][1]) == ""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [36, 60, 78, 120])
def test_it_fits_whatever_the_ink_and_the_width(kind: str, width: int) -> None:
    lines = draw(BOARD, FIRST, 1, width, height_of(BOARD, width), Ink(kind))
    assert all(line.cell_length == width for line in lines)
    text = plain(lines)
    assert "[ ] head 1" in text and "[x] head 2" in text and "all" in text
    assert kind != "ascii" or text.isascii()


@pytest.mark.parametrize("questions", [2, 3, 4, 5])
@pytest.mark.parametrize("width", range(58, 100))
def test_no_number_is_cut(questions: int, width: int) -> None:
    names = ("who", "whom", "where", "when", "whither")[:questions]
    whole = Judged(1.0, 0.001, (1.0,) * questions)
    rows = ((NONE, whole), (FIRST, Judged(0.5, 2.5, (0.125,) * questions)))
    text = plain(draw(Board(rows, 1, 2, names), FIRST, 0, width, 6, Ink("colour")))
    last = text.split("\n")[5]
    assert last.endswith((".125", "2.500", "no change")) and last.split()[-1] != ".12"


def test_the_chosen_line_is_in_sight() -> None:
    text = plain(draw(BOARD, BOTH, 0, 78, 6, Ink("colour")))
    assert "► all" in text


def test_the_sentence_holds_it_against_the_whole() -> None:
    assert sentence(BOARD, NONE) == (
        "With no head off it is right in 1.000 of 1,000 texts, loss 0.010;"
        " letter 3 1.000, letter 8 1.000."
    )
    assert sentence(BOARD, FIRST) == (
        "Without head 1 it is right in .040 instead of 1.000, loss 2.500 instead of 0.010;"
        " letter 3 .040, letter 8 1.000."
    )


def test_several_layers_are_named_in_full() -> None:
    board = Board(ROWS[:2], 2, 2)
    assert board.name(frozenset({(1, 0), (0, 1)})) == "L1·H2 L2·H1"
