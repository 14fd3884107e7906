"""Positions as a picture: a map of what each place is told, and below it how alike places are.

Waves come apart into sines and cosines: side by side they look like noise. A cell's shade is its
value, from −1 to 1; with RoPE it is the hand of a clock; with ALiBi, what is left of a weight.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from rich.style import Style
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.layers.positions import (
    NAMES,
    Positions,
    describe_cell,
    describe_likeness,
    hand,
    sentence,
    shade,
    turned,
)
from tui.drawing.lines import Piece, blank, fit, paragraph, strip
from tui.drawing.memory.reach_axis import Axis, column

LABEL = 7
"""Columns before the cells, for the number of a place or a head."""
_NARROW = 40
"""With fewer columns than this there is only the sentence."""
_NOTE = 10
"""Columns behind the cells of a learned table, for what was never trained."""
_WIDEST = 4
WORDS = 4
"""Lines of words below the picture."""
ENDS = ("first", "last", "place")


def rows_of(shown: Positions) -> int:
    """How many rows a whole map has: places, or heads."""
    return shown.heads if shown.kind == "alibi" else shown.places


def draw(
    shown: Positions, place: int, cell: int, width: int, rows: int, tall: int, ink: Ink
) -> list[Strip]:
    """The whole picture: at most `rows` rows of the map, and bars `tall` lines high."""
    if width < _NARROW or (shown.kind == "learned" and not shown.table):
        return paragraph(sentence(shown, place, cell), width, 8, ink.style("plain"), ink)
    lines = [_header(shown, width, ink)]
    if shown.kind == "alibi":
        lines += _heads(shown, place, cell, width, ink)
    else:
        lines += _map(shown, place, cell, width, rows, ink)
    lines += _likeness(shown, place, cell, width, tall, ink)
    said = (describe_cell(shown, place, cell), describe_likeness(shown, place, cell))
    for text, role in zip(said, ("plain", "dim"), strict=True):
        lines += paragraph(text, width, WORDS // 2, ink.style(role), ink)
    return lines


def _header(shown: Positions, width: int, ink: Ink) -> Strip:
    """What it is, and what the glyphs mean."""
    shades = ink.glyphs.shades
    low = shades[0] if shades[0].strip() else "blank"
    legend = {
        "sinusoidal": f"{low} −1  {shades[2]} 0  {shades[4]} +1",
        "learned": f"{low} lowest  {shades[2]} 0  {shades[4]} highest",
        "rotary": "the hand begins at the right and turns counter-clockwise",
        "alibi": f"left of a weight  {low} <.02  {shades[4]} ≥.6  {ink.glyph('masked')} ahead",
    }[shown.kind]
    if shown.kind == "rotary" and ink.is_ascii:
        legend = "0 right, 2 up, 4 left, 6 down: counter-clockwise"
    name = f"{NAMES[shown.kind]} {shown.title}".strip()
    name = f"{name[0].upper()}{name[1:]}"
    pieces = [(name, ink.style("strong")), ("   " + ink.words(legend), ink.style("dim"))]
    return strip(pieces, width)


def _map(
    shown: Positions, place: int, cell: int, width: int, rows: int, ink: Ink
) -> Iterator[Strip]:
    """The places around the cursor, each with all that is told of it."""
    if shown.kind == "rotary":
        yield _clock_heads(shown, cell, width, ink)
    else:
        yield _wave_heads(shown, cell, width, ink)
    first = max(0, min(place - rows // 2, shown.places - rows))
    for here in range(first, min(first + rows, shown.places)):
        at = here == place
        mark = ink.glyph("pointer") if at else " "
        label = f"{mark}{here:>4}  "
        pieces: list[Piece] = [(label, ink.style("accent" if at else "dim"))]
        pieces += _row(shown, here, cell if at else -1, width, ink)
        yield strip(pieces, width)


def _pitch(shown: Positions, width: int) -> int:
    """How many columns a cell takes."""
    room = width - LABEL - (_NOTE if shown.kind == "learned" else 3)
    return max(1, min(_WIDEST, room // shown.width))


def _wave_heads(shown: Positions, cell: int, width: int, ink: Ink) -> Strip:
    pitch = _pitch(shown, width)
    pad = "place".ljust(LABEL)
    arrow = ink.words("→")
    if shown.kind == "learned":
        text = f"channel 0 {arrow} {shown.width - 1}"
        return strip([(pad + text, ink.style("axis"))], width)
    half = shown.width // 2 * pitch
    heads = [fit(f"{wave}, fast {arrow} slow", half, ink).ljust(half) for wave in ("sin", "cos")]
    return strip([(pad + "   ".join(heads), ink.style("axis"))], width)


def _row(shown: Positions, place: int, cell: int, width: int, ink: Ink) -> Iterator[Piece]:
    """What is told of one place; `cell` is the one under the cursor, −1 for none."""
    if shown.kind == "rotary":
        yield from _clocks(shown, place, cell, width, ink)
        return
    pitch = _pitch(shown, width)
    if shown.kind == "learned":
        values, gap = shown.table[place], -1
        largest = max(abs(value) for row in shown.table for value in row)
    else:
        angles = [shown.angle(place, pair) for pair in range(shown.columns)]
        values = tuple(map(math.sin, angles)) + tuple(map(math.cos, angles))
        largest, gap = 1.0, shown.columns
    for n, value in enumerate(values):
        if n == gap:
            yield "   ", Style.null()
        on = cell >= 0 and n in (cell, cell + max(0, gap))
        glyph = shade(value, largest, ink)
        if on and pitch > 2:
            yield f"[{glyph * (pitch - 2)}]", ink.style("accent")
        else:
            yield glyph * pitch, ink.style("cursor") if on else _style(value / largest, ink)
    if shown.kind == "learned" and place >= shown.trained:
        yield "  untrained", ink.style("dim")


def _style(share: float, ink: Ink) -> Style:
    """The colour repeats the shade: below zero blue, above it orange, near it grey."""
    if abs(share) < 0.2:
        return ink.style("dim")
    strong = abs(share) >= 0.6
    if share < 0:
        return ink.style("query" if strong else "seen")
    return ink.style("key" if strong else "helped")


def _clock_width(shown: Positions, width: int) -> int:
    return max(5, min(14, (width - LABEL) // shown.columns))


def _clock_heads(shown: Positions, cell: int, width: int, ink: Ink) -> Strip:
    wide = _clock_width(shown, width)
    pieces: list[Piece] = [("place".ljust(LABEL), ink.style("axis"))]
    for pair in range(shown.columns):
        text = f"pair {pair}" if wide >= 8 else f"{pair}"
        pieces.append((text.ljust(wide), ink.style("key" if pair == cell else "axis")))
    return strip(pieces, width)


def _clocks(shown: Positions, place: int, cell: int, width: int, ink: Ink) -> Iterator[Piece]:
    """A hand for each pair, and beside it where it stands, in degrees."""
    wide = _clock_width(shown, width)
    for pair in range(shown.columns):
        angle = shown.angle(place, pair)
        _, rest = turned(angle)
        degrees = f"{round(rest) % 360:>4}" + ("" if ink.is_ascii else "°")
        text = hand(angle, ink) + degrees if wide >= 7 else hand(angle, ink)
        style = ink.style("cursor" if pair == cell else "accent" if cell >= 0 else "seen")
        yield text, style
        yield " " * (wide - len(text)), Style.null()


def _heads(shown: Positions, place: int, cell: int, width: int, ink: Ink) -> Iterator[Strip]:
    """Each head's loss of weight by distance, seen from the place under the cursor."""
    axis = _axis(shown, place, width)
    pieces = [("head".ljust(LABEL), ink.style("axis"))]
    pieces.append((fit(axis.header(ink), width - LABEL, ink), ink.style("axis")))
    yield strip(pieces, width)
    for head in range(shown.heads):
        at = head == cell
        mark = ink.glyph("pointer") if at else " "
        row: list[Piece] = [(f"{mark}{head + 1:>4}  ", ink.style("accent" if at else "dim"))]
        for other in axis.shown:
            if other > place:
                row.append((ink.glyph("masked") * axis.pitch, ink.style("masked")))
                continue
            level = ink.level(shown.factor(place, other, head))
            row.append((ink.glyphs.shades[level] * axis.pitch, ink.style(f"heat{level}")))
        yield strip(row, width)


