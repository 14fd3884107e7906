"""The logit lens: what a network would say after each of its layers, word by word of a sentence.

    reads     could  embedding      block 1        block 2        comes
    two         10   ░ hens     ·   ▒ mice     ✓   ▓ mice     ✓   mice

A row is a place in the sentence, a column a layer. The shade says how sure it would be of its word,
the sign whether that word came, could have come, or could not. Where several could come, nobody can
be right each time, so these rows are dim.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, blank, fit, paragraph, strip

LEAST = (44, 5)
"""Columns and lines below which a sentence stands for the picture."""
_SIGNS = {"right": ("tick", "good"), "possible": ("dot", "dim"), "wrong": ("cross", "bad")}
_READS, _COULD, _CELL = 10, 7, 15
"""Columns of what is read, of how many words could come, and of one layer."""


@dataclass(frozen=True)
class Lens:
    """What would be said at each place (T) after each layer (L + 1)."""

    reads: tuple[str, ...] = ()
    comes: tuple[str, ...] = ()
    could: tuple[int, ...] = ()
    """How many words could come there."""
    says: tuple[tuple[str, ...], ...] = ()
    shares: tuple[tuple[float, ...], ...] = ()
    """How sure it would be of what it says, in 0..1."""
    right: tuple[tuple[float, ...], ...] = ()
    """How sure it would be of the word that comes."""
    marks: tuple[tuple[str, ...], ...] = ()
    title: str = ""

    @property
    def layers(self) -> int:
        """How many layers are read: the embedding, and every block."""
        return len(self.says)


def layer_name(layer: int) -> str:
    """What a column is called."""
    return "embedding" if layer == 0 else f"block {layer}"


def draw(lens: Lens, cursor: tuple[int, int], width: int, height: int, ink: Ink) -> list[Strip]:
    """The table, with the cell at `cursor` (place, layer) marked, in `height` lines."""
    if not lens.reads or width < LEAST[0] or height < LEAST[1]:
        return paragraph(sentence(lens, cursor), width, height, ink.style("plain"), ink)
    layers = shown(lens, cursor[1], width)
    rows = _window(len(lens.reads), cursor[0], height - 4)
    lines = [strip([(fit(ink.words(lens.title), width, ink), ink.style("dim"))], width)]
    lines.append(_heads(layers, width, ink))
    lines += [_row(lens, row, layers, cursor, width, ink) for row in rows]
    lines += [blank(width)] * (height - 2 - len(lines))
    return lines + paragraph(sentence(lens, cursor), width, 2, ink.style("plain"), ink)


def lines_wanted(lens: Lens) -> int:
    """Lines that the whole picture takes."""
    return len(lens.reads) + 4 if lens.reads else 2


def shown(lens: Lens, layer: int, width: int) -> range:
    """The layers that there is room for, the one at the cursor among them."""
    fits = max(1, (width - _READS - _COULD - _READS) // _CELL)
    return _window(lens.layers, layer, fits)


def sentence(lens: Lens, cursor: tuple[int, int]) -> str:
    """The cell at the cursor, in words and numbers."""
    if not lens.reads:
        return "Nothing has been read yet."
    place, layer = cursor
    word, comes = lens.says[layer][place], lens.comes[place]
    where = "From the embedding alone" if layer == 0 else f"After {layer_name(layer)}"
    told = (
        f"{where}, having read “{lens.reads[place]}”, it would say “{word}”,"
        f" {100 * lens.shares[layer][place]:.1f} %."
    )
    if word != comes:
        told += f" “{comes}” comes; that gets {100 * lens.right[layer][place]:.1f} %."
    could = lens.could[place]
    return told + (f" {could} words could come." if could > 1 else " No other word could come.")


def _window(count: int, at: int, room: int) -> range:
    """As many of `count` as there is room for, from the first on unless the cursor is beyond."""
    room = max(1, min(room, count))
    first = max(0, min(at - room + 1, count - room))
    return range(first, first + room)


def _heads(layers: Sequence[int], width: int, ink: Ink) -> Strip:
    heads = "reads".ljust(_READS) + "could".ljust(_COULD)
    heads += "".join(layer_name(layer).ljust(_CELL) for layer in layers) + "comes"
    return strip([(fit(heads, width, ink), ink.style("axis"))], width)


def _row(
    lens: Lens, place: int, layers: range, cursor: tuple[int, int], width: int, ink: Ink
) -> Strip:
    is_open = lens.could[place] > 1
    plain = ink.style("dim" if is_open else "plain")
    pieces: list[Piece] = [
        (lens.reads[place].ljust(_READS), plain),
        (str(lens.could[place]).rjust(_COULD - 3) + "   ", plain),
    ]
    for layer in layers:
        pieces += _cell(lens, place, layer, (place, layer) == cursor, ink)
    pieces.append((lens.comes[place], ink.style("plain" if is_open else "strong")))
    return strip(pieces, width)


def _cell(lens: Lens, place: int, layer: int, chosen: bool, ink: Ink) -> list[Piece]:
    level = ink.level(lens.shares[layer][place])
    glyph, role = _SIGNS[lens.marks[layer][place]]
    word = lens.says[layer][place].ljust(_CELL - 5)
    return [
        (f"{ink.glyphs.shades[level]} ", ink.style(f"heat{level}")),
        (word, ink.style("cursor" if chosen else "plain")),
        (f"{ink.glyph(glyph)}  ", ink.style(role)),
    ]
