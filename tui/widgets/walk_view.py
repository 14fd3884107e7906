"""A block walked through matrix by matrix; any number is taken apart where the cursor stands."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.layers.walk import Place, Walk, draw, height_wanted, sentence
from tui.widgets.drawn_view import DrawnView

HELP = """\
### A walk through a block

Each step is one **matrix**: a row for each word, and the numbers that stand for it at that step.
Its formula stands above it, and its shape. The number under the cursor is taken apart below: of a
**product**, the row of the left matrix and the column of the right one, multiplied number by
number and added up; of a **softmax**, e to the score over the sum of its row; of a **norm**, less
the mean of its row, divided by the spread σ of its row, times a gain, plus a bias; the last two are
learned.

In colour, numbers above zero are orange and those below are blue, bold if they are large; where
there is room a shade stands before each. Shares are shaded as in every grid. **Σ** is the sum of a
row, where that means something.

Numbers are rounded to what is printed; what is made of them was made before that.

**s** or tab go a step on, **a** a step back; the **arrows** move the cursor.
"""


class WalkView(DrawnView):
    """Shows a `Walk`, one step of it, and a cursor."""

    HELP = HELP
    DEFAULT_CSS = """
    WalkView { height: auto; max-height: 100%; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s,tab", "step(1)", "step on", id="walk.on", tooltip="A step on", show=False),
        Binding("a,shift+tab", "step(-1)", "step back", id="walk.back", show=False),
        Binding("up", "move(-1, 0)", "up", id="walk.up", tooltip="One row up", show=False),
        Binding("down", "move(1, 0)", "down", id="walk.down", tooltip="One row down", show=False),
        Binding("left", "move(0, -1)", "left", id="walk.left", tooltip="Left", show=False),
        Binding("right", "move(0, 1)", "right", id="walk.right", tooltip="Right", show=False),
    ]

    def __init__(
        self, walk: Walk | None = None, place: Place | None = None, *, ink: Ink | None = None
    ) -> None:
        super().__init__(ink=ink)
        self._walk, self._place = walk or Walk(), place or Place()

    @property
    def walk(self) -> Walk:
        """What is walked through."""
        return self._walk

    @property
    def place(self) -> Place:
        """The step that is shown, and the cursor."""
        return self._place

    def show(self, walk: Walk, place: Place | None = None) -> None:
        """Show another walk; the place stays unless told where to go."""
        self._walk = walk
        self.go(place or self._place)

    def go(self, place: Place) -> None:
        """To a step and a number, or the nearest there are."""
        walk = self._walk
        if walk.stages:
            stage = max(0, min(place.stage, len(walk.stages) - 1))
            row = max(0, min(place.row, len(walk.rows) - 1))
            column = max(0, min(place.column, len(walk.columns(stage)) - 1))
            self._place = Place(stage, row, column)
        self.show_change()

    @property
    def sentence(self) -> str:
        """The number under the cursor, and how it was made."""
        return sentence(self._walk, self._place)

    def action_step(self, by: int) -> None:
        """The next matrix, or the one before."""
        self.go(replace(self._place, stage=self._place.stage + by))

    def action_move(self, down: int, right: int) -> None:
        """Move the cursor."""
        place = self._place
        self.go(replace(place, row=place.row + down, column=place.column + right))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """A step on, while there is one."""
        self._wheel(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """A step back, while there is one."""
        self._wheel(event, -1)

    def _wheel(self, event: events.MouseEvent, by: int) -> None:
        before = self._place
        self.action_step(by)
        if self._place != before:
            event.stop()

    def draw(self) -> list[Strip]:
        """The step in the room there is."""
        return draw(self._walk, self._place, *self.content_size, self.ink)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The same for every step, so that nothing jumps between them."""
        return height_wanted(self._walk, self._place, width, self.ink)


def main() -> None:
    """A tiny block, drawn from a seed, walked through."""
    from tui.demos.walk import walk_demo

    walk_demo().run()


if __name__ == "__main__":
    main()
