"""What an examination looked at, and what should come out beside what does."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from models.exercises.examined import NO, YES, Side, Sides
from tui.drawing.ink import Ink

QUIET = "$foreground-muted"
_TONES = {YES: "$text-success", NO: "bold $text-warning"}
_APART = 4
SHOULD, YOURS = "should be", "yours"


def draw_steps(steps: Sequence[Sequence[str]], width: int, ink: Ink) -> list[Content]:
    """A sign and a few words for everything that was looked at, as many to a row as fit."""
    signs = {YES: ink.glyphs.tick, NO: ink.glyphs.cross}
    rows: list[Content] = []
    used = width
    for words, state in steps:
        piece = Content.styled(
            f"{signs.get(state, '-')} {ink.words(words)}", _TONES.get(state, QUIET)
        )
        if rows and used + 2 + piece.cell_length <= width:
            rows[-1] = rows[-1] + Content("  ") + piece
            used += 2 + piece.cell_length
        else:
            rows.append(piece)
            used = piece.cell_length
    return rows


def draw_sides(sides: Sides, width: int, ink: Ink) -> list[Content]:
    """Two small tables, side by side if there is room, else one below the other."""
    title = Content.styled(ink.words(f"{sides.name}, with {sides.title}"), QUIET)
    wrong = _differing(sides)
    left = _table(SHOULD, sides.target, set(), ink)
    right = _table(YOURS, sides.own, wrong, ink)
    wide = max(line.cell_length for line in left)
    if wide + _APART + max(line.cell_length for line in right) > width:
        return [title, *left, *right]
    height = max(len(left), len(right))
    left += [Content("")] * (height - len(left))
    right += [Content("")] * (height - len(right))
    gaps = (Content(" " * (wide - line.cell_length + _APART)) for line in left)
    return [title, *(one + gap + other for one, gap, other in zip(left, gaps, right, strict=True))]


def in_words(sides: Sides) -> str:
    """The same in a sentence, for whoever cannot see a table."""
    both = (_told(SHOULD, sides.target), _told(YOURS, sides.own))
    return f"{sides.name}, with {sides.title}: {'; '.join(both)}."


def _told(name: str, side: Side) -> str:
    return f"{name} {side.shape} {' | '.join(' '.join(row) for row in side.rows)}".strip()


def _differing(sides: Sides) -> set[tuple[int, int]]:
    target = {(y, x): one for y, row in enumerate(sides.target.rows) for x, one in enumerate(row)}
    own = {(y, x): one for y, row in enumerate(sides.own.rows) for x, one in enumerate(row)}
    return {place for place, one in own.items() if target.get(place) != one}


def _table(head: str, side: Side, wrong: set[tuple[int, int]], ink: Ink) -> list[Content]:
    """The name and the shape above the numbers; those that are wrong are marked."""
    lines = [Content.assemble((head, "bold"), (f" {side.shape}", QUIET))]
    widest = max((len(one) for row in side.rows for one in row), default=0)
    for y, row in enumerate(side.rows):
        pieces = [
            (f" {one:>{widest}}{ink.glyphs.cross if (y, x) in wrong else ' '}",
             "bold $text-warning" if (y, x) in wrong else "")
            for x, one in enumerate(row)
        ]  # fmt: skip
        lines.append(Content.assemble(*pieces))
    return lines
