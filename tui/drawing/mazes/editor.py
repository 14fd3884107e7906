"""A maze that is being changed, the arrows of a network in it, and how they do, as lines.

The maze is on the left, what there is to say of it beside it, or below where there is no room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rich.style import Style
from textual.strip import Strip

from models.mazes.maze import Maze
from models.mazes.scene import Scene
from models.mazes.solvers import distances, shortest_path
from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, blank, filled, paragraph, strip
from tui.drawing.mazes.arrows import ArrowDrawing, Arrows
from tui.drawing.mazes.large_arrows import LargeArrows
from tui.drawing.mazes.thoughts import THERE, Thoughts, Way
from tui.drawing.mazes.walls import LARGE, NARROW, WIDE, canvas_size, lines_of, window
from tui.drawing.sparkline import sparkline

SIDE, GAP = 28, 2
"""Columns that the words take at least beside the maze, and between them and it."""
WORDS = 16
"""Lines that they take at most, as a rule."""
LEAST = (20, 6)
"""Columns and lines below which a sentence stands for the picture."""
_MARGIN = 2
"""Squares that stay in sight around the cursor in a maze that is larger than its window."""
_LABEL = 6


Looks = Callable[[int, int], Sequence[float]]
"""For a loop, counted from 1, and a cell: how much each of four heads looks through its door."""


@dataclass(frozen=True)
class Edited:
    """The maze as it is now, and what was last answered about it."""

    scene: Scene
    thoughts: Thoughts | None = None
    """As long as the network is being asked, what it said of the maze before."""
    doors: Looks | None = None
    """Where its heads look, if that is known."""
    loop: int = 0
    """After how many loops its arrows are shown."""
    cursor: int = 0
    asking: bool = False
    note: str = ""
    """What the last key has done, or why it has not."""
    called: str = "loop"
    """What its thoughts are counted in."""
    trained: int = 7
    """Cells on a side of the mazes it was trained in."""

    @cached_property
    def away(self) -> list[int]:
        """Moves from each cell to the cheese; -1 where no way leads there."""
        return distances(self.scene.maze, self.scene.cheese)

    @property
    def cut_off(self) -> frozenset[int]:
        """The cells from which no way leads to the cheese."""
        return frozenset(cell for cell, far in enumerate(self.away) if far < 0)

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """Where the mouse goes after each number of loops."""
        thoughts = self.thoughts
        if thoughts is None:
            return ()
        return tuple(thoughts.way(loop, self.scene.mouse) for loop in range(thoughts.loops + 1))

    @property
    def needs(self) -> int | None:
        """The first loop from which the mouse arrives and does so after every later one."""
        never = next((n for n, way in enumerate(reversed(self.ways)) if way.ends != THERE), None)
        first = 0 if never is None else len(self.ways) - never
        return first if first < len(self.ways) else None

    @cached_property
    def arrows(self) -> Arrows:
        """What is drawn in the squares."""
        scene, thoughts = self.scene, self.thoughts
        way = self.ways[self.loop] if thoughts else None
        short = way is not None and way.ends == THERE and way.moves == self.away[scene.mouse]
        return Arrows(
            thoughts.arrows[self.loop] if thoughts else (),
            scene.cheese,
            scene.mouse,
            thoughts.wrong(self.loop) if thoughts else frozenset(),
            way.cells if way else (),
            () if short else tuple(shortest_path(scene.maze, scene.mouse, scene.cheese)),
            self.cut_off,
            self.cursor,
        )


@dataclass(frozen=True)
class Frame:
    """Which part of the maze is where."""

    pitch: int
    columns: int
    rows: int
    left: int
    top: int
    side: int
    """Columns for words beside the maze; 0 where they are below it."""

    def cell(self, x: int, y: int, width: int, height: int) -> int | None:
        """The square at a place of the picture, of a maze of `width` x `height`."""
        if not (0 <= x < self.columns and 0 <= y < self.rows):
            return None
        column, row = (x + self.left) // self.pitch, (y + self.top) // lines_of(self.pitch)
        return min(row, height - 1) * width + min(column, width - 1)


def frame_of(edited: Edited, width: int, height: int, corner: tuple[int, int]) -> Frame:
    """Where the maze is drawn; `corner` is the column and line at which its window began."""
    maze = edited.scene.maze
    pitch = pitch_of(maze, width, height)
    whole, tall = canvas_size(maze, pitch)
    side = width - GAP - whole if whole + GAP + SIDE <= width else 0
    rows = height if side else max(3, height - WORDS, min(height - 4, tall))
    columns, rows = min(whole, width), min(tall, rows)
    row, column = divmod(edited.cursor, maze.width)
    across, down = pitch, lines_of(pitch)
    left = window(corner[0], column * across + across // 2, columns, whole, _MARGIN * across)
    top = window(corner[1], row * down + down // 2, rows, tall, _MARGIN * down)
    return Frame(pitch, columns, rows, left, top, side)


def pitch_of(maze: Maze, width: int, height: int) -> int:
    """The largest pitch at which the maze fits, with its words beside it if it can be."""
    for pitch in (LARGE, WIDE):
        whole, tall = canvas_size(maze, pitch)
        if whole + GAP + SIDE <= width and (pitch == WIDE or tall <= height):
            return pitch
    whole, tall = canvas_size(maze, WIDE)
    return WIDE if whole <= width and tall + 4 < height else NARROW


def draw(
    edited: Edited, words: list[tuple[str, str]], frame: Frame, size: tuple[int, int], ink: Ink
) -> list[Strip]:
    """The maze with its `words`, each a text and its role, in `size` (columns, lines)."""
    width, height = size
    draws = LargeArrows if frame.pitch == LARGE else ArrowDrawing
    drawing = draws(edited.scene.maze, frame.pitch, ink)
    rows = [
        drawing.row(edited.arrows, y + frame.top, frame.left, frame.columns)
        for y in range(frame.rows)
    ]
    room = frame.side or width
    strips, told = _strips(edited, room, ink), list(_told(words, room, ink))
    if not frame.side:
        told += strips
        whole = [row.adjust_cell_length(width, Style.null()) for row in rows]
        return ([*whole, *told] + [blank(width)] * height)[:height]
    gap, told, lines = blank(GAP), strips + told, list[Strip]()
    for y in range(height):
        maze = rows[y] if y < len(rows) else blank(frame.columns)
        beside = told[y] if y < len(told) else blank(room)
        lines.append(Strip.join([maze, gap, beside]))
    return lines


def _told(words: list[tuple[str, str]], width: int, ink: Ink) -> Iterator[Strip]:
    for text, role in words:
        if text:
            yield from filled(text, width, 4, ink.style(role), ink)
        else:
            yield blank(width)


def _strips(edited: Edited, width: int, ink: Ink) -> list[Strip]:
    """Loop by loop how many arrows are right, and whether the mouse arrives."""
    thoughts = edited.thoughts
    if thoughts is None:
        return []
    room = max(1, width - _LABEL)
    first = window(0, edited.loop, room, len(edited.ways), room // 4)
    loops = range(first, min(first + room, len(edited.ways)))
    shares = sparkline([thoughts.count(loop).share for loop in loops], room, ink, 1, 1.0)
    there = "".join(
        ink.glyph("tick" if edited.ways[loop].ends == THERE else "dot") for loop in loops
    )
    at = edited.loop - first
    return [
        strip(_marked(f"{label:<{_LABEL}}", text, at, role, ink), width)
        for label, text, role in (("right", shares, "series1"), ("there", there, "good"))
    ]


def _marked(label: str, text: str, at: int, role: str, ink: Ink) -> list[Piece]:
    """A strip whose place `at` is under the cursor."""
    style = ink.style(role)
    return [
        (label, ink.style("dim")),
        (text[:at], style),
        (text[at : at + 1], style + Style(reverse=True)),
        (text[at + 1 :], style),
    ]


def draw_sentence(text: str, size: tuple[int, int], ink: Ink) -> list[Strip]:
    """The sentence alone, where there is no room for a maze."""
    return paragraph(text, *size, ink.style("plain"), ink)
