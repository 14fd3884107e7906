"""What a memory holds along the way: a strip for each number of its state, and what is left of it.

Two walks are compared that differ in the first place alone. Where their states have become the
same, nobody who looks at the state can tell which walk it was.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, blank, paragraph, strip
from tui.drawing.memory.reach_axis import Axis, column, heights, number_text
from tui.drawing.memory.states_facts import States, describe, left, outcome, sentence

LAYERS = ("walk A", "walk B", "A minus B")
"""What the strips show: either walk, or by how much the state on one differs from the other's."""
_LABEL = 8
_NUMBERS = 16
"""Columns before the cells and behind them."""
_NARROW = 24
"""With fewer columns than this there is only the sentence."""
LEAST = 0.01
"""A difference below this share of the largest is drawn as none."""
ROWS = (4, 8, 12, 16)
"""How many numbers are drawn at most, the lower the bars are."""


def draw(states: States, cursor: int, layer: int, width: int, tall: int, ink: Ink) -> list[Strip]:
    """The whole picture; the taller, the more numbers and the higher the bars of the distance."""
    if not states.places or width < _NARROW:
        return _closed(sentence(states, cursor), width, 40, "plain", ink)
    beside = width >= _LABEL + min(states.places, 22) + _NUMBERS
    room = width - _LABEL - (_NUMBERS if beside else 8)
    axis = Axis.of(states.places, max(1, room), cursor, states.ends)
    numbers = states.numbers(ROWS[min(tall, len(ROWS) - 1)])
    lines = _header(states, axis, layer, numbers, width, beside, ink)
    lines += [_strip(states, axis, layer, number, width, beside, ink) for number in numbers]
    high = max(1, tall + 1)
    largest = max(states.distance) or 1.0
    told = [number_text(states.distance[axis.cursor]), left(states.share[axis.cursor])]
    full = [value / largest for value in states.distance]
    gap = [blank(width)] if tall > 1 else []
    lines += gap + _gauge("apart", full, axis, high, told, "value", width, ink)
    if states.forget:
        gate = states.forget[layer % 2]
        told = [f"{gate[axis.cursor]:.2f}"]
        lines += _gauge("forget", gate, axis, max(1, tall - 1), told, "seen", width, ink)
    return lines + gap + _caption(states, axis, width, ink)


def _header(
    states: States,
    axis: Axis,
    layer: int,
    numbers: Sequence[int],
    width: int,
    beside: bool,
    ink: Ink,
) -> list[Strip]:
    """Whose state it is and which part of it, the way, and the cursor on it."""
    who = f"{states.name} {states.title}"
    what = f"   {LAYERS[layer]}   {legend(states, layer, ink)}"
    lines = []
    if cell_len(who + ink.words(what)) <= width:
        pieces: list[Piece] = [(who, ink.style("strong")), (ink.words(what), ink.style("dim"))]
        lines.append(strip(pieces, width))
    else:
        lines += paragraph(who, width, 1, ink.style("strong"), ink)
        lines += paragraph(what.strip(), width, 1, ink.style("dim"), ink)
    pad = " " * _LABEL
    lines.append(strip([(pad + axis.header(ink), ink.style("axis"))], width))
    pieces = [("number".ljust(_LABEL), ink.style("dim"))]
    pieces.append((axis.pointer(ink), ink.style("accent")))
    if beside:
        heads = (("A", "B"), ("B", "A"), ("A − B", ""))[layer]
        pieces.append((ink.words(f"  {heads[0]:>6} {heads[1]:>6}"), ink.style("dim")))
    lines.append(strip(pieces, width))
    return lines


def _strip(
    states: States, axis: Axis, layer: int, number: int, width: int, beside: bool, ink: Ink
) -> Strip:
    """One number of the state, from place to place, and what it is under the cursor."""
    pieces: list[Piece] = [(f"{number:>5}".ljust(_LABEL), ink.style("dim"))]
    largest = max(states.moved) or 1.0
    for place in axis.shown:
        value = states.value(layer, place, number)
        pieces.append((glyph(value, layer, largest, ink) * axis.pitch, _style(value, ink)))
        if place == axis.cursor:
            pieces[-1] = (pieces[-1][0], ink.style("strong"))
    here = states.value(layer, axis.cursor, number)
    pieces.append(("  " + signed(here, ink), ink.style("accent")))
    if beside and layer < 2:
        other = states.value(1 - layer, axis.cursor, number)
        pieces.append((" " + signed(other, ink), ink.style("dim")))
    return strip(pieces, width)


