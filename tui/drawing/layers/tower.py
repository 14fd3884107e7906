"""A tower of blocks, block by block: how strong its gradient is, and how alike its tokens are.

Both run along the tower from its first block to its last. The gradient stands on a log scale that
is the same for every tower, so that two pictures can be compared; below its bars a digit counts
the zeros after the point. How alike tokens are is drawn from 0 to 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, blank, paragraph, strip
from tui.drawing.memory.reach import zeros
from tui.drawing.memory.reach_axis import Axis, column, number_text, rounded

Row = tuple[float, ...]

TOP, BOTTOM = 1, -7
"""The powers of ten of a full bar and of an empty one."""
LITTLE = 1e-4
"""A gradient below this, or below this share of the last block's, is called hardly any."""
ALL_ALIKE = 0.9995
"""From this cosine on tokens are called the same: as a number it is written 1.000."""
_LABEL, _NUMBERS = 10, 14
"""Columns before the bars and behind them."""
_NARROW = 24
"""With fewer columns than this there is only the sentence."""
_ENDS = ("first", "last", "block")
_NORMS = {"pre": "before each layer", "post": "after each sum", "none": "nowhere"}


@dataclass(frozen=True)
class TowerParts:
    """Which parts a tower has."""

    residual: bool = True
    norm: str = "pre"
    """`pre`, `post` or `none`."""
    feed_forward: bool = True
    alone: bool = False
    """Whether each token attends to itself only."""


@dataclass(frozen=True)
class TowerSeen:
    """What is shown of one tower of L blocks."""

    parts: TowerParts
    gradient: Row = ()
    """Of each block (L): how long the loss's gradient for its weights is."""
    alike: Row = ()
    """Before the first block and after each (L + 1): the mean cosine of two tokens of a row."""
    size: Row = ()
    """At the same places, how long a token is."""
    title: str = ""
    trouble: str = ""
    """Why there is nothing to see, in plain words."""

    @property
    def blocks(self) -> int:
        """How many blocks there are."""
        return len(self.gradient)

    @property
    def same_from(self) -> int | None:
        """The first block after which all tokens of a row are the same; 0 before the first."""
        for place in range(len(self.alike)):
            if all(cosine >= ALL_ALIKE for cosine in self.alike[place:]):
                return place
        return None


def draw(seen: TowerSeen, cursor: int, width: int, tall: int, ink: Ink) -> list[Strip]:
    """The whole picture; the taller, the higher the bars."""
    if not seen.blocks or width < _NARROW:
        return _closed(sentence(seen, cursor), width, 40, "plain", ink)
    beside = width >= _LABEL + seen.blocks + _NUMBERS
    room = width - _LABEL - (_NUMBERS if beside else 8)
    axis = Axis.of(seen.blocks, max(1, room), cursor, _ENDS)
    here = axis.cursor
    lines = _header(seen, axis, width, ink)
    gradient = [fraction(value) for value in seen.gradient]
    told = [number_text(seen.gradient[here]), _against_last(seen, here) if beside else ""]
    lines += _bars("gradient", gradient, axis, tall + 2, told, width, ink)
    digits: list[Piece] = [("  zeros".ljust(_LABEL), ink.style("dim"))]
    lines.append(strip(digits + _zeros(seen, axis, ink), width))
    gap = [blank(width)] if tall > 1 else []
    told = [cosine_text(seen.alike[here + 1]), f"length {number_text(seen.size[here + 1])}"]
    alike = [max(0.0, value) for value in seen.alike[1:]]
    lines += gap + _bars("alike", alike, axis, tall + 1, told, width, ink)
    return lines + gap + _caption(seen, here, width, ink)


def fraction(gradient: float) -> float:
    """How full the bar of a gradient is, from 0 to 1; nothing at all for 0 and for no number."""
    if not gradient > 0 or math.isinf(gradient):
        return 0.0
    return min(1.0, max(1e-9, (math.log10(gradient) - BOTTOM) / (TOP - BOTTOM)))


def switches(parts: TowerParts, ink: Ink) -> str:
    """Every part, and whether it is there."""

    def sign(there: bool) -> str:
        return ink.glyph("tick") if there else ink.glyph("cross")

    told = (
        f"{sign(parts.residual)} residual",
        f"{sign(parts.norm != 'none')} norm {_NORMS.get(parts.norm, parts.norm)}",
        f"{sign(parts.feed_forward)} feed-forward",
        f"{sign(not parts.alone)} sees others",
    )
    return "   ".join(told)


def _header(seen: TowerSeen, axis: Axis, width: int, ink: Ink) -> list[Strip]:
    """Whose tower it is, what it is made of, the blocks, and the cursor on them."""
    title = f"{seen.blocks} block{'s' if seen.blocks > 1 else ''}, {seen.title}"
    scale = f"   log scale: a full bar {10**TOP}, empty 1e{BOTTOM}"
    pieces: list[Piece] = [(ink.words(title), ink.style("strong"))]
    if len(title + scale) <= width:
        pieces.append((scale, ink.style("dim")))
    pad = " " * _LABEL
    pointer = f"block {axis.cursor + 1}"
    return [
        strip(pieces, width),
        *_closed(switches(seen.parts, ink), width, 2, "accent", ink),
        strip([(pad + axis.header(ink), ink.style("axis"))], width),
        strip(
            [(pad + axis.pointer(ink), ink.style("accent")), (f"  {pointer}", ink.style("dim"))],
            width,
        ),
    ]


