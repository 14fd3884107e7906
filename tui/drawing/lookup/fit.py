"""Points and how they are looked up: what every picture of a fit shares, and its words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache

from textual.strip import Strip

from models.lookup.curve import LEFT, RIGHT, truth
from models.lookup.nearness import KERNELS, shares_at
from models.lookup.shares import mixture
from tui.drawing.attention.weights import number_text
from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, strip

MARGIN = 4
"""Columns of the numbers at the left."""
NARROW = 30
"""Columns below which there is only the sentence."""
STEPS = 100
"""Places that the cursor can stand at, from end to end, less one."""
LOW, HIGH = -1.0, 7.0
"""What the y axis shows at least."""
FORMULAS = {
    "gaussian": "exp(−u² / 2)",
    "boxcar": "1 if |u| ≤ 1, else 0",
    "triangular": "max(0, 1 − |u|)",
    "epanechnikov": "¾ max(0, 1 − u²)",
    "constant": "1",
}


@dataclass(frozen=True)
class Fit:
    """Points, a kernel and a width; `title` says whose width it is, where that is known."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    kernel: str
    width: float
    title: str = ""

    def shares(self, x: float) -> tuple[float, ...]:
        """How much each point counts at `x`."""
        return _shares(x, self.xs, self.kernel, self.width)

    def estimate(self, x: float) -> float:
        """What is looked up at `x`."""
        return mixture(self.shares(x), self.ys)

    @cached_property
    def span(self) -> tuple[float, float]:
        """The ends of the y axis: whole numbers beyond all points."""
        return min(LOW, math.floor(min(self.ys))), max(HIGH, math.ceil(max(self.ys)))


@lru_cache(maxsize=1024)
def _shares(x: float, xs: tuple[float, ...], kernel: str, width: float) -> tuple[float, ...]:
    return tuple(shares_at(x, xs, kernel, width))


def place(cursor: int) -> float:
    """The x of the cursor."""
    return LEFT + (RIGHT - LEFT) * cursor / STEPS


def width_text(width: float) -> str:
    """A width in two digits or more.

    >>> [width_text(width) for width in (1.0, 0.266, 0.00413)]
    ['1.00', '0.27', '0.0041']
    """
    return f"{width:.2f}" if width >= 0.1 else f"{width:.2g}"


def head(fit: Fit, cursor: int, width: int, ink: Ink) -> Strip:
    """Kernel and width, whose width it is, and the estimate at the cursor; what has no room is
    left out, the end first."""
    x = place(cursor)
    wanted = [
        (f"{fit.kernel}, width {width_text(fit.width)}", "accent"),
        (f"   {fit.title}" if fit.title else "", "strong"),
        (f"   at x = {x:.2f}: {fit.estimate(x):.2f}", "plain"),
        (f"   curve: {truth(x):.2f}", "plain"),
    ]
    pieces: list[Piece] = []
    for text, role in wanted:
        if sum(len(one) for one, _ in pieces) + len(text) > width:
            break
        pieces.append((ink.words(text), ink.style(role)))
    return strip(pieces, width)


def sentence(fit: Fit, cursor: int) -> str:
    """What is looked up at the cursor, and which point has most to say."""
    x = place(cursor)
    shares = fit.shares(x)
    most = max(range(len(shares)), key=lambda at: shares[at])
    return (
        f"At x = {x:.2f} the {fit.kernel} kernel of width {width_text(fit.width)} looks up"
        f" {fit.estimate(x):.2f}; the curve is at {truth(x):.2f}. The point at {fit.xs[most]:.2f}"
        f" counts most, {number_text(shares[most])}; all {len(shares)} shares sum to"
        f" {number_text(math.fsum(shares))}, equal ones would be {number_text(1 / len(shares))}."
    )


def worked(fit: Fit, cursor: int) -> str:
    """The largest share at the cursor, in numbers."""
    x = place(cursor)
    shares = fit.shares(x)
    most = max(range(len(shares)), key=lambda at: shares[at])
    u = (x - fit.xs[most]) / fit.width
    near = KERNELS[fit.kernel](u)
    total = sum(KERNELS[fit.kernel]((x - one) / fit.width) for one in fit.xs)
    text = f"u = ({x:.2f} − {fit.xs[most]:.3f}) / {fit.width:.3g} = {u:.3f}, K(u) = {near:.3g}"
    if not total:
        return f"{text}: too small for the machine at every point; as a softmax {shares[most]:.3g}"
    return f"{text}, share = {near:.3g} / {total:.3g} = {shares[most]:.3g}"
