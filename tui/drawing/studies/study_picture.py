"""A study put together: its head, the plot or the seeds, the numbers, and the sentence."""

from __future__ import annotations

from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.lines import fit, paragraph, strip
from tui.drawing.studies.study import Picture, describe
from tui.drawing.studies.study_plot import draw_plot
from tui.drawing.studies.study_table import numbers, seeds_table

ROWS = (0, 5, 7, 9, 13, 17, 21, 25, 29)
"""Rows of the plot, the taller the more; 0 for the numbers alone."""
_NARROW = 36
"""With fewer columns than this there is only the sentence."""
_SAID, _SAID_LOW = 6, 3
"""Lines of the sentence, at most; of that beside the lowest plot."""


def draw_study(
    picture: Picture, cursor: int, width: int, tall: int, ink: Ink, room: int = 0
) -> list[Strip]:
    """The whole picture, with a plot of `ROWS[tall]` rows.

    With `room` for more lines than it needs, the sentence beside the lowest plot is longer.
    """
    if width < _NARROW or not picture.lines:
        return _closed(describe(picture), width, 40, ink)
    head = [(picture.what, ink.style("strong"))]
    told = f"   {picture.title}"
    head.append((fit(ink.words(told), width - len(picture.what), ink), ink.style("dim")))
    lines = [strip(head, width)]
    if picture.by_seed:
        lines += seeds_table(picture, cursor, width, tall, ink)
    else:
        if ROWS[tall]:
            lines += draw_plot(picture, cursor, width, ROWS[tall], ink)
        lines += numbers(picture, cursor, width, ink)
    if tall > 1:
        lines.append(strip([], width))
    said = max(_SAID_LOW, min(_SAID, room - len(lines))) if tall == 1 else _SAID
    return [*lines, *_closed(describe(picture), width, said, ink)]


def _closed(text: str, width: int, most: int, ink: Ink) -> list[Strip]:
    """A paragraph as high as its text."""
    lines = paragraph(text, width, most, ink.style("plain"), ink)
    while len(lines) > 1 and not lines[-1].text.strip():
        lines.pop()
    return lines
