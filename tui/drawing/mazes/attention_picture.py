"""Attention on a maze as lines: the shaded maze, its words beside it, and all heads in small."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from tui.drawing.attention.heads import Place
from tui.drawing.attention.weights import number_text
from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, around, blank, filled, fit, paragraph, strip
from tui.drawing.mazes.attention import Gaze, MazeAttention, lies_on, route, shares
from tui.drawing.mazes.attention_words import Line, sentence, words
from tui.drawing.mazes.shading import Shaded, ShadeDrawing, scale, shade
from tui.drawing.mazes.walls import LARGE, NARROW, WIDE, canvas_size, lines_of, window

SIDE, GAP = 36, 2
"""Columns that the words take at least beside the maze, and between them and it."""
LEAST = (24, 8)
"""Columns and lines below which a sentence stands for the picture."""
WORDS = 11
"""Lines that the words take, as a rule."""
_NAME = 12
"""Columns of a head's name and number above its small picture."""
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
    # The scale gives way where without it the heads in small have room.
    free = height - _tile_tall(seen)
    if not max(rows, len(said)) <= free < max(rows, len(said) + 1):
        said += _scale(seen, room, ink)
    lines = _side_by_side(picture, said, columns, room) if beside else _below(picture, said, width)
    lines += tiles(seen, gaze, width, height - len(lines), ink)
    return (lines + [blank(width)] * height)[:height], (left, top)


def pitch_of(seen: MazeAttention, width: int, height: int) -> int:
    """The largest pitch at which the maze fits beside its words, the large one only where all heads
    in small fit below it."""
    small = len(_bands(seen, width)) * _tile_tall(seen)
    for pitch in (LARGE, WIDE):
        whole, tall = canvas_size(seen.scene.maze, pitch)
        if whole + GAP + SIDE <= width and (pitch == WIDE or tall + small <= height):
            return pitch
    return NARROW


def lines_wanted(seen: MazeAttention, width: int, height: int) -> int:
    """Lines that all of it takes, with all heads in small, where there is room for `height`."""
    whole, tall = canvas_size(seen.scene.maze, max(WIDE, pitch_of(seen, width, height)))
    most = max(tall, WORDS) if whole + GAP + SIDE <= width else tall + WORDS
    return most + len(_bands(seen, width)) * _tile_tall(seen)


def shaded(seen: MazeAttention, gaze: Gaze) -> Shaded:
    """What is drawn in the squares."""
    way = route(seen, gaze.mouse)
    return Shaded(
        shares(seen, gaze),
        seen.uniform,
        gaze.mouse,
        seen.scene.cheese,
        frozenset((min(pair), max(pair)) for pair in pairwise(way)),
        gaze.digits,
        seen.thoughts.wrong(seen.thoughts.loops),
    )


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


def tiles(seen: MazeAttention, gaze: Gaze, width: int, height: int, ink: Ink) -> list[Strip]:
    """All heads in small, as many lines of them as there is room for, the chosen one in sight."""
    bands, tall = _bands(seen, width), _tile_tall(seen)
    if not bands or height < tall:
        return []
    place = gaze.layer, gaze.head or 0
    here = next(at for at, band in enumerate(bands) if place in band)
    lines: list[Strip] = []
    for at in around(len(bands), here, height // tall):
        drawn = [_tile(seen, gaze, place, _tile_wide(seen), ink) for place in bands[at]]
        lines += [strip([p for tile in drawn for p in tile[y]], width) for y in range(tall)]
    return lines


def _bands(seen: MazeAttention, width: int) -> list[list[Place]]:
    """The heads line by line of small pictures: whole layers, where there is room for one."""
    each, places = width // _tile_wide(seen), seen.places
    if each >= seen.heads:
        each -= each % seen.heads
    return [places[at : at + each] for at in range(0, len(places), each)] if each else []


def _tile_wide(seen: MazeAttention) -> int:
    """Columns that a head takes in small."""
    return max(_NAME, 2 * seen.scene.maze.width) + 2


def _tile_tall(seen: MazeAttention) -> int:
    """Lines that a head takes in small."""
    return seen.scene.maze.height + 1


def _tile(seen: MazeAttention, gaze: Gaze, place: Place, wide: int, ink: Ink) -> list[list[Piece]]:
    """One head: its name with its weight on the route, and its squares without walls."""
    look = Gaze(gaze.mouse, *place, flipped=gaze.flipped)
    told, width = shaded(seen, look), seen.scene.maze.width
    here = place[0] == gaze.layer and gaze.head in (None, place[1])
    off = seen.is_off(place)
    share = number_text(lies_on(told.weights, route(seen, gaze.mouse)))
    name = ink.words(f"{seen.name(place)} {'off' if off else '' if gaze.flipped else share}")
    mark = ink.glyph("pointer") if here else " "
    role = "bad" if off else "accent" if here else "dim"
    rest = " " * max(0, wide - 1 - cell_len(name))
    lines: list[list[Piece]] = [[(mark, ink.style("accent")), (name + rest, ink.style(role))]]
    for row in range(seen.scene.maze.height):
        cells = [shade(told, row * width + x, 2, ink) for x in range(width)]
        if row == gaze.mouse // width:
            glyph, style = cells[gaze.mouse % width]
            cells[gaze.mouse % width] = (f"M{glyph[1]}", style)
        lines.append([(" ", Style.null()), *cells, (" " * (wide - 1 - 2 * width), Style.null())])
    return lines
