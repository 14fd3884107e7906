"""A patient beside what it is compared with, and a cursor on a cell of both grids."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip

from tui.drawing.lines import blank, paragraph
from tui.drawing.training.patch import Patch, Side, draw, sentence
from tui.widgets.drawn_view import DrawnView

_AROUND = 8
"""Lines of a screen that a page needs around the picture."""
HELP = """\
### A patient and its patch

Both **grids** show the weights with which each letter of one text (row) mixes the letters
(columns), as they are used: after dropout, where there is any. `×` is a cell that is hidden by the
mask, `!` a weight that is NaN (not a number), a dot a weight near 0.

**right**: how often the next letter of an echo is said, in 1,000 texts that are cut off before it.
**loss**: the mean of the last 20 steps, on the letters that are graded, in nats; **highest**: the
largest on the way. **ahead**: the mean weight on letters that lie ahead, 0 where a mask hides them.
**row min**, **row max**: the least and the largest sum of a row of weights, over 100 texts. **says
p**: how often it says the last letter there is. **NaN**: the share of its parameters that are
not numbers. A dash: nothing could be measured.

Both **losses** are drawn on one log scale, the first step on the left.

The **code** is the method that runs: after `-` the patient's line, after `+` the one in its
place.

**arrows** move the cell, **o** goes to the next patient of the run, **b** changes between before
and after training.
"""


class PatchView(DrawnView):
    """Shows a `Patch` and a cursor."""

    HELP = HELP
    DEFAULT_CSS = """
    PatchView { height: auto; max-height: 100%; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1, 0)", "up", id="patch.up", tooltip="The letter before asks"),
        Binding("down", "move(1, 0)", "down", id="patch.down", tooltip="The next letter asks"),
        Binding("left", "move(0, -1)", "left", id="patch.left", tooltip="The letter before"),
        Binding("right", "move(0, 1)", "right", id="patch.right", tooltip="The next letter"),
    ]

    def __init__(self, shown: Patch | None = None, **more: object) -> None:
        super().__init__(**more)  # type: ignore[arg-type]
        self._shown = shown or Patch(Side(""), Side(""))
        self._cursor = (0, 0)

    @property
    def shown(self) -> Patch:
        """What is shown."""
        return self._shown

    @property
    def sentence(self) -> str:
        """What differs, and the cell under the cursor."""
        return sentence(self._shown, self._cursor)

    def show(self, shown: Patch) -> None:
        """Show another pair; the cursor stays where it is if it can."""
        self._shown = shown
        self._cursor = self._inside(*self._cursor)
        self.redraw()

    def action_move(self, down: int, across: int) -> None:
        """Another cell."""
        self._cursor = self._inside(self._cursor[0] + down, self._cursor[1] + across)
        self.show_change()

    def draw(self) -> list[Strip]:
        """The picture; where there is no room for it, the sentence."""
        width, height = self.content_size
        lines = draw(self._shown, self._cursor, width, height, self.ink)
        if len(lines) > height:
            return paragraph(self.sentence, width, height, self.ink.style("plain"), self.ink)
        return lines + [blank(width)] * (height - len(lines))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the whole picture has."""
        room = viewport.height - _AROUND
        return max(1, len(draw(self._shown, self._cursor, width, room, self.ink)))

    def _inside(self, row: int, column: int) -> tuple[int, int]:
        last = max(0, len(self._shown.letters) - 1)
        return max(0, min(row, last)), max(0, min(column, last))


def main() -> None:
    """Weights worked by hand, with a mask that is added and one that hides."""
    from tui.demos.patch import patch_demo

    patch_demo().run()


if __name__ == "__main__":
    main()
