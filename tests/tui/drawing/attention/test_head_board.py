"""The board of heads: numbers, order and picture, whatever the room and the ink."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tui.drawing.attention.head_board import (
    WITHOUT,
    HeadBoard,
    Looking,
    Rule,
    did,
    goal,
    sentence,
)
from tui.drawing.attention.head_board_picture import draw, height_of
from tui.drawing.attention.heads import Heads, Judged
from tui.drawing.ink import KINDS, Ink
from tui.drawing.lines import plain

TOKENS = tuple("^abcabca")
BACK = tuple(tuple(float(j == max(0, i - 1)) for j in range(8)) for i in range(8))
FIRST = tuple(tuple(float(j == 0) for j in range(8)) for i in range(8))
WHOLE = Judged(1.0, 0.01)
BOARD = HeadBoard(
    Heads(
        TOKENS,
        ((BACK, FIRST), (FIRST, BACK)),
        now=WHOLE,
        whole=WHOLE,
        cases="the landmarks in 1,000 texts",
        who="two heads",
        title="after training",
        scores={"prev": ((0.9, 0.1), (0.2, 0.8)), "first": ((0.05, 0.95), (0.9, 0.1))},
        equal={"prev": 0.25, "first": 0.2},
    ),
    {"prev": Rule("1 back", "one back"), "first": Rule("at ^", "at the first token")},
    {
        (0, 0): Judged(0.3, 2.0),
        (0, 1): Judged(0.99, 0.1),
        (1, 0): Judged(0.98, 0.1),
        (1, 1): Judged(0.5, 1.0),
    },
    donors={"fixed": "one length"},
    loop=3,
)


def off(*places: tuple[int, int], **given: object) -> HeadBoard:
    heads = replace(BOARD.heads, off=frozenset(places), now=Judged(0.3, 2.0))
    return replace(BOARD, heads=heads, **given)  # type: ignore[arg-type]


def lines(board: HeadBoard, looking: Looking, width: int = 80, height: int = 17) -> list[str]:
    return plain(draw(board, looking, width, height, Ink())).splitlines()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [(1, 1), (20, 6), (34, 7), (40, 12), (72, 17), (118, 33)])
def test_it_fits_whatever_the_ink_and_the_size(kind: str, size: tuple[int, int]) -> None:
    width, height = size
    for column in ("", *BOARD.columns):
        drawn = draw(off((0, 1)), Looking((0, 1), column), width, height, Ink(kind))
        assert len(drawn) == height and all(line.cell_length == width for line in drawn)
    assert 1 <= height_of(BOARD, width, height) <= max(height, 1)


def test_every_head_has_a_line_with_its_numbers_below_those_of_equal_shares() -> None:
    shown = lines(BOARD, Looking((1, 0)))
    assert shown[1].split()[:6] == ["1", "back", "at", "^", "if", "off"]
    assert shown[2].split()[:4] == ["equal", "shares", ".250", ".200"]
    assert shown[3][1:].split()[:5] == ["[x]", "L1·H1", ".900", ".050", ".300"]
    assert shown[5].startswith("►[x] L2·H1") and ".980" in shown[5]


@pytest.mark.parametrize(
    ("column", "first"),
    [("", "L1·H1"), ("prev", "L1·H1"), ("first", "L1·H2"), (WITHOUT, "L1·H1")],
)
def test_the_head_that_stands_out_comes_first(column: str, first: str) -> None:
    shown = lines(BOARD, Looking((0, 0), column))
    assert first in shown[3]
    marks = {"prev": "↓1 back", "first": "↓at ^", WITHOUT: "↑if off"}
    assert column not in marks or marks[column] in shown[1]


def test_what_is_off_and_what_is_taken_is_seen_without_colour() -> None:
    board = off((0, 0), taken={(1, 1): "fixed"})
    shown = lines(board, Looking((0, 0)))
    assert shown[3].startswith("►[ ] L1·H1") and "L1·H1 off" in shown[1]
    assert "[x] L2·H2 fixed" in shown[6]


def test_a_large_window_shows_every_weight_a_middle_one_only_the_large_ones() -> None:
    large, small, none = (lines(BOARD, Looking(), width) for width in (80, 56, 44))
    assert any("^ █ × × × × × × ×" in line for line in large)
    assert any(line.rstrip().endswith("█") for line in small)
    assert not any("×" in line for line in small) and not any("█" in line for line in none)


def test_how_it_does_is_held_against_all_its_own_heads() -> None:
    assert did(BOARD) == "Right in 1.000 of the landmarks in 1,000 texts, loss 0.010."
    assert did(off((0, 0))).endswith("loss 2.000; with all heads 1.000, 0.010.")
    taken = did(off(taken={(1, 1): "fixed"}))
    assert taken.endswith("loss 2.000; with its own heads 1.000, 0.010.")


def test_the_board_counts() -> None:
    assert goal(BOARD) == "All heads are on. Nothing tried so far brings it below 40 %."
    board = off((0, 0), (0, 1), fewest=frozenset({(0, 0)}), below=0.35)
    assert goal(board) == "2 heads off. The fewest so far that bring it below 35 %: 1."
    assert (
        goal(off((0, 0), taken={(1, 1): "fixed"})) == "1 head off. 1 head taken from: one length."
    )


def test_heads_of_another_run_are_held_against_silence_patched_ones_against_the_text() -> None:
    board = off(taken={(1, 1): "lap-2"}, kept={"lap-2": 3}, instead=Judged(0.5, 1.0))
    assert goal(board) == ("1 head taken from: lap-2, seed 3. With it off instead, .500 would be.")
    assert "[x] L2·H2 seed 3" in lines(board, Looking())[6]
    both = frozenset({(1, 0), (1, 1)})
    board = off(elsewhere=both, there="^xyz", other=(0.96, 0.05))
    assert did(board).endswith("loss 2.000; unpatched 1.000, 0.010.")
    assert goal(board) == (
        "2 heads patched from another text, here ^xyz: .960 of the answers are that text's,"
        " unpatched .050."
    )
    shown = lines(board, Looking((1, 0)))
    assert "[~] L2·H1" in shown[5] and "L2·H1 patched" in shown[1]
    assert "It says what it says in another text." in sentence(board, Looking((1, 0)))
    assert goal(replace(board, note="None is kept.")) == "None is kept."


def test_a_sentence_says_what_the_head_under_the_cursor_does() -> None:
    told = sentence(off((0, 1)), Looking((0, 1)))
    assert told.startswith(
        "L1·H2: one back .100 (equal shares .250), at the first token .950 (equal shares .200)."
        " Without it alone .990 are right. It is off."
    )
    assert sentence(HeadBoard(), Looking()) == "There are no heads to see yet."
