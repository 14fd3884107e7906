"""Positions as numbers: what is told of each place, and how alike two places are told.

sines     sin(p ω_n), cos(p ω_n) for each of C/2 pairs,  ω_n = 10000^(−2n/C)
learned   a row of a table, learned with the rest
RoPE      pair n of a query or a key is turned by the angle p ω_n
ALiBi     head h loses m_h for every token of distance,  m_h = 2^(−8h/H)
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from tui.drawing.ink import Ink

Row = tuple[float, ...]

KINDS = ("sinusoidal", "learned", "rotary", "alibi")
NAMES = {
    "sinusoidal": "sines and cosines",
    "learned": "the learned table",
    "rotary": "RoPE",
    "alibi": "ALiBi",
}
BASE = 10_000.0


@dataclass(frozen=True)
class Positions:
    """What is drawn, in one kind of positions; the others need only the kind to be changed."""

    kind: str = "sinusoidal"
    count: int = 24
    """How many places there are, where no table says so."""
    channels: int = 16
    """C of the sines."""
    head: int = 8
    """The numbers in a query of one head, which RoPE turns in pairs."""
    heads: int = 4
    table: tuple[Row, ...] = ()
    """The learned table, a row for each place."""
    trained: int = 0
    """How many of its rows there were in training."""
    title: str = ""

    @property
    def places(self) -> int:
        """How many places there are."""
        return len(self.table) if self.kind == "learned" else self.count

    @property
    def width(self) -> int:
        """How many numbers are told of a place, or turned."""
        if self.kind == "learned":
            return len(self.table[0]) if self.table else 0
        return self.head if self.kind == "rotary" else self.channels

    @property
    def columns(self) -> int:
        """How many things are told of a place: pairs, channels or heads."""
        return {"learned": self.width, "alibi": self.heads}.get(self.kind, self.width // 2)

    def frequency(self, pair: int) -> float:
        """ω_n: by how much the angle of a pair grows from place to place, in radians."""
        return float(BASE ** (-2 * pair / self.width))

    def angle(self, place: int, pair: int) -> float:
        """p ω_n, in radians."""
        return place * self.frequency(pair)

    def slope(self, head: int) -> float:
        """m of a head, counted from 0 here and from 1 in the paper."""
        return float(2 ** (-8 * (head + 1) / self.heads))

    def factor(self, place: int, other: int, head: int) -> float:
        """By what ALiBi multiplies e^score of a token seen from `place`; 0 for what is ahead."""
        return math.exp(-self.slope(head) * (place - other)) if other <= place else 0.0

    def product(self, place: int, other: int) -> float:
        """PE(i) · PE(j): of waves the sum of cos((i − j) ω) over the pairs."""
        if self.kind == "learned":
            pairs = zip(self.table[place], self.table[other], strict=True)
            return math.fsum(a * b for a, b in pairs)
        return math.fsum(
            math.cos((place - other) * self.frequency(pair)) for pair in range(self.width // 2)
        )

    def alike(self, place: int, other: int, column: int = 0) -> float:
        """How alike two places are told, 1 for the same: a cosine; with ALiBi, what is left."""
        if self.kind == "alibi":
            return self.factor(place, other, column)
        whole = math.sqrt(self.product(place, place) * self.product(other, other))
        return self.product(place, other) / whole if whole else 0.0


def turned(angle: float) -> tuple[int, float]:
    """Whole turns, and what is left of an angle in degrees: from 0 to less than 360."""
    turns, rest = divmod(angle, 2 * math.pi)
    return int(turns), math.degrees(rest)


def hand(angle: float, ink: Ink) -> str:
    """The hand of a clock, at the nearest eighth of a turn."""
    return ink.glyphs.hands[round(4 * angle / math.pi) % 8]


def shade(value: float, largest: float, ink: Ink) -> str:
    """One of five shades from −largest to +largest; the middle one is near 0."""
    share = max(-1.0, min(1.0, value / largest)) if largest else 0.0
    return ink.glyphs.shades[min(4, int((share + 1) / 2 * 5))]


def plain_number(value: float) -> str:
    """A number as it is written in a formula: 0.1, 0.0316, 1/64."""
    if value and not math.log2(abs(value)) % 1 and abs(value) < 1:
        return f"1/{round(1 / value)}"
    return f"{value:.4g}"


def signed(value: float) -> str:
    """A number to three digits, with a real minus."""
    return f"{value:.3f}".replace("-", "−")


def describe_cell(shown: Positions, place: int, column: int) -> str:
    """What stands under the cursor, with its formula and the numbers in it."""
    if shown.kind == "learned":
        value = shown.table[place][column]
        seen = place < shown.trained
        drawn = "learned" if seen else "as it was drawn at random: this place was never trained"
        return f"place {place}, channel {column}: {signed(value)}, {drawn}"
    if shown.kind == "alibi":
        slope = shown.slope(column)
        half = math.log(2) / slope
        return (
            f"head {column + 1}: m = 2^(−8 × {column + 1}/{shown.heads}) = {plain_number(slope)} a"
            f" token; {half:.3g} tokens away half is left, e^(−m × {half:.3g}) = 0.5"
        )
    omega, angle = shown.frequency(column), shown.angle(place, column)
    formula = (
        f"place {place}, pair {column}: ω = 10000^(−{2 * column}/{shown.width}) ="
        f" {plain_number(omega)}, p ω = {angle:.3g}"
    )
    if shown.kind == "sinusoidal":
        return f"{formula}, sin {signed(math.sin(angle))}, cos {signed(math.cos(angle))}"
    turns, rest = turned(angle)
    whole = f"{turns} whole turn{'' if turns == 1 else 's'} and " if turns else ""
    return f"{formula} = {whole}{rest:.0f}°"


def describe_likeness(shown: Positions, place: int, column: int) -> str:
    """How alike the place under the cursor and others are told."""
    if shown.kind == "alibi":
        back = min(4, place)
        if not back:
            return "The first token sees itself alone."
        left = shown.factor(place, place - back, column)
        return (
            f"From place {place}, head {column + 1} counts what is {back} back"
            f" {left:.2g} times as much as what is here: e^(−{back} × m). It sees nothing ahead."
        )
    near = [other for other in (place - 1, place + 1) if 0 <= other < shown.places]
    values = [f"{shown.alike(place, other):.2f}".replace("-", "−") for other in near]
    told = " and ".join(f"place {n}: {v}" for n, v in zip(near, values, strict=True))
    if shown.kind == "learned":
        return f"The cosine of place {place} with {told}."
    each = f"{shown.product(place, near[0]):.2f}".replace("-", "−")
    whole = f"{shown.product(place, place):.0f}"
    apart = "the same for any two places 1 apart"
    if shown.kind == "rotary":
        return f"A query and a key alike, 1 apart: their product is {each} of {whole}, {apart}."
    return f"Place {place} with {told}: {each} of {whole}, {apart}."


def sentence(shown: Positions, place: int, column: int) -> str:
    """Everything that is to be said of the cell under the cursor."""
    cell = describe_cell(shown, place, column)
    return f"{cell[0].upper()}{cell[1:]}. {describe_likeness(shown, place, column)}"
