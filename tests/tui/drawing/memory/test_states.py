"""What a memory holds: strips, distances and words all say the same numbers."""

from __future__ import annotations

import math
import random

import pytest

from tui.drawing.ink import KINDS, Ink
from tui.drawing.lines import plain
from tui.drawing.memory.reach_axis import number_text
from tui.drawing.memory.states import LAYERS, draw, glyph, signed
from tui.drawing.memory.states_facts import States, describe, left, outcome, sentence

PLACES, NUMBERS = 12, 20


def states(places: int = PLACES, numbers: int = NUMBERS, **more: object) -> States:
    """Both walks see the same noise; what the first cell said fades by half at each cell."""
    rng = random.Random(1)
    noise = [[rng.uniform(-0.5, 0.5) for _ in range(numbers)] for _ in range(places)]
    walks = tuple(
        tuple(
            tuple(n + sign * 0.4 * 0.5**place * (1 - number / 40) for number, n in enumerate(row))
            for place, row in enumerate(noise)
        )
        for sign in (1, -1)
    )
    apart = tuple(math.dist(a, b) for a, b in zip(*walks, strict=True))
    given = {
        "said": (0, 0),
        "right": (0, 1),
        "title": "before training",
        "ends": ("sign", "fork", "cell"),
    }
    return States("LSTM", (walks[0], walks[1]), apart, **{**given, **more})  # type: ignore[arg-type]


def row(text: str, label: str) -> str:
    return next(line for line in text.split("\n") if line.startswith(label))


def test_the_numbers_that_the_sign_moves_most_are_drawn_in_order() -> None:
    # In this memory the sign moves a number the less, the higher it is counted.
    assert states().numbers(8) == tuple(range(8))
    assert states(numbers=5).numbers(8) == tuple(range(5))
    text = plain(draw(states(), 0, 0, 73, 1, Ink()))
    assert [line.split()[0] for line in text.split("\n")[3:11]] == [str(n) for n in range(8)]


@pytest.mark.parametrize("layer", [0, 1])
def test_a_bar_is_as_high_as_the_number(layer: int) -> None:
    shown = states()
    line = row(plain(draw(shown, 0, layer, 73, 1, Ink())), "    3 ")
    bars = line[8 : 8 + 4 * PLACES : 4]
    for place, bar in enumerate(bars):
        value = shown.walks[layer][place][3]
        assert bar == "▁▂▃▄▅▆▇"[round((value + 1) * 3)]


def test_a_difference_is_blank_where_it_is_next_to_nothing() -> None:
    shown = states()
    line = row(plain(draw(shown, 0, 2, 73, 1, Ink())), "    0 ")
    largest = max(shown.moved)
    for place in range(PLACES):
        part = abs(shown.walks[0][place][0] - shown.walks[1][place][0]) / largest
        bar = line[8 + 4 * place]
        assert bar == (" " if part < 0.01 else "▁▂▃▄▅▆▇"[math.ceil(part * 7 - 1e-9) - 1])


def test_the_cursor_reads_both_walks_and_their_difference() -> None:
    shown = states()
    for cursor in (0, 5, PLACES - 1):
        one, other = (walk[cursor][2] for walk in shown.walks)
        text = plain(draw(shown, cursor, 0, 73, 1, Ink()))
        assert row(text, "    2 ").split()[-2:] == [signed(n, Ink()).strip() for n in (one, other)]
        text = plain(draw(shown, cursor, 2, 73, 1, Ink()))
        assert row(text, "    2 ").split()[-1] == signed(one - other, Ink()).strip()
        assert text.split("\n")[2].index("↓") == 8 + 4 * cursor + 1


def test_the_distance_is_that_of_all_numbers_not_only_of_those_drawn() -> None:
    shown = states()
    text = plain(draw(shown, 1, 0, 73, 1, Ink()))
    squares = [(a - b) ** 2 for a, b in zip(*(walk[1] for walk in shown.walks), strict=True)]
    assert row(text, "apart").split()[-1] == number_text(math.sqrt(sum(squares)))
    assert "50 %" in text


def test_the_bars_of_the_distance_fall_to_nothing() -> None:
    shown = states()
    lines = plain(draw(shown, 0, 0, 73, 1, Ink())).split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith("apart"))
    foot, top = (lines[n][8 : 8 + 4 * PLACES : 4] for n in (at, at - 1))
    assert top[0] == foot[0] == "█" and foot[1] == "█" and top[1] == " "
    assert foot[2] == "▄" and foot[-1] == " "


