"""The masks of three families side by side, as squares of cells.

Where not all of them fit, the one under the cursor is seen. The tokens stand beside the rows; above
the columns, where there is a line for them.
"""

from __future__ import annotations

from rich.cells import cell_len
from textual.strip import Strip

from tui.drawing.attention.families import READ, Families, Family, like, words
from tui.drawing.attention.weights import token
from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, around, blank, filled, fit, paragraph, strip

LEAST = (26, 8)
"""Columns and lines below which a sentence stands for the picture."""
_LABEL = 3
"""Columns of a token beside a row, with the pointer and the bracket."""
_GAP = 3
_WORDS = 3
"""Lines of the words at most."""


def draw_families(picture: Families, width: int, height: int, ink: Ink) -> list[Strip]:
    """The squares in exactly `height` lines, and a sentence on the row under the cursor."""
    if width < LEAST[0] or height < LEAST[1]:
        return paragraph(sentence(picture), width, height, ink.style("plain"), ink)
    shown, pitch = _form(picture, width)
    told = filled(words(picture), width, _WORDS, ink.style("plain"), ink)
    about = filled(like(picture.family), width, _WORDS, ink.style("dim"), ink)
    longest = max(len(picture.families[at].tokens) for at in shown)
    spare = height - 1 - longest - len(told)
    told += about if spare >= len(about) else []
    named = height - 1 - longest - len(told) > 0
    rows = around(longest, picture.row, max(1, height - 1 - named - len(told)))
    lines = [_titles(picture, shown, pitch, width, ink)]
    lines += [_columns(picture, shown, pitch, width, ink)] if named else []
    lines += [_row(picture, shown, pitch, row, width, ink) for row in rows]
    lines += told
    return (lines + [blank(width)] * height)[:height]


def height_wanted(picture: Families) -> int:
    """Lines that the picture takes if it has them."""
    return max(len(family.tokens) for family in picture.families) + 2 + _WORDS + 1


def sentence(picture: Families) -> str:
    """The row under the cursor, and what such a mask is good for."""
    return f"{words(picture)} {like(picture.family)}"


def _form(picture: Families, width: int) -> tuple[range, int]:
    """Which families are shown, and how many columns a cell has."""
    for pitch in (2, 1):
        if sum(_wide(family, pitch) for family in picture.families) + _GAP <= width + 2 * _GAP:
            return range(len(picture.families)), pitch
    pitch = 2 if _wide(picture.family, 2) <= width + _GAP else 1
    return range(picture.at, picture.at + 1), pitch


def _wide(family: Family, pitch: int) -> int:
    """Columns of a family, with the gap behind it; its name must fit, too."""
    return max(_LABEL + pitch * len(family.tokens), cell_len(family.who)) + _GAP


def _titles(picture: Families, shown: range, pitch: int, width: int, ink: Ink) -> Strip:
    """Which family is which."""
    pieces: list[Piece] = []
    for at in shown:
        family = picture.families[at]
        name = family.who
        if len(shown) == 1:
            name += f" ({at + 1} of {len(picture.families)})"
        role = "accent" if at == picture.at else "strong"
        pieces.append((ink.words(name).ljust(_wide(family, pitch)), ink.style(role)))
    return strip(pieces, width)


def _columns(picture: Families, shown: range, pitch: int, width: int, ink: Ink) -> Strip:
    """The tokens that are read."""
    pieces: list[Piece] = []
    for at in shown:
        family = picture.families[at]
        pieces.append((" " * _LABEL, ink.style("plain")))
        for column, name in enumerate(family.tokens):
            here = (at, column) == (picture.at, picture.column)
            shape = fit(token(name, ink), 1, ink).ljust(pitch)
            pieces.append((shape, ink.style("key" if here else "dim")))
        used = _LABEL + pitch * len(family.tokens)
        pieces.append((" " * (_wide(family, pitch) - used), ink.style("plain")))
    return strip(pieces, width)


def _row(picture: Families, shown: range, pitch: int, row: int, width: int, ink: Ink) -> Strip:
    """One row of each family that has it."""
    pieces: list[Piece] = []
    for at in shown:
        family, wide = picture.families[at], _wide(picture.families[at], pitch)
        if row >= len(family.tokens):
            pieces.append((" " * wide, ink.style("plain")))
            continue
        here = (at, row) == (picture.at, picture.row)
        name = fit(token(family.tokens[row], ink), 1, ink)
        pieces.append((ink.glyph("pointer") if here else " ", ink.style("accent")))
        pieces.append((name.ljust(_LABEL - 1), ink.style("query" if here else "dim")))
        for column in range(len(family.tokens)):
            under = here and column == picture.column
            pieces.append(_cell(family, row, column, under, pitch, ink))
        used = _LABEL + pitch * len(family.tokens)
        pieces.append((" " * (wide - used), ink.style("plain")))
    return strip(pieces, width)


def _cell(family: Family, row: int, column: int, under: bool, pitch: int, ink: Ink) -> Piece:
    """A cell: full where a token is read, less so if across, a dot where it is not; under the
    cursor a tick or a cross."""
    place, may = family.through(row, column)
    if under:
        return ink.glyph("tick" if may else "masked").ljust(pitch), ink.style("accent")
    if not may:
        return ink.glyph("dot").ljust(pitch), ink.style("masked")
    if place == READ:
        return ink.glyphs.shades[3] * pitch, ink.style("key")
    return ink.glyphs.shades[4] * pitch, ink.style("series1")
