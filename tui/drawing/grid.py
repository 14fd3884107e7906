"""A grid of attention weights: rows ask, columns answer, and a cursor on one cell.

The glyph of a cell carries its weight; a masked cell has a glyph of its own, never that of zero.
What is drawn is a window of the grid, so the cost does not grow with the number of tokens.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from tui.drawing.ink import THRESHOLDS, Ink
from tui.drawing.lines import Piece, fit, strip

Row = Sequence[float]

_LABEL = 8
"""Columns that a row's token takes at most."""
_TALL = 5
"""Lines that the columns' tokens take at most, written downwards."""


@dataclass
class Weights:
    """What is shown. `row(i)` gives the weights of row i, or `None` while they are on their way.

    `masked(i, j)` says whether row i may not look at column j at all.
    """

    asks: Sequence[str]
    answers: Sequence[str]
    row: Callable[[int], Row | None]
    masked: Callable[[int, int], bool] = lambda row, column: False
    title: str = ""
    without: str = ""
    """What happens without this head, in words: a picture alone proves nothing."""
    _sums: dict[int, float] = field(default_factory=dict, repr=False)
    _seen: dict[int, int] = field(default_factory=dict, repr=False)
    _longest: dict[bool, tuple[int, int]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(
        cls,
        asks: Sequence[str],
        answers: Sequence[str],
        rows: Sequence[Row],
        mask: Sequence[Sequence[bool]] | None = None,
        title: str = "",
        without: str = "",
    ) -> Weights:
        """Weights that are all here; `mask[i][j]` is true where row i may not look at column j."""

        def masked(row: int, column: int) -> bool:
            return mask is not None and bool(mask[row][column])

        return cls(asks, answers, lambda row: rows[row], masked, title, without)

    def weight(self, row: int, column: int) -> float | None:
        """One weight, or `None` while it is on its way."""
        found = self.row(row)
        return None if found is None else float(found[column])

    def total(self, row: int) -> float | None:
        """The sum of a row, over all columns."""
        if row not in self._sums:
            found = self.row(row)
            if found is None:
                return None
            self._sums[row] = float(sum(found))
        return self._sums[row]

    def forget(self) -> None:
        """The weights have changed."""
        self._sums.clear()
        self._seen.clear()

    def may_see(self, row: int) -> int:
        """How many columns a row may look at."""
        if row not in self._seen:
            columns = range(len(self.answers))
            self._seen[row] = sum(not self.masked(row, column) for column in columns)
        return self._seen[row]

    def longest(self, ink: Ink) -> tuple[int, int]:
        """The widest token that asks and the longest that answers, as they are printed."""
        if ink.is_ascii not in self._longest:
            asks = max((cell_len(token(text, ink)) for text in self.asks), default=1)
            answers = max((len(token(text, ink)) for text in self.answers), default=1)
            self._longest[ink.is_ascii] = asks, answers
        return self._longest[ink.is_ascii]


@dataclass(frozen=True)
class Window:
    """Which part of the grid is drawn, and where the cursor is."""

    top: int
    left: int
    rows: int
    columns: int
    cursor: tuple[int, int]
    digits: bool = False

    @property
    def pitch(self) -> int:
        """Columns from one cell to the next."""
        return 4 if self.digits else 2


def token(text: str, ink: Ink) -> str:
    """A token as it can stand in a row: blanks and line ends made visible."""
    blank = "_" if ink.is_ascii else "␣"
    shown = text.replace("\n", "\\n" if ink.is_ascii else "↵").replace(" ", blank)
    return ink.words(shown) or blank


def label_width(weights: Weights, ink: Ink) -> int:
    """Columns before the first cell: pointer, number, token."""
    longest = weights.longest(ink)[0]
    return 1 + len(str(max(0, len(weights.asks) - 1))) + 1 + min(_LABEL, longest) + 1


def header_height(weights: Weights, ink: Ink) -> int:
    """Lines above the first row: what is what, and the columns' tokens."""
    return 1 + min(_TALL, weights.longest(ink)[1])


def draw_header(weights: Weights, window: Window, width: int, ink: Ink) -> list[Strip]:
    """The axes in words, then the columns' tokens written downwards."""
    words = ink.words(_axes(weights, window))
    title = fit(ink.words(weights.title), max(0, width - len(words) - 3), ink)
    pieces: list[Piece] = [(title + "   " if title else "", ink.style("strong"))]
    pieces.append((fit(words, width, ink), ink.style("dim")))
    lines = [strip(pieces, width)]
    tall = header_height(weights, ink) - 1
    last = min(window.left + window.columns, len(weights.answers))
    names = {n: token(weights.answers[n], ink) for n in range(window.left, last)}
    for line in range(tall):
        pieces = [(" " * label_width(weights, ink), Style.null())]
        for column, text in names.items():
            name = fit(text, tall, ink).rjust(tall)
            style = ink.style("key" if column == window.cursor[1] else "dim")
            glyph = name[line] if cell_len(name[line]) == 1 else "?"
            pieces += [(" " * (window.pitch // 2), Style.null()), (glyph, style)]
            pieces.append((" " * (window.pitch // 2 - 1), Style.null()))
        lines.append(strip(pieces, width))
    return lines


def _axes(weights: Weights, window: Window) -> str:
    """Who asks and who answers, and which of them are in sight if not all are."""
    rows, columns = "rows", "columns"
    if window.rows < len(weights.asks):
        rows += f" {window.top}–{window.top + window.rows - 1} of {len(weights.asks)}"
    if window.columns < len(weights.answers):
        last = window.left + window.columns - 1
        columns += f" {window.left}–{last} of {len(weights.answers)}"
    return f"{rows} ask ↓  {columns} answer →"


def draw_row(weights: Weights, window: Window, row: int, width: int, ink: Ink) -> Strip:
    """One row: its token, its cells in the window, and what they add up to."""
    number = str(row).rjust(len(str(max(0, len(weights.asks) - 1))))
    here = row == window.cursor[0]
    room = label_width(weights, ink) - len(number) - 3
    name = fit(token(weights.asks[row], ink), room, ink)
    label = f"{number} {name}" + " " * (room - cell_len(name) + 1)
    pieces: list[Piece] = [(ink.glyph("pointer") if here else " ", ink.style("accent"))]
    pieces.append((label, ink.style("query" if here else "dim")))
    pieces += _cells(weights, window, row, ink)
    total = weights.total(row)
    if total is not None:
        pieces.append((f"  {number_text(total)}", ink.style("dim")))
    return strip(pieces, width)


def _cells(weights: Weights, window: Window, row: int, ink: Ink) -> list[Piece]:
    """The cells between separators; the cursor's two separators are brackets."""
    pieces: list[Piece] = []
    last = min(window.left + window.columns, len(weights.answers))
    found = weights.row(row)
    for column in range(window.left, last + 1):
        separator, style = " ", Style.null()
        if (row, column) == window.cursor:
            separator, style = "[", ink.style("accent")
        elif (row, column - 1) == window.cursor and column > window.left:
            separator, style = "]", ink.style("accent")
        pieces.append((separator, style))
        if column < last:
            value = None if found is None else float(found[column])
            pieces.append(cell(value, weights.masked(row, column), window.digits, ink))
    return pieces


def cell(value: float | None, masked: bool, digits: bool, ink: Ink) -> Piece:
    """One cell: a shade, or with `digits` its hundredths."""
    if masked:
        glyph = ink.glyph("masked")
        return (glyph.center(3) if digits else glyph), ink.style("masked")
    if value is None or value != value:
        glyph = ink.glyph("missing") if value is None else "!"
        return (glyph.center(3) if digits else glyph), ink.style("dim" if value is None else "bad")
    level = ink.level(value)
    style = ink.style(f"heat{level}")
    if not digits:
        return ink.glyphs.shades[level], style
    return ("1.0" if value >= 0.995 else f"{max(0.0, value):.2f}"[1:]), style


def number_text(value: float) -> str:
    """A weight or a sum, to three digits: .933, 1.000."""
    text = f"{value:.3f}"
    return text[1:] if text.startswith("0.") else text


def scale(ink: Ink) -> str:
    """What the glyphs mean."""
    shades = ink.glyphs.shades
    first = shades[0] if shades[0].strip() else "blank"
    parts = [f"{first} <{_threshold(0)}"]
    parts += [f"{shades[n + 1]} {_threshold(n)}" for n in range(len(THRESHOLDS) - 1)]
    parts += [f"{shades[-1]} ≥{_threshold(-1)}", f"{ink.glyph('masked')} masked"]
    return "  ".join(ink.words(part) if "≥" in part else part for part in parts)


def _threshold(index: int) -> str:
    return f"{THRESHOLDS[index]:g}"[1:]


def describe_cell(weights: Weights, row: int, column: int) -> str:
    """Who reads whom, and how much, exactly."""
    who = f"row {row} {weights.asks[row]!r}"
    whom = f"column {column} {weights.answers[column]!r}"
    if weights.masked(row, column):
        return f"{who} may not look at {whom}: masked"
    value = weights.weight(row, column)
    if value is None:
        return f"{who} reads {whom}: still on its way"
    return f"{who} reads {whom}: {number_text(value)}"


def describe_row(weights: Weights, row: int) -> str:
    """What to compare the weight with: an even spread, and the row's sum."""
    seen = weights.may_see(row)
    even = f"uniform would be {number_text(1 / seen)}" if seen else "it may look at nothing"
    total = weights.total(row)
    return even + (f", and the row adds up to {number_text(total)}" if total is not None else "")


def sentence(weights: Weights, row: int, column: int) -> str:
    """Everything that is to be said of the cell under the cursor."""
    if not weights.asks or not weights.answers:
        return "No weights yet."
    words = f"{describe_cell(weights, row, column)}; {describe_row(weights, row)}."
    ending = f" {weights.without}" if weights.without else ""
    return words[0].upper() + words[1:] + ending
