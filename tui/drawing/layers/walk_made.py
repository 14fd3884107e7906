"""How one number of a walk was made, in the numbers that it was made of."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.drawing.layers.walk import Place, Walk

Row = Sequence[float]
Matrix = Sequence[Sequence[float]]


def number(value: float, room: int = 5) -> str:
    """Two digits behind the point where there is room for them: −0.41, 12.3, −128.

    >>> number(-0.414), number(12.345), number(-0.004), number(-1.25, 4)
    ('−0.41', '12.35', '0.00', '−1.2')
    """
    for digits in (2, 1, 0):
        text = f"{value:.{digits}f}"
        if float(text) == 0:
            text = text.removeprefix("-")
        if len(text) <= room:
            break
    return text.replace("-", "−")


def headline(walk: Walk, place: Place) -> str:
    """One line: which number, what it was made by, and what came out."""
    stage = walk.stages[place.stage]
    value = walk.matrix(stage.name)[place.row][place.column]
    row, column = walk.rows[place.row], walk.columns(place.stage)[place.column]
    return f"{row}, {column}:  {_MADE[stage.kind](walk, place)} = {_exact(value)}"


def table(walk: Walk, place: Place) -> list[tuple[str, list[float]]]:
    """Of a product: the two rows of numbers that are multiplied, one by one, and what comes out."""
    stage = walk.stages[place.stage]
    if stage.kind != "product":
        return []
    left, right = terms(walk, place)
    products = [a * b for a, b in zip(left, right, strict=True)]
    names = _NAMES.get(stage.name, ("left", "right"))
    return [(names[0], left), (names[1], right), ("products", products)]


def terms(walk: Walk, place: Place) -> tuple[list[float], list[float]]:
    """What is multiplied for a product: a row of the left, a column of the right."""
    stage = walk.stages[place.stage]
    left = walk.matrix(stage.of[0])[place.row]
    right = [line[place.column] for line in walk.matrix(stage.of[1])]
    return list(left), right


_NAMES = {
    "q": ("x", "W_Q"),
    "k": ("x", "W_K"),
    "v": ("x", "W_V"),
    "raw": ("its query", "the key"),
    "context": ("weights", "values"),
    "said": ("mixture", "W_O"),
    "wide": ("x", "W_1"),
    "narrow": ("bent", "W_2"),
    "logits": ("x", "E"),
}
"""What the two rows of a product are called."""


def _exact(value: float) -> str:
    return f"{value:.3f}".replace("-", "−")


def _part(walk: Walk, place: Place, which: int) -> float:
    return walk.matrix(walk.stages[place.stage].of[which])[place.row][place.column]


def _row(walk: Walk, place: Place) -> Row:
    return walk.matrix(walk.stages[place.stage].of[0])[place.row]


def _bias(walk: Walk, place: Place, which: int) -> float:
    assert walk.arrays is not None
    value = walk.arrays[walk.stages[place.stage].of[which]][place.column]
    assert isinstance(value, float)
    return value


def _given(walk: Walk, place: Place) -> str:
    return "learned, a number of the table"


def _sum(walk: Walk, place: Place) -> str:
    return f"{_exact(_part(walk, place, 0))} + {_exact(_part(walk, place, 1))}"


def _product(walk: Walk, place: Place) -> str:
    left, right = terms(walk, place)
    total = math.fsum(a * b for a, b in zip(left, right, strict=True))
    words = f"sum of {len(left)} products"
    if len(walk.stages[place.stage].of) < 3:
        return words
    return f"{words} {_exact(total)}, bias {_exact(_bias(walk, place, 2))}"


def _scale(walk: Walk, place: Place) -> str:
    own = _exact(_part(walk, place, 0))
    return f"{own} / √{walk.divisor**2:.0f} = {own} / {walk.divisor:.3f}"


def _softmax(walk: Walk, place: Place) -> str:
    row, own = _row(walk, place), _part(walk, place, 0)
    whole = math.fsum(math.exp(value) for value in row)
    share = math.exp(own)
    return f"e^{number(own)} / sum of the row = {share:.3f} / {whole:.3f}"


def _norm(walk: Walk, place: Place) -> str:
    row, own = _row(walk, place), _part(walk, place, 0)
    mean = math.fsum(row) / len(row)
    spread = math.sqrt(math.fsum((value - mean) ** 2 for value in row) / len(row) + 1e-5)
    gain, bias = _bias(walk, place, 1), _bias(walk, place, 2)
    shown = [number(one) for one in (own, mean, spread, gain, bias)]
    return "({} − {}) / {} · {} + {}".format(*shown)


def _bend(walk: Walk, place: Place) -> str:
    return f"the larger of 0 and {_exact(_part(walk, place, 0))}"


_MADE = {
    "given": _given,
    "sum": _sum,
    "product": _product,
    "scale": _scale,
    "softmax": _softmax,
    "norm": _norm,
    "bend": _bend,
}
