"""A study as a picture: marks where the numbers are, the numbers themselves, and a sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tui.drawing.ink import KINDS, Ink
from tui.drawing.lines import plain
from tui.drawing.studies.study import Line, Picture, describe
from tui.drawing.studies.study_picture import ROWS, draw_study
from tui.drawing.studies.study_plot import LABEL, draw_plot

HEAD = Line("the head", ((1.0, 1.0), (1.0, 1.0), (1.0, 1.0), (1.0, None)))
LSTM = Line("the LSTM", ((0.97, 0.99), (0.5, 0.6), (0.25, 0.35), (0.1, None)))
PAIRS = Picture(
    "How many pairs?",
    "right value",
    "pairs",
    ("2", "4", "8", "26"),
    (0.0, 0.27, 0.54, 1.0),
    (0, 1),
    (HEAD, LSTM),
    ("done", "done", "done", "going"),
    chance=0.04,
)
SEEDS = Picture(
    "Five times",
    "of 200",
    "seeds",
    ("0", "1", "2"),
    (0.0, 0.5, 1.0),
    (0, 1, 2),
    (Line("biased", ((1.0,), (1.0,), (1.0,))), Line("attention", ((0.12,), (0.77,), (0.3,)))),
    ("done", "done", "done"),
    by_seed=True,
)


def drawn(
    picture: Picture, cursor: int = 0, width: int = 72, tall: int = 1, ink: str = "colour"
) -> str:
    return plain(draw_study(picture, cursor, width, tall, Ink.choose(ink, environ={})))


@pytest.mark.parametrize("ink", KINDS)
@pytest.mark.parametrize("width", [24, 36, 60, 72, 110, 190])
@pytest.mark.parametrize("tall", range(len(ROWS)))
@pytest.mark.parametrize("picture", [PAIRS, SEEDS])
def test_every_line_is_as_wide_as_asked(picture: Picture, tall: int, width: int, ink: str) -> None:
    lines = draw_study(picture, 1, width, tall, Ink.choose(ink, environ={}))
    assert {line.cell_length for line in lines} == {width}
    assert ink != "ascii" or plain(lines).isascii()


def test_a_mark_lies_in_the_row_of_its_value() -> None:
    rows = [line.text for line in draw_plot(PAIRS, None, 78, 9, Ink())]
    column = rows[-2].index("┴")
    assert rows[0].startswith("100 %┤") and rows[0][column] == "●"
    assert rows[8].startswith("  0 %┤")
    middle = Line("half", ((0.5,),) * 4)
    half = replace(PAIRS, lines=(middle,), chance=None)
    rows = [line.text for line in draw_plot(half, None, 78, 9, Ink())]
    assert [number for number, row in enumerate(rows[:9]) if "●" in row] == [4]
    assert rows[4].startswith(" 50 %┤")


def test_seeds_that_differ_are_joined_by_a_bar() -> None:
    apart = replace(PAIRS, lines=(Line("x", ((0.0, 1.0),) * 4),), chance=None)
    rows = [line.text for line in draw_plot(apart, None, 78, 9, Ink())]
    column = rows[0].index("●")
    assert [row[column] for row in rows[:9]] == ["●", *"┃" * 7, "●"]


def test_the_numbers_are_those_under_the_cursor() -> None:
    assert "4 pairs" in drawn(PAIRS, 1)
    row = next(line for line in drawn(PAIRS, 1).split("\n") if line.startswith("× the LSTM"))
    assert row.split()[-4:] == ["50.0", "%", "60.0", "%"]
    assert "26 pairs (now)" in drawn(PAIRS, 3)


def test_of_many_seeds_the_median_and_the_range_are_told() -> None:
    many = replace(PAIRS, seeds=(0, 1, 2, 3), lines=(Line("x", ((0.1, 0.2, 0.3, 0.8),) * 4),))
    assert "25.0 %  10.0 % to 80.0 %" in drawn(many)


def test_what_is_to_come_is_marked_below_the_axis() -> None:
    axis = next(line for line in drawn(PAIRS).split("\n") if "└" in line)
    assert axis.count("┴") == 3 and axis.count("◐") == 1
    nothing = replace(PAIRS, states=("open", "failed", "open", "open"))
    axis = next(line for line in drawn(nothing).split("\n") if "└" in line)
    assert axis.count("○") == 3 and axis.count("✗") == 1


def test_the_sentence_says_where_each_line_goes() -> None:
    assert describe(PAIRS) == (
        "From 2 to 26 pairs: the head stays at 100.0 %; the LSTM falls from 98.0 % to 10.0 %. "
        "Seeds lie farthest apart at 4 pairs: the LSTM 50.0 % to 60.0 %. 1 of 4 still to come."
    )


def test_seeds_that_lie_close_together_are_not_spoken_of() -> None:
    close = Line("the LSTM", ((0.97, 0.98), (0.5, 0.51), (0.25, 0.25), (0.1, 0.1)))
    assert "Seeds" not in describe(replace(PAIRS, lines=(HEAD, close)))


def test_a_cliff_is_named_by_the_places_on_both_sides_of_it() -> None:
    bias = Line("biased", ((0.04,), (0.08,), (0.99,), (1.0,)))
    cliff = replace(
        PAIRS, over="forget bias", counted=False, places=("0", "1", "2", "3"), lines=(bias,)
    )
    cliff = replace(cliff, states=("done",) * 4)
    assert describe(cliff) == (
        "From forget bias 0 to 3: biased rises from 4.0 % to 100.0 %, most of it between 1 and 2."
    )


def test_a_line_that_turns_back_is_told_with_its_turning_point() -> None:
    width = Line("off", ((0.8,), (0.45,), (0.6,), (0.87,)))
    valley = replace(
        PAIRS, over="width", counted=False, places=("0", "1", "2", "3"), lines=(width,)
    )
    valley = replace(valley, states=("done",) * 4)
    assert describe(valley) == (
        "From width 0 to 3: off falls from 80.0 % to 45.0 % at 1, then rises to 87.0 %."
    )


def test_nothing_is_said_of_what_is_not_measured() -> None:
    none = Line("x", ((None,),) * 4)
    empty = replace(PAIRS, lines=(none,), states=("open",) * 4)
    assert describe(empty) == "Nothing is measured yet."


def test_what_the_learner_drew_lies_beside_what_was_measured() -> None:
    sketch = replace(LSTM, sketch=(0.88, 0.65, 0.4, 0.0))
    picture = replace(PAIRS, lines=(HEAD, sketch))
    assert "Your drawing is off by 10 points for the LSTM on average." in describe(picture)
    assert "◇ 88.0 %" in drawn(picture)
    assert "? 88.0 %" in drawn(picture, ink="ascii")
    some = replace(PAIRS, lines=(HEAD, replace(LSTM, sketch=(0.88, None, None, 0.0))))
    assert "off by 10 points" in describe(some) and "◇" not in drawn(some, 1).split("\n")[-4]


def test_seeds_side_by_side_and_how_far_they_are_apart() -> None:
    text = drawn(SEEDS, 1)
    assert "seed 0  seed 1  seed 2" in text
    assert "12.0 %  77.0 %  30.0 %" in text
    spread = text.split("\n")[5]
    assert spread.count("×") == 3 and "─" in spread
    assert "┊ a guess: 4.0 %" in drawn(replace(SEEDS, chance=0.04), 1)
    assert describe(SEEDS) == (
        "3 runs that differ in nothing but the seed: biased 100.0 % each time; attention 12.0 % to"
        " 77.0 %. Widest apart: attention, by 65 points."
    )


def test_of_one_seed_nothing_is_said_to_be_so_each_time() -> None:
    lines = tuple(Line(one.name, (one.values[0], (None,), (None,))) for one in SEEDS.lines)
    told = describe(replace(SEEDS, lines=lines, states=("done", "open", "open")))
    assert told.startswith("One run so far: biased 100.0 %; attention 12.0 %.")


def test_where_there_is_no_room_for_a_plot_there_are_the_numbers() -> None:
    assert "┤" not in drawn(PAIRS, tall=0)
    assert "the LSTM" in drawn(PAIRS, tall=0)


def test_the_names_of_places_that_would_touch_are_left_out_but_never_the_one_chosen() -> None:
    close = replace(PAIRS, spots=(0.0, 0.01, 0.02, 1.0))
    rows = [line.text for line in draw_plot(close, 1, 60, 9, Ink())]
    assert rows[-1][LABEL:].split()[:2] == ["4", "26"]
