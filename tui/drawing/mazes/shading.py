"""A maze whose squares are shaded: how much weight each has, against equal shares.

│███ ▒▒▒  · │     the fuller, the larger; with digits, hundredths
│ ·  ▓▓▓ ▓M▓│     M the mouse, C the cheese
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.style import Style

from tui.drawing.attention.weights import number_text
from tui.drawing.ink import Ink
from tui.drawing.lines import Piece
from tui.drawing.mazes.walls import NARROW, Walls, line_of

TIMES = (0.5, 1.5, 3.0, 6.0)
"""From how many times an equal share on a square takes the next darker shade."""


@dataclass(frozen=True)
class Shaded:
    """What is known of the squares of one maze."""

    weights: Sequence[float]
    uniform: float
    mouse: int
    cheese: int
    route: frozenset[tuple[int, int]] = frozenset()
    """The ways between two squares, the smaller first, that a shortest way takes."""
    digits: bool = False
    wrong: frozenset[int] = frozenset()
    """The squares whose arrow is wrong."""


def level(weight: float, uniform: float) -> int:
    """Which of the five shades a weight takes."""
    return sum(weight >= times * uniform for times in TIMES)


def scale(uniform: float, ink: Ink) -> str:
    """From which weight on each shade is."""
    shades = ink.glyphs.shades
    told = [f"{shades[0]} <{_short(TIMES[0] * uniform)}"]
    for at, times in enumerate(TIMES, 1):
        least = "≥" if at == len(TIMES) else ""
        told.append(f"{shades[at]} {least}{_short(times * uniform)}")
    return ink.words("  ".join(told))


def _short(weight: float) -> str:
    return number_text(weight)[:-1] if weight >= 0.01 else number_text(weight)


class ShadeDrawing(Walls[Shaded]):
    """Draws `Shaded`."""

    def way(self, seen: Shaded, cell: int, direction: int) -> Piece:
        """The shortest way, or nothing."""
        there = self.maze.step(cell, direction)
        if (min(cell, there), max(cell, there)) in seen.route:
            return self.ink.glyphs.ways[line_of(direction)], self.ink.style("path")
        return " ", Style.null()

    def square(self, seen: Shaded, cell: int) -> list[Piece]:
        """The weight of a square around who is there."""
        middle, (text, style) = self._who(seen, cell), shade(seen, cell, self.pitch - 1, self.ink)
        if self.pitch == NARROW:
            return [middle or (text, style)]
        at = len(text) // 2
        pieces = [(text[:at], style), middle or (text[at], style), (text[at + 1 :], style)]
        if cell in seen.wrong:
            pieces[2:] = [(text[at + 1 : -1], style), ("!", self.ink.style("bad"))]
        return pieces

    def beside(self, seen: Shaded, cell: int, direction: int) -> list[Piece]:
        """The weight of a large square again, where it has any to speak of."""
        dark = level(seen.weights[cell], seen.uniform)
        glyph = self.ink.glyphs.shades[dark] if dark else " "
        return [(glyph * (self.pitch - 1), self.ink.style(f"heat{dark}"))]

    def _who(self, seen: Shaded, cell: int) -> Piece | None:
        if cell == seen.mouse:
            return "M", self.ink.style("mouse")
        if cell == seen.cheese:
            return "C", self.ink.style("cheese")
        return None


def shade(seen: Shaded, cell: int, width: int, ink: Ink) -> Piece:
    """One square, `width` cells wide: its shade, or hundredths."""
    weight = seen.weights[cell]
    dark = level(weight, seen.uniform)
    style = ink.style(f"heat{dark}")
    if seen.digits and width > 1:
        return f"{min(99, round(100 * weight)):>{width}}", style
    glyph = ink.glyphs.shades[dark]
    return (glyph * width if dark else glyph.center(width)), style
