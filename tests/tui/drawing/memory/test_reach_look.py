"""The reach at a glance: as high as there is room for, and never wider than it may be."""

from __future__ import annotations

import pytest

from tui.drawing.ink import KINDS, Ink
from tui.drawing.lines import plain
from tui.drawing.memory.reach import Reach, line_of
from tui.drawing.memory.reach_look import draw_look, in_a_sentence, lines_wanted

CELLS = 22
NEAR = line_of("RNN, 8 cells", [0.8**back for back in range(10)])
RNN = line_of("RNN", [0.5**back for back in range(CELLS)])
LEVEL = line_of("attention", [1.0, *[0.2] * (CELLS - 1)])
REACH = Reach((NEAR, RNN, LEVEL), "after 50 steps", 16, ("sign", "fork", "cell"))


def drawn(width: int = 42, height: int = 7, kind: str = "colour") -> list[str]:
    return plain(draw_look(REACH, width, height, Ink(kind))).split("\n")


def test_a_bar_a_place_and_behind_it_the_number_where_the_way_begins() -> None:
    title, way, near, rnn, level = drawn(height=lines_wanted(REACH))
    assert title.startswith("after 50 steps") and "1e-8 to 1" in title
    assert way.split()[0] == "sign" and way.split()[-1] == "fork"
    assert near.endswith("0.13") and rnn.endswith("4.8e-7") and level.endswith("0.2")
    bars = rnn[way.index("sign") : way.index("fork") + 4]
    assert len(bars) == CELLS and bars[-1] == "█" and list(bars) == sorted(bars)
    assert near.index("█") - way.index("sign") >= CELLS - 10


def test_with_more_room_the_bars_are_higher_and_then_there_are_words() -> None:
    assert sum("█" in row for row in drawn(height=11)) == 3 * 3
    assert "How strongly each answer at the fork" in " ".join(drawn(height=16))


def test_without_room_for_bars_the_numbers_are_told() -> None:
    told = in_a_sentence(REACH)
    assert told.startswith("After 50 steps: How strongly") and told.endswith("attention 0.2.")
    assert "█" not in "".join(drawn(height=3)) and "After 50 steps" in drawn(height=3)[0]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [(1, 1), (16, 4), (30, 8), (42, 7), (60, 20), (120, 40)])
def test_every_size_and_ink(size: tuple[int, int], kind: str) -> None:
    lines = draw_look(REACH, *size, Ink(kind))
    assert len(lines) == size[1] and all(line.cell_length == size[0] for line in lines)
    assert kind != "ascii" or plain(lines).isascii()
