"""One weight of dot-product attention taken apart in five stages, drawn in the room there is.

1 q · k    2 scale    3 mask    4 softmax    5 value → W_O → change in the logits
"""

from __future__ import annotations

from textual.strip import Strip

from tui.drawing.attention.attended import Taken
from tui.drawing.attention.cell_lines import STAGES, STEP, WIDE, Opened, line, step, title, wrapped
from tui.drawing.attention.cell_numbers import exact, places_for, power_text, signed
from tui.drawing.attention.cell_products import (
    BAND,
    channels_across,
    in_a_row,
    product_list,
    product_table,
)
from tui.drawing.attention.cell_words import sentence, who
from tui.drawing.attention.grid_words import percent
from tui.drawing.attention.weights import number_text, token
from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, blank, paragraph, strip
from tui.drawing.sparkline import sparkline

LEAST = (30, 6)
"""Columns and lines below which a sentence stands for the picture."""


def draw(opened: Opened, width: int, height: int, ink: Ink) -> list[Strip]:
    """The open stages in exactly `height` lines; the products take what the others leave."""
    if width < LEAST[0] or height < LEAST[1]:
        return paragraph(sentence(opened.cell), width, height, ink.style("plain"), ink)
    lines = paragraph(who(opened.cell), width, 2, ink.style("strong"), ink)
    if not lines[1].text.strip():
        lines = lines[:1]
    rest = below(opened, width, ink)
    room = max(2, height - len(lines) - len(rest))
    table = width >= WIDE and room >= BAND + 2
    products = (product_table if table else product_list)(opened, width, room, ink)
    lines += products + rest
    return (lines + [blank(width)] * height)[:height]


