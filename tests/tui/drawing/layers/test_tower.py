"""A tower block by block: bars, digits and words all say the same numbers."""

from __future__ import annotations

import math
import re

import pytest

from tui.drawing.ink import KINDS, Ink
from tui.drawing.layers.tower import (
    TowerParts,
    TowerSeen,
    cosine_text,
    describe,
    draw,
    fraction,
    sentence,
    switches,
    verdict,
)
from tui.drawing.lines import plain

BLOCKS = 24


def seen(fade: float = 1.0, alike: float = 0.0, **more: object) -> TowerSeen:
    """The gradient is 2 in the last block and `fade` times as much in each one below."""
    gradient = tuple(2 * fade ** (BLOCKS - 1 - n) for n in range(BLOCKS))
    cosines = tuple(1 - (1 - alike) * 0.8**n for n in range(BLOCKS + 1))
    sizes = tuple(2.0 + n for n in range(BLOCKS + 1))
    parts = more.pop("parts", TowerParts())
    return TowerSeen(parts, gradient, cosines, sizes, "before training", **more)  # type: ignore[arg-type]


def test_a_bar_of_the_gradient_is_as_high_as_its_logarithm() -> None:
    shown = seen(fade=0.5)
    lines = plain(draw(shown, 0, 74, 1, Ink())).split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith("gradient"))
    for block in range(BLOCKS):
        bars = [line[10 + 2 * block] for line in lines[at : at + 3]]
        level = sum(" ▁▂▃▄▅▆▇█".index(bar) for bar in bars)
        expected = (math.log10(shown.gradient[block]) + 7) / 8 * 24
        assert level == max(1, math.ceil(expected - 1e-6))


def test_the_scale_is_the_same_for_every_tower() -> None:
    assert fraction(10) == fraction(1e6) == 1 and fraction(1e-7) > 0
    assert fraction(1e-3) == pytest.approx(0.5)
    assert fraction(0) == fraction(math.nan) == fraction(math.inf) == 0


def test_a_digit_counts_the_zeros_and_a_dot_is_nothing_at_all() -> None:
    shown = TowerSeen(TowerParts(), (0.0, 3e-8, 0.004, 0.2), (0.0,) * 5, (1.0,) * 5, "t")
    line = next(x for x in plain(draw(shown, 0, 74, 1, Ink())).split("\n") if "zeros" in x)
    assert line.split()[1:] == ["·", "7", "2", "0"]


def test_the_number_under_the_cursor_is_the_block_it_stands_on() -> None:
    shown = seen(fade=0.5)
    text = plain(draw(shown, 20, 74, 1, Ink()))
    assert "block 21" in text and "0.25" in text and "1/8" in text
    assert cosine_text(shown.alike[21]) in text and "length 23" in text
    assert describe(shown, 20).startswith("Block 21 of 24: gradient 0.25, 1/8 of the last block's.")


def test_a_share_too_small_for_a_fraction_is_a_number() -> None:
    shown = seen(fade=0.01)
    text = plain(draw(shown, 12, 74, 1, Ink()))
    assert "1/" not in text
    assert "1.0e-22 of the last block's" in describe(shown, 12)
    assert "1/100 of the last block's" in describe(shown, 22)


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (seen(), "The gradient comes down to the first block. At the top the tokens differ"),
        (seen(fade=0.1), "Hardly any gradient comes down to the first block."),
        (seen(fade=0.0), "No gradient comes to 23 blocks: nothing is learned there."),
        (seen(alike=1.0), "From the beginning all tokens of a row are the same"),
    ],
)
def test_what_it_means_is_said(shown: TowerSeen, said: str) -> None:
    assert verdict(shown).startswith(said) or said in verdict(shown)
    assert verdict(shown) in sentence(shown, 3)


def test_the_same_are_counted_from_where_they_stay_the_same() -> None:
    alike = (0.1, 1.0, 0.4, 0.9996, 1.0)
    shown = TowerSeen(TowerParts(), (1.0,) * 4, alike, (1.0,) * 5, "t")
    assert shown.same_from == 3 and "From block 3 on" in verdict(shown)
    assert seen().same_from is None


def test_a_cosine_has_the_sign_of_a_minus_or_none() -> None:
    assert [cosine_text(x) for x in (-0.0251, -0.0001, 0.5)] == ["−0.025", "0.000", "0.500"]


def test_every_part_is_told_with_a_sign() -> None:
    none = TowerParts(residual=False, norm="none", feed_forward=False, alone=True)
    assert switches(none, Ink()).count("✗") == 4
    assert switches(TowerParts(norm="post"), Ink()).count("✓") == 4
    assert "after each sum" in switches(TowerParts(norm="post"), Ink())
    said = sentence(seen(parts=none), 0)
    assert "without residuals and norms and feed-forward layers and the sight of others" in said


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [12, 24, 36, 52, 74, 114])
@pytest.mark.parametrize("tall", [0, 1, 3])
def test_every_line_has_the_width_that_is_asked_for(kind: str, width: int, tall: int) -> None:
    lines = draw(seen(fade=0.3, alike=0.5), 5, width, tall, Ink(kind))
    assert {line.cell_length for line in lines} == {width}
    assert not re.search(r"[^\x00-\x7f]", plain(lines)) or kind != "ascii"


def test_a_picture_of_twenty_four_blocks_leaves_room_for_words_on_a_small_terminal() -> None:
    assert len(draw(seen(fade=0.5), 0, 73, 0, Ink())) <= 12


def test_why_there_is_nothing_to_see_is_said() -> None:
    text = plain(draw(TowerSeen(TowerParts(), trouble="No tower like this."), 0, 60, 1, Ink()))
    assert text == "No tower like this."
