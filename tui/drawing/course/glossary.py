"""The glossary as it is drawn: the words on the left, what the chosen one means beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from tui.drawing.ink import Ink
from tui.drawing.inline import inline

QUIET = "$foreground-muted"
_SIDE_BY_SIDE = 72
"""Columns from which words and meaning stand beside each other."""
_WORDS = 34
"""Columns for the words where they do."""
_WIDEST = 64
"""Columns beyond which a sentence is hard to follow."""


@dataclass(frozen=True)
class Entry:
    """A word and all that is shown of it."""

    name: str
    sentence: str
    formula: str
    number: int
    """The number of its lesson."""
    title: str
    ahead: bool = False
    """Whether the learner has not come to its lesson yet."""
    on_page: bool = False
    """Whether the page from which one comes says it."""


def draw_glossary(
    entries: Sequence[Entry], chosen: int, width: int, height: int, ink: Ink
) -> list[Content]:
    """Exactly `height` lines; the chosen word is always among them."""
    if not entries:
        lines = [Content(""), Content.styled(" No word like this one.", QUIET)]
    elif width >= _SIDE_BY_SIDE:
        words = _list(entries, chosen, _WORDS, height, ink)
        meaning = [Content(""), *meaning_of(entries[chosen], min(_WIDEST, width - _WORDS - 5), ink)]
        rows = max(len(words), len(meaning))
        words += [Content("")] * (rows - len(words))
        meaning += [Content("")] * (rows - len(meaning))
        side = Content.styled(f" {'|' if ink.is_ascii else '│'} ", QUIET)
        lines = [
            word + Content(" " * (_WORDS - word.cell_length)) + side + line
            for word, line in zip(words, meaning, strict=True)
        ]
    else:
        meaning = meaning_of(entries[chosen], width - 2, ink)
        room = max(3, height - len(meaning) - 1)
        indented = (Content(" ") + line for line in meaning)
        lines = [*_list(entries, chosen, width, room, ink), Content(""), *indented]
    lines = lines[:height]
    return lines + [Content("")] * (height - len(lines))


def meaning_of(entry: Entry, width: int, ink: Ink) -> list[Content]:
    """What a word means: its sentence, its formula, and where it comes from."""
    lines = [Content.styled(ink.words(entry.name), "bold $text-accent"), Content("")]
    lines += inline(ink.words(entry.sentence)).wrap(max(10, width))
    if entry.formula:
        formula = Content.styled(ink.words(entry.formula), "bold").wrap(max(10, width - 2))
        lines += [Content(""), *(Content("  ") + line for line in formula)]
    lines.append(Content(""))
    lines += Content.styled(ink.words(where(entry)), QUIET).wrap(max(10, width))
    return lines


def where(entry: Entry) -> str:
    """From which lesson a word is, and whether that lies ahead."""
    name = f"lesson {entry.number}, “{entry.title}”" if entry.number else f"“{entry.title}”"
    return f"It comes in {name}, which is ahead of you." if entry.ahead else f"From {name}."


def _list(
    entries: Sequence[Entry], chosen: int, width: int, height: int, ink: Ink
) -> list[Content]:
    """A window of the words, around the chosen one; those ahead have their lesson beside them."""
    first = max(0, min(chosen - height // 2, len(entries) - height))
    lines = []
    for index, entry in enumerate(entries[first : first + height], first):
        here = index == chosen
        told = f"lesson {entry.number}" if entry.ahead else ""
        room = width - 3 - (len(told) + 1 if told else 0)
        name = ink.words(entry.name)
        name = name if len(name) <= room else name[: room - 1] + ink.glyphs.ellipsis
        style = "bold reverse" if here else QUIET if entry.ahead else ""
        sign = ink.glyphs.pointer if here else ink.glyphs.dot if entry.on_page else " "
        line = Content.assemble((f" {sign} ", "bold $accent"), (name, style))
        if told:
            gap = width - line.cell_length - len(told)
            line = line + Content(" " * gap) + Content.styled(told, QUIET)
        lines.append(line)
    return lines