def height_for(opened: Opened, width: int, ink: Ink) -> int:
    """The lines that all of it takes."""
    if width < LEAST[0]:
        return LEAST[1]
    channels = len(opened.cell.terms)
    if width >= WIDE:
        bands = -(-channels // channels_across(width))
        products = 2 + bands * BAND
    else:
        products = 2 + -(-channels // in_a_row(opened, width))
    names = 2 if len(who(opened.cell)) > width else 1
    return names + products + len(below(opened, width, ink))


def below(opened: Opened, width: int, ink: Ink) -> list[Strip]:
    """Stages 2 to 5, as far as they are open, and which key opens the next."""
    made = (scale_lines, mask_lines, _softmax, _effect)
    lines = list[Strip]()
    for stage in made[: max(0, opened.stages - 1)]:
        lines += stage(opened, width, ink)
    return lines + next_stage(opened, width, ink)


def next_stage(opened: Opened, width: int, ink: Ink) -> list[Strip]:
    """Which key opens the next stage, if there is one."""
    if opened.stages == STAGES:
        return []
    names = ("scale", "mask", "softmax", "change in the logits")
    return [line(f"tab  {opened.stages + 1} {names[opened.stages - 1]}", "dim", width, ink)]


def scale_lines(opened: Opened, width: int, ink: Ink) -> list[Strip]:
    """The second stage."""
    cell, places = opened.cell, opened.places
    scaled = cell.total / cell.inside.scale
    told = f"{signed(cell.total, places)} / √{len(cell.terms)} = {signed(scaled, places)}"
    lines = [step("2 scale", told, width, ink)]
    if cell.bias is not None:
        moved = f"{signed(cell.bias, places)} for the {cell.inside.adds}"
        moved += f" = {signed(cell.score, places)}"
        lines.append(step("", moved, width, ink))
    return lines


def mask_lines(opened: Opened, width: int, ink: Ink) -> list[Strip]:
    """The third stage."""
    cell = opened.cell
    if not cell.masks:
        told = "there is none" if cell.masks_nobody else "none in this row"
    elif opened.lifted:
        told = "lifted: all may be looked at"
    elif cell.allowed:
        told = f"{ink.glyph('tick')} may look"
    else:
        told = f"{ink.glyph('masked')} may not look: −∞"
    return [step("3 mask", told, width, ink)]


def _softmax(opened: Opened, width: int, ink: Ink) -> list[Strip]:
    lines, cell = softmax_lines(opened, width, ink), opened.cell
    fit = width >= WIDE and STEP + 2 * len(cell.weights.answers) + 1 <= width
    if fit and cell.allowed and not opened.lifted:
        lines += _row_bars(cell, width, ink)
    return lines


def softmax_lines(opened: Opened, width: int, ink: Ink) -> list[Strip]:
    """The fourth stage in numbers."""
    cell, places = opened.cell, opened.places
    if not cell.allowed and not opened.lifted:
        return [
            step("4 softmax", "e^−∞ / Σ = 0 / Σ = 0", width, ink),
            step("", "u lifts the mask", width, ink, "dim"),
        ]
    power, whole = cell.powers(lifted=opened.lifted)
    share = cell.unmasked if opened.lifted else cell.weight
    score = signed(cell.score, places).removeprefix("+")
    first, pair = f"e^{score} / Σ", f"= {power_text(power)} / {power_text(whole)}"
    if STEP + len(ink.words(f"{first} {pair}")) <= width:
        lines = [step("4 softmax", f"{first} {pair}", width, ink)]
    else:
        lines = [step("4 softmax", first, width, ink), step("", pair, width, ink)]
    if opened.lifted:
        now = number_text(cell.weight) if cell.allowed else "0"
        lines.append(step("", f"= {exact(share)}, masked {now}", width, ink, "strong"))
        return lines
    total = cell.weights.total(cell.row)
    rank = f"rank {cell.rank} of {cell.weights.may_see(cell.row)}"
    ends = "" if total is None else f"row Σ {number_text(total)}"
    told = f"= {exact(share)}   {rank}"
    if STEP + len(ink.words(f"{told}   {ends}")) <= width:
        lines.append(step("", f"{told}   {ends}", width, ink, "strong"))
    else:
        lines += [step("", told, width, ink, "strong"), step("", ends, width, ink, "dim")]
    return lines


def _row_bars(cell: Taken, width: int, ink: Ink) -> list[Strip]:
    """All weights of the row as bars over their tokens, this one in brackets."""
    found = cell.weights.row(cell.row) or ()
    bars = sparkline([value or 0.0 for value in found], len(found), ink, apiece=1)
    above: list[Piece] = [(" " * STEP, ink.style("plain"))]
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
    lines = [title("5 × v → W_O → change in the logits", width, ink)]
    effects = cell.effects
    if effects is None:
        return [*lines, line("  on its way…", "dim", width, ink)]
    if not cell.read:
        told = "nothing: no answer is read from this row"
        return [*lines, *wrapped(told, width, ink)]
    order = ordered(cell)
    room, told = width - 2, ""
    values = dict(effects)
    places = places_for(abs(values[name]) for name in order)
    for name in order:
        more = f"{token(name, ink)} {signed(values[name], places)}  "
        if len(told) + len(more.rstrip()) > room:
            break
        told += more
    lines.append(line("  " + told.rstrip(), "value", width, ink))
    return [*lines, *logit_lines(cell, order[0], width, ink), *said_lines(cell, width, ink)]


def said_lines(cell: Taken, width: int, ink: Ink) -> list[Strip]:
    """What the network makes of it all at this row, and whether that is right."""
    if cell.says is None:
        return []
    name, likely = cell.says
    told = f"  → says {token(name, ink)}, {percent(likely)}"
    pieces: list[Piece] = [(ink.words(told), ink.style("plain"))]
    said, right = cell.weights.verdict(cell.row)
    if right is not None and said == name:
        mark, role = ("tick", "good") if right else ("cross", "bad")
        pieces += [(" ", ink.style("plain")), (ink.glyph(mark), ink.style(role))]
    return [strip(pieces, width)]


def ordered(cell: Taken) -> list[str]:
    """The logits, first what is right and what is said, then those that move most."""
    effects = dict(cell.effects or ())
    first = list[str]()
    right = cell.weights.right[cell.row] if cell.row < len(cell.weights.right) else ""
    said = cell.says[0] if cell.says else ""
    first += [name for name in dict.fromkeys((right, said)) if name in effects]
    rest = sorted(effects, key=lambda name: -abs(effects[name]))
    return first + [name for name in rest if name not in first]


def logit_lines(cell: Taken, name: str, width: int, ink: Ink) -> list[Strip]:
    """What of a whole logit the cell adds, and what the others."""
    parts = cell.logit(name)
    if parts is None:
        return []
    logit, own, others, rest = (signed(part) for part in parts)
    told = f"logit {token(name, ink)} {logit} = {own} here, {others} rest of row, {rest} elsewhere"
    return wrapped(told, width, ink)
