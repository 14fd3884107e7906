"""Round numbers along an axis, and how they are written."""

from __future__ import annotations

import math

_ENDS = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


def round_up(value: float) -> float:
    """The next round number, so that an axis grows in few steps."""
    if value <= 0 or not math.isfinite(value):
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next((end * power for end in _ENDS if end * power >= value * (1 - 1e-9)), 10 * power)


def linear_ticks(low: float, high: float, most: int) -> list[float]:
    """At most `most` round numbers from `low` to `high`, evenly spaced."""
    span = high - low
    if span <= 0 or not math.isfinite(span) or most < 1:
        return [low]
    step = round_up_step(span / max(1, most - 1)) if most > 1 else span
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [n * step for n in range(first, last + 1)][: max(1, most + 1)]


def round_up_step(value: float) -> float:
    """The next of 1, 2, 2.5, 5 and 10, times a power of ten."""
    power = 10.0 ** math.floor(math.log10(value))
    return next((s * power for s in (1, 2, 2.5, 5) if s * power >= value * (1 - 1e-9)), 10 * power)


_PARTS = (1.0, 2.0, 2.5, 4.0, 5.0, 8.0)
"""Steps between ticks that divide an axis, up to a power of ten."""


def ticks_to(end: float, most: int) -> list[float]:
    """At most `most` + 1 round numbers from 0 to `end`, the last of them `end` itself."""
    if end <= 0 or not math.isfinite(end) or most < 1:
        return [0.0]
    for parts in range(most, 1, -1):
        step = end / parts
        if any(math.isclose(step / 10 ** math.floor(math.log10(step)), p) for p in _PARTS):
            return [n * step for n in range(parts + 1)]
    ticks = linear_ticks(0, end, most)
    apart = ticks[1] if len(ticks) > 1 else end
    return [tick for tick in ticks if tick <= end - 0.6 * apart] + [end]


def log_ticks(low: float, high: float, most: int) -> list[float]:
    """Powers of ten from `low` to `high`, with their twos and fives where there is room."""
    bottom, top = math.floor(math.log10(low)), math.ceil(math.log10(high))
    for parts in ((1, 2, 5), (1, 3), (1,)):
        ticks = [p * 10.0**e for e in range(bottom, top + 1) for p in parts]
        ticks = [tick for tick in ticks if low * (1 - 1e-9) <= tick <= high * (1 + 1e-9)]
        if len(ticks) <= most:
            return ticks
    stride = math.ceil(len(ticks) / max(1, most))
    return ticks[::stride]


def short(value: float) -> str:
    """A number in as few characters as an axis has: 2.5, .02, 1e-5, 40k, 2M."""
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else "!"
    size = abs(value)
    for limit, unit in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if size >= limit:
            return f"{value / limit:.3g}{unit}"
    if size < 1e-3:
        return f"{value:.0e}".replace("e-0", "e-")
    text = f"{value:.3f}" if size < 1 else f"{value:.3g}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("0.", ".", 1) if size < 1 else text


def grouped(number: float) -> str:
    """A whole number as it is written here: 1,750."""
    return f"{number:,.0f}"


def along(value: float) -> str:
    """A number along the x axis, which has more room than the y axis: 1,600, 40k, .25."""
    return grouped(value) if 1000 <= value < 10_000 and float(value).is_integer() else short(value)


def exact(value: float) -> str:
    """A number as a legend or a sentence prints it: three significant digits."""
    if not math.isfinite(value):
        return "not a number" if math.isnan(value) else "infinite"
    if value and abs(value) < 1e-3:
        return f"{value:.1e}".replace("e-0", "e-")
    if abs(value) >= 1000:
        return grouped(value)
    digits = 3 if abs(value) < 1 else 2 if abs(value) < 10 else 1 if abs(value) < 100 else 0
    return f"{value:.{digits}f}"
