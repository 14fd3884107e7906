"""Who looks at whom by additive attention, and one of the weights taken apart into its judges."""

from __future__ import annotations

from collections.abc import Sequence

from models.protocol import ProbeResult
from tui.code_places import ALIGNED, CELL, JUDGED, JUDGES, SOFTMAX, CodePlace
from tui.drawing.attention.additive import Cell, Parts, explained
from tui.drawing.attention.weights import Weights
from tui.moments import parts_of_probe, weights_of_probe
from tui.panels.attention_panel import AttentionPanel
from tui.widgets.cell_inspector import CellInspector
from tui.widgets.drawn_view import DrawnView
from tui.widgets.key_line import Hint

_BESIDE, _WIDTH = 100, 54
"""Columns from which a cell is taken apart beside the grid, and what it then takes."""


class AlignmentPanel(AttentionPanel):
    """The grid of an alignment; an open cell takes the arrows for its judges."""

    def build_inspector(self) -> DrawnView:
        """Its judges, the softmax, what the word speaks for."""
        return CellInspector(ink=self.desk.ink)

    def told(self, seen: ProbeResult, when: str) -> tuple[Weights, Parts | None]:
        """The weights, and the numbers of the judges."""
        return weights_of_probe(seen, when), parts_of_probe(seen)

    @property
    def room_beside(self) -> int:
        """From some width on."""
        return _WIDTH if self.size.width >= _BESIDE else 0

    @property
    def hints_of_cell(self) -> Sequence[Hint]:
        """Up and down are the judges', left and right another word."""
        return (("i", "close"), ("↑ ↓", "judge"), *self.code_hints, ("← →", self.kind.answers))

    @property
    def code_places(self) -> tuple[Sequence[CodePlace], int]:
        """The judges of an open cell, or else the softmax whose weights the grid shows.

        Where there are no judges, the weights are those of a Transformer.
        """
        if not self.opens:
            return CELL, SOFTMAX
        return ALIGNED, JUDGES if self.opened else JUDGED

    def explained(self) -> str:
        """The weight under the cursor with its numbers."""
        return explained(self.weights, self.parts, *self.grid.cursor)

    def inspect(self) -> None:
        """Take the cell apart; of the same cell the same judge is looked at."""
        inspector, (row, column) = self.inspector, self.grid.cursor
        assert isinstance(inspector, CellInspector)
        last, parts = inspector.cell, self.parts
        same = last is not None and last.parts is parts and (last.row, last.column) == (row, column)
        chosen = last.chosen if last is not None and same else 0
        inspector.show(Cell(self.weights, parts, row, column, chosen))
