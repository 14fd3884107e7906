"""Who may read whom in three families of networks: their masks side by side.

Each family has one square: all tokens that pass through it, first those it is given and then those
it writes, ask row by row and are read column by column. An encoder-decoder has three masks; they
are the squares of its two halves and the rectangle between them, through which what is written
reads what was given. Nothing leads the other way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

SELF, READ, SOURCE = "self", "read", "source"
ALL = "All may read all, at once: good for judging a whole text, not for continuing it."
PAST = "Nobody reads ahead: each token can be asked what comes next, all in one pass."
ACROSS = (
    "What is given reads itself. What is written reads what comes before it and, across, the whole"
    " of what is given."
)


@dataclass(frozen=True)
class Mask:
    """Who may read whom in one attention: `allowed` (T, S)."""

    asks: tuple[str, ...]
    answers: tuple[str, ...]
    allowed: tuple[tuple[bool, ...], ...]


@dataclass(frozen=True)
class Family:
    """One network: its masks by what they are for (`self`, or `source`, `self` and `read`)."""

    who: str
    masks: Mapping[str, Mask]
    given: int
    """How many tokens it is given; those behind them it writes."""

    @property
    def tokens(self) -> tuple[str, ...]:
        """All that ask, in order."""
        if SOURCE in self.masks:
            return self.masks[SOURCE].asks + self.masks[SELF].asks
        return self.masks[SELF].asks

    def through(self, row: int, column: int) -> tuple[str, bool]:
        """The mask that a cell lies in, and whether it allows it; no mask where nothing leads."""
        if SOURCE not in self.masks:
            return SELF, self.masks[SELF].allowed[row][column]
        down, right = row - self.given, column - self.given
        if down < 0 and right < 0:
            return SOURCE, self.masks[SOURCE].allowed[row][column]
        if down < 0:
            return "", False
        if right < 0:
            return READ, self.masks[READ].allowed[down][column]
        return SELF, self.masks[SELF].allowed[down][right]

    def may(self, row: int, column: int) -> bool:
        """Whether a row may read a column."""
        return self.through(row, column)[1]

    @property
    def hides(self) -> bool:
        """Whether what comes later is hidden from anyone."""
        return not all(all(row) for row in self.masks[SELF].allowed)


@dataclass(frozen=True)
class Families:
    """The families, and where the cursor is: in which, at which row and column."""

    families: tuple[Family, ...]
    at: int = 0
    row: int = 0
    column: int = 0
    given: str = "maze"
    """What they are given, in a word."""
    written: str = "way"
    """What they write."""

    @property
    def family(self) -> Family:
        """The one under the cursor."""
        return self.families[self.at]

    def moved(self, down: int, right: int) -> Families:
        """With the cursor elsewhere in the same family."""
        last = len(self.family.tokens) - 1
        row, column = self.row + down, self.column + right
        return replace(self, row=max(0, min(row, last)), column=max(0, min(column, last)))

    def turned(self, by: int) -> Families:
        """With the cursor in another family, in the same place if that is there."""
        return replace(self, at=(self.at + by) % len(self.families)).moved(0, 0)


def family_of(who: str, masks: Sequence[Mapping[str, object]], given: int) -> Family:
    """A family as the worker tells it: rows of 0 and 1 for each mask."""
    found = {}
    for mask in masks:
        rows, asks, answers = mask["allowed"], mask["asks"], mask["answers"]
        assert isinstance(rows, list) and isinstance(asks, list) and isinstance(answers, list)
        allowed = tuple(tuple(bool(may) for may in row) for row in rows)
        found[str(mask["place"])] = Mask(tuple(asks), tuple(answers), allowed)
    return Family(who, found, given)


def words(picture: Families) -> str:
    """Whom the row under the cursor may read, and whether the column under it is among them."""
    family, row, column = picture.family, picture.row, picture.column
    read = [at for at in range(len(family.tokens)) if family.may(row, at)]
    parts = [
        _counted([at for at in read if at < family.given], family.given, picture.given),
        _named(family, [at for at in read if at >= family.given], picture.written),
    ]
    told = " and ".join(part for part in parts if part)
    name = f"row {row + 1}, “{family.tokens[row]}”, of the {_part(picture, row)}"
    return f"{_upper(family.who)}: {name}, may read {told}. {_cell(picture, row, column)}"


def like(family: Family) -> str:
    """What such a mask is good for."""
    if READ in family.masks:
        return ACROSS
    return PAST if family.hides else ALL


def _counted(read: Sequence[int], given: int, what: str) -> str:
    """How many of the tokens that are given."""
    if not read:
        return ""
    if len(read) == given:
        return f"all {given} tokens of the {what}"
    first = "the first" if len(read) == 1 else f"the first {len(read)}"
    return f"{first} of {given} tokens of the {what}"


def _named(family: Family, read: Sequence[int], what: str) -> str:
    """Which of the tokens that are written."""
    return f"{' '.join(family.tokens[at] for at in read)} of the {what}" if read else ""


def _cell(picture: Families, row: int, column: int) -> str:
    """Whether the row may read the column, and why not."""
    family = picture.family
    place, may = family.through(row, column)
    whom = "itself" if row == column else f"column {column + 1}, “{family.tokens[column]}”"
    if may:
        across = ", across" if place == READ else ""
        return f"It reads {whom}{across}."
    if not place:
        return f"Not {whom}: the {picture.given} is read before the {picture.written} is begun."
    return f"Not {whom}: that comes later."


def _part(picture: Families, row: int) -> str:
    return picture.given if row < picture.family.given else picture.written


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
