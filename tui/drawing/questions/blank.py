"""The code around a blank: highlighted, wrapped to a width with its indentation, and kept short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.text import Text
from textual.content import Content

from tui.drawing.code.code_lines import COMMENT, STRING, highlighted
from tui.drawing.ink import Ink

Pieces = tuple[tuple[str, str], ...]
_MORE = 4
"""How far the rest of a line that is too long is moved in."""


def draw_code(lines: Sequence[str], width: int, ink: Ink, most: int | None = None) -> list[Content]:
    """Some lines of Python in so many columns.

    Where there are more than `most` rows, what is said about the code is left out first, and then
    the rows in the middle.
    """
    rows = [row for pieces in highlighted("\n".join(lines)) for row in _wrapped(pieces, width)]
    if most is not None and len(rows) > most:
        rows = _without_words(rows, ink)
    drawn = [_row(row, ink) for row in rows]
    if most is not None and len(drawn) > most:
        drawn = [drawn[0], _row(_left_out(0, ink), ink), *drawn[len(drawn) - most + 2 :]]
    return drawn


def _without_words(rows: Sequence[Pieces], ink: Ink) -> list[Pieces]:
    """The rows of code; texts and comments leave a mark each."""
    kept: list[Pieces] = []
    for is_words, found in groupby(rows, _is_words):
        some = list(found)
        kept += [_left_out(_indent(some[0]), ink)] if is_words else some
    return kept


def _is_words(row: Pieces) -> bool:
    return all(role in (STRING, COMMENT) or text.isspace() for text, role in row)


def _indent(row: Pieces) -> int:
    line = "".join(text for text, _ in row)
    return len(line) - len(line.lstrip())


def _left_out(indent: int, ink: Ink) -> Pieces:
    return ((" " * (indent or _MORE), "plain"), (ink.glyphs.ellipsis, "dim"))


def _row(row: Pieces, ink: Ink) -> Content:
    return Content.from_rich_text(
        Text.assemble(*((ink.words(text), ink.style(role)) for text, role in row))
    )


def _wrapped(pieces: Pieces, width: int) -> Iterator[Pieces]:
    """A line as rows that fit; each but the first is moved in."""
    line = "".join(text for text, _ in pieces)
    in_words = all(role == STRING or text.isspace() for text, role in pieces)
    indent = _indent(pieces) + (0 if in_words else _MORE)
    begin, room = 0, width
    while len(line) - begin > room:
        cut = line.rfind(" ", begin + indent, begin + room + 1)
        cut = cut if cut > begin else begin + room
        yield _between(pieces, begin, cut, indent if begin else 0)
        begin = cut + (line[cut] == " ")
        room = max(8, width - indent)
    yield _between(pieces, begin, len(line), indent if begin else 0)


def _between(pieces: Pieces, begin: int, end: int, indent: int) -> Pieces:
    found, at = [(" " * indent, "plain")] if indent else [], 0
    for text, role in pieces:
        cut = text[max(0, begin - at) : max(0, end - at)]
        if cut:
            found.append((cut, role))
        at += len(text)
    return tuple(found)
