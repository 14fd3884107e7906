"""A gradient before and after clipping: how its numbers lie, how long it is, and where it points.

A histogram is one line: each glyph stands for a bin, and its height for the logarithm of how many
of the gradient's numbers lie in it. By norm all numbers shrink alike; by value those beyond the
limit pile up at it, and the direction turns.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, blank, fit, paragraph, strip
from tui.drawing.ticks import exact, grouped

LEAST = (60, 9)
"""Columns and lines below which a sentence stands for the picture."""
NAMES = {"raw": "as it is", "norm": "by norm", "value": "by value"}
_NAME = 10
_HEIGHTS = "▁▂▃▄▅▆▇█"
_ASCII_HEIGHTS = "_.-=+*%#"
_WORDS = 3
"""Lines for the sentence below."""
_FAN = (24, 6)
"""Columns and lines of the two arrows."""


@dataclass(frozen=True)
class Gradients:
    """`bins` of the raw gradient and of it clipped `norm` and `value`, from −`edge` to `edge`."""

    bins: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    lengths: Mapping[str, float] = field(default_factory=dict)
    angles: Mapping[str, float] = field(default_factory=dict)
    edge: float = 1.0
    most: float = 1.0
    """What it is clipped to."""
    cut: int = 0
    count: int = 0
    title: str = ""


def draw(seen: Gradients, width: int, height: int, ink: Ink) -> list[Strip]:
    """Three histograms, their lengths and angles, and the directions where there is room."""
    if not seen.bins or width < LEAST[0] or height < LEAST[1]:
        return paragraph(sentence(seen), width, height, ink.style("plain"), ink)
    title = f"{seen.title}   clipped to {exact(seen.most)}"
    lines = [strip([(fit(ink.words(title), width, ink), ink.style("dim"))], width)]
    for name in NAMES:
        lines.append(_histogram(seen, name, width, ink))
    lines += [_axis(seen, width, ink), blank(width)]
    if height >= len(lines) + _FAN[1] + _WORDS:
        lines += _fan(seen, width, ink)
    lines = lines[: height - _WORDS]
    lines += [blank(width)] * (height - _WORDS - len(lines))
    return lines + paragraph(sentence(seen), width, _WORDS, ink.style("plain"), ink)


def lines_wanted(seen: Gradients) -> int:
    """Lines that the whole picture takes."""
    return 6 + _FAN[1] + _WORDS if seen.bins else 2


def sentence(seen: Gradients) -> str:
    """What clipping did, in numbers."""
    if not seen.bins:
        return "No gradient has been computed yet."
    raw, norm, value = (seen.lengths[name] for name in NAMES)
    if not seen.cut and norm >= raw * 0.999:
        return (
            f"The gradient is {exact(raw)} long and its largest number is {exact(seen.edge)}:"
            f" clipping to {exact(seen.most)} changes nothing, by norm or by value."
        )
    told = (
        f"The gradient is {exact(raw)} long. By norm it becomes {exact(norm)} long and keeps its"
        " direction. By value "
    )
    if not seen.cut:
        return f"{told}nothing is cut: its largest number is {exact(seen.edge)}."
    return (
        f"{told}{grouped(seen.cut)} of {grouped(seen.count)} numbers are cut; it becomes"
        f" {exact(value)} long and points {seen.angles['value']:.0f}° away."
    )


def heights(bins: tuple[int, ...], ink: Ink) -> str:
    """A glyph a bin, by the logarithm of its count; a blank where there is none."""
    glyphs = _ASCII_HEIGHTS if ink.is_ascii else _HEIGHTS
    top = math.log1p(max(bins, default=0)) or 1.0
    return "".join(
        glyphs[min(len(glyphs) - 1, int(math.log1p(n) / top * len(glyphs)))] if n else " "
        for n in bins
    )


def _histogram(seen: Gradients, name: str, width: int, ink: Ink) -> Strip:
    role = {"raw": "plain", "norm": "series2", "value": "series0"}[name]
    turned = f"{seen.angles[name]:4.0f}°" if name in seen.angles else ""
    pieces: list[Piece] = [
        (NAMES[name].ljust(_NAME), ink.style("strong")),
        (heights(seen.bins[name], ink), ink.style(role)),
        (f"  {exact(seen.lengths[name]):>8} long", ink.style("plain")),
        (ink.words(turned), ink.style("plain")),
    ]
    return strip(pieces, width)


def _axis(seen: Gradients, width: int, ink: Ink) -> Strip:
    room = len(seen.bins["raw"])
    low, high = f"−{exact(seen.edge)}", exact(seen.edge)
    half = room // 2
    text = low.ljust(half) + "0" + high.rjust(room - half - 1)
    return strip([(" " * _NAME + ink.words(text), ink.style("axis"))], width)


def _fan(seen: Gradients, width: int, ink: Ink) -> list[Strip]:
    """Where both clipped gradients point, drawn from one place; the raw one points to the right."""
    cells = [[" "] * _FAN[0] for _ in range(_FAN[1])]
    for name, glyph in (("norm", ink.glyphs.rule), ("value", "o" if ink.is_ascii else "∙")):
        if name == "value" and seen.angles[name] < 1:
            continue
        angle = math.radians(seen.angles[name])
        for step in range(4 * _FAN[0]):
            x, y = step / 4 * math.cos(angle), step / 8 * math.sin(angle)
            column, row = round(x), _FAN[1] - 1 - round(y)
            if 0 <= column < _FAN[0] and 0 <= row < _FAN[1]:
                cells[row][column] = glyph
    told = {
        0: f"{'o' if ink.is_ascii else '∙'} by value, {seen.angles['value']:.0f}° away",
        _FAN[1] - 1: f"{ink.glyphs.rule} as it is, and by norm",
    }
    if seen.angles["value"] < 1:
        told = {_FAN[1] - 1: f"{ink.glyphs.rule} as it is, by norm, and by value"}
    return [
        strip(
            [
                (" " * _NAME + "".join(row), ink.style("accent")),
                (f"   {ink.words(told.get(at, ''))}", ink.style("dim")),
            ],
            width,
        )
        for at, row in enumerate(cells)
    ]
