"""The maze view as lines: a title, the part of the maze around the mouse, and a caption.

Beside a maze that is larger than its room stands the whole of it at a glance: where anybody has
been or looked.
"""

from __future__ import annotations

from collections.abc import Collection

from rich.style import Style
from textual.strip import Strip

from models.mazes.trace import FRONTIER
from tui.drawing.ink import Ink
from tui.drawing.lines import blank, changed_regions, fit, paragraph, strip
from tui.drawing.mazes.board import Board
from tui.drawing.mazes.maze import MazeDrawing
from tui.drawing.mazes.maze_words import describe, describe_briefly
from tui.drawing.mazes.overview import Overview, Sight, overview_size
from tui.drawing.mazes.walls import WIDE, best_pitch, canvas_size, window

CAPTION = 2
"""Lines below the maze."""
_BRIEF = 48
"""Below this width the caption is the short one."""
_GAP, _LEAST_WINDOW = 3, 33
"""Columns between a window and the whole, and of a window at least."""
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
        self._across = width
        self._whole = self._at_a_glance()
        self._follow()
        self._known = self._look()
        self._glance = self._draw_glance()
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
            row = self._drawing.row(self.board, y + self._top, self._left, self._across)
            if self._whole is None:
                return row
            beside = self._glance[y : y + 1]
            line = Strip.join([row, blank(_GAP), *beside])
            return line.adjust_cell_length(self.width, Style.null())
        y -= self._rows
        return self._caption[y] if 0 <= y < len(self._caption) else blank(self.width)

    def after(self, squares: Collection[int], remark: str = "") -> list[Run] | None:
        """What is to be painted again after these squares changed; `None` means everything."""
        self.remark = remark
        moved, known = self._follow(), self._known
        self._known = self._look(squares) if squares else self._look()
        before, self._glance = self._glance, self._draw_glance()
        if moved or (self._whole is not None and not squares and known != self._known):
            self._caption = self._draw_caption()
            return None
        down = self._first - self._top
        runs = []
        for x, y, length in self._drawing.changed(self.board, squares):
            if self._first <= y + down < self._first + self._rows:
                runs.append((x - self._left, y + down, length))
        beside = self._across + _GAP
        runs += [
            (beside + x, y, length)
            for x, y, length in changed_regions(before, self._glance, self._first)
        ]
        old, self._caption = self._caption, self._draw_caption()
        return runs + changed_regions(old, self._caption, self._first + self._rows)

    def _follow(self) -> bool:
        """Scroll so that the mouse is in sight; whether that moved anything."""
        drawing = self._drawing
        x, y = drawing.centre(self.board.mouse)
        before = (self._left, self._top)
        across = _MARGIN * drawing.pitch
        self._left = window(self._left, x, self._across, drawing.width, across)
        self._top = window(self._top, y, self._rows, drawing.height, _MARGIN * 2)
        return before != (self._left, self._top)

    # The whole at a glance

    def _at_a_glance(self) -> Overview | None:
        """The whole maze, where the window does not show it and leaves room for it."""
        maze = self.board.trace.maze
        columns, rows = overview_size(maze)
        fits = self._drawing.width <= self.width and self._full <= self._rows
        room = self.width - _GAP - columns
        if fits or rows > self._rows or room < _LEAST_WINDOW:
            return None
        self._across = min(room, self._drawing.width)
        return Overview(maze, self.ink)

    def _look(self, squares: Collection[int] | None = None) -> frozenset[int]:
        """The squares where anybody has been or looked; of those that are given, anew."""
        if self._whole is None:
            return frozenset()
        board = self.board
        if squares is None:
            return frozenset(filter(self._is_known, range(board.trace.maze.cells)))
        now = frozenset(filter(self._is_known, squares))
        return self._known.difference(squares) | now

    def _is_known(self, cell: int) -> bool:
        board = self.board
        return bool(board.visits[cell]) or board.marks.get(cell, FRONTIER) != FRONTIER

    def _draw_glance(self) -> list[Strip]:
        if self._whole is None:
            return []
        board, pitch = self.board, self._drawing.pitch
        signs = {board.trace.cheese: ("C", "cheese"), board.mouse: ("M", "mouse")}
        columns, rows = -(-self._across // pitch), -(-self._rows // 2)
        sight = Sight(self._left // pitch, self._top // 2, columns, rows)
        return self._whole.draw(self._known, signs, sight)

    # Window and words

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
