"""Pictures with a cursor to point with: a curve and its points, a maze and its squares."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import pairwise

from textual.content import Content
from textual.strip import Strip

from course.sketches import STEP
from models.mazes.trace import Trace
from tui.drawing.canvas import Canvas
from tui.drawing.ink import Ink
from tui.drawing.lines import strip
from tui.drawing.mazes.board import Board
from tui.drawing.mazes.maze import MazeDrawing
from tui.drawing.mazes.walls import best_pitch
from tui.drawing.ticks import grouped, linear_ticks

At = tuple[int, int]
Point = tuple[float, float]
_LABEL = 9
"""Columns left of a curve, for its numbers."""


def draw_curve(
    points: Sequence[Point],
    cursor: int,
    right: Collection[int],
    size: At,
    ink: Ink,
    over: str = STEP,
    told: Callable[[float], str] = "{:.3g}".format,
) -> list[Content]:
    """A curve with a cursor on one of its points; `right` are those that were asked for.

    `size` is (columns, rows), the axis and its numbers included. Values that it goes `over` stand
    below their points; of steps there are too many. `told` writes the numbers of the axis.
    """
    width, height = max(_LABEL + 12, size[0]), max(6, size[1])
    rows, low, high = height - 2, min(y for _, y in points), max(y for _, y in points)
    first, last = points[0][0], points[-1][0]
    canvas = Canvas(width, height, ink)

    def place(point: Point) -> tuple[float, float]:
        across = (point[0] - first) / (last - first) if last > first else 0.0
        down = (high - point[1]) / (high - low) if high > low else 0.5
        return _LABEL + 1 + across * (width - _LABEL - 3), down * (rows - 1)

    _axes(canvas, (low, high), rows, told, ink)
    _below(canvas, [(place(point)[0], point[0]) for point in points], rows + 1, over)
    for one, then in pairwise(points):
        canvas.line(place(one), place(then), "$accent", ".")
    for column, row in map(place, points if over != STEP else ()):
        canvas.put(round(column), round(row), "+" if ink.is_ascii else "●", "$accent")
    for index in right:
        column, row = place(points[index])
        canvas.put(round(column), round(row), ink.glyphs.tick, "bold $text-success")
    column, row = place(points[cursor])
    for y in range(rows):
        if y != round(row):
            canvas.put(round(column), y, ":" if ink.is_ascii else "┊", "$foreground-muted")
    sign = ink.glyphs.tick if cursor in right else "o" if ink.is_ascii else "◉"
    canvas.put(round(column), round(row), sign, "bold reverse")
    return canvas.rows()


def _axes(canvas: Canvas, values: Point, rows: int, told: Callable[[float], str], ink: Ink) -> None:
    side, tick, corner, flat = ("|", "+", "+", "-") if ink.is_ascii else ("│", "┤", "└", "─")
    quiet = "$foreground-muted"
    low, high = values
    for row in range(rows):
        canvas.put(_LABEL, row, side, quiet)
    canvas.put(_LABEL, rows, corner + flat * (canvas.width - _LABEL - 1), quiet)
    for value in linear_ticks(low, high, max(2, rows // 2)) if high > low else [low]:
        row = round((high - value) / (high - low) * (rows - 1)) if high > low else rows // 2
        canvas.put(0, row, told(value).rjust(_LABEL - 1), quiet)
        canvas.put(_LABEL, row, tick, quiet)


def _below(canvas: Canvas, points: Sequence[Point], row: int, over: str) -> None:
    """What the curve goes over: the first step and the last, or all values that fit."""
    quiet = "$foreground-muted"
    if over == STEP:
        canvas.put(_LABEL, row, f"{over} {grouped(points[0][1])}", quiet)
        last = grouped(points[-1][1])
        canvas.put(canvas.width - len(last), row, last, quiet)
        return
    canvas.put(0, row, over[: _LABEL - 1], quiet)
    free = _LABEL
    for column, x in points:
        told = f"{x:g}"
        start = min(round(column - (len(told) - 1) / 2), canvas.width - len(told))
        if start >= free:
            canvas.put(start, row, told, quiet)
            free = start + len(told) + 1


def draw_squares(
    trace: Trace, cursor: At, right: Collection[At], width: int, ink: Ink
) -> list[Strip]:
    """A maze after the walk of a trace, with a cursor on a square; `right` were asked for."""
    board = Board(trace)
    while not board.finished:
        board.step()
    drawing = MazeDrawing(trace.maze, best_pitch(trace.maze, width), ink)
    wide = min(width, drawing.width)
    lines = [drawing.row(board, y, 0, wide) for y in range(drawing.height)]
    for at in {*right, cursor}:
        x, y = drawing.centre(at[0] * trace.maze.width + at[1])
        if x + 1 < wide:
            lines[y] = _marked(lines[y], x, at == cursor, at in right, ink)
    return [line.adjust_cell_length(width) for line in lines]


def _marked(line: Strip, x: int, here: bool, right: bool, ink: Ink) -> Strip:
    """A line of a maze with the square at column `x` under the cursor, or ticked, or both."""
    middle = ink.glyphs.tick if right else line.crop(x, x + 1).text
    text = (
        f"[{middle}]" if here else line.crop(x - 1, x).text + middle + line.crop(x + 1, x + 2).text
    )
    style = ink.style("chosen" if here else "good")
    return Strip.join([line.crop(0, x - 1), strip([(text, style)], 3), line.crop(x + 2, None)])
