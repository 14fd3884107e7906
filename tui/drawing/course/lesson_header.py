"""The line above a page of a lesson."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from course.gates import Stop
from tui.drawing.ink import Ink


def header(
    title: str, index: int, route: Sequence[Stop], busy: str, width: int, ink: Ink
) -> Content:
    """The line above a page: the lesson, what trains meanwhile, a dot a screen, and the count."""
    total = len(route)
    count = f"{min(index + 1, total)}/{total}"
    glyphs = ink.glyphs
    dots = glyphs.passed * index + ("" if index >= total else "◉" if not ink.is_ascii else "O")
    dots += glyphs.open * (total - len(dots))
    room = width - len(title) - len(count) - len(busy) - 6
    if room < total:
        dots = ""
    left = Content.assemble((f" {title}", "bold"))
    right = Content.assemble(
        (busy, "$text-accent"), (dots, "$foreground-muted"), ("  " if dots else "", ""), (count, "")
    )
    gap = max(1, width - left.cell_length - right.cell_length - 2)
    return left + Content(" " * gap) + right
