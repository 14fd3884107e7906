"""A walk through one pass of a network: steps up and down, and the code of the one it stands on."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.layers.shapes import BELOW, Shapes, draw, height, sentence
from tui.widgets.drawn_view import DrawnView

_PAGE = 11
"""Lines of a page that are not this picture's: its head, its foot and a few of text."""

HELP = """\
### The shapes of one pass

One short text goes through the network, and every line of code that makes something is a **step**:
the line itself, the **shape** of what came out, read from the tensor while it ran, what the
comment in the code calls its axes, and how many **parameters** the step took that no step before
it had taken.

The axes: B texts, T tokens, C channels, H heads, D channels of a head, F channels inside the
feed-forward layer, S tokens that are looked at, A answers.

The parameters of all steps must be those of the network, `sum(p.numel() for p in parameters())`:
the tick says that they are.

Below stands the file that runs, the line under the cursor lit. **v** shows instead in which parts
the parameters are; **↑ ↓** move the cursor, **home** and **end** go to the ends.
"""


class ShapesView(DrawnView):
    """Shows `Shapes` and a cursor."""

    DEFAULT_CSS = """
    ShapesView { height: auto; max-height: 100%; width: 1fr; }
    """
    HELP = HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "back", id="shapes.up", tooltip="A step back", show=False),
        Binding("down", "move(1)", "on", id="shapes.down", tooltip="A step on", show=False),
        Binding("home", "move(-100000)", "first", id="shapes.first", show=False),
        Binding("end", "move(100000)", "last", id="shapes.last", show=False),
        Binding(
            "v", "below", "parameters or code", id="shapes.below", tooltip="Parameters or code"
        ),
    ]

    def __init__(self, shapes: Shapes | None = None, *, ink: Ink | None = None) -> None:
        super().__init__(ink=ink)
        self._shapes = shapes or Shapes()
        self._cursor = 0
        self._below = 0

    def show(self, shapes: Shapes) -> None:
        """Show another pass; the cursor stays where it is if it can."""
        self._shapes = shapes
        self.move_to(self._cursor)
        self.redraw()

    @property
    def shapes(self) -> Shapes:
        """What is shown."""
        return self._shapes

    @property
    def cursor(self) -> int:
        """The step under the cursor, counted from 0."""
        return self._cursor

    @property
    def sentence(self) -> str:
        """The step under the cursor, and the parameters."""
        return sentence(self._shapes, self._cursor)

    def move_to(self, step: int) -> None:
        """Put the cursor on a step, or the nearest there is."""
        step = max(0, min(step, len(self._shapes.steps) - 1))
        if step != self._cursor:
            self._cursor = step
            self.show_change()

    def action_move(self, by: int) -> None:
        """Some steps on or back."""
        self.move_to(self._cursor + by)

    def action_below(self) -> None:
        """The code, or in which parts the parameters are."""
        self._below = 1 - self._below
        self.show_change()

    def draw(self) -> list[Strip]:
        """As much as there is room for."""
        width, lines = self.content_size
        return draw(self._shapes, self._cursor, BELOW[self._below], width, lines, self.ink)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """What the page can spare."""
        return height(self._shapes, max(8, self.app.size.height - _PAGE))


def main() -> None:
    """A small pass worked in plain Python."""
    from tui.demos.tower import shapes_demo

    shapes_demo().run()


if __name__ == "__main__":
    main()
