"""What networks write when they are left alone: a few texts of each, with every broken step marked.

A text is a row of tokens; between two of them stands a dot where the step is legal and a cross
where it is not. Beside the texts stands the board on which they can be followed.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, blank, fit, paragraph, strip

LEAST = (30, 5)
"""Columns and lines below which a sentence stands for the picture."""
_INDENT = 2
_BESIDE = 3
"""Columns between the texts and the board."""


@dataclass(frozen=True)
class Writer:
    """One who writes: a few texts, which of their steps are legal, and how many texts are."""

    name: str
    texts: tuple[str, ...]
    legal: tuple[tuple[bool, ...], ...]
    right: int
    count: int

    @property
    def share(self) -> str:
        """How many of its texts are legal."""
        return f"{self.right} of {self.count} legal"


@dataclass(frozen=True)
class Written:
    """All who write, and when."""

    writers: tuple[Writer, ...] = ()
    board: tuple[str, ...] = ()
    """The tokens as they lie side by side, row by row."""
    title: str = ""


def lines_wanted(written: Written) -> int:
    """Lines that the whole picture takes."""
    return 2 + sum(1 + len(writer.texts) for writer in written.writers) if written.writers else 2


def draw(written: Written, width: int, height: int, ink: Ink) -> list[Strip]:
    """Title, the writers one below the other, and what the cross means, in `height` lines."""
    if not written.writers or width < LEAST[0] or height < LEAST[1]:
        return paragraph(sentence(written), width, height, ink.style("plain"), ink)
    each = max(0, (height - 2) // len(written.writers) - 1)
    body: list[list[Piece]] = []
    for writer in written.writers:
        body.append(_head(writer, ink))
        pairs = zip(writer.texts[:each], writer.legal, strict=False)
        body += [_text(text, legal, ink) for text, legal in pairs]
    lines = [strip([(fit(ink.words(written.title), width, ink), ink.style("dim"))], width)]
    if each >= len(written.board):
        _add_board(written, body, width, ink)
    lines += [strip(pieces, width) for pieces in body]
    told = f"{ink.glyph('cross')} through a wall, or straight back"
    lines.append(strip([(fit(told, width, ink), ink.style("dim"))], width))
    return (lines + [blank(width)] * height)[:height]


def sentence(written: Written) -> str:
    """How much of what each writes is legal."""
    if not written.writers:
        return "Nothing was written yet."
    told = "; ".join(f"{writer.name}: {writer.share}" for writer in written.writers)
    return f"{written.title[:1].upper()}{written.title[1:]}. {told}."


def _head(writer: Writer, ink: Ink) -> list[Piece]:
    role = "good" if 2 * writer.right > writer.count else "bad"
    return [
        (f"{ink.words(writer.name)}  ", ink.style("strong")),
        (writer.share, ink.style(role)),
    ]


def _text(text: str, legal: tuple[bool, ...], ink: Ink) -> list[Piece]:
    pieces: list[Piece] = [(" " * _INDENT + text[:1], ink.style("plain"))]
    for token, may in zip(text[1:], legal, strict=True):
        sign = ink.glyph("dot" if may else "cross")
        pieces.append((sign, ink.style("dim" if may else "bad")))
        pieces.append((token, ink.style("plain")))
    return pieces


def _add_board(written: Written, body: list[list[Piece]], width: int, ink: Ink) -> None:
    """Put the board at the right of the first writer's texts, where there is room for it."""
    rows = [" ".join(row) for row in written.board]
    board = max(map(len, rows), default=0)
    longest = max(2 * len(text) for writer in written.writers for text in writer.texts)
    left = _INDENT + longest + _BESIDE
    if left + board > width:
        return
    for row, line in zip(rows, body[1:], strict=False):
        used = sum(len(text) for text, _ in line)
        line.append((" " * (left - used) + row, ink.style("accent")))
