"""A maze with an arrow in every square: where whoever is asked would go from there.

│ → ! ← │     a wrong arrow bears a mark: from there no shortest way begins like that
│M→━━━↓ │     the heavy line is the way that the mouse goes by the arrows
│░↑░· C │     shaded: no way leads from there to the cheese; dots: a shortest way
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from rich.style import Style

from models.mazes.maze import EAST, WEST
from tui.drawing.lines import Piece
from tui.drawing.mazes.walls import NARROW, Walls, line_of

NONE = -1
"""In place of an arrow where there is none."""
SURE = (0.4, 0.6, 0.8, 0.95)
"""Where a probability takes the next darker shade; a guess among four directions has 0.25."""


@dataclass(frozen=True)
class Arrows:
    """What is known of the squares of one maze."""

    arrows: Sequence[int]
    """Of each square: north, east, south, west are 0 to 3, or `NONE`."""
    cheese: int
    mouse: int | None = None
    wrong: frozenset[int] = frozenset()
    """The squares whose arrow begins no shortest way."""
    path: tuple[int, ...] = ()
    """The squares through which the mouse goes, its own first."""
    shortest: tuple[int, ...] = ()
    """Those of a shortest way."""
    cut_off: frozenset[int] = frozenset()
    """The squares from which no way leads to the cheese."""
    cursor: int | None = None
    early: frozenset[int] = frozenset()
    """The squares that the news of the cheese cannot have reached yet."""
    sure: Sequence[float] = ()
    """Of each square, the probability of its arrow, where it is to be drawn."""

    @cached_property
    def walked(self) -> frozenset[int]:
        """The squares through which the mouse goes."""
        return frozenset(self.path)

    @cached_property
    def gone(self) -> frozenset[tuple[int, int]]:
        """The ways between two squares that the mouse goes."""
        return _ways(self.path)

    @cached_property
    def short(self) -> frozenset[tuple[int, int]]:
        """Those of the shortest way."""
        return _ways(self.shortest)


def _ways(path: Sequence[int]) -> frozenset[tuple[int, int]]:
    return frozenset((min(pair), max(pair)) for pair in pairwise(path))


class ArrowDrawing(Walls[Arrows]):
    """Draws `Arrows`. At the narrow pitch a square has room for one glyph: where the arrow is
    wrong, that is its mark, or a dot if no news can have come yet; where it is to be drawn how sure
    it is, the shade."""

    def way(self, seen: Arrows, cell: int, direction: int) -> Piece:
        """The way of the mouse, the shortest way, or nothing."""
        there = self.maze.step(cell, direction)
        way = min(cell, there), max(cell, there)
        if way in seen.gone:
            return self.ink.glyphs.ways[line_of(direction)], self.ink.style("path")
        if way in seen.short:
            return self.ink.glyphs.dot, self.ink.style("seen")
        return " ", Style.null()

    def square(self, seen: Arrows, cell: int) -> list[Piece]:
        """The arrow between the mouse and the mark of a wrong one."""
        middle = self._middle(seen, cell)
        pieces = [middle] if self.pitch == NARROW else self._wide(seen, cell, middle)
        if cell == seen.cursor:
            chosen = self.ink.style("cursor")
            return [(text, style + chosen) for text, style in pieces]
        return pieces

    def _wide(self, seen: Arrows, cell: int, middle: Piece) -> list[Piece]:
        left, right = (self._side(seen, cell, direction) for direction in (WEST, EAST))
        if seen.sure and cell != seen.cheese:
            left = self.shade(seen.sure[cell])
        if cell == seen.mouse:
            left = "M", self.ink.style("mouse")
        if cell in seen.wrong:
            right = "!", self.ink.style("faint" if cell in seen.early else "bad")
        return [left, middle, right]

    def _middle(self, seen: Arrows, cell: int) -> Piece:
        arrow = seen.arrows[cell] if cell < len(seen.arrows) else NONE
        if cell == seen.cheese:
            return "C", self.ink.style("cheese")
        if cell == seen.mouse and self.pitch == NARROW:
            return "M", self.ink.style("mouse")
        if arrow == NONE:
            return " ", Style.null()
        if seen.sure and self.pitch == NARROW:
            return self.shade(seen.sure[cell])
        glyph = self.ink.glyphs.arrows[arrow]
        if self.pitch == NARROW and cell in seen.wrong:
            glyph = self.ink.glyphs.dot if cell in seen.early else "!"
        return glyph, self.ink.style(role(seen, cell))

    def shade(self, sure: float) -> Piece:
        """How sure an arrow is."""
        level = sum(sure >= threshold for threshold in SURE)
        return self.ink.glyphs.shades[level], self.ink.style(f"heat{level}")

    def _side(self, seen: Arrows, cell: int, direction: int) -> Piece:
        """What lies between the arrow and the way out in that direction."""
        if self.maze.is_open(cell, direction):
            glyph, style = self.way(seen, cell, direction)
            if glyph in self.ink.glyphs.ways:
                return glyph, style
        if cell in seen.cut_off:
            return self.ink.glyphs.footprints[1], self.ink.style("dim")
        return " ", Style.null()


def role(seen: Arrows, cell: int) -> str:
    """How an arrow is drawn: what cannot be known yet is neither right nor wrong."""
    if cell in seen.early or cell in seen.cut_off:
        return "path" if cell in seen.walked else "faint"
    if cell in seen.wrong:
        return "bad"
    return "path" if cell in seen.walked else "arrow"
