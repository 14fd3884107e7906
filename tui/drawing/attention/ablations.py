"""The ablation board: heads switched off, one set of them below the other, and what is left.

The first line is the network with all its heads; every other line is to be held against it.
"""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual.strip import Strip

from tui.drawing.attention.heads import Judged, Place, name_of
from tui.drawing.attention.weights import number_text
from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, blank, fit, strip

Off = frozenset[Place]

SAME = 0.005
"""A change of the accuracy that is smaller is called none: of 1,000 cases at most four."""
_BAR = (8, 20)
_NUMBER = 7
_NOTE = 12


@dataclass(frozen=True)
class Board:
    """How a network does without each of some sets of heads; the first set is empty."""

    rows: tuple[tuple[Off, Judged], ...] = ()
    layers: int = 1
    heads: int = 1
    questions: tuple[str, ...] = ()
    who: str = ""
    cases: str = "texts"
    title: str = ""

    @property
    def places(self) -> tuple[Place, ...]:
        """All heads."""
        return tuple((n, h) for n in range(self.layers) for h in range(self.heads))

    @property
    def whole(self) -> Judged:
        """With all heads."""
        return self.rows[0][1]

    def of(self, off: Off) -> Judged | None:
        """Without these heads; None while it is not known."""
        return next((judged for had, judged in self.rows if had == off), None)

    def name(self, off: Off) -> str:
        """A set of heads in words."""
        if not off:
            return "none"
        if len(off) == len(self.places):
            return "all"
        if self.layers == 1:
            numbers = " ".join(str(head + 1) for _, head in sorted(off))
            return f"head {numbers}" if len(off) == 1 else f"heads {numbers}"
        return " ".join(name_of(place, self.layers) for place in sorted(off))


def draw(board: Board, off: Off, cursor: int, width: int, height: int, ink: Ink) -> list[Strip]:
    """The switches, then a line for each set; the sets around the chosen one, if not all fit."""
    if not board.rows:
        return [blank(width)] * height
    wide = _widths(board, width)
    lines = [_title(board, width, ink), *_switches(board, off, cursor, width, ink), blank(width)]
    lines.append(_header(board, wide, width, ink))
    room = max(1, height - len(lines))
    at = next((n for n, (had, _) in enumerate(board.rows) if had == off), 0)
    first = max(0, min(at - room + 1, len(board.rows) - room))
    for had, judged in board.rows[first : first + room]:
        lines.append(_row(board, had, judged, had == off, wide, width, ink))
    return (lines + [blank(width)] * height)[:height]


def height_of(board: Board, width: int) -> int:
    """How many lines all of it takes."""
    return 3 + len(_switch_lines(board, width)) + len(board.rows)


def _widths(board: Board, width: int) -> tuple[int, int, bool, bool]:
    """Columns of the names and of the bar, and whether questions and remarks fit beside them."""
    name = max(len(board.name(had)) for had, _ in board.rows) + 3
    least, most = _BAR
    parts = sum(max(_NUMBER, len(question) + 2) for question in board.questions)
    room = width - name - 2 * _NUMBER - 4
    with_parts = room - parts >= least
    if with_parts:
        room -= parts
    with_note = room - _NOTE >= least
    if with_note:
        room -= _NOTE
    return name, max(0, min(most, room)), with_parts, with_note


def _title(board: Board, width: int, ink: Ink) -> Strip:
    words = ink.words(f"{board.who} {board.title}".strip())
    whole, brief = (
        ink.words(f"   {told}on {board.cases}") for told in ("without some heads, ", "")
    )
    told = whole if cell_len(words + whole) <= width else brief
    return strip([(words, ink.style("strong")), (told, ink.style("dim"))], width)


def _switch_lines(board: Board, width: int) -> list[list[int]]:
    """Which heads have their switch on which line."""
    each = 5 + max(cell_len(name_of(place, board.layers)) for place in board.places) + 2
    fit_in = max(1, width // each)
    numbers = list(range(len(board.places)))
    return [numbers[at : at + fit_in] for at in range(0, len(numbers), fit_in)]


def _switches(board: Board, off: Off, cursor: int, width: int, ink: Ink) -> list[Strip]:
    lines = []
    for numbers in _switch_lines(board, width):
        pieces: list[Piece] = []
        for number in numbers:
            place, here = board.places[number], number == cursor
            mark = ink.glyph("pointer") if here else " "
            pieces.append((mark, ink.style("accent")))
            box = "[ ] " if place in off else "[x] "
            role = "bad" if place in off else "good"
            pieces.append((box, ink.style(role)))
            name = ink.words(name_of(place, board.layers))
            pieces.append((f"{name}  ", ink.style("accent" if here else "plain")))
        lines.append(strip(pieces, width))
    return lines


def _header(board: Board, wide: tuple[int, int, bool, bool], width: int, ink: Ink) -> Strip:
    name, bar, parts, _ = wide
    text = "  off".ljust(name) + " " * bar + "all right".rjust(_NUMBER + 2)
    text += "loss".rjust(_NUMBER)
    if parts:
        text += "".join(q.rjust(max(_NUMBER, len(q) + 2)) for q in board.questions)
    return strip([(ink.words(text), ink.style("dim"))], width)


def _row(
    board: Board,
    had: Off,
    judged: Judged,
    here: bool,
    wide: tuple[int, int, bool, bool],
    width: int,
    ink: Ink,
) -> Strip:
    name, bar, parts, with_note = wide
    mark = ink.glyph("pointer") if here else " "
    words = fit(ink.words(board.name(had)), name - 2, ink)
    pieces: list[Piece] = [
        (f"{mark} ", ink.style("accent")),
        (words.ljust(name - 1), ink.style("accent" if here else "plain")),
        (ink.bar(judged.accuracy, bar), ink.style("series1")),
        (number_text(judged.accuracy).rjust(_NUMBER + 3), ink.style("strong")),
        (f"{judged.loss:.3f}".rjust(_NUMBER), ink.style("plain")),
    ]
    if parts:
        for question, share in zip(board.questions, judged.parts, strict=True):
            column = max(_NUMBER, len(question) + 2)
            role = "bad" if share < 0.5 else "plain"
            pieces.append((number_text(share).rjust(column), ink.style(role)))
    if with_note:
        pieces.append((f"  {note(board, had, judged)}", ink.style("dim")))
    return strip(pieces, width)


def note(board: Board, had: Off, judged: Judged) -> str:
    """A remark on a line: nothing has changed, where that is so."""
    if not had or abs(judged.accuracy - board.whole.accuracy) >= SAME:
        return ""
    return "no change"


def sentence(board: Board, off: Off) -> str:
    """The chosen set in words, against the whole."""
    if not board.rows:
        return "Nothing has been switched off yet."
    judged, whole = board.of(off), board.whole
    if not off or judged is None:
        return (
            f"With no head off it is right in {number_text(whole.accuracy)} of {board.cases},"
            f" loss {whole.loss:.3f}{_each(board, whole)}."
        )
    return (
        f"Without {board.name(off)} it is right in {number_text(judged.accuracy)} instead of"
        f" {number_text(whole.accuracy)}, loss {judged.loss:.3f} instead of"
        f" {whole.loss:.3f}{_each(board, judged)}."
    )


def _each(board: Board, judged: Judged) -> str:
    each = zip(board.questions, judged.parts, strict=False)
    words = ", ".join(f"{question} {number_text(share)}" for question, share in each)
    return f"; {words}" if words else ""
