"""The numbers of a study: those under the cursor, or every seed of every runner side by side."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, fit, strip
from tui.drawing.studies.study import Line, Picture
from tui.drawing.training.chart import mark, reference_mark
from tui.drawing.training.chart_bet import bet_mark

_NAME = 24
"""Columns of a runner's name, at most."""
_CELL = 8
"""Columns of a number, with the gap before it."""
_FEW = 3
"""So many seeds are told one by one beside a plot; of more, the lowest and the highest."""
_STATES = {"open": "to come", "going": "now", "failed": "failed", "done": ""}


def numbers(picture: Picture, cursor: int, width: int, ink: Ink) -> list[Strip]:
    """What was measured at the cursor, a row for each runner: legend and readout in one."""
    wide = _name_width(picture, width)
    heads = _heads(picture)
    drawn = any(line.sketch for line in picture.lines)
    state = _STATES[picture.states[cursor]]
    here = picture.where(cursor) + (f" ({state})" if state else "")
    row = [fit(here, wide + 2, ink).ljust(wide + 2)]
    row += [head.rjust(_width_of(head)) for head in [*heads, *([" drawn"] if drawn else [])]]
    lines = [strip([(ink.words("".join(row)), ink.style("dim"))], width)]
    for index, line in enumerate(picture.lines):
        pieces: list[Piece] = [(mark(index, ink) + " ", ink.style(f"series{index % 6}"))]
        pieces.append((fit(ink.words(line.name), wide, ink).ljust(wide), ink.style("plain")))
        for cell, head in zip(_cells(picture, line, cursor), heads, strict=True):
            pieces.append((ink.words(cell).rjust(_width_of(head)), ink.style("strong")))
        if line.sketch and (own := line.sketch[cursor]) is not None:
            told = f"{bet_mark(ink)} {picture.number(own)}"
            pieces.append((told.rjust(_width_of("drawn") + 1), ink.style("accent")))
        lines.append(strip(pieces, width))
    return lines + _guess(picture, wide, width, ink)


def _heads(picture: Picture) -> list[str]:
    """The columns of numbers."""
    if len(picture.seeds) == 1:
        return [f"seed {picture.seeds[0]}"]
    if len(picture.seeds) <= _FEW:
        return [f"seed {seed}" for seed in picture.seeds]
    return ["median", "lowest to highest"]


def _width_of(head: str) -> int:
    return max(_CELL, cell_len(head)) + 1


def _cells(picture: Picture, line: Line, place: int) -> list[str]:
    """One row of numbers."""
    if len(picture.seeds) <= _FEW:
        row = line.values[place]
        return ["" if value is None else picture.number(value) for value in row]
    values, middle = line.at(place), line.middle(place)
    if middle is None:
        return ["", ""]
    low, high = picture.number(min(values)), picture.number(max(values))
    return [picture.number(middle), low if low == high else f"{low} to {high}"]


def _guess(picture: Picture, wide: int, width: int, ink: Ink) -> list[Strip]:
    """What a guess is worth, below the runners."""
    if picture.chance is None:
        return []
    cell = picture.number(picture.chance).rjust(_width_of(_heads(picture)[0]))
    pieces: list[Piece] = [(reference_mark(ink) + " ", ink.style("reference"))]
    pieces.append(("a guess".ljust(wide) + cell, ink.style("dim")))
    return [strip(pieces, width)]


def _name_width(picture: Picture, width: int) -> int:
    names = [cell_len(line.name) for line in picture.lines] + [cell_len(picture.where(0)) + 10]
    return min(_NAME, max(8, width - 2 * _CELL), max(names))


def seeds_table(
    picture: Picture, cursor: int | None, width: int, tall: int, ink: Ink
) -> list[Strip]:
    """A row for each runner, a column for each seed; where there is room, their spread drawn."""
    columns = _shown(picture, cursor, width)
    wide = _table_names(picture, len(columns), width)
    head: list[Piece] = [(" " * (wide + 2), ink.style("plain"))]
    for place in columns:
        name = f"seed {picture.places[place]}"
        gap = " " * (_CELL - cell_len(name))
        head += [(gap, ink.style("plain"))]
        head += [(name, ink.style("chosen" if place == cursor else "dim"))]
    lines = [strip(head, width)]
    for index, line in enumerate(picture.lines):
        pieces: list[Piece] = [(mark(index, ink) + " ", ink.style(f"series{index % 6}"))]
        pieces.append((fit(ink.words(line.name), wide, ink).ljust(wide), ink.style("plain")))
        for place in columns:
            role = "strong" if place == cursor else "plain"
            pieces.append((_seed_cell(picture, line, place, ink).rjust(_CELL), ink.style(role)))
        lines.append(strip(pieces, width))
        if tall:
            lines.append(_spread(picture, line, index, cursor, wide, width, ink))
        if tall > 1:
            lines.append(strip([], width))
    if tall and picture.chance is not None:
        told = f" a guess: {picture.number(picture.chance)}"
        pieces = [(ink.glyphs.ahead[1], ink.style("reference")), (told, ink.style("dim"))]
        lines.append(strip([(" " * (wide + 3), ink.style("plain")), *pieces], width))
    return lines


def _table_names(picture: Picture, columns: int, width: int) -> int:
    longest = max(cell_len(line.name) for line in picture.lines)
    return max(6, min(longest, width - 2 - columns * _CELL))


def _shown(picture: Picture, cursor: int | None, width: int) -> Sequence[int]:
    """As many seeds as fit, the cursor's among them."""
    room = max(1, (width - 10) // _CELL)
    first = max(0, min((cursor or 0) - room // 2, len(picture.places) - room))
    return range(first, min(len(picture.places), first + room))


def _seed_cell(picture: Picture, line: Line, place: int, ink: Ink) -> str:
    values = line.at(place)
    if values:
        return ink.words(picture.number(values[0]))
    glyphs = {"open": ink.glyphs.open, "going": ink.glyphs.helped, "failed": ink.glyphs.cross}
    return glyphs.get(picture.states[place], "")


def _spread(
    picture: Picture, line: Line, index: int, cursor: int | None, wide: int, width: int, ink: Ink
) -> Strip:
    """Every seed's mark on a line from nothing to the top, with a bar from lowest to highest."""
    low, high = ("0", "100 %") if picture.form == "percent" else ("0", picture.number(picture.top))
    room = max(8, width - wide - 4 - len(high) - 1)
    cells: list[Piece] = [(ink.glyphs.dot if not ink.is_ascii else ".", ink.style("faint"))] * room

    def column(value: float) -> int:
        return round(min(1.0, max(0.0, value / picture.top)) * (room - 1))

    if picture.chance is not None:
        cells[column(picture.chance)] = (ink.glyphs.ahead[1], ink.style("reference"))
    role = ink.style(f"series{index % 6}")
    places = range(len(picture.places))
    found = [column(value) for place in places for value in line.at(place)]
    for at in range(min(found, default=0), max(found, default=-1) + 1):
        cells[at] = (ink.glyphs.rule, role)
    for at in found:
        cells[at] = (mark(index, ink), role)
    for value in line.at(cursor) if cursor is not None else ():
        cells[column(value)] = (mark(index, ink), ink.style("chosen"))
    label = low.rjust(wide + 2) + " "
    pieces = [(label, ink.style("dim")), *cells, (" " + high, ink.style("dim"))]
    return strip(pieces, width)
