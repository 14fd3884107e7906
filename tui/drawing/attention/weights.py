"""Weights of attention as they are shown: who asks, who answers, and how much is taken."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len

from tui.drawing.ink import Ink

Row = Sequence[float]
Told = Sequence[float | None]
"""A row of which parts may still be on their way."""

PLACES = ("row", "column")
"""What asks and what answers, where nothing better is known. They are counted from 0."""


@dataclass
class Weights:
    """What is shown. `row(i)` gives the weights of row i, or `None` while they are on their way.

    `masked(i, j)` says whether row i may not look at column j at all.
    """

    asks: Sequence[str]
    answers: Sequence[str]
    row: Callable[[int], Told | None]
    masked: Callable[[int, int], bool] = lambda row, column: False
    title: str = ""
    without: str = ""
    """What happens without this head, in words: a picture alone proves nothing."""
    selected: str = ""
    """How the case was come by: chosen, or drawn at random."""
    called: tuple[str, str] = PLACES
    """What one that asks and one that answers are called, such as a move and a word."""
    said: Sequence[str] = ()
    """What the network said at each row, on its own; empty where it says nothing."""
    right: Sequence[str] = ()
    """What is right at each row; empty where nothing is known to be."""
    whole: bool = True
    """Whether a row that is here is all here. Of one that comes in parts `know` tells the sum."""
    _sums: dict[int, float] = field(default_factory=dict, init=False, repr=False)
    _seen: dict[int, int] = field(default_factory=dict, init=False, repr=False)
    _widest: dict[bool, tuple[int, int, int]] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def of(
        cls,
        asks: Sequence[str],
        answers: Sequence[str],
        rows: Sequence[Row],
        mask: Sequence[Sequence[bool]] | None = None,
        title: str = "",
        without: str = "",
        selected: str = "",
        called: tuple[str, str] = PLACES,
        said: Sequence[str] = (),
        right: Sequence[str] = (),
    ) -> Weights:
        """Weights that are all here; `mask[i][j]` is true where row i may not look at column j."""

        def masked(row: int, column: int) -> bool:
            return mask is not None and bool(mask[row][column])

        def found(row: int) -> Row:
            return rows[row]

        return cls(asks, answers, found, masked, title, without, selected, called, said, right)

    @property
    def begins(self) -> int:
        """The number of the first row and column: places count from 0, things from 1."""
        return 0 if self.called == PLACES else 1

    def weight(self, row: int, column: int) -> float | None:
        """One weight, or `None` while it is on its way."""
        found = self.row(row)
        value = None if found is None else found[column]
        return None if value is None else float(value)

    def know(self, row: int, total: float, visible: int) -> None:
        """The sum of a row, and how many columns it may look at, where not all of it is here."""
        self._sums[row], self._seen[row] = total, visible

    def total(self, row: int) -> float | None:
        """The sum of a row, over all columns."""
        if row not in self._sums:
            found = self.row(row) if self.whole else None
            if found is None:
                return None
            self._sums[row] = math.fsum(value or 0.0 for value in found)
        return self._sums[row]

    def darkest(self, row: int) -> int:
        """The column with the largest weight of a row; the first while they are on their way."""
        found = self.row(row)
        if found is None:
            return 0
        return max(range(len(found)), key=lambda column: found[column] or 0.0)

    def forget(self) -> None:
        """The weights have changed."""
        self._sums.clear()
        self._seen.clear()

    def may_see(self, row: int) -> int:
        """How many columns a row may look at."""
        if row not in self._seen:
            if not self.whole:
                return len(self.answers)
            columns = range(len(self.answers))
            self._seen[row] = sum(not self.masked(row, column) for column in columns)
        return self._seen[row]

    def verdict(self, row: int) -> tuple[str, bool | None]:
        """What was said at a row, and whether it is right; `None` where that is not known."""
        said = self.said[row] if row < len(self.said) else ""
        right = self.right[row] if row < len(self.right) else ""
        return said, (said == right if said and right else None)

    def widest(self, ink: Ink) -> tuple[int, int, int]:
        """Cells of the widest that asks, that answers, and that was said, as they are printed."""
        if ink.is_ascii not in self._widest:
            asks, answers, said = (
                max((cell_len(token(text, ink)) for text in texts), default=0)
                for texts in (self.asks, self.answers, [text for text in self.said if text])
            )
            self._widest[ink.is_ascii] = max(1, asks), max(1, answers), said
        return self._widest[ink.is_ascii]


def token(text: str, ink: Ink) -> str:
    """A token as it can stand in a row: blanks and line ends made visible."""
    blank = "_" if ink.is_ascii else "␣"
    shown = text.replace("\n", "\\n" if ink.is_ascii else "↵").replace(" ", blank)
    return ink.words(shown) or blank


def number_text(value: float) -> str:
    """A weight or a sum, to three digits: .933, 1.000."""
    text = f"{value:.3f}"
    return text[1:] if text.startswith("0.") else text
