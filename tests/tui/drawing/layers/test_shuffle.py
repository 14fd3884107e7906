"""The shuffle test as a table: what is rounding counts as the same, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tui.drawing.ink import KINDS, Ink
from tui.drawing.layers.shuffle import Shuffled, describe, draw, sentence, verdict
from tui.drawing.lines import plain

MOVED = Shuffled(
    ("dog", "bites", "man"),
    ("man", "bites", "dog"),
    (2, 1, 0),
    (1.2e-7, 0.0, 3e-7),
    (5.4, 0.0, 5.4),
    2e-8,
    5.66,
)
CAUSAL = replace(MOVED, word=(0.0, 2.5, 1.25), mean=1.1, causal=True)


def test_outputs_that_go_with_their_words_are_called_equivariant() -> None:
    assert verdict(MOVED).startswith("Every output goes with its word (equivariant)")
    assert "can tell A from B. The same in both: dog." in verdict(CAUSAL)
    assert sentence(MOVED, 0).startswith("No positions, each word sees all words")


def test_every_number_of_the_comparison_stands_in_its_row() -> None:
    rows = plain(draw(CAUSAL, 1, 76, Ink())).split("\n")
    bites = next(row for row in rows if row.startswith("► bites"))
    assert bites.split()[2:5] == ["2", "2", "2.5"]
    man = next(row for row in rows if row.strip().startswith("man "))
    assert man.split()[1:4] == ["3", "1", "1.2"] and "5.4" in man
    assert next(row for row in rows if "mean of all" in row).split()[3] == "1.1"
    same = plain(draw(MOVED, 0, 76, Ink())).split("\n")
    assert sum("✓ same" in row for row in same) == 4


def test_the_difference_that_counts_as_none_is_told() -> None:
    assert "the same (1.2e-7 apart, where an output is 5.7 long)" in describe(MOVED, 0)


@pytest.mark.parametrize("ink", KINDS)
@pytest.mark.parametrize("width", [20, 44, 60, 74, 120])
def test_it_fits_in_every_ink(width: int, ink: str) -> None:
    for shown in (MOVED, CAUSAL, Shuffled()):
        lines = draw(shown, 0, width, Ink(ink, "ascii" if ink == "ascii" else "braille"))
        assert {line.cell_length for line in lines} == {width}
        assert ink != "ascii" or plain(lines).isascii()
