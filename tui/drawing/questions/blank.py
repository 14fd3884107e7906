"""The code around a blank: highlighted, wrapped to a width with its indentation, and kept short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text
from textual.content import Content

from tui.drawing.code.code_lines import STRING, highlighted
from tui.drawing.ink import Ink

Pieces = tuple[tuple[str, str], ...]
_MORE = 4
"""How far the rest of a line that is too long is moved in."""


def draw_code(lines: Sequence[str], width: int, ink: Ink, most: int | None = None) -> list[Content]:
    """Some lines of Python in so many columns, and at most so many rows: the first and the last."""
    rows = [row for pieces in highlighted("\n".join(lines)) for row in _wrapped(pieces, width)]
    drawn = [_row(row, ink) for row in rows]
    if most is not None and len(drawn) > most:
        left_out = Content.styled(f"    {ink.glyphs.ellipsis}", "dim")
        drawn = [drawn[0], left_out, *drawn[len(drawn) - max(0, most - 2) :]]
    return drawn


def _row(row: Pieces, ink: Ink) -> Content:
    return Content.from_rich_text(
        Text.assemble(*((ink.words(text), ink.style(role)) for text, role in row))
    )


def _wrapped(pieces: Pieces, width: int) -> Iterator[Pieces]:
    """A line as rows that fit; each but the first is moved in."""
    line = "".join(text for text, _ in pieces)
    in_words = all(role == STRING or text.isspace() for text, role in pieces)
    indent = len(line) - len(line.lstrip()) + (0 if in_words else _MORE)
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