def _bars(
    label: str, full: list[float], axis: Axis, high: int, told: list[str], width: int, ink: Ink
) -> list[Strip]:
    """Standing bars, `high` lines of them, with what is told of the block under the cursor."""
    lines = []
    for row in range(high):
        pieces: list[Piece] = [((label if row == 0 else "").ljust(_LABEL), ink.style("strong"))]
        for place in axis.shown:
            role = "accent" if place == axis.cursor else f"heat{min(4, int(5 * full[place]))}"
            bar = column(full[place], high, ink)[row]
            pieces.append((bar * axis.pitch, ink.style(role)))
        said = told[row] if row < len(told) else ""
        pieces.append(("  " + ink.words(said), ink.style("dim" if row else "accent")))
        lines.append(strip(pieces, width))
    return lines


def _zeros(seen: TowerSeen, axis: Axis, ink: Ink) -> list[Piece]:
    """How many zeros follow the point of each gradient."""
    pieces: list[Piece] = []
    for place in axis.shown:
        style = ink.style("chosen" if place == axis.cursor else "dim")
        pieces.append((zeros(seen.gradient[place], ink), style))
    return axis.cells(pieces, ink)


def cosine_text(cosine: float) -> str:
    """A cosine to three digits, with the sign of a minus where it is below nought."""
    return f"{round(cosine, 3) + 0.0:.3f}".replace("-", "−")


def _against_last(seen: TowerSeen, place: int) -> str:
    """A gradient as a fraction of the last block's, where it is much less and can be read."""
    here, last = seen.gradient[place], seen.gradient[-1]
    return _part(here / last) if LITTLE * last < here < last / 2 else ""


def _caption(seen: TowerSeen, place: int, width: int, ink: Ink) -> list[Strip]:
    """The block under the cursor in words, and what becomes of the whole tower."""
    lines = _closed(describe(seen, place), width, 3, "plain", ink)
    return [*lines, *_closed(verdict(seen), width, 3, "dim", ink)]


def describe(seen: TowerSeen, place: int) -> str:
    """One block in a sentence."""
    here, last = seen.gradient[place], seen.gradient[-1]
    told = f"Block {place + 1} of {seen.blocks}: gradient {number_text(here)}"
    if here == 0:
        told += ", none at all"
    elif place < seen.blocks - 1 and last > 0:
        told += f", {_times(here / last)} the last block's"
    alike = cosine_text(seen.alike[place + 1])
    return f"{told}. Above it two tokens of a row have a cosine of {alike}."


def _times(share: float) -> str:
    """A share as one says it of something else."""
    if 2 / 3 < share < 1.5:
        return "about as much as"
    return f"{rounded(share)} times" if share > 1 else f"{_part(share)} of"


def _part(share: float) -> str:
    """A share below 1 as a fraction, as long as its denominator can be read."""
    return f"1/{rounded(1 / share)}" if share > LITTLE else number_text(share)


def verdict(seen: TowerSeen) -> str:
    """What a gradient of 0, and tokens that are all alike, mean for who learns."""
    told = []
    dead = sum(gradient == 0 for gradient in seen.gradient)
    if dead:
        many = f"{dead} blocks" if dead > 1 else "one block"
        told.append(f"No gradient comes to {many}: nothing is learned there.")
    elif seen.gradient[0] < LITTLE * max(1.0, seen.gradient[-1]):
        told.append("Hardly any gradient comes down to the first block.")
    else:
        told.append("The gradient comes down to the first block.")
    place = seen.same_from
    if place is None:
        told.append(f"At the top the tokens differ (cosine {cosine_text(seen.alike[-1])}).")
    else:
        where = f"From block {place} on" if place else "From the beginning"
        told.append(
            f"{where} all tokens of a row are the same: above, nobody can tell which is which."
        )
    return " ".join(told)


def sentence(seen: TowerSeen, cursor: int) -> str:
    """Everything that is to be said of the block under the cursor, and of the tower."""
    if seen.trouble:
        return seen.trouble
    if not seen.blocks:
        return "No tower yet."
    told = f"{describe(seen, min(cursor, seen.blocks - 1))} {verdict(seen)}"
    parts = seen.parts
    lacks = [
        *(["residuals"] if not parts.residual else []),
        *(["norms"] if parts.norm == "none" else []),
        *(["feed-forward layers"] if not parts.feed_forward else []),
        *(["the sight of others"] if parts.alone else []),
    ]
    made = f"without {' and '.join(lacks)}" if lacks else "with all its parts"
    norms = "" if parts.norm == "none" else f", norms {_NORMS.get(parts.norm, parts.norm)}"
    return f"{told} (A tower {made}{norms}, {seen.title}.)"


def _closed(text: str, width: int, rows: int, role: str, ink: Ink) -> list[Strip]:
    """A paragraph without the empty lines at its end."""
    lines = paragraph(text, width, rows, ink.style(role), ink)
    while lines and not lines[-1].text.strip():
        lines.pop()
    return lines
