"""A maze of which only some squares have been seen: the rest is drawn as what it is, unknown.

│M  ?  ?│    what lies beyond a square that was never seen is not drawn, not even its walls
│·└── C │    but for the edge of the maze, and the cheese where one is told of it
"""

from __future__ import annotations

from dataclasses import dataclass

from rich.style import Style
from textual.strip import Strip

from models.mazes.maze import EAST, NORTH, SOUTH, WEST, Maze
from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, cells, strip


@dataclass(frozen=True)
class Fog:
    """What has been seen of a maze that is drawn at some pitch."""

    maze: Maze
    pitch: int
    ink: Ink
    seen: frozenset[int]
    """The squares that have been seen."""
    now: int
    """The one that is seen now: what is seen from no other is dim."""
    known: int | None = None
    """A square that is known of without having been seen: what is in it shows."""

    def over(self, line: Strip, y: int) -> Strip:
        """Line `y` of the drawing of the whole maze, as far as it was seen."""
        return strip(
            (self._over(piece, x, y) for x, piece in enumerate(cells(line))), line.cell_length
        )

    def _over(self, piece: Piece, x: int, y: int) -> Piece:
        text, style = piece
        around = self._around(x, y)
        if around & self.seen:
            return text, style if self.now in around else style + self.ink.style("faint")
        if edge := self._edge(x, y):
            return edge, self.ink.style("faint")
        if y % 2 and x % self.pitch == self.pitch // 2:
            shows = self.known in around
            return piece if shows else (self.ink.glyphs.missing, self.ink.style("faint"))
        return " ", Style.null()

    def _edge(self, x: int, y: int) -> str:
        """The edge of the maze at a place, without the walls that begin there; empty inside."""
        right, bottom = self.maze.width * self.pitch, self.maze.height * 2
        sides = (y > 0, x < right, y < bottom, x > 0)
        if x in (0, right) and y in (0, bottom):
            return self.ink.glyphs.walls[sum(open_ << d for d, open_ in enumerate(sides))]
        if x in (0, right):
            return self.ink.glyphs.walls[1 << NORTH | 1 << SOUTH]
        return self.ink.glyphs.walls[1 << EAST | 1 << WEST] if y in (0, bottom) else ""

    def _around(self, x: int, y: int) -> frozenset[int]:
        """The squares that a cell of the drawing belongs to: one inside, two at a wall, four at a
        post; fewer at the edge."""
        columns, rows = _beside(x, self.pitch), _beside(y, 2)
        return frozenset(
            row * self.maze.width + column
            for row in rows
            for column in columns
            if 0 <= row < self.maze.height and 0 <= column < self.maze.width
        )


def _beside(place: int, pitch: int) -> tuple[int, ...]:
    """The column, or the row, of squares that a place belongs to; both at a wall between two."""
    after = place // pitch
    return (after,) if place % pitch else (after - 1, after)