def _axis(shown: Positions, place: int, width: int) -> Axis:
    return Axis.of(shown.places, width - LABEL, place, ENDS)


def _likeness(
    shown: Positions, place: int, cell: int, width: int, tall: int, ink: Ink
) -> Iterator[Strip]:
    """A bar for every place: how alike it is told to the one under the cursor."""
    axis = _axis(shown, place, width)
    values = [shown.alike(place, other, cell) for other in axis.shown]
    low = 0.0 if shown.kind == "alibi" else min(0.99, *values)
    if shown.kind == "alibi":
        yield blank(width)
    else:
        text = f"How alike to place {place} is every place told? Full: 1.00; lowest: {low:.2f}."
        yield strip([(ink.words(text.replace("-", "−")), ink.style("axis"))], width)
    bars = [column(max(0.02, (value - low) / (1 - low)), tall, ink) for value in values]
    if shown.kind == "alibi":
        bars = [bar if value else " " * tall for bar, value in zip(bars, values, strict=True)]
    for row in range(tall):
        pieces: list[Piece] = [(" " * LABEL, Style.null())]
        for other, bar in zip(axis.shown, bars, strict=True):
            role = "strong" if other == place else "value"
            pieces.append((bar[row] * axis.pitch, ink.style(role)))
        yield strip(pieces, width)
    before = LABEL + len(axis.pointer(ink).rstrip()) - 1
    arrow, name = ink.glyphs.arrows[0], str(place)
    text = " " * before + f"{arrow} {name}"
    if len(text) > width:
        text = " " * (before - len(name) - 1) + f"{name} {arrow}"
    yield strip([(text, ink.style("accent"))], width)
