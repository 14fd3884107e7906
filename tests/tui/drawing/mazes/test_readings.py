"""A maze of readings: exactly what is drawn, in every ink and room, and what is said of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.mazes.maze import EAST, WEST, Maze
from tui.demos.readings import arriving
from tui.drawing.ink import KINDS, Ink
from tui.drawing.lines import plain
from tui.drawing.mazes.readings import Look, Readings
from tui.drawing.mazes.readings_picture import LEAST, draw, lines_wanted, pitch_of
from tui.drawing.mazes.readings_words import here_words, rows, sentence, sum_words
from tui.drawing.mazes.walls import LARGE, NARROW, PAIRS, WIDE

LINE = Maze(4, 1, (1 << EAST, *[1 << EAST | 1 << WEST] * 2, 1 << WEST))
"""A corridor of four cells, the cheese at its right end."""
READ = Readings(
    LINE,
    0,
    3,
    "map",
    away=(3, 2, 1, 0),
    wanted=(3, 2, 1, 0),
    read=((2.5, 2.5, 1.25, -0.01), (2.5, 4.0, 1.0, 7.5)),
    weights=((0.5, 2.0), (1.0, 0.0)),
    bias=(0.5, -1.0),
    stream=(((2.0, 0.5),) * 4, ((3.5, 0.0),) * 4),
    explained=(0.25, 0.75),
    curves={"arrived": (0.3, 0.9), "untrained": (0.2, 0.1), "control": (0.05, 0.06)},
    practised=20,
    unseen=30,
    tasks=5,
)


def drawn(look: Look, width: int, height: int, kind: str = "colour") -> list[str]:
    lines = draw(look, width, height, Ink(kind))
    assert len(lines) == height and all(line.cell_length == width for line in lines)
    return plain(lines).split("\n")


def test_what_is_read_how_far_off_that_is_and_what_is_true() -> None:
    lines = drawn(Look(READ, 1, 0), 54, 12)
    assert lines[1].startswith("│ 2?3   2?2   1·1   0·C │  after 1 of 2 loops")
    lines = drawn(Look(READ, 2, 0), 54, 12)
    assert lines[1].startswith("│ 2?3   4▒2   1·1   8█C │  after 2 of 2 loops")
    assert lines[3].split() == ["the", "trained", "map", "0.75"]
    assert [line.split()[-1] for line in lines[4:7]] == ["0.90", "0.10", "0.06"]
    assert lines[-1].startswith("read, off by, true:  · <0.5  ░ 0.5")


def test_how_fast_it_plays_is_said_whole_or_not_at_all() -> None:
    for width in range(40, 70):
        lines = drawn(replace(Look(READ, 1, 0), remark="4 a second"), width, 12)
        told = [line for line in lines if "a s" in line]
        assert all(line.rstrip().endswith("map  4 a second") for line in told)
        assert any("after 1 of 2 loops" in line for line in lines)
    assert told


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("colour", "│ 2?3   4▒2   1·1   8█C │"),
        ("shade", "│ 2?3   4▒2   1·1   8█C │"),
        ("ascii", "| 2?3   4-2   1 1   8#C |"),
    ],
)
def test_every_ink_has_the_value_in_the_glyph(kind: str, row: str) -> None:
    text = drawn(Look(READ, 2, 0), 54, 12, kind)
    assert text[1].startswith(row)
    assert kind != "ascii" or "".join(text).isascii()


@pytest.mark.parametrize(
    ("width", "height", "pitch"),
    [(100, 31, LARGE), (100, 16, PAIRS), (72, 16, PAIRS), (56, 16, WIDE), (44, 16, NARROW)],
)
def test_the_more_room_the_more_is_in_a_square(width: int, height: int, pitch: int) -> None:
    readings = arriving()
    assert pitch_of(readings, width, height) == pitch
    assert lines_wanted(readings, width, height) <= height
    for kind in KINDS:
        for loop in (1, 9, 32):
            assert "all that" in "".join(drawn(Look(readings, loop, 24), width, height, kind))


def test_large_squares_have_it_line_by_line() -> None:
    lines = drawn(Look(READ, 2, 0), 62, 12)
    assert [line[:33] for line in lines[1:4]] == [
        "│  2.5     4.0     1.0     7.5  │",
        "│ ?????   ▒▒▒▒▒   ·····   █████ │",
        "│  3       2       1       C    │",
    ]


def test_where_there_is_no_room_the_sentence_is_left() -> None:
    lines = drawn(Look(READ, 2, 0), LEAST[0] - 1, 14)
    assert "After 2 of 2 loops a weighted sum" in " ".join(lines)


def test_the_sentence_tells_all_that_is_to_be_seen() -> None:
    assert sentence(READ, 1, 0) == (
        "After 1 of 2 loops a weighted sum reads the distance to the cheese off the trained map"
        " with an R² of 0.25 in 30 unseen mazes (all that has arrived: 0.30; an untrained map:"
        " 0.20; 5 control tasks: 0.05). In this maze it is off by 0.3 on average; in row 1, column"
        " 1 it reads 2.5, and the truth is 3, of which no news can have come there yet."
    )
    assert "of which no news" not in sentence(READ, 2, 1)
    assert here_words(READ, 1, 3) == ("row 1, column 4: 0.0", "true 0")


def test_a_control_task_is_held_against_the_distance() -> None:
    control = replace(READ, who="control", wanted=(9, 9, 4, 4), curves={"map": (0.3, 0.8)})
    told = [(name, share) for name, share, _ in rows(control, 2)]
    assert told == [("control task 1", "0.75"), ("the distance instead", "0.80")]
    assert "numbers drawn at random" in sentence(control, 2, 0)
    assert "what was drawn is 9." in sentence(control, 1, 0)
    assert drawn(Look(control, 2, 0), 54, 12)[1].startswith("│ 2?9   4▓9   1▓4   8▓4 │")


def test_a_number_is_taken_apart() -> None:
    text = sum_words(READ, 1, 2)
    assert "Row 1, column 3, after 1 loop" in text and "w2·x2" in text
    numbers = [line.split()[-1] for line in text.splitlines() if line[:4] in ("all ", "b   ")]
    assert numbers == ["2.00", "0.50"] and "w1·x1     1.00" in text


def test_the_demonstration_reads_all_that_has_arrived_and_no_more() -> None:
    readings = arriving()
    for loop in (1, 5, 12):
        far = [cell for cell in range(49) if not readings.has_news(loop, cell)]
        assert len({readings.read[loop - 1][cell] for cell in far}) == 1
        assert readings.missed(loop, news=True) == 0
    assert readings.missed(32, news=False) is None
