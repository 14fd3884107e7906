"""One weight taken apart where there is room for all of it: the whole row of the softmax, every
logit as a bar, and below all stages the lines of the files that make them.

1 q · k    2 scale    3 mask    4 softmax | 5 value → W_O → change in the logits
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from rich.cells import cell_len
from textual.strip import Strip

from tui.drawing.attention.attended import Taken
from tui.drawing.attention.cell_lines import WIDE, Opened, line, title, wrapped
from tui.drawing.attention.cell_numbers import places_for, power_text, signed
from tui.drawing.attention.cell_products import BAND, channels_across, product_table
from tui.drawing.attention.cell_stages import (
    logit_lines,
    mask_lines,
    next_stage,
    ordered,
    said_lines,
    scale_lines,
    softmax_lines,
)
from tui.drawing.attention.cell_words import who
from tui.drawing.attention.weights import number_text, token
from tui.drawing.ink import Ink
from tui.drawing.lines import blank, fit, paragraph, strip

LEAST = WIDE + 12
"""Columns for two stages side by side."""
_GAP = 3
_TOKEN, _SCORE, _POWER, _SHARE = 8, 8, 10, 6
"""Columns of the table of the softmax."""
_LOGITS = 34
"""Columns of the logits at least: those of their title."""
_NAME, _EFFECT = 6, 8
"""Columns of the table of the logits."""
_BESIDE = 8
"""Lines of the two stages besides the rows of their tables."""
_FEWEST = 4
"""Rows of a table that are worth it."""


def draw_tall(
    opened: Opened, code: Sequence[tuple[int, str]], width: int, height: int, ink: Ink
) -> list[Strip]:
    """The open stages in exactly `height` lines, of which there must be `fewest` or more.

    `code` has lines of files, each with the stage that it makes.
    """
    lines = paragraph(who(opened.cell), width, 1, ink.style("strong"), ink)
    lines += _products(opened, width, ink)
    if opened.stages >= 2:
        lines += _spaced(scale_lines(opened, width, ink))
    if opened.stages >= 3:
        lines += _spaced(mask_lines(opened, width, ink))
    below = _spaced(_code(opened, code, width, ink))
    if opened.stages >= 4:
        lines += _spaced(_side_by_side(opened, width, height - len(lines) - len(below) - 1, ink))
    else:
        lines += _spaced(next_stage(opened, width, ink))
    return (lines + below + [blank(width)] * height)[:height]


def tall_height(opened: Opened, code: Sequence[tuple[int, str]], width: int) -> int:
    """The lines that all of it takes."""
    rows, names = len(opened.cell.row_cells), len(opened.cell.effects or ())
    return _least(opened, code, width) + max(rows, names)


def fewest(opened: Opened, code: Sequence[tuple[int, str]], width: int) -> int:
    """The lines from which on it is worth drawing."""
    return _least(opened, code, width) + _FEWEST


def _least(opened: Opened, code: Sequence[tuple[int, str]], width: int) -> int:
    """The lines of everything but the rows of the two tables."""
    bands = -(-len(opened.cell.terms) // channels_across(width))
    scale = 1 if opened.cell.bias is None else 2
    above = 1 + (2 + BAND * bands) + (1 + scale) + 2
    return above + 1 + _BESIDE + 1 + len(code)


def _side_by_side(opened: Opened, width: int, room: int, ink: Ink) -> list[Strip]:
    """The fourth stage and the fifth, in so many lines at most."""
    right = max(_LOGITS, (width - _GAP) * 2 // 5)
    left = width - _GAP - right
    gap = strip([(" " * _GAP, ink.style("plain"))], _GAP)
    both = zip_longest(_softmax(opened, left, room, ink), _logits(opened, right, room, ink))
    return [Strip.join([one or blank(left), gap, two or blank(right)]) for one, two in both]


def _products(opened: Opened, width: int, ink: Ink) -> list[Strip]:
    bands = -(-len(opened.cell.terms) // channels_across(width))
    return product_table(opened, width, 2 + BAND * bands, ink)


def _spaced(lines: list[Strip]) -> list[Strip]:
    return [blank(lines[0].cell_length), *lines] if lines else []


def _code(opened: Opened, code: Sequence[tuple[int, str]], width: int, ink: Ink) -> list[Strip]:
    """The lines that make the open stages; those of the last one are marked."""
    lines = []
    for stage, text in code:
        if stage <= opened.stages:
            here = stage == opened.stages
            mark = ink.glyph("pointer") if here else " "
            lines.append(line(f"{mark} {stage} {text}", "strong" if here else "dim", width, ink))
    return lines


def _softmax(opened: Opened, width: int, room: int, ink: Ink) -> list[Strip]:
    """The fourth stage, and the row that it shares out: score, e to it, and the weight."""
    lines = softmax_lines(opened, width, ink)
    head = "".join(
        text.rjust(wide)
        for text, wide in (("score", _SCORE), ("e^score", _POWER), ("share", _SHARE))
    )
    lines.append(line(" " * _TOKEN + head, "dim", width, ink))
    cells = _round(opened.cell, room - len(lines) - 1)
    places = places_for(abs(one.score) for one in cells)
    lines += [_share(opened, one, places, width, ink) for one in cells]
    missing = len(opened.cell.weights.answers) - len(cells)
    if missing:
        lines.append(line(f"  and {missing} more", "dim", width, ink))
    return lines


def _round(cell: Taken, count: int) -> list[Taken]:
    """So many cells of the row, round this one."""
    cells = cell.row_cells
    at = next(index for index, one in enumerate(cells) if one.column == cell.column)
    first = max(0, min(at - count // 2, len(cells) - count))
    return cells[first : first + max(1, count)]


def _share(opened: Opened, one: Taken, places: int, width: int, ink: Ink) -> Strip:
    """One cell of the row: its token, score, e to it, share, and the share as a bar."""
    here, seen = one.column == opened.cell.column, one.allowed or opened.lifted
    share = one.unmasked if opened.lifted else one.weight
    name = fit(token(one.weights.answers[one.column], ink), _TOKEN - 3, ink)
    power = power_text(one.powers(lifted=opened.lifted)[0]) if seen else "0"
    told = number_text(share) if seen else ink.glyph("masked")
    numbers = ((signed(one.score, places), _SCORE), (power, _POWER), (told, _SHARE))
    text = "".join(ink.words(number).rjust(wide) for number, wide in numbers)
    room = max(0, width - _TOKEN - _SCORE - _POWER - _SHARE - 1)
    bar = " " + ink.bar(share if seen else 0.0, room)
    mark = ink.glyph("pointer") if here else " "
    label = mark + " " + name
    role = "strong" if here else "plain" if seen else "dim"
    pieces = [(label + " " * (_TOKEN - cell_len(label)), ink.style("key" if here else role))]
    return strip([*pieces, (text, ink.style(role)), (bar, ink.style("value"))], width)


def _logits(opened: Opened, width: int, room: int, ink: Ink) -> list[Strip]:
    """The fifth stage: what the cell adds to each logit, as bars, and what it is of the first."""
    if opened.stages < 5:
        return next_stage(opened, width, ink)
    cell = opened.cell
    lines = [title("5 × v → W_O → change in the logits", width, ink)]
    if cell.effects is None:
        return [*lines, line("  on its way…", "dim", width, ink)]
    if not cell.read:
        return [*lines, *wrapped("nothing: no answer is read from this row", width, ink)]
    order, values = ordered(cell), dict(cell.effects)
    places = places_for(map(abs, values.values()))
    most = max(map(abs, values.values())) or 1.0
    below = [*logit_lines(cell, order[0], width, ink), *said_lines(cell, width, ink)]
    shown = order[: max(1, room - len(lines) - len(below) - 1)]
    for name in shown:
        lines.append(_effect(name, values[name], most, places, width, ink))
    if left := len(order) - len(shown):
        lines.append(line(f"  and {left} more", "dim", width, ink))
    return lines + below


def _effect(name: str, value: float, most: float, places: int, width: int, ink: Ink) -> Strip:
    """A logit: what is added to it, and a bar; one of a lighter stuff where it is lowered."""
    label = fit("  " + token(name, ink), _NAME, ink)
    room = max(0, width - _NAME - _EFFECT - 1)
    light = "-" if ink.is_ascii else ink.glyphs.shades[1]
    bar = ink.bar(value / most, room) if value >= 0 else light * max(1, round(-value / most * room))
    told = ink.words(signed(value, places)).rjust(_EFFECT)
    label += " " * (_NAME - cell_len(label))
    return strip([(label + told + " ", ink.style("plain")), (bar, ink.style("value"))], width)
