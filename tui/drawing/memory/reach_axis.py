"""The way along which a text was read, left to right: which places are drawn, and how wide."""

from __future__ import annotations

from dataclasses import dataclass

from tui.drawing.ink import Ink
from tui.drawing.lines import Piece

_WIDEST = 4
"""Columns that a place takes at most."""

HEIGHTS = "▁▂▃▄▅▆▇█"
_ASCII_HEIGHTS = ".:-=+*#@"


@dataclass(frozen=True)
class Axis:
    """`places` places of a text, of which `shown` are drawn, `pitch` columns each."""

    places: int
    shown: tuple[int, ...]
    pitch: int
    cursor: int
    ends: tuple[str, str, str]
    """What stands at the first place and at the last, and what all places are: a sign, a fork,
    cells."""

    @classmethod
    def of(cls, places: int, room: int, cursor: int, ends: tuple[str, str, str]) -> Axis:
        """As many places as `room` columns hold: first, last and the cursor's are among them."""
        cursor = max(0, min(cursor, places - 1))
        if places <= room:
            return cls(places, tuple(range(places)), min(_WIDEST, room // places), cursor, ends)
        room = max(1, room)
        step = (places - 1) / max(1, room - 1)
        shown = [round(n * step) for n in range(room)]
        nearest = min(range(room), key=lambda n: abs(shown[n] - cursor))
        shown[nearest] = cursor
        return cls(places, tuple(shown), 1, cursor, ends)

    @property
    def width(self) -> int:
        """Columns that all of it takes."""
        return len(self.shown) * self.pitch

    @property
    def whole(self) -> bool:
        """Whether every place is drawn."""
        return len(self.shown) == self.places

    def where(self, place: int) -> str:
        """A place in words: at the sign, 12 cells before the fork."""
        if place in (0, self.places - 1):
            return f"at the {self.ends[place > 0]}"
        before = self.places - 1 - place
        _, last, unit = self.ends
        return f"{before} {unit}{'' if before == 1 else 's'} before the {last}"

    def header(self, ink: Ink) -> str:
        """The way itself: its two ends, and how much lies between them."""
        first, last, unit = self.ends
        if self.width < len(first) + len(last) + 3:
            return (first[0] + ink.glyphs.rule * (self.width - 2) + last[0])[: self.width]
        between = f" {self.places - 2} {unit}s "
        if not self.whole:
            between = f" {self.places - 2} {unit}s, {len(self.shown) - 2} drawn "
        room = self.width - len(first) - len(last) - 2
        words = between if len(between) + 4 <= room else ""
        return f"{first} {words.center(room, ink.glyphs.rule)} {last}"

    def pointer(self, ink: Ink) -> str:
        """A line with the cursor's arrow, pointing down."""
        at = self.shown.index(self.cursor) * self.pitch + (self.pitch - 1) // 2
        return (" " * at + ink.glyphs.arrows[2]).ljust(self.width)

    def cells(self, pieces: list[Piece], ink: Ink) -> list[Piece]:
        """One glyph a place that is drawn, each in the middle of its columns."""
        left = (self.pitch - 1) // 2
        return [
            (" " * left + glyph + " " * (self.pitch - 1 - left), style) for glyph, style in pieces
        ]


def heights(ink: Ink) -> str:
    """The glyphs of a bar's top, from low to full."""
    return _ASCII_HEIGHTS if "ascii" in (ink.kind, ink.markers) else HEIGHTS


def column(fraction: float, tall: int, ink: Ink) -> str:
    """A standing bar in `tall` lines, from the top down; what is more than 0 is never blank."""
    glyphs = heights(ink)
    fraction = max(0.0, min(1.0, fraction))
    # Less than a millionth of a step is rounding.
    level = -int(-(fraction * tall * len(glyphs) - 1e-6) // 1) if fraction > 0 else 0
    full, part = divmod(max(level, int(fraction > 0)), len(glyphs))
    standing = glyphs[-1] * full + (glyphs[part - 1] if part else "")
    return standing.ljust(tall)[:tall][::-1]


def number_text(value: float) -> str:
    """A number in two digits: 0.31, 0.0026, and below a thousandth as 5.8e-7."""
    if value != value:
        return "NaN"
    if value == 0 or 0.001 <= abs(value) < 1000:
        return f"{value:.2g}" if abs(value) < 100 else f"{value:.0f}"
    mantissa, _, exponent = f"{value:.1e}".partition("e")
    return f"{mantissa}e{int(exponent)}"


def rounded(value: float) -> str:
    """A large number in two digits, as one says it: 1,700,000."""
    if value >= 1e10:
        return number_text(value)
    if value < 9.95:
        return f"{value:.1f}".removesuffix(".0")
    digits = len(str(int(value))) - 2
    return f"{round(value, -digits):,.0f}"
