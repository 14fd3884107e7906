"""One cell of an alignment taken apart: its judges, the softmax, what the word speaks for."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip

from tui.drawing.attention.additive import Cell, draw, sentence
from tui.drawing.ink import Ink
from tui.drawing.lines import blank
from tui.widgets.drawn_view import DrawnView

HELP = """\
### One weight, taken apart

**s** is the writer's state before the move, **h** the reader's memory after the word. Each *judge*
is one number: it adds a number from **s** (`W s`) and one from **h** (`U h`), squashes the sum with
tanh, and counts with a weight of its own in `v`, for or against. The judges stand in the order of
their products, the largest first. Their sum is the **score**. The softmax turns the scores of a row
into shares: e to the score, over the sum of all of them. The last line says what the word, taken
with this share, adds straight to the logit of each move; it also acts by way of the writer's state,
which is not counted here.

Numbers are rounded to what is printed; sums are taken before that.

**↑ ↓** go through the judges, **← →** to another word, **i** and **escape** close it.
"""
_TALL = 17


class CellInspector(DrawnView):
    """Shows a `Cell`; up and down go through its judges."""

    HELP = HELP
    DEFAULT_CSS = """
    CellInspector { height: auto; max-height: 100%; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "up", id="cell.up", tooltip="A larger product", show=False),
        Binding("down", "move(1)", "down", id="cell.down", tooltip="A smaller one", show=False),
    ]

    def __init__(self, cell: Cell | None = None, *, ink: Ink | None = None) -> None:
        super().__init__(ink=ink)
        self._cell = cell

    @property
    def cell(self) -> Cell | None:
        """What is shown."""
        return self._cell

    def show(self, cell: Cell) -> None:
        """Show another cell, its judges from the largest on."""
        self._cell = cell
        self.show_change()

    @property
    def sentence(self) -> str:
        """The score, the weight and the judge under the cursor."""
        return sentence(self._cell) if self._cell is not None else "No cell yet."

    def action_move(self, by: int) -> None:
        """A smaller product, or a larger one."""
        if self._cell is not None:
            last = len(self._cell.parts.judge) - 1
            self.show(replace(self._cell, chosen=max(0, min(self._cell.chosen + by, last))))

    def draw(self) -> list[Strip]:
        """The cell in the room there is."""
        width, height = self.content_size
        if self._cell is None:
            return [blank(width)] * height
        return draw(self._cell, width, height, self.ink)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Room for all judges, as far as the window has it."""
        judges = len(self._cell.parts.judge) if self._cell is not None else 1
        return min(_TALL + max(0, viewport.height - 24), 11 + judges)


def main() -> None:
    """A cell of the tiny translator that learns as you watch, when it has learned."""
    from tui.demos.alignment import cell_demo

    cell_demo().run()


if __name__ == "__main__":
    main()
