"""A file of code with what went through it: beside each line that made tensors, their shapes.

One line is lit. What is drawn is a window of the file, so a frame costs the same however long the
file is. Where a line and its shapes do not both fit, its trailing comment gives way, then its end:
the shapes are what the file does not say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from rich.style import Style
from textual.strip import Strip

from tui.drawing.code.code_lines import COMMENT, highlighted
from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, blank, fit, paragraph, strip

Shape = tuple[int, ...]

_GAP = 2
"""Columns between a line and its shapes."""
_AXES = re.compile(r"#.*?\(([^()]*)\)")
"""The axes that a comment names: `# (..., T, S)`."""
_CAPTION = 2
_LEAST = 3
"""Lines of code that there are at least where something is said below them."""
MOST_SHAPES = 3
"""Shapes of one line that are written out; of more only how many."""


@dataclass(frozen=True)
class Code:
    """A file and what is known of its lines, which are counted from 1."""

    file: str
    source: str
    shapes: Mapping[int, tuple[Shape, ...]] = field(default_factory=dict)
    """What the lines made when they were first executed; empty as long as nothing was."""
    title: str = ""
    """What went through it."""

    @cached_property
    def lines(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """Every line as pieces with their roles."""
        return highlighted(self.source.rstrip("\n"))

    def text(self, line: int) -> str:
        """A line as it stands in the file."""
        return "".join(text for text, _ in self.lines[line - 1])

    @cached_property
    def traced(self) -> tuple[int, ...]:
        """The lines that made something, in order."""
        return tuple(sorted(self.shapes))

    def find(self, wanted: str) -> int:
        """The first line that holds a text, or the line of that number; 0 if there is none."""
        if wanted.isdecimal():
            return int(wanted) if 1 <= int(wanted) <= len(self.lines) else 0
        texts = (number for number, _ in enumerate(self.lines, 1) if wanted in self.text(number))
        return next(texts, 0)


def draw_code(
    code: Code, at: tuple[int, int], size: tuple[int, int], ink: Ink, note: str = ""
) -> list[Strip]:
    """The heading, the lines, and what is to be said of the one that is lit, or else a `note`.

    `at` is the line that is lit and the first one that is seen, `size` columns and lines.
    """
    (lit, top), (width, height) = at, size
    below = _CAPTION if height >= 1 + _LEAST + _CAPTION else 0
    rows = rows_of(height)
    lines = [_heading(code, top, rows, width, ink)]
    for number in range(top, top + rows):
        inside = 1 <= number <= len(code.lines)
        lines.append(_line(code, number, lit, width, ink) if inside else blank(width))
    if below:
        lines += _caption(code, lit, width, ink, note)
    return lines[:height]


def _caption(code: Code, lit: int, width: int, ink: Ink, note: str) -> list[Strip]:
    """What the lit line made, after the line itself where that is cut; else the note."""
    if note:
        return paragraph(note, width, _CAPTION, ink.style("dim"), ink)
    said, whole = (
        describe(code, lit),
        [(ink.words(text), role) for text, role in code.lines[lit - 1]],
    )
    if _length(whole) <= _room(code, lit, width):
        return paragraph(said, width, _CAPTION, ink.style("plain"), ink)
    text = "".join(text for text, role in whole if role != COMMENT).strip()
    return [
        *paragraph(text, width, 1, ink.style("dim"), ink),
        *paragraph(said, width, 1, ink.style("plain"), ink),
    ]


def rows_of(height: int) -> int:
    """The lines of code that a picture so high has."""
    return max(1, height - 1 - (_CAPTION if height >= 1 + _LEAST + _CAPTION else 0))


def top_for(code: Code, lit: int, top: int, height: int) -> int:
    """Where a window begins that has the lit line in sight, moving no more than it must."""
    rows, last = rows_of(height), len(code.lines)
    margin = min(2, (rows - 1) // 2)
    top = min(max(top, lit + margin - rows + 1), lit - margin)
    return max(1, min(top, last - rows + 1))


def describe(code: Code, line: int) -> str:
    """What a line made, axis by axis where its comment names them."""
    found = code.shapes.get(line)
    if found is None:
        if not code.shapes:
            return "No shapes yet."
        return f"Line {line} made no tensor in this pass."
    named = axes_of(code.text(line), found[0]) if len(found) == 1 else ""
    told = f"Line {line} made {_told(found)}"
    return f"{told}: {named}." if named else f"{told}."


def axes_of(text: str, shape: Shape) -> str:
    """The axes of a shape by the names in the comment of its line; empty if they do not fit.

    >>> axes_of("x = q @ k.mT  # (..., T, S)", (1, 2, 5, 7))
    'T = 5, S = 7'
    """
    match = _AXES.search(text)
    names = [name.strip() for name in match[1].split(",")] if match else []
    names = [name for name in names if name]
    if names[:1] == ["..."]:
        names = names[1:]
        shape = shape[len(shape) - len(names) :] if len(shape) >= len(names) else ()
    if not names or len(names) != len(shape):
        return ""
    return ", ".join(f"{name} = {size}" for name, size in zip(names, shape, strict=True))


def in_a_sentence(code: Code, lit: int) -> str:
    """What is to be seen: the file, the line that is lit, and what it made."""
    through = f", {code.title}" if code.title else ""
    return f"{code.file}{through}. {code.text(lit).strip()} {describe(code, lit)}"


def _told(found: tuple[Shape, ...]) -> str:
    shapes = [_written(shape) for shape in found]
    if len(set(shapes)) == 1 and len(shapes) > 1:
        return f"{len(shapes)} of {shapes[0]}"
    more = f" and {len(shapes) - MOST_SHAPES} more" if len(shapes) > MOST_SHAPES else ""
    return " ".join(shapes[:MOST_SHAPES]) + more


def _written(shape: Shape) -> str:
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


def _heading(code: Code, top: int, rows: int, width: int, ink: Ink) -> Strip:
    last = min(len(code.lines), top + rows - 1)
    where = f"   lines {top} to {last} of {len(code.lines)}"
    through = f"   {code.title}" if code.title else ""
    pieces: list[Piece] = [(code.file, ink.style("strong")), (where, ink.style("dim"))]
    room = max(0, width - len(code.file) - len(where))
    return strip([*pieces, (fit(ink.words(through), room, ink), ink.style("dim"))], width)


def _line(code: Code, number: int, lit: int, width: int, ink: Ink) -> Strip:
    """The number of a line, the line, and at the right what it made."""
    here = number == lit
    found = code.shapes.get(number)
    shapes = _told(found) if found else ""
    digits = len(str(len(code.lines)))
    pieces: list[Piece] = [
        (ink.glyph("pointer") if here else " ", ink.style("accent")),
        (f"{number:>{digits}} ", ink.style("accent" if here else "faint")),
    ]
    room = _room(code, number, width)
    line, used = _cut(code.lines[number - 1], room, bool(shapes), ink)
    pieces += [(text, ink.style(role) + _lit(here)) for text, role in line]
    pieces.append((" " * max(0, room - used), _lit(here)))
    if shapes:
        pieces.append((" " * _GAP + shapes, ink.style("chosen" if here else "accent")))
    return strip(pieces, width)


def _room(code: Code, number: int, width: int) -> int:
    """Columns for the text of a line."""
    found = code.shapes.get(number)
    return width - len(str(len(code.lines))) - 2 - (len(_told(found)) + _GAP if found else 0)


def _lit(here: bool) -> Style:
    return Style(bold=True) if here else Style.null()


def _cut(
    line: tuple[tuple[str, str], ...], room: int, has_shapes: bool, ink: Ink
) -> tuple[list[tuple[str, str]], int]:
    """A line in so many columns, and how many it took: without its comment if that helps."""
    pieces, room = [(ink.words(text), role) for text, role in line], max(0, room)
    if has_shapes and _length(pieces) > room and pieces[-1][1] == COMMENT:
        pieces = [*pieces[:-2], (pieces[-2][0].rstrip(), pieces[-2][1])]
    if _length(pieces) <= room:
        return pieces, _length(pieces)
    kept, left = list[tuple[str, str]](), room - 1
    for text, role in pieces:
        kept.append((text[: max(0, left)], role))
        left -= len(text)
    return [*kept, (ink.glyphs.ellipsis[:room], "faint")], room


def _length(pieces: list[tuple[str, str]]) -> int:
    return sum(len(text) for text, _ in pieces)
