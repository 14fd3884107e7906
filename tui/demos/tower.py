"""The demonstrations of the views of a block: towers small enough to be worked by hand."""

from __future__ import annotations

import math
import random
from itertools import combinations

from tui.demos.demo import Demo
from tui.drawing.ink import Ink
from tui.drawing.layers.shapes import Shapes, Step
from tui.drawing.layers.tower import TowerParts, TowerSeen

_TOKENS, _WIDTH, _WEIGHT = 8, 16, 0.2
_TINY = 1e-6

Tokens = list[list[float]]


def tower_demo(ink: Ink | None = None, blocks: int = 12) -> Demo:
    """Blocks in which every token says a share of the mean of all, with and without residuals."""
    from tui.widgets.tower_view import TowerView

    return Demo(lambda: [TowerView(tower_of_means(blocks, True))], ink)


def tower_of_means(blocks: int, residual: bool) -> TowerSeen:
    """A real tiny model: block l has one weight, and says w times the mean of all tokens.

    The loss is the mean of the squares of what comes out; its slope for each weight is measured by
    changing that weight a little.
    """
    rng = random.Random(2)
    tokens = [[rng.gauss(0, 1) for _ in range(_WIDTH)] for _ in range(_TOKENS)]
    weights = [_WEIGHT] * blocks
    streams = _through(tokens, weights, residual)

    def loss(changed: list[float]) -> float:
        out = _through(tokens, changed, residual)[-1]
        return sum(x * x for token in out for x in token) / (_TOKENS * _WIDTH)

    slopes = []
    for place in range(blocks):
        up, down = list(weights), list(weights)
        up[place] += _TINY
        down[place] -= _TINY
        slopes.append(abs(loss(up) - loss(down)) / (2 * _TINY))
    return TowerSeen(
        TowerParts(residual=residual, norm="none", feed_forward=False),
        tuple(slopes),
        tuple(_alike(stream) for stream in streams),
        tuple(sum(math.hypot(*token) for token in stream) / _TOKENS for stream in streams),
        "a tower of means",
    )


def _through(tokens: Tokens, weights: list[float], residual: bool) -> list[Tokens]:
    streams = [tokens]
    for weight in weights:
        below = streams[-1]
        mean = [weight * sum(column) / len(below) for column in zip(*below, strict=True)]
        streams.append(
            [[m + x * residual for m, x in zip(mean, token, strict=True)] for token in below]
        )
    return streams


def _alike(stream: Tokens) -> float:
    cosines = [
        sum(x * y for x, y in zip(a, b, strict=True)) / (math.hypot(*a) * math.hypot(*b))
        for a, b in combinations(stream, 2)
    ]
    return sum(cosines) / len(cosines)


def shapes_demo(ink: Ink | None = None) -> Demo:
    """A feed-forward layer of four channels, worked in lists of numbers."""
    from tui.widgets.shapes_view import ShapesView

    return Demo(lambda: [ShapesView(widened(6, 4))], ink)


def widened(tokens: int, width: int) -> Shapes:
    """A real tiny model: x + narrow(relu(widen(x))), every shape read from the lists it made."""
    rng = random.Random(3)

    def drawn(rows: int, columns: int) -> Tokens:
        return [[rng.gauss(0, 1) for _ in range(columns)] for _ in range(rows)]

    def product(a: Tokens, b: Tokens) -> Tokens:
        columns = list(zip(*b, strict=True))
        return [[sum(p * q for p, q in zip(row, c, strict=True)) for c in columns] for row in a]

    x, widen, narrow = drawn(tokens, width), drawn(width, 4 * width), drawn(4 * width, width)
    hidden = [[max(0.0, number) for number in row] for row in product(x, widen)]
    said = product(hidden, narrow)
    y = [[a + b for a, b in zip(*rows, strict=True)] for rows in zip(x, said, strict=True)]

    def step(line: int, code: str, axes: str, made: Tokens, weights: Tokens) -> Step:
        shape = (len(made), len(made[0]))
        count = sum(map(len, weights))
        says = "Widen, bend, narrow, add."
        return Step("demo.py", line, line, "widened", says, code, axes, (shape,), count)

    steps = (
        step(1, "hidden = relu(x @ widen)", "(T, F)", hidden, widen),
        step(2, "said = hidden @ narrow", "(T, C)", said, narrow),
        step(3, "x = x + said", "(T, C)", y, []),
    )
    return Shapes(steps, sum(map(len, widen + narrow)), "a feed-forward layer")
