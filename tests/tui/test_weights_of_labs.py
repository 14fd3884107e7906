"""Every lab whose weights can be looked at tells all that a cell is made of, and who answers."""

from __future__ import annotations

from typing import Any

import pytest

from models.arrays import pack
from models.labs.catalog import load_lab
from models.protocol import ProbeResult
from models.specs.catalog import LABS
from tests.support.small_labs import SMALL
from tui.drawing.attention.attended import Taken
from tui.drawing.attention.cell_lines import Opened
from tui.drawing.attention.cell_stages import draw
from tui.drawing.attention.masks import Masks, most_hidden, words
from tui.drawing.ink import Ink
from tui.drawing.lines import plain
from tui.moments import head_of_probe
from tui.panels.weights_panel import LOOKS

HEADS = [name for name, look in LOOKS.items() if look.probe == "attention"]


def probed(name: str) -> ProbeResult:
    lab: Any = load_lab(name)(LABS[name].settings(SMALL.get(name, {})), 0, "cpu")
    arrays, values = lab.probe("attention", {"when": "before", "sample": 0})
    return ProbeResult("", 0, {what: pack(array) for what, array in arrays.items()}, values)


@pytest.mark.parametrize("name", HEADS)
def test_a_cell_opens(name: str) -> None:
    weights, inside = head_of_probe(probed(name), "before")
    assert inside is not None and weights.selected
    last = len(weights.asks) - 1
    for row in (0, last):
        cell = Taken(weights, inside, row, 0)
        assert cell.effects is not None
        told = plain(draw(Opened(cell), 60, 30, Ink()))
        assert all(f"\n{stage} " in told for stage in range(1, 6)), told
    # Whose row alone gives an answer is told where it is so.
    read = [row for row in range(last + 1) if Taken(weights, inside, row, 0).read]
    assert (read == [last]) == bool(LOOKS[name].answering), read


@pytest.mark.parametrize("name", HEADS)
def test_its_mask_is_drawn(name: str) -> None:
    weights, inside = head_of_probe(probed(name), "before")
    assert inside is not None
    assert words(Masks(weights, inside, most_hidden(weights, inside)))
