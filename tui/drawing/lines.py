"""Lines of cells: made from pieces, cut to a width, compared with what was there before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import wrap

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.line_ends import joined, parted

Piece = tuple[str, Style]

_GAP = 6
"""Moving the terminal's cursor costs about as many bytes as repainting this many cells."""


def strip(pieces: Iterable[Piece], width: int) -> Strip:
    """One line exactly `width` cells wide, cut or filled up with blanks."""
    line = Strip([Segment(text, style) for text, style in merged(pieces)])
    return line.adjust_cell_length(max(0, width), Style.null())


def merged(pieces: Iterable[Piece]) -> list[Piece]:
    """The same line in fewer pieces: what has no ink takes the style of its neighbour.

    Every change of style costs some forty bytes on the way to the terminal.
    """
    out: list[Piece] = []
    for text, style in pieces:
        if not text:
            continue
        if out:
            before, worn = out[-1]
            if style is worn or (text.isspace() and _blank_alike(style, worn)):
                out[-1] = (before + text, worn)
                continue
            if before.isspace() and _blank_alike(worn, style):
                out[-1] = (before + text, style)
                continue
        out.append((text, style))
    return out


def _blank_alike(one: Style, other: Style) -> bool:
    """Whether blanks look the same in two styles."""
    return not (one.reverse or other.reverse or one.underline or other.underline)


def blank(width: int) -> Strip:
    """An empty line."""
    return strip([(" " * max(0, width), Style.null())], width)


def fit(text: str, width: int, ink: Ink) -> str:
    """The text, cut to `width` cells with an ellipsis where something is missing."""
    if cell_len(text) <= width:
        return text
    if width <= 1:
        return set_cell_size(text, max(0, width))
    return set_cell_size(text, width - 1) + ink.glyphs.ellipsis


def paragraph(text: str, width: int, height: int, style: Style, ink: Ink) -> list[Strip]:
    """Text wrapped into exactly `height` lines; what does not fit ends in an ellipsis."""
    rows = [parted(row) for row in wrap(joined(ink.words(text)), max(1, width))] if text else []
    if len(rows) > height > 0:
        rows[height - 1] = fit(" ".join(rows[height - 1 :]), width, ink)
    kept = rows[:height] + [""] * (height - len(rows))
    return [strip([(row, style)], width) for row in kept]


def filled(text: str, width: int, most: int, style: Style, ink: Ink) -> list[Strip]:
    """Text wrapped into as many lines as it takes, `most` at most."""
    lines = paragraph(text, width, most, style, ink)
    while lines and not lines[-1].text.strip():
        lines.pop()
    return lines


def around(count: int, focus: int, room: int) -> range:
    """Which of `count` lines are in sight where there is room for some, `focus` in their middle."""
    room = max(0, min(room, count))
    first = max(0, min(focus - room // 2, count - room))
    return range(first, first + room)


def cells(line: Strip) -> list[Piece]:
    """A line cell by cell; the second half of a wide character is an empty string."""
    out: list[Piece] = []
    for text, style, _ in line:
        worn = style or Style.null()
        if len(text) == cell_len(text):
            out += [(char, worn) for char in text]
        else:
            for char in text:
                out.append((char, worn))
                out += [("", worn)] * (cell_len(char) - 1)
    return out


def changed_runs(old: Strip | None, new: Strip) -> list[tuple[int, int]]:
    """Where two lines differ: `(x, length)` runs, near ones joined."""
    if old is None or old.cell_length != new.cell_length:
        return [(0, new.cell_length)] if new.cell_length else []
    if old == new:
        return []
    before, after = cells(old), cells(new)
    runs: list[tuple[int, int]] = []
    for x in (x for x, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]):
        if runs and x - (runs[-1][0] + runs[-1][1]) < _GAP:
            runs[-1] = (runs[-1][0], x + 1 - runs[-1][0])
        else:
            runs.append((x, 1))
    return runs


def changed_regions(
    old: Sequence[Strip], new: Sequence[Strip], top: int = 0
) -> list[tuple[int, int, int]]:
    """Where two pictures differ, as `(x, y, length)`."""
    regions = []
    for y, line in enumerate(new):
        previous = old[y] if y < len(old) else None
        regions += [(x, top + y, length) for x, length in changed_runs(previous, line)]
    return regions


def plain(lines: Iterable[Strip]) -> str:
    """The characters of a picture, without styles: for copying, for pipes and for tests."""
    return "\n".join(line.text.rstrip() for line in lines)