def test_a_forget_gate_is_a_gauge_from_nothing_to_all() -> None:
    gates = (tuple([0.5] * 11 + [1.0]), tuple([0.25] * 12))
    text = plain(draw(states(forget=gates), 0, 0, 73, 1, Ink()))
    line = row(text, "forget")
    assert line[8] == "▄" and line[8 + 4 * 11] == "▇" and line.split()[-1] == "0.50"
    assert row(plain(draw(states(forget=gates), 0, 1, 73, 1, Ink())), "forget").endswith("0.25")
    assert "forget" not in plain(draw(states(), 0, 0, 73, 1, Ink()))


def test_the_words_are_exact() -> None:
    shown = states()
    begin = number_text(shown.distance[0])
    assert describe(shown, 0) == (
        "At the sign the states of walks A and B, which differ in the sign alone, are"
        f" {begin} apart."
    )
    assert describe(shown, 1) == (
        "10 cells before the fork the states of walks A and B, which differ in the sign alone, are "
        f"{number_text(shown.distance[1])} apart: 50 % of the {begin} at the sign."
    )
    assert describe(shown, 11).startswith("At the fork") and ": 1/2,000 of" in describe(shown, 11)
    assert sentence(shown, 0).endswith("(LSTM before training.)")
    assert sentence(States(""), 0) == "No states yet."
    assert sentence(States("attention", trouble="It remembers nothing."), 0) == (
        "It remembers nothing."
    )


@pytest.mark.parametrize(
    ("said", "right", "words"),
    [
        ((0, 0), (0, 1), "both walks alike, and so one of them wrongly"),
        ((0, 1), (0, 1), "both walks rightly"),
        ((1, 0), (0, 1), "both walks wrongly"),
        ((2, 1), (0, 1), "one walk rightly"),
    ],
)
def test_what_came_of_it(said: tuple[int, int], right: tuple[int, int], words: str) -> None:
    assert outcome(states(said=said, right=right)) == f"The LSTM answers {words}."


def test_what_is_left_is_a_share() -> None:
    assert [left(x) for x in (4.11, 1.0, 0.5, 0.1, 0.02, 1e-6, 0.0)] == [
        "4.1 times",
        "100 %",
        "50 %",
        "10 %",
        "1/50",
        "1/1,000,000",
        "0 %",
    ]


def test_a_difference_that_grows_is_told_in_times() -> None:
    grown = States(
        "RNN", (((0.1,), (0.5,)), ((-0.1,), (-0.5,))), (0.2, 1.0), ends=("sign", "fork", "cell")
    )
    assert describe(grown, 1).endswith("alone, are 1 apart: 5 times the 0.2 at the sign.")


def test_a_state_that_is_no_number_stands_out() -> None:
    assert glyph(math.nan, 0, 1.0, Ink()) == "!"
    assert [glyph(x, 0, 1.0, Ink()) for x in (-1.0, 0.0, 1.0)] == ["▁", "▄", "▇"]


def test_two_strips_never_touch() -> None:
    for kind in KINDS:
        text = plain(draw(states(numbers=4), 0, 0, 73, 1, Ink(kind)))
        strips = [line[8:56] for line in text.split("\n") if line[:5].strip().isdecimal()]
        assert len(strips) == 4 and not set("".join(strips)) & {"█", "@"}


def test_walks_that_never_differ_are_no_trouble() -> None:
    flat = States("RNN", (((0.1,),) * 3, ((0.1,),) * 3), (0.0,) * 3)
    assert flat.share == (0.0, 0.0, 0.0)
    assert all(draw(flat, 1, layer, 73, 1, Ink()) for layer in range(3))


@pytest.mark.parametrize("kind", KINDS)
def test_lines_have_their_width(kind: str) -> None:
    gates = ((0.5,) * PLACES,) * 2
    long = states(202)
    for width in (1, 10, 24, 30, 40, 60, 73, 113):
        for tall in (0, 1, 2, 3):
            for layer in range(len(LAYERS)):
                for shown in (states(forget=gates), long, states(1, 2), States("x")):
                    lines = draw(shown, 5, layer, width, tall, Ink(kind))
                    assert lines and all(line.cell_length == width for line in lines)
                    assert kind != "ascii" or plain(lines).isascii()


def test_without_colour_no_colour_is_set() -> None:
    for kind in ("shade", "ascii"):
        for line in draw(states(), 4, 0, 73, 2, Ink(kind)):
            assert all(style is None or style.color is None for _, style, _ in line)
