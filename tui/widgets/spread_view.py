"""How a number spreads over many seeds, bin by bin."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.layers.spread import Spread, draw, fitting, height_wanted, sentence
from tui.widgets.drawn_view import DrawnView

HELP = """\
### How a number spreads

The same number was measured again and again, each time from another seed. A line is a **bin**: all
that fell between its two ends; the longer the bar, the more of them, and their count stands behind
it. *Yours* is that of the run you made.

The **mean** says where they lie, the **standard deviation** how far from it: most lie within two of
them. Whatever changes as much from seed to seed was put there by chance, not by the sentence.

**↑ ↓** go from bin to bin.
"""
_TALL, _LOW = 16, 24
"""Lines at most where the window has so few."""


class SpreadView(DrawnView):
    """Shows a `Spread` and a cursor."""

    HELP = HELP
    DEFAULT_CSS = """
    SpreadView { height: auto; max-height: 100%; width: 1fr; max-width: 120; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "up", id="spread.up", tooltip="A bin up", show=False),
        Binding("down", "move(1)", "down", id="spread.down", tooltip="A bin down", show=False),
    ]

    def __init__(self, spread: Spread | None = None, *, ink: Ink | None = None) -> None:
        super().__init__(ink=ink)
        self._spread, self._cursor = spread or Spread(), 0
        if spread is not None:
            self.show(spread)

    @property
    def cursor(self) -> int:
        """The bin under the cursor, counted from the lowest."""
        return self._cursor

    def show(self, spread: Spread) -> None:
        """Show another spread; the cursor stands on one's own, where there is one."""
        self._spread = spread
        if spread.values:
            bins = fitting(spread, self._lines_there)
            self._cursor = max(0, bins.holding(spread.own))
        self.redraw()

    @property
    def sentence(self) -> str:
        """The bin under the cursor, mean and ends."""
        return sentence(self._spread, self._cursor, self._lines_there)

    def action_move(self, by: int) -> None:
        """To another bin."""
        if self._spread.values:
            last = len(fitting(self._spread, self._lines_there).counts) - 1
            self._cursor = max(0, min(self._cursor + by, last))
            self.show_change()

    @property
    def _lines_there(self) -> int:
        """The room that the window gives."""
        high = self.app.size.height if self.is_attached else _LOW
        return min(_TALL + max(0, high - _LOW), 28)

    def draw(self) -> list[Strip]:
        """The histogram in the room there is."""
        width, height = self.content_size
        return draw(self._spread, self._cursor, width, height, self.ink)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Room for every bin."""
        return height_wanted(self._spread, self._lines_there)


def main() -> None:
    """The weights that 200 untrained blocks give one word."""
    from tui.demos.walk import spread_demo

    spread_demo().run()


if __name__ == "__main__":
    main()
