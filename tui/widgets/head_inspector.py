"""One weight of a head taken apart: five stages from the products to the change in the logits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from tui.drawing.attention.attended import Taken
from tui.drawing.attention.cell_lines import STAGES, Opened
from tui.drawing.attention.cell_pair import difference, draw_pair, pair_height
from tui.drawing.attention.cell_stages import draw, height_for
from tui.drawing.attention.cell_tall import LEAST, draw_tall, fewest, tall_height
from tui.drawing.attention.cell_words import HELP, sentence
from tui.drawing.ink import Ink
from tui.drawing.lines import blank
from tui.widgets.drawn_view import DrawnView

_TALL = 17
"""Lines at most where the window has 24."""


class HeadInspector(DrawnView):
    """Shows a cell. Its stages open one at a time or all at once, a second cell can be pinned, and
    the mask be lifted."""

    HELP = HELP
    DEFAULT_CSS = """
    HeadInspector { height: auto; max-height: 100%; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "stage", "stage", id="head.stage", tooltip="Open the next stage"),
        Binding("c", "pin", "pin", id="head.pin", tooltip="Hold others against this cell"),
        Binding("u", "unmask", "mask", id="head.unmask", tooltip="Lift the mask, put it back"),
    ]

    class Changed(Message):
        """A stage was opened, a cell pinned, or the mask lifted; or the reverse."""

    def __init__(
        self, cell: Taken | None = None, *, ink: Ink | None = None, stages: int = STAGES
    ) -> None:
        super().__init__(ink=ink)
        self._cell = cell
        self.stages = stages
        self.lifted = False
        self.pinned: Taken | None = None
        self.code: Sequence[tuple[int, str]] = ()
        """Lines of files, each with the stage that it makes."""

    @property
    def cell(self) -> Taken | None:
        """What is shown."""
        return self._cell

    def show(self, cell: Taken) -> None:
        """Show another cell."""
        self._cell = cell
        self.show_change()

    @property
    def masks(self) -> bool:
        """Whether there is a mask to be lifted."""
        return self._cell is not None and self._cell.masks

    @property
    def opened(self) -> Opened | None:
        """The cell as far as it is opened."""
        return None if self._cell is None else Opened(self._cell, self.stages, self.lifted)

    @property
    def sentence(self) -> str:
        """The whole way of the cell; or how it differs from the one that is pinned."""
        if self._cell is None:
            return "No cell yet."
        if self.pinned is not None:
            return difference(self._cell, self.pinned)
        return sentence(self._cell)

    def action_stage(self) -> None:
        """Open the next stage; after the last begin again with the first."""
        self.stages = self.stages % STAGES + 1
        self._changed()

    def action_pin(self) -> None:
        """Pin this cell; or take the pin out, where one is."""
        self.pinned = self._cell if self.pinned is None else None
        self._changed()

    def action_unmask(self) -> None:
        """What the softmax would give without the mask, or with it again."""
        self.lifted = not self.lifted
        self._changed()

    def _changed(self) -> None:
        self.show_change()
        self.post_message(self.Changed())

    @property
    def _compared(self) -> Taken | None:
        """The pinned cell, where it is another than this."""
        cell, pin = self._cell, self.pinned
        same = cell and pin and (cell.row, cell.column) == (pin.row, pin.column)
        return None if same else pin

    def draw(self) -> list[Strip]:
        """The cell in the room there is, beside the pinned one if there is one."""
        width, height = self.content_size
        if (opened := self.opened) is None:
            return [blank(width)] * height
        if (pinned := self._compared) is not None:
            return draw_pair(opened, pinned, width, height, self.ink)
        if self._has_room(opened, width, height):
            return draw_tall(opened, self.code, width, height, self.ink)
        return draw(opened, width, height, self.ink)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Room for all of it, as far as the window has it."""
        if (opened := self.opened) is None:
            return 1
        most = _TALL + max(0, viewport.height - 24)
        if self._compared is not None:
            return min(pair_height(opened), most)
        if self._has_room(opened, width, most):
            return min(tall_height(opened, self.code, width), most)
        return min(height_for(opened, width, self.ink), most)

    def _has_room(self, opened: Opened, width: int, height: int) -> bool:
        """Whether the softmax of the whole row and all logits can be seen."""
        return width >= LEAST and height >= fewest(opened, self.code, width)


def main() -> None:
    """A layer trained here on the spot, its weights, and one of them taken apart."""
    from tui.demos.head import head_demo

    head_demo().run()


if __name__ == "__main__":
    main()
