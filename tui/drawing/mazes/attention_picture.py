"""Attention on a maze as lines: the shaded maze, its words beside it, and below all heads."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.lines import blank, filled, fit, paragraph, strip
from tui.drawing.mazes.attention import Gaze, MazeAttention, shaded
from tui.drawing.mazes.attention_small import in_small, in_small_takes
from tui.drawing.mazes.attention_words import Line, sentence, words
from tui.drawing.mazes.shading import ShadeDrawing, scale
from tui.drawing.mazes.walls import LARGE, NARROW, WIDE, canvas_size, lines_of, window

SIDE, GAP = 36, 2
"""Columns that the words take at least beside the maze, and between them and it."""
LEAST = (24, 8)
"""Columns and lines below which a sentence stands for the picture."""
WORDS = 11
"""Lines that the words take, as a rule."""
_MARGIN = 2


def draw(
    seen: MazeAttention, gaze: Gaze, size: tuple[int, int], corner: tuple[int, int], ink: Ink
) -> tuple[list[Strip], tuple[int, int]]:
    """The picture in `size` (columns, lines), and the corner of the maze that is in sight."""
    width, height = size
    if width < LEAST[0] or height < LEAST[1]:
        return paragraph(sentence(seen, gaze), width, height, ink.style("plain"), ink), corner
    maze, pitch = seen.scene.maze, pitch_of(seen, width, height)
    whole, tall = canvas_size(maze, pitch)
    beside = whole + GAP + SIDE <= width
    columns = min(whole, width)
    rows = min(tall, height if beside else max(5, height - WORDS))
    row, column = divmod(gaze.mouse, maze.width)
    down = lines_of(pitch)
    left = window(corner[0], column * pitch + pitch // 2, columns, whole, _MARGIN * pitch)
    top = window(corner[1], row * down + down // 2, rows, tall, _MARGIN * down)
    drawing, told = ShadeDrawing(maze, pitch, ink), shaded(seen, gaze)
    picture = [drawing.row(told, y + top, left, columns) for y in range(rows)]
    room = width - whole - GAP if beside else width
    said = _told(words(seen, gaze), room, ink)
    # The scale gives way where without it there is more room for the heads in small.
    free = [height - max(rows, len(said) + scaled) for scaled in (0, 1)]
    if len({in_small_takes(seen, width, lines) for lines in free}) == 1:
        said += _scale(seen, room, ink)
    lines = _side_by_side(picture, said, columns, room) if beside else _below(picture, said, width)
    lines += in_small(seen, gaze, width, height - len(lines), ink)
    return (lines + [blank(width)] * height)[:height], (left, top)


def pitch_of(seen: MazeAttention, width: int, height: int) -> int:
    """The largest pitch at which the maze fits beside its words, the large one only where all heads
    in small fit below it."""
    small = in_small_takes(seen, width)
    for pitch in (LARGE, WIDE):
        whole, tall = canvas_size(seen.scene.maze, pitch)
        if whole + GAP + SIDE <= width and (pitch == WIDE or tall + small <= height):
            return pitch
    return NARROW


def lines_wanted(seen: MazeAttention, width: int, height: int) -> int:
    """Lines that all of it takes, with the heads in small, where there is room for `height`."""
    whole, tall = canvas_size(seen.scene.maze, max(WIDE, pitch_of(seen, width, height)))
    most = max(tall, WORDS) if whole + GAP + SIDE <= width else tall + WORDS
    return most + in_small_takes(seen, width, max(0, height - most))


def _told(lines: Sequence[Line], width: int, ink: Ink) -> list[Strip]:
    found: list[Strip] = []
    for text, role in lines:
        found += filled(text, width, 3, ink.style(role), ink) if text else [blank(width)]
    return found


def _scale(seen: MazeAttention, width: int, ink: Ink) -> list[Strip]:
    return [strip([(fit(scale(seen.uniform, ink), width, ink), ink.style("dim"))], width)]


def _side_by_side(maze: list[Strip], said: list[Strip], columns: int, room: int) -> list[Strip]:
    tall = max(len(maze), len(said))
    maze = maze + [blank(columns)] * (tall - len(maze))
    said = said + [blank(room)] * (tall - len(said))
    gap = blank(GAP)
    return [Strip.join([one, gap, other]) for one, other in zip(maze, said, strict=True)]


def _below(maze: list[Strip], said: list[Strip], width: int) -> list[Strip]:
    return [*(row.adjust_cell_length(width, Style.null()) for row in maze), *said]
