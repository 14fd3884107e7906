"""A table to be filled in, as a small grid: what is given, what was typed, and its marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.content import Content

from course.trace_marking import State
from tui.drawing.ink import Ink

QUIET = "$foreground-muted"
_FRAME = 4
"""Columns of a cell beside its text: the pointer, two brackets, the mark."""
_WIDEST = 12
_ROOM = 24
"""So many columns the heads of the rows may take."""


@dataclass(frozen=True)
class Box:
    """One cell as it is drawn."""

    row: int
    column: int
    text: str
    asked: bool = False
    here: bool = False
    """Whether it is the one that is typed into."""
    mark: State | None = None


@dataclass(frozen=True)
class TracePicture:
    """All that is drawn. Both kinds of heads may be empty texts."""

    columns: Sequence[str]
    rows: Sequence[str]
    boxes: Sequence[Box]

    def measures(self, width: int) -> tuple[int, int]:
        """How many columns of a width the heads take, and each cell with its frame."""
        head = min(max(map(len, self.rows)), _ROOM, max(4, width // 3)) + 1
        inside = max([6, *map(len, self.columns), *(len(box.text) for box in self.boxes)])
        room = (width - head) // len(self.columns) - _FRAME
        return head, max(3, min(inside, room, _WIDEST)) + _FRAME

    def box_at(self, x: int, y: int, width: int) -> Box | None:
        """The cell that is drawn at a place."""
        head, wide = self.measures(width)
        row, column = y - bool(any(self.columns)), (x - head) // wide
        boxes = (box for box in self.boxes if (box.row, box.column) == (row, column))
        return next(boxes, None)


def draw_trace(picture: TracePicture, width: int, ink: Ink) -> list[Content]:
    """The grid: a line of heads, if there are any, and a line for each row."""
    head, wide = picture.measures(width)
    boxes = {(box.row, box.column): box for box in picture.boxes}
    lines = []
    if any(picture.columns):
        names = (_short(ink.words(name), wide - 2, ink) for name in picture.columns)
        heads = (name.rjust(wide - 2) + "  " for name in names)
        lines.append(Content.styled(" " * head + "".join(heads), QUIET).rstrip())
    for row, name in enumerate(picture.rows):
        parts = [Content(_short(ink.words(name), head - 1, ink).ljust(head))]
        for column in range(len(picture.columns)):
            box = boxes.get((row, column))
            parts.append(_box(box, wide, ink) if box else Content(" " * wide))
        lines.append(Content("").join(parts).rstrip())
    return lines


def marks_told(marks: Iterable[State], ink: Ink) -> str:
    """What the signs beside cells mean that do not speak for themselves."""
    seen = set(marks)
    told = []
    if State.CARRIED in seen:
        told.append(f"{_sign(State.CARRIED, ink)} right, from your own earlier number")
    if State.OPEN in seen:
        told.append(f"{_sign(State.OPEN, ink)} cannot be worked out from your own number")
    return "   ".join(told)


def _box(box: Box, wide: int, ink: Ink) -> Content:
    room = wide - _FRAME
    if not box.asked:
        return Content("  " + _short(box.text, room, ink).rjust(room) + "  ")
    text = _end(box.text, room, ink)
    padded = text.rjust(room) if text else "_" * room
    style = "bold reverse" if box.here else "bold" if text else QUIET
    return Content.assemble(
        (ink.glyphs.pointer if box.here else " ", "bold $accent"),
        ("[", QUIET),
        (padded, style),
        ("]", QUIET),
        (_sign(box.mark, ink) if box.mark else " ", _tone(box.mark)),
    )


def _sign(mark: State, ink: Ink) -> str:
    glyphs = ink.glyphs
    return {
        State.RIGHT: glyphs.tick,
        State.WRONG: glyphs.cross,
        State.CARRIED: glyphs.arrows[1],
        State.OPEN: glyphs.missing,
    }[mark]


def _tone(mark: State | None) -> str:
    if mark is State.RIGHT:
        return "bold $text-success"
    return "bold $text-warning" if mark is State.WRONG else "bold $text-accent"


def _short(text: str, room: int, ink: Ink) -> str:
    return text if len(text) <= room else text[: room - 1] + ink.glyphs.ellipsis


def _end(text: str, room: int, ink: Ink) -> str:
    """The end of what was typed, where all of it has no room."""
    return text if len(text) <= room else ink.glyphs.ellipsis + text[1 - room :]
