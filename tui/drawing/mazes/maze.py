"""A maze, and what has happened in it, as lines of cells.

At the wide pitch a square is three cells and a wall, so a maze of w x h squares takes
4w + 1 columns and 2h + 1 lines; at the narrow pitch a square is a single cell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from rich.style import Style
from textual.strip import Strip

from models.mazes.maze import EAST, NORTH, SOUTH, WEST, Maze
from models.mazes.trace import ARROW, FRONTIER, PATH, SEEN
from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, strip
from tui.drawing.mazes.board import Board

WIDE, NARROW = 4, 2
"""Columns from one square to the next."""


def canvas_size(maze: Maze, pitch: int) -> tuple[int, int]:
    """Columns and lines of the whole drawing."""
    return maze.width * pitch + 1, maze.height * 2 + 1


def best_pitch(maze: Maze, width: int) -> int:
    """The widest pitch at which the maze fits into `width`; the narrow one if none does."""
    return WIDE if canvas_size(maze, WIDE)[0] <= width else NARROW


class MazeDrawing:
    """Draws one maze in one ink at one pitch. Walls never change, so they are drawn once."""

    def __init__(self, maze: Maze, pitch: int, ink: Ink) -> None:
        self.maze, self.pitch, self.ink = maze, pitch, ink
        self.width, self.height = canvas_size(maze, pitch)
        self._posts: dict[int, list[str]] = {}

    def centre(self, cell: int) -> tuple[int, int]:
        """Column and line of the middle of a square."""
        y, x = divmod(cell, self.maze.width)
        return x * self.pitch + self.pitch // 2, y * 2 + 1

    def changed(self, board: Board, squares: Collection[int]) -> Iterator[tuple[int, int, int]]:
        """Where a change of these squares shows, as `(x, y, length)`.

        That is the squares themselves and those ways between two squares whose look may differ.
        """
        half = self.pitch // 2
        for cell in squares:
            x, y = self.centre(cell)
            yield x - half + 1, y, self.pitch - 1
            for direction, (dx, dy) in enumerate(((0, -1), (half, 0), (0, 1), (-half, 0))):
                if not self.maze.is_open(cell, direction):
                    continue
                there = self.maze.step(cell, direction)
                if there in squares or (
                    board.marks.get(there) in (SEEN, PATH) and not board.crossed(cell, there)
                ):
                    yield x + dx, y + dy, 1

    def row(self, board: Board, y: int, left: int, width: int) -> Strip:
        """Line `y` of the canvas, `width` columns from column `left`."""
        if not 0 <= y < self.height or width <= 0:
            return Strip.blank(max(0, width))
        first = max(0, left // self.pitch)
        last = min(self.maze.width, (left + width) // self.pitch + 1)
        draw = self._square_row if y % 2 else self._wall_row
        pieces = draw(board, y // 2, first, last)
        line = strip(pieces, sum(len(text) for text, _ in pieces))
        start = left - first * self.pitch
        return line.crop(start, start + width).adjust_cell_length(width, Style.null())

    def _square_row(self, board: Board, y: int, first: int, last: int) -> list[Piece]:
        wall = self.ink.style("wall")
        bar = self.ink.glyphs.walls[5]
        out: list[Piece] = []
        for x in range(first, last + 1):
            cell = y * self.maze.width + x
            if x < self.maze.width and self.maze.is_open(cell, WEST):
                out.append(self._passage(board, cell, WEST))
            elif x == self.maze.width and self.maze.is_open(cell - 1, EAST):
                out.append((" ", Style.null()))
            else:
                out.append((bar, wall))
            if x < self.maze.width:
                out += self._square(board, cell)
        return out

    def _wall_row(self, board: Board, y: int, first: int, last: int) -> list[Piece]:
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
                    way = self._passage(board, y * maze.width + x, NORTH)
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

    def _passage(self, board: Board, cell: int, direction: int) -> Piece:
        """What lies in the open way between two squares: the route, a trail, or nothing."""
        ink, there = self.ink, self.maze.step(cell, direction)
        here_mark, there_mark = board.marks.get(cell, ""), board.marks.get(there, "")
        if here_mark == there_mark == PATH:
            line = (5, 10)[direction in (EAST, WEST)]
            return ink.glyphs.ways[line], ink.style("path")
        if board.crossed(cell, there):
            return ink.glyphs.dot, ink.style("trail")
        if here_mark in (SEEN, PATH) and there_mark in (SEEN, PATH):
            return ink.glyphs.dot, ink.style("seen")
        return " ", Style.null()

    def _square(self, board: Board, cell: int) -> list[Piece]:
        left, (glyph, style), right = self._content(board, cell)
        if self.pitch == NARROW:
            return [(glyph, style)]
        if cell in (board.mouse, board.trace.cheese):
            side = self.ink.style("path")
            return [(left, side), (glyph, style), (right, side)]
        return [(left + glyph + right, style)]

    def _content(self, board: Board, cell: int) -> tuple[str, Piece, str]:
        """The three cells of a square: left of the middle, the middle, right of it."""
        ink, glyphs = self.ink, self.ink.glyphs
        mark = board.marks.get(cell, "")
        if cell == board.mouse:
            return self._mouse(board, cell, mark)
        if cell == board.trace.cheese:
            return " ", ("C", ink.style("cheese")), " "
        if mark in ARROW:
            return " ", (glyphs.arrows[ARROW.index(mark)], ink.style("arrow")), " "
        if mark == PATH:
            return self._route(board, cell)
        if mark == FRONTIER:
            return " ", (glyphs.ring, ink.style("frontier")), " "
        if board.visits[cell]:
            return self._footprints(board.visits[cell])
        if mark == SEEN:
            return " ", (glyphs.dot, ink.style("seen")), " "
        return " ", (" ", Style.null()), " "

    def _mouse(self, board: Board, cell: int, mark: str) -> tuple[str, Piece, str]:
        left, right = " ", " "
        if mark == PATH:
            left, _, right = self._route(board, cell)
        if board.arrived and right == " ":
            right = self.ink.glyphs.tick
        elif board.arrived:
            left = self.ink.glyphs.tick
        return left, ("M", self.ink.style("mouse")), right

    def _route(self, board: Board, cell: int) -> tuple[str, Piece, str]:
        ways = 0
        for d in (NORTH, EAST, SOUTH, WEST):
            if self.maze.is_open(cell, d) and board.marks.get(self.maze.step(cell, d)) == PATH:
                ways |= 1 << d
        line = self.ink.glyphs.ways
        left = line[10] if ways >> WEST & 1 and not self.ink.is_ascii else " "
        right = line[10] if ways >> EAST & 1 and not self.ink.is_ascii else " "
        return left, (line[ways], self.ink.style("path")), right

    def _footprints(self, visits: int) -> tuple[str, Piece, str]:
        """Darker the more often the mouse has been here: once, 2, 4, 8, 16 times or more."""
        glyph = self.ink.glyphs.footprints[min(5, visits.bit_length()) - 1]
        side = " " if visits == 1 else glyph
        return side, (glyph, self.ink.style("trail")), side


def draw_maze(board: Board, width: int, height: int, ink: Ink) -> list[Strip]:
    """The whole picture, `height` lines of `width` columns, cut where it does not fit."""
    drawing = MazeDrawing(board.trace.maze, best_pitch(board.trace.maze, width), ink)
    return [drawing.row(board, y, 0, width) for y in range(max(0, height))]
