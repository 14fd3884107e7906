"""Arrows in squares that have room for them: with a stem, and three lines high.

┌───────┬───────┐
│       │   ↑   │
│  ┄┄→  │   ┊ ! │
│       │       │
"""

from __future__ import annotations

from rich.style import Style

from models.mazes.maze import DIRECTIONS, EAST, WEST
from tui.drawing.lines import Piece
from tui.drawing.mazes.arrows import NONE, ArrowDrawing, Arrows, role

_MIDDLE, _MARK, _MOUSE = 3, 5, 1
"""Columns of a square: its middle, and where a wrong arrow's mark and the mouse stand."""
_NOTHING: Piece = (" ", Style.null())


class LargeArrows(ArrowDrawing):
    """Draws `Arrows` at the large pitch."""

    def square(self, seen: Arrows, cell: int) -> list[Piece]:
        """The middle line of a square."""
        ink, out = self.ink, [_NOTHING] * (self.pitch - 1)
        ways = self._walked(seen, cell)
        across = ink.glyphs.ways[1 << EAST | 1 << WEST], ink.style("path")
        if ways >> WEST & 1:
            out[:_MIDDLE] = [across] * _MIDDLE
        if ways >> EAST & 1:
            out[_MIDDLE + 1 :] = [across] * _MIDDLE
        if cell == seen.cheese:
            out[_MIDDLE] = "C", ink.style("cheese")
        elif _arrow(seen, cell) != NONE:
            self._lay(out, seen, cell, ways)
        if cell in seen.cut_off:
            out[0] = out[-1] = ink.glyphs.footprints[1], ink.style("dim")
        elif seen.sure and cell != seen.cheese:
            out[0] = self.shade(seen.sure[cell])
        if cell in seen.wrong:
            out[_MARK] = "!", ink.style("faint" if cell in seen.early else "bad")
        if cell == seen.mouse:
            out[_MOUSE] = "M", ink.style("mouse")
        if cell == seen.cursor:
            out = [(text, style + ink.style("cursor")) for text, style in out]
        return out

    def beside(self, seen: Arrows, cell: int, direction: int) -> list[Piece]:
        """The tip of an arrow that goes this way; else what lies on the way."""
        if cell == seen.cheese or _arrow(seen, cell) != direction:
            return super().beside(seen, cell, direction)
        side = " " * _MIDDLE, Style.null()
        return [side, self._tip(seen, cell), side]

    def _lay(self, out: list[Piece], seen: Arrows, cell: int, ways: int) -> None:
        """The stem of an arrow, and its tip if that is on the same line."""
        arrow, style = _arrow(seen, cell), self.ink.style(role(seen, cell))
        lies = arrow in (EAST, WEST)
        stem = self.ink.glyphs.ahead[0 if lies else 1]
        out[_MIDDLE] = (self.ink.glyphs.ways[ways | 1 << arrow] if ways else stem), style
        if lies:
            on = 1 if arrow == EAST else -1
            out[_MIDDLE + on] = self._tip(seen, cell)
            if not ways:
                out[_MIDDLE - on] = stem, style

    def _tip(self, seen: Arrows, cell: int) -> Piece:
        return self.ink.glyphs.arrows[_arrow(seen, cell)], self.ink.style(role(seen, cell))

    def _walked(self, seen: Arrows, cell: int) -> int:
        """The ways out of a square that the mouse goes, as bits."""
        if cell not in seen.walked:
            return 0
        beside = ((d, self.maze.step(cell, d)) for d in DIRECTIONS)
        ways = ((d, (min(cell, there), max(cell, there))) for d, there in beside)
        return sum(1 << d for d, way in ways if way in seen.gone)


def _arrow(seen: Arrows, cell: int) -> int:
    return seen.arrows[cell] if cell < len(seen.arrows) else NONE