def glyph(value: float, layer: int, largest: float, ink: Ink) -> str:
    """A bar of one cell: from −1 to 1 for a state, from nothing to the largest for a difference."""
    if value != value:
        return "!"
    if layer == 2:
        return low_bar(_seen(abs(value) / largest), ink)
    # An odd number of heights, so that one of them is 0.
    return low(ink)[round((min(1.0, max(-1.0, value)) + 1) / 2 * (len(low(ink)) - 1))]


def low(ink: Ink) -> str:
    """The heights of a strip: never a whole cell, so that two strips do not touch."""
    return heights(ink)[:-1]


def low_bar(fraction: float, ink: Ink) -> str:
    """A bar from nothing, which is blank, to the highest of a strip."""
    level = math.ceil(min(1.0, fraction) * len(low(ink)) - 1e-6)
    return low(ink)[level - 1] if level > 0 else " "


def _seen(fraction: float) -> float:
    """What is left of a part so small that nobody should see it."""
    return fraction if fraction >= LEAST else 0.0


def _style(value: float, ink: Ink) -> Style:
    """The colour repeats the number: below zero blue, above it orange, near it grey."""
    if abs(value) < 0.1 or value != value:
        return ink.style("dim")
    strong = abs(value) >= 0.5
    if value < 0:
        return ink.style("query" if strong else "seen")
    return ink.style("key" if strong else "helped")


def _gauge(
    label: str,
    full: Sequence[float],
    axis: Axis,
    high: int,
    told: Sequence[str],
    role: str,
    width: int,
    ink: Ink,
) -> list[Strip]:
    """Standing bars, `high` lines of them, with what is told of the place under the cursor."""
    lines = []
    for row in range(high):
        name = label if row == high - 1 else ""
        pieces: list[Piece] = [(name.ljust(_LABEL), ink.style("strong"))]
        for place in axis.shown:
            here = place == axis.cursor
            style = ink.style("strong" if here else role)
            fraction = _seen(full[place])
            bar = column(fraction, high, ink)[row] if high > 1 else low_bar(fraction, ink)
            pieces.append((bar * axis.pitch, style))
        # The number stands beside the foot of the bars, what is left of it above or behind.
        at = high - 1 - row
        said = "  ".join(told) if high == 1 else told[at] if at < len(told) else ""
        pieces.append(("  " + ink.words(said), ink.style("dim" if at else "accent")))
        lines.append(strip(pieces, width))
    return lines


def signed(value: float, ink: Ink) -> str:
    """A number of a state with its sign, to two digits after the point."""
    return f"{ink.words('−') if value <= -0.005 else '+'}{abs(value):.2f}".rjust(6)


def legend(states: States, layer: int, ink: Ink) -> str:
    """What a bar's height means."""
    glyphs = low(ink)
    if layer == 2:
        largest = number_text(max(states.moved, default=0.0))
        return f"{glyphs[-1]} {largest}, blank < 1 %"
    return f"{glyphs[0]} −1  {glyphs[len(glyphs) // 2]} 0  {glyphs[-1]} 1"


def _caption(states: States, axis: Axis, width: int, ink: Ink) -> list[Strip]:
    """The place under the cursor in words, and what came of it at the end."""
    lines = _closed(describe(states, axis.cursor), width, 4, "plain", ink)
    return [*lines, *_closed(outcome(states), width, 2, "dim", ink)]


def _closed(text: str, width: int, rows: int, role: str, ink: Ink) -> list[Strip]:
    """A paragraph without the empty lines at its end."""
    lines = paragraph(text, width, rows, ink.style(role), ink)
    while lines and not lines[-1].text.strip():
        lines.pop()
    return lines
