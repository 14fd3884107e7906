"""A table to be filled in by hand, cell by cell, and what its cells are worth."""

from __future__ import annotations

from dataclasses import field

from course.frozen import Frozen, frozen
from course.lesson import Diagnosis, Question, Tolerance


@frozen()
class Cell(Frozen):
    """One cell: what it holds, from the numbers drawn and from cells before it."""

    name: str
    """What expressions call it: the name of its row and the number of its column, as e2."""
    row: int
    column: int
    expression: str
    given: bool = False
    """Whether it is shown, rather than to be filled in."""
    why: str = ""
    """How one comes by it; said of a wrong number that nothing else explains."""
    also: tuple[Diagnosis, ...] = ()
    tolerance: Tolerance | None = None
    """None for two digits after the point, and whole numbers exactly."""
    line: int = 0


@frozen(kw_only=True)
class Trace(Question):
    """Rows of cells. `rows` and `columns` are their heads; `cells` stand in their order."""

    columns: tuple[str, ...]
    rows: tuple[str, ...]
    cells: tuple[Cell, ...]
    explanation: str = ""
    draws: dict[str, tuple[float, ...]] = field(default_factory=dict)

    @property
    def asked(self) -> tuple[Cell, ...]:
        """The cells that are to be filled in; an answer has a text for each of them."""
        return tuple(cell for cell in self.cells if not cell.given)

    def label(self, cell: Cell) -> str:
        """What a cell is called in words."""
        alone = sum(other.row == cell.row for other in self.cells) == 1
        column = "" if alone else self.columns[cell.column]
        return ", ".join(part for part in (self.rows[cell.row], column) if part)
