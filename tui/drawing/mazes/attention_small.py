"""All heads below the maze: a small picture of each, or where that is too tall a number of each."""

from __future__ import annotations

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from tui.drawing.attention.heads import Place
from tui.drawing.attention.weights import number_text
from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, around, strip
from tui.drawing.mazes.attention import (
    Gaze,
    MazeAttention,
    lies_on,
    route,
    shaded,
    shares,
)
from tui.drawing.mazes.shading import shade

_NAME = 12
"""Columns of a head's name and number above its small picture."""
_LABEL, _APART = 14, 3
"""Columns of what the numbers are about, and between two heads in numbers."""


def in_small(seen: MazeAttention, gaze: Gaze, width: int, height: int, ink: Ink) -> list[Strip]:
    """All heads: in pictures, where all have room; else in numbers, and below them in as many
    pictures as there is still room for. The chosen one is in sight."""
    rows, bands = _split(seen, width, height)
    found = numbers(seen, gaze, width, rows, ink) if rows else []
    return found + tiles(seen, gaze, width, bands * _tile_tall(seen), ink)


def in_small_takes(seen: MazeAttention, width: int, height: int | None = None) -> int:
    """Lines that they take in so many, or in as many as all pictures need."""
    if height is None:
        return len(_bands(seen, width, _tile_wide(seen))) * _tile_tall(seen)
    rows, bands = _split(seen, width, height)
    return rows + bands * _tile_tall(seen)


def _split(seen: MazeAttention, width: int, height: int) -> tuple[int, int]:
    """How many lines of numbers, and of pictures."""
    all_bands, tall = len(_bands(seen, width, _tile_wide(seen))), _tile_tall(seen)
    if all_bands and height >= all_bands * tall:
        return 0, all_bands
    all_rows = len(_number_bands(seen, width))
    bands = max(0, height - min(all_rows, tall)) // tall if all_bands else 0
    return max(0, min(all_rows, height - bands * tall)), bands


def numbers(seen: MazeAttention, gaze: Gaze, width: int, height: int, ink: Ink) -> list[Strip]:
    """The weight of all heads on the route, or of all cells on the mouse's, layer by layer."""
    each, bands = _number_wide(seen), _number_bands(seen, width)
    columns = _LABEL if _LABEL + seen.heads * each <= width else 0
    label = ("all cells" if gaze.flipped else "on the route")[:columns]
    lines = []
    for at in _in_sight(bands, gaze, height):
        pieces: list[Piece] = [(label.ljust(columns), ink.style("dim"))]
        for place in bands[at]:
            pieces += _named(seen, gaze, place, each, ink)
        lines.append(strip(pieces, width))
        label = ""
    return lines


def tiles(seen: MazeAttention, gaze: Gaze, width: int, height: int, ink: Ink) -> list[Strip]:
    """All heads in small, as many lines of them as there is room for, the chosen one in sight."""
    wide, tall = _tile_wide(seen), _tile_tall(seen)
    bands = _bands(seen, width, wide)
    lines: list[Strip] = []
    for at in _in_sight(bands, gaze, height // tall):
        drawn = [_tile(seen, gaze, place, wide, ink) for place in bands[at]]
        lines += [strip([p for tile in drawn for p in tile[y]], width) for y in range(tall)]
    return lines


def _in_sight(bands: list[list[Place]], gaze: Gaze, count: int) -> range:
    """So many lines of heads, with the chosen one among them."""
    place = gaze.layer, gaze.head or 0
    here = next((at for at, band in enumerate(bands) if place in band), 0)
    return around(len(bands), here, count) if bands and count > 0 else range(0)


def _bands(seen: MazeAttention, width: int, wide: int) -> list[list[Place]]:
    """The heads line by line, each so wide: whole layers, where there is room for one."""
    each, places = width // wide, seen.places
    if each >= seen.heads:
        each -= each % seen.heads
    return [places[at : at + each] for at in range(0, len(places), each)] if each else []


def _number_bands(seen: MazeAttention, width: int) -> list[list[Place]]:
    """The heads line by line with their numbers: a layer to a line, where there is room."""
    wide = _number_wide(seen)
    return _bands(seen, min(width, seen.heads * wide), wide)


def _number_wide(seen: MazeAttention) -> int:
    """Columns that a head takes with its number, and what stands after it."""
    return max(cell_len(seen.name(place)) for place in seen.places) + len(" .000") + 1 + _APART


def _tile_wide(seen: MazeAttention) -> int:
    """Columns that a head takes in small."""
    return max(_NAME, 2 * seen.scene.maze.width) + 2


def _tile_tall(seen: MazeAttention) -> int:
    """Lines that a head takes in small."""
    return seen.scene.maze.height + 1


def _named(seen: MazeAttention, gaze: Gaze, place: Place, wide: int, ink: Ink) -> list[Piece]:
    """A head by its name, with its weight on the route, or of all cells on the mouse's."""
    here, off = _is_here(gaze, place), seen.is_off(place)
    weights = shares(seen, Gaze(gaze.mouse, *place, flipped=gaze.flipped))
    share = sum(weights) if gaze.flipped else lies_on(weights, route(seen, gaze.mouse))
    words = ink.words(f"{seen.name(place)} {'off' if off else number_text(share)}")
    role = "bad" if off else "accent" if here else "dim"
    mark = ink.glyph("pointer") if here else " "
    return [
        (mark, ink.style("accent")),
        (words, ink.style(role)),
        (" " * max(0, wide - 1 - cell_len(words)), Style.null()),
    ]


def _is_here(gaze: Gaze, place: Place) -> bool:
    """Whether a head is looked at; all of a layer are, where their mean is."""
    return place[0] == gaze.layer and gaze.head in (None, place[1])


def _tile(seen: MazeAttention, gaze: Gaze, place: Place, wide: int, ink: Ink) -> list[list[Piece]]:
    """One head: its name with its number, and its squares without walls."""
    told, width = (
        shaded(seen, Gaze(gaze.mouse, *place, flipped=gaze.flipped)),
        seen.scene.maze.width,
    )
    lines = [_named(seen, gaze, place, wide, ink)]
    for row in range(seen.scene.maze.height):
        cells = [shade(told, row * width + x, 2, ink) for x in range(width)]
        if row == gaze.mouse // width:
            glyph, style = cells[gaze.mouse % width]
            cells[gaze.mouse % width] = (f"M{glyph[1]}", style)
        lines.append([(" ", Style.null()), *cells, (" " * (wide - 1 - 2 * width), Style.null())])
    return lines
