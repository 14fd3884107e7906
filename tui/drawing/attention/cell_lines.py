"""The lines of a cell that is taken apart, and how far it is opened."""

from __future__ import annotations

from dataclasses import dataclass

from textual.strip import Strip

from tui.drawing.attention.attended import Taken
from tui.drawing.attention.cell_numbers import places_for
from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, fit, paragraph, strip

STAGES = 5
"""From the products to the change in the logits."""
WIDE = 60
"""Columns from which q, k and the products stand one below the other."""
STEP = 11
"""Columns of the name of a stage that is told on one line."""


@dataclass(frozen=True)
class Opened:
    """A cell that is taken apart: how many of its stages are open, and whether the mask is off."""

    cell: Taken
    stages: int = STAGES
    lifted: bool = False

    @property
    def places(self) -> int:
        """Digits behind the point, so that the largest product shows three or more of its own."""
        return places_for(abs(term.product) for term in self.cell.terms)


def step(name: str, told: str, width: int, ink: Ink, role: str = "plain") -> Strip:
    """A stage that is told on one line: its name, then the numbers."""
    head = ink.words(name).ljust(STEP)
    return strip([(head, ink.style("accent")), (ink.words(told), ink.style(role))], width)


def title(text: str, width: int, ink: Ink) -> Strip:
    """The name of a stage that is told on several lines."""
    return line(text, "accent", width, ink)


def line(text: str, role: str, width: int, ink: Ink) -> Strip:
    """One line in one style; what does not fit is cut."""
    return strip([(fit(ink.words(text), width, ink), ink.style(role))], width)


def wrapped(text: str, width: int, ink: Ink) -> list[Strip]:
    """Words below a stage, indented, on three lines at most."""
    lines = paragraph(text, width - 2, 3, ink.style("dim"), ink)
    pad: Piece = ("  ", ink.style("plain"))
    return [
        strip([pad, *((s.text, s.style or ink.style("dim")) for s in line)], width)
        for line in lines
        if line.text.strip()
    ]
