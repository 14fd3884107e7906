"""One weight of dot-product attention taken apart in five stages, drawn in the room there is.

1 q · k    2 scale    3 mask    4 softmax    5 value → W_O → change in the logits
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from textual.strip import Strip

from tui.drawing.attended import Taken
from tui.drawing.cell_numbers import exact, places_for, power_text, signed
from tui.drawing.cell_words import sentence, who
from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, blank, fit, paragraph, strip
from tui.drawing.sparkline import sparkline
from tui.drawing.weights import number_text, token

LEAST = (30, 6)
"""Columns and lines below which a sentence stands for the picture."""
STAGES = 5
WIDE = 60
"""Columns from which q, k and the products stand one below the other."""
_TABLE = 7
"""Columns of a channel there."""
_BAND = 5
"""Lines of a band of channels there: their numbers, q, k, the products and their bars."""
_LABEL = 6


@dataclass(frozen=True)
class Opened:
    """A cell that is taken apart: how many of its stages are open, and whether the mask is off."""

    cell: Taken
    stages: int = STAGES
    lifted: bool = False

    @property
    def places(self) -> int:
        """Digits behind the point, so that the largest product shows three or more of its own."""
        return places_for(abs(term.product) for term in self.cell.terms)


def draw(opened: Opened, width: int, height: int, ink: Ink) -> list[Strip]:
    """The open stages in exactly `height` lines; the products take what the others leave."""
    if width < LEAST[0] or height < LEAST[1]:
        return paragraph(sentence(opened.cell), width, height, ink.style("plain"), ink)
    lines = paragraph(who(opened.cell), width, 2, ink.style("strong"), ink)
    if not lines[1].text.strip():
        lines = lines[:1]
    rest = below(opened, width, ink)
    room = max(2, height - len(lines) - len(rest))
    table = width >= WIDE and room >= _BAND + 2
    products = (_table if table else _list)(opened, width, room, ink)
    lines += products + rest
    return (lines + [blank(width)] * height)[:height]


def height_for(opened: Opened, width: int, ink: Ink) -> int:
    """The lines that all of it takes."""
    if width < LEAST[0]:
        return LEAST[1]
    heads = len(opened.cell.terms)
    if width >= WIDE:
        bands = -(-heads // _channels(width))
        products = 2 + bands * _BAND
    else:
        products = 2 + -(-heads // _in_a_row(opened, width))
    title = 2 if len(who(opened.cell)) > width else 1
    return title + products + len(below(opened, width, ink))


# Stage 1


def _list(opened: Opened, width: int, room: int, ink: Ink) -> list[Strip]:
    """The products alone, the largest first, as many as there is room for; then their sum."""
    terms, places = opened.cell.sorted_terms, opened.places
    lines = [_title(f"1 q · k   {len(terms)} products, largest first", width, ink)]
    apiece = _in_a_row(opened, width)
    shown = min(len(terms), max(0, room - 2) * apiece)
    wide = _number_width(opened)
    for at in range(0, shown, apiece):
        row = terms[at : min(shown, at + apiece)]
        told = "".join(signed(term.product, places).rjust(wide) for term in row)
        lines.append(_line("  " + told, "plain", width, ink))
    return [*lines, _sum(opened, shown, width, ink)]


def _sum(opened: Opened, shown: int, width: int, ink: Ink) -> Strip:
    """What is not shown, together, and the sum of all."""
    places, terms = opened.places, opened.cell.sorted_terms
    left = terms[shown:]
    others = math.fsum(term.product for term in left)
    told = f"  {len(left)} others {signed(others, places)}" if left and shown else ""
    total = ink.words(f"Σ = {signed(opened.cell.total, places)}")
    told = ink.words(told).ljust(max(0, width - len(total) - 1))
    return strip([(told, ink.style("dim")), (total, ink.style("strong"))], width)


def _in_a_row(opened: Opened, width: int) -> int:
    return max(1, (width - 2) // _number_width(opened))


def _number_width(opened: Opened) -> int:
    terms = opened.cell.terms
    return 1 + max(len(signed(term.product, opened.places)) for term in terms)


def _channels(width: int) -> int:
    """How many channels stand side by side."""
    return max(1, (width - _LABEL) // _TABLE)


def _table(opened: Opened, width: int, room: int, ink: Ink) -> list[Strip]:
    """q, k, their products and a bar for each, channel by channel; the largest first."""
    terms, places = opened.cell.sorted_terms, opened.places
    apiece = _channels(width)
    shown = min(len(terms), (room - 2) // _BAND * apiece)
    lines = [_title(f"1 q · k   {len(terms)} channels, largest product first", width, ink)]
    most = max((abs(term.product) for term in terms), default=0.0) or 1.0
    for at in range(0, shown, apiece):
        band = terms[at : min(shown, at + apiece)]
        rows = (
            ("", [str(term.channel) for term in band], "dim"),
            ("q", [signed(term.q, places) for term in band], "query"),
            ("k", [signed(term.k, places) for term in band], "key"),
            ("q × k", [signed(term.product, places) for term in band], "strong"),
            ("", [_bar(term.product / most, ink) for term in band], "dim"),
        )
        for name, numbers, role in rows:
            told = name.ljust(_LABEL) + "".join(number.rjust(_TABLE) for number in numbers)
            lines.append(_line(told, role, width, ink))
    return [*lines, _sum(opened, shown, width, ink)]


def _bar(share: float, ink: Ink) -> str:
    """A bar as long as a product is large; one that speaks against is of a lighter stuff."""
    room = _TABLE - 1
    if share >= 0:
        return ink.bar(share, room)
    light = "-" if ink.is_ascii else ink.glyphs.shades[1]
    return (light * max(1, round(-share * room))).ljust(room)


# The others


def below(opened: Opened, width: int, ink: Ink) -> list[Strip]:
    """Stages 2 to 5, as far as they are open, and which key opens the next."""
    made = (_scale, _mask, _softmax, _effect)
    lines = list[Strip]()
    for stage in made[: max(0, opened.stages - 1)]:
        lines += stage(opened, width, ink)
    if opened.stages < STAGES:
        names = ("scale", "mask", "softmax", "change in the logits")
        told = f"tab  {opened.stages + 1} {names[opened.stages - 1]}"
        lines.append(_line(told, "dim", width, ink))
    return lines


def _scale(opened: Opened, width: int, ink: Ink) -> list[Strip]:
    cell, places = opened.cell, opened.places
    scaled = cell.total / cell.inside.scale
    told = f"{signed(cell.total, places)} / √{len(cell.terms)} = {signed(scaled, places)}"
    lines = [_step("2 scale", told, width, ink)]
    if cell.bias is not None:
        moved = f"{signed(cell.bias, places)} for the distance = {signed(cell.score, places)}"
        lines.append(_step("", moved, width, ink))
    return lines


def _mask(opened: Opened, width: int, ink: Ink) -> list[Strip]:
    cell = opened.cell
    if not cell.masks:
        told = "none in this row"
    elif opened.lifted:
        told = "lifted: all may be looked at"
    elif cell.allowed:
        told = f"{ink.glyph('tick')} may look"
    else:
        told = f"{ink.glyph('masked')} may not look: −∞"
    return [_step("3 mask", told, width, ink)]


def _softmax(opened: Opened, width: int, ink: Ink) -> list[Strip]:
    cell, places = opened.cell, opened.places
    if not cell.allowed and not opened.lifted:
        return [
            _step("4 softmax", "e^−∞ / Σ = 0 / Σ = 0", width, ink),
            _step("", "u lifts the mask", width, ink, "dim"),
        ]
    power, whole = cell.powers(lifted=opened.lifted)
    share = cell.unmasked if opened.lifted else cell.weight
    score = signed(cell.score, places).removeprefix("+")
    first, pair = f"e^{score} / Σ", f"= {power_text(power)} / {power_text(whole)}"
    if _STEP + len(ink.words(f"{first} {pair}")) <= width:
        lines = [_step("4 softmax", f"{first} {pair}", width, ink)]
    else:
        lines = [_step("4 softmax", first, width, ink), _step("", pair, width, ink)]
    if opened.lifted:
        now = number_text(cell.weight) if cell.allowed else "0"
        lines.append(_step("", f"= {exact(share)}, masked {now}", width, ink, "strong"))
        return lines
    total = cell.weights.total(cell.row)
    rank = f"rank {cell.rank} of {cell.weights.may_see(cell.row)}"
    ends = "" if total is None else f"row Σ {number_text(total)}"
    told = f"= {exact(share)}   {rank}"
    if _STEP + len(ink.words(f"{told}   {ends}")) <= width:
        lines.append(_step("", f"{told}   {ends}", width, ink, "strong"))
    else:
        lines += [_step("", told, width, ink, "strong"), _step("", ends, width, ink, "dim")]
    if width >= WIDE and _STEP + 2 * len(cell.weights.answers) + 1 <= width:
        lines += _row_bars(cell, width, ink)
    return lines


def _row_bars(cell: Taken, width: int, ink: Ink) -> list[Strip]:
    """All weights of the row as bars over their tokens, this one in brackets."""
    found = cell.weights.row(cell.row) or ()
    bars = sparkline([value or 0.0 for value in found], len(found), ink, apiece=1)
    above: list[Piece] = [(" " * _STEP, ink.style("plain"))]
    below: list[Piece] = list(above)
    for column, bar in enumerate(bars):
        here = column == cell.column
        role = "accent" if here else "dim"
        ends = "]" if column == cell.column + 1 else " "
        above += [(" ", ink.style("plain")), (bar, ink.style(role))]
        below.append(("[" if here else ends, ink.style("accent")))
        below.append((token(cell.weights.answers[column], ink)[0], ink.style(role)))
    if cell.column == len(bars) - 1:
        below.append(("]", ink.style("accent")))
    return [strip(above, width), strip(below, width)]


def _effect(opened: Opened, width: int, ink: Ink) -> list[Strip]:
    """What the cell adds to the logits; and what of one of them it is."""
    cell = opened.cell
    lines = [_title("5 × v → W_O → change in the logits", width, ink)]
    effects = cell.effects
    if effects is None:
        return [*lines, _line("  on its way…", "dim", width, ink)]
    if not cell.read:
        told = "nothing: no answer is read from this row"
        return [*lines, *_wrapped(told, width, ink)]
    order = ordered(cell)
    room, told = width - 2, ""
    values = dict(effects)
    places = places_for(abs(values[name]) for name in order)
    for name in order:
        more = f"{token(name, ink)} {signed(values[name], places)}  "
        if len(told) + len(more.rstrip()) > room:
            break
        told += more
    lines.append(_line("  " + told.rstrip(), "value", width, ink))
    lines += _whole_logit(cell, order[0], width, ink)
    return lines


def ordered(cell: Taken) -> list[str]:
    """The logits, first what is right and what is said, then those that move most."""
    effects = dict(cell.effects or ())
    first = list[str]()
    right = cell.weights.right[cell.row] if cell.row < len(cell.weights.right) else ""
    said = cell.says[0] if cell.says else ""
    first += [name for name in dict.fromkeys((right, said)) if name in effects]
    rest = sorted(effects, key=lambda name: -abs(effects[name]))
    return first + [name for name in rest if name not in first]


def _whole_logit(cell: Taken, name: str, width: int, ink: Ink) -> list[Strip]:
    parts = cell.logit(name)
    if parts is None:
        return []
    logit, own, others, rest = (signed(part) for part in parts)
    told = f"logit {token(name, ink)} {logit} = {own} here, {others} rest of row, {rest} elsewhere"
    return _wrapped(told, width, ink)


# Lines

_STEP = 11
"""Columns of the name of a stage that is told on one line."""


def _step(name: str, told: str, width: int, ink: Ink, role: str = "plain") -> Strip:
    head = ink.words(name).ljust(_STEP)
    return strip([(head, ink.style("accent")), (ink.words(told), ink.style(role))], width)


def _title(text: str, width: int, ink: Ink) -> Strip:
    return _line(text, "accent", width, ink)


def _line(text: str, role: str, width: int, ink: Ink) -> Strip:
    return strip([(fit(ink.words(text), width, ink), ink.style(role))], width)


def _wrapped(text: str, width: int, ink: Ink) -> list[Strip]:
    lines: Sequence[Strip] = paragraph(text, width - 2, 2, ink.style("dim"), ink)
    pad: Piece = ("  ", ink.style("plain"))
    return [
        strip([pad, *((s.text, s.style or ink.style("dim")) for s in line)], width)
        for line in lines
        if line.text.strip()
    ]
