"""How far back answers reach, at a glance: a bar a place and runner, as it stands while they train.

Smaller than the whole picture of the reach, and without a cursor: behind the bars of each runner
stands the number at the beginning of its own way.
"""

from __future__ import annotations

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, blank, fit, paragraph, strip
from tui.drawing.memory.reach import Line, Reach
from tui.drawing.memory.reach_axis import Axis, column, number_text

_TALLEST = 3
"""Lines of a bar at most."""
_NUMBER = 9
"""Columns for the number behind the bars."""
_LEAST_LABEL, _MOST_LABEL = 4, 14
"""Columns for the name before them, with a blank."""
_HEADER = 2


def draw_look(reach: Reach, width: int, height: int, ink: Ink) -> list[Strip]:
    """As many lines as `height`: the bars as high as there is room for, then the words.

    Where there is no room for the bars, the words alone.
    """
    runners = len(reach.lines)
    label = _label(reach, width)
    tall = min(_TALLEST, (height - _HEADER) // max(1, runners))
    if tall < 1 or width < _LEAST_LABEL + _NUMBER + 4 or not reach.places:
        return paragraph(in_a_sentence(reach), width, height, ink.style("plain"), ink)
    axis = Axis.of(reach.places, width - label - _NUMBER, 0, reach.ends)
    lines = [_title(reach, width, ink)]
    lines.append(strip([(" " * label + axis.header(ink), ink.style("axis"))], width))
    for line in reach.lines:
        lines += [_row(reach, line, axis, row, tall, label, width, ink) for row in range(tall)]
    left = height - len(lines)
    if left > 2:
        lines += [blank(width), *paragraph(words(reach), width, left - 1, ink.style("dim"), ink)]
    return lines + [blank(width)] * (height - len(lines))


def lines_wanted(reach: Reach) -> int:
    """The lines of the lowest picture."""
    return _HEADER + len(reach.lines)


def words(reach: Reach) -> str:
    """What is drawn, in a sentence that says how to read it."""
    first, last, _ = reach.ends
    return (
        f"How strongly each answer at the {last} depends on what came before, against the {last}"
        f" itself; the number is that of the {first}."
    )


def in_a_sentence(reach: Reach) -> str:
    """The numbers at the beginning of each way."""
    told = [f"{line.name} {number_text(line.values[0])}" for line in reach.lines if line.values]
    when = f"{reach.title}: " if reach.title else ""
    found = f"{when}{words(reach)} {', '.join(told)}."
    return f"{found[:1].upper()}{found[1:]}"


def _label(reach: Reach, width: int) -> int:
    """Columns of the names: as long as they are, but the bars come first."""
    wanted = max([_LEAST_LABEL, *(cell_len(line.name) + 1 for line in reach.lines)])
    room = width - _NUMBER - reach.places
    return max(_LEAST_LABEL, min(_MOST_LABEL, wanted, room))


def _title(reach: Reach, width: int, ink: Ink) -> Strip:
    top, bottom = ("1" if power == 0 else f"1e{power}" for power in reach.scale)
    scale = f"bar: {bottom} to {top}"
    title = fit(ink.words(reach.title), max(0, width - len(scale) - 3), ink)
    pieces: list[Piece] = [(title + "   " if title else "", ink.style("strong"))]
    return strip([*pieces, (fit(scale, width, ink), ink.style("dim"))], width)


def _row(
    reach: Reach, line: Line, axis: Axis, row: int, tall: int, label: int, width: int, ink: Ink
) -> Strip:
    """One line of a runner's bars, from the top; its name and its number stand by the lowest."""
    lowest = row == tall - 1
    name = fit(ink.words(line.name), label - 1, ink).ljust(label) if lowest else " " * label
    pieces: list[Piece] = [(name, ink.style("plain"))]
    for place in axis.shown:
        value = reach.value(line, place)
        fraction = 0.0 if value is None else reach.fraction(value)
        style = ink.style(f"heat{min(4, int(5 * fraction))}")
        pieces.append((column(fraction, tall, ink)[row] * axis.pitch, style))
    told = number_text(line.values[0]) if lowest and line.values else ""
    return strip([*pieces, (told.rjust(_NUMBER), Style.null() + ink.style("accent"))], width)
