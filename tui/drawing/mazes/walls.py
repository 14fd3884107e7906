"""The walls of a maze as lines of cells; what is in its squares is drawn by whoever knows.

At the wide pitch a square is three cells and a wall, so a maze of w x h squares takes
4w + 1 columns and 2h + 1 lines; at the narrow pitch a square is a single cell, at that of pairs
five, at the large one seven on three lines.
"""

from __future__ import annotations

from typing import Generic, TypeVar

from rich.style import Style
from textual.strip import Strip

from models.mazes.maze import EAST, NORTH, SOUTH, WEST, Maze
from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, strip

LARGE, PAIRS, WIDE, NARROW = 8, 6, 4, 2
"""Columns from one square to the next; at `PAIRS` there is room for two numbers."""

Seen = TypeVar("Seen")
"""What is known of the squares now."""


def lines_of(pitch: int) -> int:
    """Lines from one square to the next."""
    return 4 if pitch == LARGE else 2


def canvas_size(maze: Maze, pitch: int) -> tuple[int, int]:
    """Columns and lines of the whole drawing."""
    return maze.width * pitch + 1, maze.height * lines_of(pitch) + 1


def best_pitch(maze: Maze, width: int) -> int:
    """The widest pitch at which the maze fits into `width`; the narrow one if none does."""
    return WIDE if canvas_size(maze, WIDE)[0] <= width else NARROW


def window(start: int, focus: int, size: int, whole: int, margin: int) -> int:
    """Where a window `size` long begins so that `focus` lies inside it, `margin` from its ends.

    It moves in one go by half its size, so that a walking mouse seldom scrolls the picture.
    """
    if whole <= size:
        return 0
    margin = min(margin, max(0, (size - 1) // 2))
    if not start + margin <= focus < start + size - margin:
        start = focus - size // 2
    return max(0, min(start, whole - size))


def line_of(direction: int) -> int:
    """The number of the glyph, among `ways`, of a line that leads in a direction and back."""
    return (1 << EAST | 1 << WEST) if direction in (EAST, WEST) else (1 << NORTH | 1 << SOUTH)


class Walls(Generic[Seen]):
    """Draws one maze in one ink at one pitch. Walls never change, so they are drawn once."""

    def __init__(self, maze: Maze, pitch: int, ink: Ink) -> None:
        self.maze, self.pitch, self.ink = maze, pitch, ink
        self.lines = lines_of(pitch)
        self.width, self.height = canvas_size(maze, pitch)
        self._posts: dict[int, list[str]] = {}

    # What a subclass does

    def square(self, seen: Seen, cell: int) -> list[Piece]:
        """What is in a square: one cell less than the pitch."""
        raise NotImplementedError

    def way(self, seen: Seen, cell: int, direction: int) -> Piece:
        """What lies in the open way that leads out of a square: a single cell."""
        raise NotImplementedError

    def beside(self, seen: Seen, cell: int, direction: int) -> list[Piece]:
        """What is above or below the middle line of a large square."""
        side = " " * (self.pitch // 2 - 1)
        way: Piece = (" ", Style.null())
        if self.maze.is_open(cell, direction):
            way = self.way(seen, cell, direction)
        return [(side, Style.null()), way, (side, Style.null())]

    # The drawing

    def centre(self, cell: int) -> tuple[int, int]:
        """Column and line of the middle of a square."""
        y, x = divmod(cell, self.maze.width)
        return x * self.pitch + self.pitch // 2, y * self.lines + self.lines // 2

    def row(self, seen: Seen, y: int, left: int, width: int) -> Strip:
        """Line `y` of the canvas, `width` columns from column `left`."""
        if not 0 <= y < self.height or width <= 0:
            return Strip.blank(max(0, width))
        first = max(0, left // self.pitch)
        last = min(self.maze.width, (left + width) // self.pitch + 1)
        line, below = divmod(y, self.lines)
        if below:
            pieces = self._square_row(seen, line, first, last, below - self.lines // 2)
        else:
            pieces = self._wall_row(seen, line, first, last)
        drawn = strip(pieces, sum(len(text) for text, _ in pieces))
        start = left - first * self.pitch
        return drawn.crop(start, start + width).adjust_cell_length(width, Style.null())

    def _square_row(self, seen: Seen, y: int, first: int, last: int, off: int) -> list[Piece]:
        """A line of squares, so many lines off the middle of each."""
        wall = self.ink.style("wall")
        bar = self.ink.glyphs.walls[5]
        out: list[Piece] = []
        for x in range(first, last + 1):
            cell = y * self.maze.width + x
            if x < self.maze.width and self.maze.is_open(cell, WEST):
                out.append((" ", Style.null()) if off else self.way(seen, cell, WEST))
            elif x == self.maze.width and self.maze.is_open(cell - 1, EAST):
                out.append((" ", Style.null()))
            else:
                out.append((bar, wall))
            if x < self.maze.width and off:
                out += self.beside(seen, cell, NORTH if off < 0 else SOUTH)
            elif x < self.maze.width:
                out += self.square(seen, cell)
        return out

    def _wall_row(self, seen: Seen, y: int, first: int, last: int) -> list[Piece]:
        wall, maze = self.ink.style("wall"), self.maze
        posts = self._posts_of(y)
        out: list[Piece] = []
        side = " " * (self.pitch // 2 - 1)
        for x in range(first, last + 1):
            out.append((posts[x], wall))
            if x == maze.width:
                break
            if not self._walled(x, y, EAST):
                way: Piece = (" ", Style.null())
                if 0 < y < maze.height:
                    way = self.way(seen, y * maze.width + x, NORTH)
                out += [(side, Style.null()), way, (side, Style.null())]
            else:
                out.append((self.ink.glyphs.walls[10] * (self.pitch - 1), wall))
        return out

    def _walled(self, x: int, y: int, direction: int) -> bool:
        """Whether a wall leaves the post at column `x`, line `y` of posts, in `direction`."""
        maze = self.maze
        if direction == NORTH:
            return y > 0 and self._walled(x, y - 1, SOUTH)
        if direction == WEST:
            return x > 0 and self._walled(x - 1, y, EAST)
        if direction == SOUTH:
            if y >= maze.height:
                return False
            if x == maze.width:
                return not maze.is_open(y * maze.width + x - 1, EAST)
            return not maze.is_open(y * maze.width + x, WEST)
        if x >= maze.width:
            return False
        if y == maze.height:
            return not maze.is_open((y - 1) * maze.width + x, SOUTH)
        return not maze.is_open(y * maze.width + x, NORTH)

    def _posts_of(self, y: int) -> list[str]:
        if y not in self._posts:
            walls = self.ink.glyphs.walls
            self._posts[y] = [
                walls[sum(self._walled(x, y, d) << d for d in (NORTH, EAST, SOUTH, WEST))]
                for x in range(self.maze.width + 1)
            ]
        return self._posts[y]
