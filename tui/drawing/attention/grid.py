"""A grid of attention weights: rows ask, columns answer, and a cursor on one cell.

The glyph of a cell carries its weight; a masked cell has a glyph of its own, never that of zero.
What is drawn is a window of the grid, so the cost does not grow with the number of tokens. What
answers stands above its column in full: neighbours take turns on as many lines as that needs.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from tui.drawing.attention.grid_window import SUM_WIDTH, Window, label_width, number_width
from tui.drawing.attention.weights import Weights, number_text, token
from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, fit, strip


def draw_header(weights: Weights, window: Window, width: int, ink: Ink) -> list[Strip]:
    """The axes in words, then the columns' tokens, neighbours on different lines."""
    lines = [_axes_line(weights, window, width, ink)] if window.axes else []
    start, tall = label_width(weights, ink), window.words
    last = min(window.left + window.columns, len(weights.answers))
    room = tall * window.pitch - 1
    names = [token(answer, ink) for answer in weights.answers[:last]]
    if room == 1:
        names = initials(names)
    for line in range(tall):
        marks: list[tuple[int, str, Style]] = []
        for column in range(window.left, last):
            # Counted from the end, so that the last token has the lowest line, and its row's end.
            turn = tall - 1 - (len(weights.answers) - 1 - column) % tall
            x = start + 1 + (column - window.left) * window.pitch
            style = ink.style("key" if column == window.cursor[1] else "dim")
            if turn == line:
                marks.append((x, fit(names[column], room, ink), style))
            elif turn < line and tall > 2:
                marks.append((x, ink.glyphs.walls[5], ink.style("faint")))
        if line == 0 and window.ends:
            ends = start + (last - window.left) * window.pitch + 3
            marks.append((ends, "sum", ink.style("faint")))
            if weights.said:
                marks.append((ends + SUM_WIDTH - 1, "says", ink.style("faint")))
        lines.append(_placed(marks, width))
    return lines


def initials(words: Sequence[str]) -> list[str]:
    """A sign for each word: its first letter; or where words repeat one another, how often.

    >>> initials(["ka", "pip", "ti", "pippippip"])
    ['k', '1', 't', '3']
    """
    signs = {word: word[:1] for word in words}
    for base in sorted(signs, key=len, reverse=True):
        times = {word: len(word) // max(1, len(base)) for word in signs}
        same = {word: n for word, n in times.items() if len(base) > 1 and n and word == base * n}
        if len(same) > 1:
            signs |= {word: str(n) for word, n in same.items()}
    return [signs[word] for word in words]


def _placed(marks: list[tuple[int, str, Style]], width: int) -> Strip:
    """Texts where they belong on a line; of two that meet the longer stays."""
    free = [True] * (width + 1)
    kept: list[tuple[int, str, Style]] = []
    for mark in sorted(marks, key=lambda mark: -cell_len(mark[1])):
        x, text, _ = mark
        cells = range(x, min(width, x + cell_len(text)))
        if cells and all(free[cell] for cell in cells):
            kept.append(mark)
            for cell in cells:
                free[cell] = False
    pieces, at = list[Piece](), 0
    for x, text, style in sorted(kept):
        pieces += [(" " * (x - at), Style.null()), (text, style)]
        at = x + cell_len(text)
    return strip(pieces, width)


def _axes_line(weights: Weights, window: Window, width: int, ink: Ink) -> Strip:
    """What the grid is, and who asks whom; where both do not fit, one of them."""
    words, title = ink.words(_axes(weights, window)), ink.words(weights.title)
    if title and cell_len(title) + 3 + cell_len(words) > width:
        shown = (title, "strong") if window.alone else (words, "dim")
        return strip([(fit(shown[0], width, ink), ink.style(shown[1]))], width)
    pieces: list[Piece] = [(title + "   " if title else "", ink.style("strong"))]
    pieces.append((fit(words, width, ink), ink.style("dim")))
    return strip(pieces, width)


def _axes(weights: Weights, window: Window) -> str:
    """Who asks and who answers, and which of them are in sight if not all are."""
    rows, columns = (f"{name}s" for name in weights.called)
    if window.rows < len(weights.asks):
        first = window.top + weights.begins
        rows += f" {first}–{first + window.rows - 1} of {len(weights.asks)}"
    if window.columns < len(weights.answers):
        first = window.left + weights.begins
        columns += f" {first}–{first + window.columns - 1} of {len(weights.answers)}"
    return f"{rows} ask ↓  {columns} answer →"


def draw_row(weights: Weights, window: Window, row: int, width: int, ink: Ink) -> Strip:
    """One row: its token, its cells in the window, what they add up to, and what was said."""
    digits = number_width(weights)
    number = str(row + weights.begins).rjust(digits)
    here = row == window.cursor[0]
    room = label_width(weights, ink) - digits - 3
    name = fit(token(weights.asks[row], ink), room, ink)
    label = f"{number} {name}" + " " * (room - cell_len(name) + 1)
    pieces: list[Piece] = [(ink.glyph("pointer") if here else " ", ink.style("accent"))]
    pieces.append((label, ink.style("query" if here else "dim")))
    pieces += _cells(weights, window, row, ink)
    return strip(pieces + (_end(weights, row, ink) if window.ends else []), width)


def _end(weights: Weights, row: int, ink: Ink) -> list[Piece]:
    """What a row adds up to, and what was said there."""
    pieces = list[Piece]()
    total = weights.total(row)
    if total is not None:
        pieces.append((f"  {number_text(total)}", ink.style("dim")))
    said, right = weights.verdict(row)
    if said:
        pieces.append((f"  {token(said, ink)}", ink.style("plain")))
    if right is not None:
        mark, role = ("tick", "good") if right else ("cross", "bad")
        pieces += [(" ", Style.null()), (ink.glyph(mark), ink.style(role))]
    return pieces


def _cells(weights: Weights, window: Window, row: int, ink: Ink) -> list[Piece]:
    """The cells between separators; the cursor's two are brackets, the pinned cell's round ones."""
    pieces: list[Piece] = []
    last = min(window.left + window.columns, len(weights.answers))
    found = weights.row(row)
    for column in range(window.left, last + 1):
        separator, style = " ", Style.null()
        for marked, ends, role in (
            (window.pinned, "()", "pinned"),
            (window.cursor, "[]", "accent"),
        ):
            if (row, column) == marked:
                separator, style = ends[0], ink.style(role)
            elif (row, column - 1) == marked and column > window.left:
                separator, style = ends[1], ink.style(role)
        pieces.append((separator, style))
        if column < last:
            value = None if found is None else found[column]
            masked = weights.masked(row, column)
            pieces.append(cell(value, masked, window.digits, ink, window.pitch - 1))
    return pieces


def cell(value: float | None, masked: bool, digits: bool, ink: Ink, width: int = 1) -> Piece:
    """One cell: a shade as wide as the cell, or with `digits` its hundredths."""
    if masked:
        return ink.glyph("masked").center(width), ink.style("masked")
    if value is None or value != value:
        glyph = ink.glyph("missing") if value is None else "!"
        return glyph.center(width), ink.style("dim" if value is None else "bad")
    level = ink.level(value)
    style = ink.style(f"heat{level}")
    if digits:
        text = "1.0" if value >= 0.995 else f"{max(0.0, value):.2f}"[1:]
        return text.center(width), style
    shade = ink.glyphs.shades[level]
    return (shade * width if level else shade.center(width)), style
