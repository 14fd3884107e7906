"""The demonstration of the bars by length: two who turn strings round, judged for real."""

from __future__ import annotations

import random

from tui.demos.demo import Demo
from tui.drawing.ink import Ink
from tui.drawing.training.per_length import ByLength

_SLIPS = 0.04
_TABLES = (3, 4, 5, 7, 8, 9)
_COUNT = 1000


def per_length_demo(ink: Ink | None = None) -> Demo:
    """One who has a table of places for some lengths, and one who knows how but slips."""
    from tui.widgets.per_length_view import PerLengthView

    return Demo(lambda: [PerLengthView(turned_round())], ink)


def turned_round(count: int = _COUNT) -> ByLength:
    """A real tiny model: strings of digits turned round by a table, and digit by digit with slips.

    The table has a row for each of some lengths and takes the next longer one for any other; who
    goes digit by digit knows every length, and misreads one digit in 25.
    """
    rng, lengths = random.Random(4), tuple(range(1, 13))
    shares = tuple(
        tuple(
            sum(who(digits, rng) == digits[::-1] for digits in _strings(length, count, rng)) / count
            for length in lengths
        )
        for who in (_by_table, _digit_by_digit)
    )
    seen = tuple(length in _TABLES for length in lengths)
    return ByLength(lengths, seen, ("by table", "digit by digit"), shares, count, "digits", "demo")


def _strings(length: int, count: int, rng: random.Random) -> list[list[int]]:
    return [[rng.randrange(10) for _ in range(length)] for _ in range(count)]


def _by_table(digits: list[int], rng: random.Random) -> list[int]:
    row = next((length for length in _TABLES if length >= len(digits)), _TABLES[-1])
    return [digits[min(row - 1 - place, len(digits) - 1)] for place in range(len(digits))]


def _digit_by_digit(digits: list[int], rng: random.Random) -> list[int]:
    return [rng.randrange(10) if rng.random() < _SLIPS else digit for digit in reversed(digits)]
