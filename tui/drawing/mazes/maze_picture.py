"""The maze view as lines: a title, the part of the maze around the mouse, and a caption."""

from __future__ import annotations

from collections.abc import Collection

from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.lines import blank, changed_regions, fit, paragraph, strip
from tui.drawing.mazes.board import Board
from tui.drawing.mazes.maze import MazeDrawing
from tui.drawing.mazes.maze_words import describe, describe_briefly
from tui.drawing.mazes.walls import WIDE, best_pitch, canvas_size, window

CAPTION = 2
"""Lines below the maze."""
_BRIEF = 48
"""Below this width the caption is the short one."""
_MARGIN = 3
"""Squares that stay in sight around the mouse when a large maze scrolls."""

Run = tuple[int, int, int]
"""Cells of the picture: column, line, how many."""


class MazePicture:
    """One board in one ink at one size. `remark` is what the second line of the caption says."""

    def __init__(self, board: Board, shortest: int, width: int, height: int, ink: Ink) -> None:
        self.board, self.shortest = board, shortest
        self.width, self.height, self.ink = width, height, ink
        self.remark = ""
        name = board.trace.name
        self._title = fit(ink.words(name[:1].upper() + name[1:]), width, ink)
        self._drawing = MazeDrawing(board.trace.maze, best_pitch(board.trace.maze, width), ink)
        self._first = int(bool(name) and height > 4)
        free = height - self._first
        self._rows = max(0, min(free - CAPTION if free - CAPTION >= 3 else free, self._full))
        self._left = self._top = 0
        self._follow()
        self._caption = self._draw_caption()

    @property
    def _full(self) -> int:
        return self._drawing.height

    def line(self, y: int) -> Strip:
        """Line `y` of the picture."""
        if y < self._first:
            return strip([(self._title, self.ink.style("strong"))], self.width)
        y -= self._first
        if y < self._rows:
            return self._drawing.row(self.board, y + self._top, self._left, self.width)
        y -= self._rows
        return self._caption[y] if 0 <= y < len(self._caption) else blank(self.width)

    def after(self, squares: Collection[int], remark: str = "") -> list[Run] | None:
        """What is to be painted again after these squares changed; `None` means everything."""
        self.remark = remark
        if self._follow():
            self._caption = self._draw_caption()
            return None
        down = self._first - self._top
        runs = []
        for x, y, length in self._drawing.changed(self.board, squares):
            if self._first <= y + down < self._first + self._rows:
                runs.append((x - self._left, y + down, length))
        before, self._caption = self._caption, self._draw_caption()
        return runs + changed_regions(before, self._caption, self._first + self._rows)

    def _follow(self) -> bool:
        """Scroll so that the mouse is in sight; whether that moved anything."""
        drawing = self._drawing
        x, y = drawing.centre(self.board.mouse)
        before = (self._left, self._top)
        across = _MARGIN * drawing.pitch
        self._left = window(self._left, x, self.width, drawing.width, across)
        self._top = window(self._top, y, self._rows, drawing.height, _MARGIN * 2)
        return before != (self._left, self._top)

    def _draw_caption(self) -> list[Strip]:
        ink, width = self.ink, self.width
        if width < _BRIEF:
            words = describe_briefly(self.board, self.shortest)
            return paragraph(words, width, CAPTION, ink.style("plain"), ink)
        words = describe(self.board, self.shortest)
        if len(words) > width:
            words = describe_briefly(self.board, self.shortest)
        remark = self.remark or self.board.note
        return [
            strip([(fit(ink.words(words), width, ink), ink.style("plain"))], width),
            strip([(fit(ink.words(remark), width, ink), ink.style("dim"))], width),
        ]


def picture_size(board: Board) -> tuple[int, int]:
    """Columns and lines that the whole picture takes at the wide pitch."""
    width, height = canvas_size(board.trace.maze, WIDE)
    return width, int(bool(board.trace.name)) + height + CAPTION
