"""Which part of a grid of weights is drawn in a window, and how far apart its cells stand."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tui.drawing.attention.weights import Weights
from tui.drawing.ink import Ink

_LABEL = 8
"""Columns that a row's token takes at most."""
_TALL = 5
"""Lines that the columns' tokens take at most."""
_WIDE = 10
"""Columns from one cell to the next at most."""
SUM_WIDTH = 7
"""Columns for the sum at the end of a row."""
_LEAST_ROWS = 4
"""With fewer rows than this in sight, words below the grid give way to them."""

MOST_HEADER = 1 + _TALL
"""Lines above the first row at most."""
NOWHERE = (-1, -1)
"""The cursor of a grid that has none."""


@dataclass(frozen=True)
class Window:
    """Which part of the grid is drawn, how far apart its cells are, and where the cursor is."""

    top: int
    left: int
    rows: int
    columns: int
    cursor: tuple[int, int] = NOWHERE
    digits: bool = False
    pitch: int = 2
    """Columns from one cell to the next."""
    words: int = 1
    """Lines of the columns' tokens."""
    axes: bool = True
    """Whether a line above all says who asks and who answers."""
    ends: bool = True
    """Whether the sum and what was said stand at the end of a row."""
    pinned: tuple[int, int] = NOWHERE
    """Another cell that is marked."""
    alone: bool = True
    """Whether it stands alone: then what it is counts more than who asks whom, and the ends of its
    rows more than a few cells, where both do not fit."""

    @property
    def header(self) -> int:
        """Lines above the first row."""
        return self.axes + self.words


def label_width(weights: Weights, ink: Ink) -> int:
    """Columns before the first cell: pointer, number, token."""
    return 1 + number_width(weights) + 1 + min(_LABEL, weights.widest(ink)[0]) + 1


def number_width(weights: Weights) -> int:
    """Columns of the number of a row."""
    return len(str(max(0, len(weights.asks) - 1 + weights.begins)))


def end_width(weights: Weights, ink: Ink) -> int:
    """Columns behind the last separator: the sum, what was said and a tick or a cross."""
    said = weights.widest(ink)[2]
    return SUM_WIDTH + (said + 4 if said else 0)


def pitch_for(weights: Weights, room: int, digits: bool, ink: Ink) -> int:
    """Columns from one cell to the next: as few as keep the tokens on the fewest lines.

    Where not even the narrowest cells all fit, they are the narrowest, and the grid scrolls.
    """
    least, count = 4 if digits else 2, len(weights.answers)
    most = max(least, min(_WIDE, weights.widest(ink)[1] + 1))
    fitting = [pitch for pitch in range(least, most + 1) if pitch * count <= room]
    return min(fitting, key=lambda pitch: (lines_for(weights, pitch, ink), pitch), default=least)


def lines_for(weights: Weights, pitch: int, ink: Ink) -> int:
    """On how many lines the tokens of the columns take turns, so that none runs into the next."""
    return min(_TALL, -(-(weights.widest(ink)[1] + 1) // pitch))


def arrange(
    weights: Weights,
    size: tuple[int, int],
    view: Window,
    captions: tuple[int, int],
    ink: Ink,
) -> tuple[Window, int]:
    """The window for a size (columns, lines), and how many lines are left for words below it.

    `view` says where the cursor is, whether digits are shown and where the window began before;
    `captions` how many lines of words are wanted and how few will do. For rows in sight words
    give way first, then the axes, then the tokens' lines; what is still too much scrolls.
    """
    width, height = size
    ends, room = _room(weights, width, view, ink)
    pitch = pitch_for(weights, room, view.digits, ink)
    rows = len(weights.asks)
    below, axes, words = _round_the_rows(rows, height, lines_for(weights, pitch, ink), captions)
    seen = max(0, min(rows, height - below - axes - words))
    columns = max(0, min(len(weights.answers), room // pitch))
    top = scrolled(view.top, view.cursor[0], seen, rows)
    left = scrolled(view.left, view.cursor[1], columns, len(weights.answers))
    window = replace(
        view,
        top=top,
        left=left,
        rows=seen,
        columns=columns,
        pitch=pitch,
        words=words,
        axes=axes,
        ends=ends,
    )
    return window, below


def _round_the_rows(
    rows: int, height: int, tall: int, captions: tuple[int, int]
) -> tuple[int, bool, int]:
    """The lines of words below, whether there are axes, and on how many lines the tokens stand."""
    most, least = captions
    wanted = [(below, True, tall) for below in range(most, least - 1, -1)]
    if least < 2:
        wanted += [(least, False, tall), (0, False, tall), (0, False, 1)]
    for below, axes, words in wanted:
        if below + axes + words + rows <= height:
            return below, axes, words
    below, axes, words = wanted[-1] if least < 2 else (least, True, tall)
    if height - below - axes - words < min(_LEAST_ROWS, rows):
        below = min(1, below)
    return below, axes, words


def _room(weights: Weights, width: int, view: Window, ink: Ink) -> tuple[bool, int]:
    """Whether there is room for the ends of the rows, and the columns that are left for cells.

    Where not all cells fit, the ends stay, unless another view tells of them.
    """
    room = width - label_width(weights, ink) - 1
    less = room - end_width(weights, ink)
    needed = len(weights.answers) * (4 if view.digits else 2)
    given_up = less < needed and (needed <= room or not view.alone)
    return (False, room) if given_up else (True, less)


def scrolled(start: int, focus: int, size: int, whole: int) -> int:
    """Where a window begins that shows `focus`, moving no more than it must."""
    if size <= 0 or whole <= size:
        return 0
    focus = max(0, focus)
    return max(0, min(max(start, focus - size + 1), focus, whole - size))
