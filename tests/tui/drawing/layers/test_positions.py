"""The map of positions: every number is the one that the layers compute."""

from __future__ import annotations

import math
import re

import pytest
import torch
from rich.cells import cell_len

from models.layers.positions import sinusoid
from models.layers.relative import ALiBi, Rotary
from tui.drawing.ink import KINDS as INKS
from tui.drawing.ink import Ink
from tui.drawing.layers.positions import KINDS, Positions, hand, sentence, shade, turned
from tui.drawing.layers.positions_picture import draw
from tui.drawing.lines import plain

TABLE = tuple(tuple(math.sin(3 * p + 7 * c) for c in range(8)) for p in range(12))


def shown(kind: str, **more: object) -> Positions:
    return Positions(kind, **{"table": TABLE, "trained": 6, **more})  # type: ignore[arg-type]


def text(kind: str, place: int = 8, cell: int = 1, width: int = 78, **more: object) -> str:
    return plain(draw(shown(kind, **more), place, cell, width, 7, 1, Ink()))


@pytest.mark.parametrize("channels", [2, 16, 64])
def test_the_waves_are_those_of_the_layer(channels: int) -> None:
    waves = sinusoid(torch.arange(24, dtype=torch.float64), channels)
    ours = shown("sinusoidal", channels=channels)
    for place in (0, 1, 8, 23):
        for pair in range(channels // 2):
            angle = ours.angle(place, pair)
            told = [math.sin(angle), math.cos(angle)]
            assert told == pytest.approx(waves[place, 2 * pair : 2 * pair + 2].tolist(), abs=1e-9)


def test_how_alike_two_places_are_is_the_cosine_of_their_rows() -> None:
    waves = sinusoid(torch.arange(24, dtype=torch.float64), 16)
    ours = shown("sinusoidal")
    for one, other in ((8, 8), (8, 7), (3, 20)):
        assert ours.product(one, other) == pytest.approx(float(waves[one] @ waves[other]))
        cosine = torch.cosine_similarity(waves[one], waves[other], dim=0)
        assert ours.alike(one, other) == pytest.approx(float(cosine))
    assert ours.product(3, 10) == pytest.approx(ours.product(13, 20))
    table = torch.tensor(TABLE, dtype=torch.float64)
    cosine = torch.cosine_similarity(table[2], table[9], dim=0)
    assert shown("learned").alike(2, 9) == pytest.approx(float(cosine))


def test_the_hands_are_where_rope_turns_the_first_of_a_pair() -> None:
    x = torch.zeros(1, 1, 24, 8, dtype=torch.float64)
    x[..., :4] = 1.0  # the first of each pair: what stands half a width on is its second
    out = Rotary().turn(x)[0, 0]
    ours = shown("rotary")
    for place in (0, 1, 8, 23):
        for pair in range(4):
            angle = ours.angle(place, pair)
            told = [math.cos(angle), math.sin(angle)]
            assert told == pytest.approx([float(out[place, pair]), float(out[place, pair + 4])])
    product = float(out[20] @ out[12])
    assert ours.product(20, 12) == pytest.approx(product)


def test_what_alibi_leaves_is_e_to_its_bias() -> None:
    q = torch.zeros(1, 4, 24, 8, dtype=torch.float64)
    left = ALiBi().bias(q, q).exp()
    ours = shown("alibi")
    for head in range(4):
        for place, other in ((8, 8), (8, 5), (23, 0)):
            assert ours.factor(place, other, head) == pytest.approx(float(left[head, place, other]))
    assert ours.factor(3, 4, 0) == 0


@pytest.mark.parametrize(
    ("angle", "turns", "degrees", "sign"),
    [
        (0.0, 0, 0, "→"),
        (math.pi / 2, 0, 90, "↑"),
        (math.pi, 0, 180, "←"),
        (5.0, 0, 286, "↓"),
        (8.0, 1, 98, "↑"),
    ],
)
def test_a_hand_turns_counter_clockwise_from_the_right(
    angle: float, turns: int, degrees: int, sign: str
) -> None:
    whole, rest = turned(angle)
    assert (whole, round(rest)) == (turns, degrees)
    assert hand(angle, Ink()) == sign


def test_five_shades_go_from_the_lowest_to_the_highest() -> None:
    values = (-1.0, -0.5, 0.0, 0.5, 1.0)
    assert "".join(shade(value, 1.0, Ink()) for value in values) == "·░▒▓█"
    assert "".join(shade(3 * value, 3.0, Ink("ascii", "ascii")) for value in values) == " .-+#"


def test_the_words_have_the_numbers_of_the_cell() -> None:
    assert sentence(shown("sinusoidal"), 8, 2) == (
        "Place 8, pair 2: ω = 10000^(−4/16) = 0.1, p ω = 0.8, sin 0.717, cos 0.697. Place 8 with "
        "place 7: 0.94 and place 9: 0.94: 7.49 of 8, the same for any two places 1 apart."
    )
    assert "p ω = 8 = 1 whole turn and 98°" in sentence(shown("rotary"), 8, 0)
    assert "m = 2^(−8 × 2/4) = 1/16 a token; 11.1 tokens away half is left" in sentence(
        shown("alibi"), 8, 1
    )
    assert "as it was drawn at random" in sentence(shown("learned"), 8, 0)
    assert "learned" in sentence(shown("learned"), 5, 0)


def test_the_sine_and_the_cosine_under_the_cursor_are_marked_and_nothing_else() -> None:
    rows = text("sinusoidal", place=8, cell=2).split("\n")
    marked = [row for row in rows if "[" in row]
    assert len(marked) == 1 and marked[0].startswith("►   8") and marked[0].count("[██]") == 2
    # The cursor stands on pair 2: its sine is .717, its cosine .697.
    assert marked[0].index("[") == 7 + 2 * 4


def test_what_was_never_trained_is_named() -> None:
    rows = [row for row in text("learned").split("\n") if re.match(r"\W*\d+ ", row)]
    assert [row.endswith("untrained") for row in rows] == [False, *[True] * 6]


def test_alibi_shows_nothing_of_what_is_ahead() -> None:
    rows = [row for row in text("alibi", place=8).split("\n") if "××" in row]
    assert [row.count("×") for row in rows] == [2 * 15] * 4


@pytest.mark.parametrize("place", [0, 8, 80])
def test_the_place_of_the_cursor_is_named_also_at_the_edge(place: int) -> None:
    many = tuple(TABLE[n % 12] for n in range(81))
    row = next(row for row in text("learned", place, table=many).split("\n") if "↑" in row)
    assert row.split() in (["↑", str(place)], [str(place), "↑"])


@pytest.mark.parametrize("ink", INKS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [20, 40, 60, 74, 120, 200])
def test_every_line_is_as_wide_as_it_may_be_in_every_ink(kind: str, width: int, ink: str) -> None:
    markers = "ascii" if ink == "ascii" else "braille"
    for tall in (1, 4):
        lines = draw(shown(kind), 11, 0, width, 9, tall, Ink(ink, markers))
        assert {line.cell_length for line in lines} == {width}
        drawn = plain(lines)
        assert "11" in drawn or kind == "alibi"
        if ink == "ascii":
            assert drawn.isascii()
        assert all(cell_len(row) <= width for row in drawn.split("\n"))
