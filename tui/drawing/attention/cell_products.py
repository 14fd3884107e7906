"""The first stage of a cell that is taken apart: q times k, channel by channel, and the sum."""

from __future__ import annotations

import math

from textual.strip import Strip

from tui.drawing.attention.cell_lines import Opened, line, title
from tui.drawing.attention.cell_numbers import signed
from tui.drawing.ink import Ink
from tui.drawing.lines import strip

_TABLE = 7
"""Columns of a channel in the table."""
BAND = 5
"""Lines of a band of channels there: their numbers, q, k, the products and their bars."""
_LABEL = 6


def product_list(opened: Opened, width: int, room: int, ink: Ink) -> list[Strip]:
    """The products alone, the largest first, as many as there is room for; then their sum."""
    terms, places = opened.cell.sorted_terms, opened.places
    lines = [title(f"1 q · k   {len(terms)} products, largest first", width, ink)]
    apiece = in_a_row(opened, width)
    shown = min(len(terms), max(0, room - 2) * apiece)
    wide = _number_width(opened)
    for at in range(0, shown, apiece):
        row = terms[at : min(shown, at + apiece)]
        told = "".join(signed(term.product, places).rjust(wide) for term in row)
        lines.append(line("  " + told, "plain", width, ink))
    return [*lines, _sum(opened, shown, width - 1, width, ink)]


def _sum(opened: Opened, shown: int, edge: int, width: int, ink: Ink) -> Strip:
    """What is not shown, together, and the sum of all, which ends at an edge."""
    places, terms = opened.places, opened.cell.sorted_terms
    left = terms[shown:]
    others = math.fsum(term.product for term in left)
    told = f"  {len(left)} others {signed(others, places)}" if left and shown else ""
    total = ink.words(f"Σ = {signed(opened.cell.total, places)}")
    told = ink.words(told).ljust(max(0, edge - len(total)))
    return strip([(told, ink.style("dim")), (total, ink.style("strong"))], width)


def in_a_row(opened: Opened, width: int) -> int:
    """How many products fit on a line of the list."""
    return max(1, (width - 2) // _number_width(opened))


def _number_width(opened: Opened) -> int:
    terms = opened.cell.terms
    return 1 + max(len(signed(term.product, opened.places)) for term in terms)


def channels_across(width: int) -> int:
    """How many channels stand side by side."""
    return max(1, (width - _LABEL) // _TABLE)


def product_table(opened: Opened, width: int, room: int, ink: Ink) -> list[Strip]:
    """q, k, their products and a bar for each, channel by channel; the largest first."""
    terms, places = opened.cell.sorted_terms, opened.places
    apiece = channels_across(width)
    shown = min(len(terms), (room - 2) // BAND * apiece)
    lines = [title(f"1 q · k   {len(terms)} channels, largest product first", width, ink)]
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
            lines.append(line(told, role, width, ink))
    edge = max(30, _LABEL + _TABLE * min(apiece, shown))
    return [*lines, _sum(opened, shown, edge, width, ink)]


def _bar(share: float, ink: Ink) -> str:
    """A bar as long as a product is large; one that speaks against is of a lighter stuff."""
    room = _TABLE - 1
    if share >= 0:
        return ink.bar(share, room)
    light = "-" if ink.is_ascii else ink.glyphs.shades[1]
    return (light * max(1, round(-share * room))).ljust(room)
