"""What a benchmark reports: one number and the most it may be."""

from __future__ import annotations

from typing import NamedTuple


class Result(NamedTuple):
    """`ok` says whether `value` is within `limit`."""

    name: str
    value: float
    limit: float
    ok: bool


def at_most(name: str, value: float, limit: float) -> Result:
    """A result that is met when the value is not above the limit."""
    return Result(name, round(value, 3), limit, value <= limit)
