"""The board of heads: a line of numbers for each, and beside it where the chosen one looks."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from tui.drawing.attention.head_board import (
    WITHOUT,
    HeadBoard,
    Looking,
    did,
    goal,
    of_loop,
    sentence,
)
from tui.drawing.attention.heads import Place, Row
from tui.drawing.attention.heads_picture import in_halves
from tui.drawing.attention.weights import number_text, token
from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, around, blank, filled, fit, paragraph, strip

LEAST = (34, 7)
"""Columns and lines below which a sentence stands for the picture."""
_NAME, _NUMBER = 18, 6
_GAP, _APART = 2, 4
"""Cells before the picture at least, and with room enough in front of them."""
_DRAWN = 0.3
"""From which weight on a cell is drawn in the small picture."""
_TOLD = 2
"""Lines at most for each of the two sentences below the heads."""


def draw(board: HeadBoard, looking: Looking, width: int, height: int, ink: Ink) -> list[Strip]:
    """A line for each head; the head under the cursor is also drawn, where there is room."""
    if width < LEAST[0] or height < LEAST[1] or not board.places:
        return paragraph(sentence(board, looking), width, height, ink.style("plain"), ink)
    told = _told(board, width, ink)
    tall = height - 1 - len(told)
    form = _form(board, width, tall)
    left = min(width - form.columns, _table(board) + _APART) if form else width
    lines = [_title(board, width, ink)]
    table = _lines(board, looking, left, tall, ink)
    beside = _picture(board, looking.place, form, ink) if form else []
    for at in range(max(len(table), len(beside))):
        line = table[at] if at < len(table) else blank(left)
        drawn = beside[at] if at < len(beside) else []
        lines.append(Strip.join([line, strip(drawn, width - left)]))
    lines += told
    return (lines + [blank(width)] * height)[:height]


def height_of(board: HeadBoard, width: int, most: int) -> int:
    """How many lines it takes, at most so many, with the largest picture that there is room for."""
    others = 1 + len(_told(board, width, Ink()))
    form = _form(board, width, most - others)
    table = 2 + len(board.places)
    return min(most, others + max(table, form.lines if form else 0))


def _told(board: HeadBoard, width: int, ink: Ink) -> list[Strip]:
    """How the network does, and what has been reached."""
    lines = filled(did(board), width, _TOLD, ink.style("strong"), ink)
    return lines + filled(goal(board), width, _TOLD, ink.style("plain"), ink)


@dataclass(frozen=True)
class _Form:
    """A picture of one head: its columns with the gap before it, its lines, and whether it is drawn
    in shades, a row to a line, or in halves."""

    columns: int
    lines: int
    shades: bool


def _form(board: HeadBoard, width: int, height: int) -> _Form | None:
    """The largest picture that has room beside all columns of the table."""
    tokens = len(board.heads.tokens)
    room = width - _table(board)
    forms = (
        _Form(_GAP + 2 + 2 * tokens, tokens + 2, True),
        _Form(_GAP + tokens, -(-tokens // 2) + 1, False),
    )
    return next((form for form in forms if form.columns <= room and form.lines <= height), None)


def _table(board: HeadBoard) -> int:
    """Cells of the table with all its columns."""
    return _NAME + sum(_wide(board, name) for name in board.columns)


def _title(board: HeadBoard, width: int, ink: Ink) -> Strip:
    heads = board.heads
    words = fit(ink.words(f"{heads.who}, {heads.title}".strip(", ")), width, ink)
    loop = ink.words(f"   {of_loop(board)}")
    if cell_len(words + loop) > width:
        loop = ""
    return strip([(words, ink.style("strong")), (loop, ink.style("dim"))], width)


def _lines(board: HeadBoard, looking: Looking, width: int, height: int, ink: Ink) -> list[Strip]:
    """The heads of the columns, equal shares, and as many heads as there is room for."""
    columns = _columns(board, looking, width)
    lines = [_heads(board, looking, columns, width, ink), _equal(board, columns, width, ink)]
    places = board.ordered(looking.column)
    for at in around(len(places), places.index(looking.place), height - len(lines)):
        lines.append(_line(board, looking, places[at], columns, width, ink))
    return lines


def _columns(board: HeadBoard, looking: Looking, width: int) -> tuple[str, ...]:
    """The columns that fit: the one that is sorted by and what is lost come before all others."""
    first = [name for name in (looking.column, WITHOUT, *board.rules) if name in board.columns]
    kept, room = set[str](), width - _NAME
    for name in dict.fromkeys(first):
        room -= _wide(board, name)
        if room >= 0:
            kept.add(name)
    return tuple(name for name in board.columns if name in kept)


def _short(board: HeadBoard, column: str) -> str:
    return "if off" if column == WITHOUT else board.rules[column].short


def _wide(board: HeadBoard, column: str) -> int:
    """Cells of a column, with one before its head for the mark of what is sorted by."""
    return max(_NUMBER, 1 + cell_len(_short(board, column)))


def _heads(
    board: HeadBoard, looking: Looking, columns: tuple[str, ...], width: int, ink: Ink
) -> Strip:
    pieces: list[Piece] = [(" " * _NAME, Style.null())]
    for name in columns:
        words = _short(board, name)
        if name == looking.column:
            words = f"{ink.glyphs.arrows[0 if name == WITHOUT else 2]}{words}"
        style = ink.style("accent" if name == looking.column else "dim")
        pieces.append((ink.words(words).rjust(_wide(board, name)), style))
    return strip(pieces, width)


def _equal(board: HeadBoard, columns: tuple[str, ...], width: int, ink: Ink) -> Strip:
    text = "     equal shares".ljust(_NAME)
    for name in columns:
        equal = "" if name == WITHOUT else number_text(board.heads.equal[name])
        text += equal.rjust(_wide(board, name))
    return strip([(ink.words(text), ink.style("dim"))], width)


def _line(
    board: HeadBoard,
    looking: Looking,
    place: Place,
    columns: tuple[str, ...],
    width: int,
    ink: Ink,
) -> Strip:
    off, here = place in board.heads.off, place == looking.place
    mark, style = _mark(board, place)
    name = fit(ink.words(f"{board.heads.name(place)} {board.whose(place)}".strip()), _NAME - 5, ink)
    pieces: list[Piece] = [
        (ink.glyph("pointer") if here else " ", ink.style("accent")),
        (mark, ink.style(style)),
        (name.ljust(_NAME - 5), ink.style("accent" if here else "plain")),
    ]
    for column in columns:
        value = board.value(place, column)
        best = value == board.best(column)
        style = "strong" if best else "dim" if off else "plain"
        pieces.append((number_text(value).rjust(_wide(board, column)), ink.style(style)))
    return strip(pieces, width)


def _mark(board: HeadBoard, place: Place) -> tuple[str, str]:
    """Whether a head is off, or says what it says in another text; and the style of the mark."""
    if place in board.heads.off:
        return "[ ] ", "bad"
    return ("[~] ", "helped") if place in board.elsewhere else ("[x] ", "good")


def _picture(board: HeadBoard, place: Place, form: _Form, ink: Ink) -> list[list[Piece]]:
    """Where a head looks, below its name."""
    off = place in board.heads.off
    there = place in board.elsewhere
    state = " off" if off else " patched" if there else ""
    words = ink.words(f"{board.heads.name(place)}{state}")
    rows = board.heads.rows(place)
    drawn = _shaded(board, rows, ink) if form.shades else in_halves(rows, off, _DRAWN, ink)
    gap: Piece = (" " * _GAP, Style.null())
    return [
        [gap, (words, ink.style("bad" if off else "helped" if there else "accent"))],
        *([gap, *line] for line in drawn),
    ]


def _shaded(board: HeadBoard, rows: tuple[Row, ...], ink: Ink) -> list[list[Piece]]:
    """Every weight as a shade; rows ask, columns answer, and what comes later is masked."""
    names = [token(text, ink) for text in board.heads.tokens]
    lines: list[list[Piece]] = [[("  " + " ".join(names), ink.style("dim"))]]
    for at, row in enumerate(rows):
        pieces: list[Piece] = [(f"{names[at]} ", ink.style("dim"))]
        for column, value in enumerate(row):
            level, later = ink.level(value), column > at
            glyph = ink.glyphs.masked if later else ink.glyphs.shades[level]
            pieces.append((f"{glyph} ", ink.style("faint" if later else f"heat{level}")))
        lines.append(pieces)
    return lines
