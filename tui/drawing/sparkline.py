"""A curve on one line: its height at each place as the height of a glyph."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tui.drawing.ink import Ink

_HEIGHTS = "▁▂▃▄▅▆"
"""Not up to the whole line: two strips one below the other stay two."""
_ASCII_HEIGHTS = "_.-+*#"
BAD = "!"
"""Stands where a value is not finite."""


def sparkline(
    values: Sequence[float], width: int, ink: Ink, apiece: int = 0, top: float | None = None
) -> str:
    """At most `width` glyphs, from zero at the bottom to `top`, or to the largest value.

    Each stands for `apiece` values, and the newest are shown; with 0 all the values are, in as
    many as it takes. Stretches begin at multiples of `apiece`, so that old glyphs move along
    rather than flicker.
    """
    if not values or width < 1:
        return ""
    apiece = apiece or math.ceil(len(values) / width)
    first = max(0, math.ceil(len(values) / apiece) - width) * apiece
    parts = [values[at : at + apiece] for at in range(first, len(values), apiece)]
    means = [sum(part) / len(part) for part in parts]
    if top is None:
        top = max((mean for mean in means if math.isfinite(mean)), default=0.0)
    return "".join(_glyph(mean, top, ink) for mean in means)


def _glyph(value: float, top: float, ink: Ink) -> str:
    if not math.isfinite(value):
        return BAD
    heights = _ASCII_HEIGHTS if ink.is_ascii else _HEIGHTS
    share = max(0.0, value / top) if top > 0 else 0.0
    return heights[min(len(heights) - 1, int(share * len(heights)))]
