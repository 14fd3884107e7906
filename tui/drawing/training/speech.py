"""Words right and wrong: what a speaker predicts in sentences, and the sentences that it says.

Before each word of a sentence stands a sign: a tick where the speaker held that word for the
likeliest, a dot where it held another one that could have come, a cross where its word could not.
A sentence that it says by itself is wrong, or right and new, or right and recited.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, blank, fit, paragraph, strip

LEAST = (30, 5)
"""Columns and lines below which a sentence stands for the picture."""
MARKS = ("right", "possible", "wrong")
_SIGNS = {"right": ("tick", "good"), "possible": ("dot", "dim"), "wrong": ("cross", "bad")}
_INDENT = 2


@dataclass(frozen=True)
class Heard:
    """A sentence, and what was predicted before each of its words: `said`, and its `marks`."""

    words: tuple[str, ...]
    said: tuple[str, ...]
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """A sentence that a speaker said by itself."""

    words: tuple[str, ...]
    grammatical: bool
    recited: bool

    @property
    def mark(self) -> str:
        """The sign before it."""
        return "right" if self.grammatical else "wrong"

    @property
    def told(self) -> str:
        """What it is, in a word."""
        if self.grammatical:
            return "recited" if self.recited else "new"
        return "learned, wrong" if self.recited else "wrong"


@dataclass(frozen=True)
class Speech:
    """What one speaker predicts and says."""

    who: str = ""
    heard: tuple[Heard, ...] = ()
    said: tuple[Said, ...] = ()
    title: str = ""

    def count(self, mark: str) -> int:
        """How many words have this mark."""
        return sum(one.marks.count(mark) for one in self.heard)


def draw(speech: Speech, width: int, height: int, ink: Ink) -> list[Strip]:
    """What is predicted, then what is said, in `height` lines; the last explains the signs."""
    if not speech.heard or width < LEAST[0] or height < LEAST[1]:
        return paragraph(sentence(speech), width, height, ink.style("plain"), ink)
    said = _said(speech, width, ink)
    whole = height >= lines_wanted(speech, width, ink)
    said = said if whole else said[: (height - 2) // 3]
    said = said if len(said) > 1 else []
    lines = [_title(speech, width, ink)]
    for one in speech.heard:
        rows = _heard(one, width, ink)
        if len(lines) + len(rows) + len(said) < height:
            lines += rows
    lines = ([*lines, *said] + [blank(width)] * height)[: height - 1]
    return [*lines, _legend(width, ink)]


def lines_wanted(speech: Speech, width: int, ink: Ink) -> int:
    """Lines that the whole picture takes."""
    if not speech.heard:
        return 2
    heard = sum(len(_heard(one, width, ink)) for one in speech.heard)
    return 2 + heard + len(_said(speech, width, ink))


def sentence(speech: Speech) -> str:
    """How many words were predicted, and how many of the sentences are right."""
    if not speech.heard:
        return "Nothing has been said yet."
    right, possible, wrong = (speech.count(mark) for mark in MARKS)
    fair = sum(one.grammatical for one in speech.said)
    recited = sum(one.recited for one in speech.said)
    return (
        f"{speech.who}, {speech.title}: {right} of {right + possible + wrong} words predicted. Of"
        f" its other predictions {possible} could have come, {wrong} could not. Of"
        f" {len(speech.said)} sentences of its own {fair} are right, {recited} recited."
    )


def _title(speech: Speech, width: int, ink: Ink) -> Strip:
    right, whole = speech.count("right"), sum(map(speech.count, MARKS))
    told = f"  predicts {right} of {whole}, {speech.title}"
    name = ink.words(speech.who)
    rest = fit(ink.words(told), max(0, width - len(name)), ink)
    return strip([(name, ink.style("strong")), (rest, ink.style("dim"))], width)


def _heard(one: Heard, width: int, ink: Ink) -> list[Strip]:
    """A sentence in as many lines as it takes, each word with its sign before it."""
    rows: list[list[Piece]] = [[]]
    used = 0
    for word, mark in zip(one.words, one.marks, strict=True):
        glyph, role = _SIGNS[mark]
        size = 2 + len(word)
        if used and used + size > width:
            rows.append([(" " * _INDENT, ink.style("plain"))])
            used = _INDENT
        rows[-1].append((ink.glyph(glyph), ink.style(role)))
        rows[-1].append((f"{word} ", ink.style("plain" if mark == "possible" else role)))
        used += size
    return [strip(row, width) for row in rows]


def _said(speech: Speech, width: int, ink: Ink) -> list[Strip]:
    """What it says by itself, a line each."""
    lines = [strip([(fit("and says by itself:", width, ink), ink.style("dim"))], width)]
    for one in speech.said:
        glyph, role = _SIGNS[one.mark]
        told = f"  {one.told}"
        text = fit(" ".join(one.words), max(4, width - 2 - len(told)), ink)
        pieces: list[Piece] = [
            (f"{ink.glyph(glyph)} ", ink.style(role)),
            (text, ink.style("plain")),
            (told, ink.style("strong" if one.recited else "dim")),
        ]
        lines.append(strip(pieces, width))
    return lines if speech.said else []


def _legend(width: int, ink: Ink) -> Strip:
    tick, dot, cross = (ink.glyph(name) for name in ("tick", "dot", "cross"))
    for told in (
        f"{tick} predicted   {dot} its word could have come   {cross} its word could not",
        f"{tick} predicted  {dot} could come  {cross} could not",
    ):
        if len(told) <= width:
            break
    return strip([(fit(told, width, ink), ink.style("dim"))], width)
