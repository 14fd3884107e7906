"""Two results side by side: whether they have the same shape, and the same numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.checks.case import Results

NEAR = 1e-5
"""How far two numbers may be apart, as they are or by their size."""


@dataclass(frozen=True)
class Numbers:
    """Any result as numbers. Where it is none, `kind` says what it is instead."""

    shape: tuple[int, ...] = ()
    flat: tuple[float, ...] = ()
    kind: str = ""

    @property
    def rows(self) -> list[list[float]]:
        """As rows of the last axis; one number is a row of its own."""
        width = self.shape[-1] if self.shape else 1
        count = len(self.flat) // width if width else 0
        return [list(self.flat[row * width : (row + 1) * width]) for row in range(count)]


def numbers(value: Any) -> Numbers:
    """A number, a list of numbers or lists, or a tensor."""
    if hasattr(value, "detach"):
        value = value.detach()
        return Numbers(tuple(value.shape), tuple(map(float, value.flatten().tolist())))
    if isinstance(value, int | float):
        return Numbers((), (float(value),))
    if isinstance(value, list | tuple):
        parts = [numbers(one) for one in value]
        same = {part.shape for part in parts}
        if len(same) <= 1 and not any(part.kind for part in parts):
            inner = next(iter(same), ())
            flat = tuple(number for part in parts for number in part.flat)
            return Numbers((len(parts), *inner), flat)
    return Numbers(kind="nothing" if value is None else type(value).__name__)


def alike(one: Numbers, other: Numbers) -> bool:
    """Whether two results are the same, to rounding."""
    return (
        (one.shape, one.kind) == (other.shape, other.kind)
        and len(one.flat) == len(other.flat)
        and all(map(_near, one.flat, other.flat))
    )


@dataclass(frozen=True)
class Outcome:
    """What a version did in a case: its results, or what it raised."""

    values: Mapping[str, Numbers]
    gradients: Mapping[str, Numbers]
    raised: str = ""
    """The name of the exception."""


def outcome_of(results: Results) -> Outcome:
    """Results as numbers."""
    return Outcome(
        {name: numbers(value) for name, value in results.values.items()},
        {name: numbers(value) for name, value in results.gradients.items()},
    )


def same(one: Outcome, other: Outcome) -> bool:
    """Whether two versions did the same in a case."""
    return one.raised == other.raised and all(
        mine.keys() == theirs.keys() and all(alike(mine[name], theirs[name]) for name in mine)
        for mine, theirs in ((one.values, other.values), (one.gradients, other.gradients))
    )


def _near(one: float, other: float) -> bool:
    if math.isnan(one) or math.isnan(other):
        return math.isnan(one) and math.isnan(other)
    return math.isclose(one, other, rel_tol=NEAR, abs_tol=NEAR)
