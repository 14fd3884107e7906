"""Questions as lines of text: options with the explanation under the one it belongs to."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.content import Content

from tui.drawing.ink import Ink
from tui.drawing.inline import inline

if TYPE_CHECKING:
    from course.marking import Remark

LETTERS = "abcdefghij"
NOTHING = Content("")
ROOM = 11
"""Lines that options may take with air between them, so that a question fits a low terminal."""
INDENT = 5
"""Cells before the text of an option: the pointer, the letter and a gap."""


@dataclass(frozen=True)
class Choice:
    """One option as it stands on the screen. `option` is its number in the lesson file."""

    option: int
    text: str
    ticked: bool = False


@dataclass(frozen=True)
class Choices:
    """A list of options: what is under the cursor, what has been tried, what was right."""

    rows: Sequence[Choice]
    cursor: int
    boxes: bool = False
    """Whether several may be ticked."""
    remarks: Mapping[int, Remark] = field(default_factory=dict)
    tried: Collection[int] = ()
    done: bool = False
    bet: int | None = None
    """The option that a bet was placed on."""
    sealed: bool = False
    """Whether what is ticked are bets, which nothing has decided yet."""


def hang(label: Content, text: Content, width: int, mark: Content = NOTHING) -> list[Content]:
    """`text` wrapped beside `label`, with `mark` at the right end of the first line."""
    room = max(8, width - label.cell_length - (mark.cell_length + 1 if mark.plain else 0))
    wrapped = text.wrap(room) or [Content("")]
    first = label + wrapped[0].rstrip()
    if mark.plain:
        gap = max(1, width - first.cell_length - mark.cell_length)
        first = first + Content(" " * gap) + mark
    return [first, *(Content(" " * label.cell_length) + line.rstrip() for line in wrapped[1:])]


def choice_lines(choices: Choices, width: int, ink: Ink) -> list[tuple[Content, int | None]]:
    """The lines of a list of options, each with the row it belongs to."""
    lines: list[tuple[Content, int | None]] = []
    airy = _bare_height(choices, width) + len(choices.rows) <= ROOM
    for index, row in enumerate(choices.rows):
        if airy and index:
            lines.append((Content(""), None))
        remark = choices.remarks.get(row.option)
        dead = row.option in choices.tried and not (remark and remark.right)
        here = index == choices.cursor and not choices.done
        left = not row.ticked if choices.boxes else not (remark and remark.right)
        style = "dim" if dead or (choices.done and left and not choices.sealed) else ""
        box = f"[{'x' if row.ticked else ' '}] " if choices.boxes else ""
        label = Content.assemble(
            (ink.glyphs.pointer if here else " ", "bold $accent"),
            " ",
            (LETTERS[index], style if style else "bold $text-accent"),
            "  ",
            (box, style),
        )
        text = inline(row.text)
        text = text.stylize("bold") if here else text.stylize(style) if style else text
        mark = _mark(remark, row, choices, ink)
        lines += [(line, index) for line in hang(label, text, width, mark)]
        if remark and remark.text:
            lines += [(line, index) for line in explanation(remark.text, width, ink)]
    return lines


def _bare_height(choices: Choices, width: int) -> int:
    """How many lines the options take before anything is said about them."""
    room = max(8, width - INDENT - 2)
    return sum(len(inline(row.text).wrap(room)) for row in choices.rows)


def explanation(text: str, width: int, ink: Ink) -> list[Content]:
    """An explanation with a bar at its left, indented to the text of the options."""
    bar = Content.assemble(" " * INDENT, (ink.glyphs.bar + " ", "$accent"))
    room = max(8, width - INDENT - 2)
    return [bar + line.rstrip() for line in inline(text).wrap(room)]


def _mark(remark: Remark | None, row: Choice, choices: Choices, ink: Ink) -> Content:
    if choices.sealed:
        return _bet_mark(None, row.ticked, ink)
    if choices.bet is not None:
        return _bet_mark(remark, row.option == choices.bet, ink)
    if remark is None:
        return Content("")
    if choices.boxes:
        if not remark.right:
            return Content.styled(f"{ink.glyphs.cross} not this", _tone(False))
        # What was rightly left alone bears no tick: it would read as true.
        return Content.styled(ink.glyphs.tick if row.ticked else "", _tone(True))
    if remark.right or row.option in choices.tried:
        return Content.styled(
            ink.glyphs.tick if remark.right else ink.glyphs.cross, _tone(remark.right)
        )
    return Content("")


def _bet_mark(remark: Remark | None, placed: bool, ink: Ink) -> Content:
    """Where the bet lies, and once the run has decided, what won."""
    won = remark is not None and remark.right
    glyph = ink.glyphs.tick if won else ink.glyphs.cross if remark and placed else ""
    words = " ".join(part for part in ("your bet" if placed else "", glyph) if part)
    return Content.styled(words, _tone(won) if remark else "bold $text-accent")


def _tone(right: bool) -> str:
    return "bold $text-success" if right else "bold $text-warning"
