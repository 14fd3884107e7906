"""A maze, and what has happened in it, as lines of cells."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from rich.style import Style

from models.mazes.maze import EAST, NORTH, SOUTH, WEST
from models.mazes.trace import ARROW, FRONTIER, PATH, SEEN
from tui.drawing.lines import Piece
from tui.drawing.mazes.board import Board
from tui.drawing.mazes.walls import NARROW, Walls


class MazeDrawing(Walls[Board]):
    """A mouse, its cheese, and the marks that a walk or a search has left."""

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

    def way(self, board: Board, cell: int, direction: int) -> Piece:
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

    def square(self, board: Board, cell: int) -> list[Piece]:
        """The mouse, the cheese, or a mark."""
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
