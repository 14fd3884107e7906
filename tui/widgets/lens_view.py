"""The logit lens: layer by layer what a network would say."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.layers.lens import Lens, draw, lines_wanted, sentence
from tui.widgets.drawn_view import DrawnView

HELP = """\
### The logit lens

The last block hands its stream to the last norm and to the matrix that turns it into logits. The
lens hands them the earlier streams too, from the embedding on: so you can read what the network
would say if it had to stop there. The fuller the sign in front of a word, the surer; the sign after
it shows whether that word came (`✓`), could have come (`·`), or could not (`✗`).

*could* counts the words that the grammar allows there. Where it is more than one, the row is dim:
nobody can be right there every time.

The norm and the matrix were trained for the last stream alone. The lens does not show what an
earlier one holds in other terms.

**← ↑ ↓ →** move from cell to cell, **m** takes another sentence, **b** switches between before and
after training.
"""


class LensView(DrawnView):
    """Shows a `Lens` and a cursor."""

    HELP = HELP
    DEFAULT_CSS = """
    LensView { height: auto; max-height: 100%; width: 1fr; max-width: 120; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1, 0)", "up", id="lens.up", tooltip="A word back", show=False),
        Binding("down", "move(1, 0)", "down", id="lens.down", tooltip="A word on", show=False),
        Binding("left", "move(0, -1)", "left", id="lens.left", tooltip="A layer back", show=False),
        Binding("right", "move(0, 1)", "right", id="lens.right", tooltip="A layer on", show=False),
    ]

    def __init__(self, lens: Lens | None = None, *, ink: Ink | None = None) -> None:
        super().__init__(ink=ink)
        self._lens, self._cursor = Lens(), (0, 0)
        if lens is not None:
            self.show(lens)

    @property
    def cursor(self) -> tuple[int, int]:
        """The place in the sentence and the layer that are told of."""
        return self._cursor

    def show(self, lens: Lens) -> None:
        """Show another sentence, or another time; the cursor stays where it can."""
        self._lens = lens
        self._cursor = self._inside(self._cursor)
        self.show_change()

    def _inside(self, at: tuple[int, int]) -> tuple[int, int]:
        ends = len(self._lens.reads) - 1, self._lens.layers - 1
        place, layer = (max(0, min(one, end)) for one, end in zip(at, ends, strict=True))
        return place, layer

    def action_move(self, words: int, layers: int) -> None:
        """To another cell."""
        self._cursor = self._inside((self._cursor[0] + words, self._cursor[1] + layers))
        self.show_change()

    @property
    def sentence(self) -> str:
        """The cell at the cursor."""
        return sentence(self._lens, self._cursor)

    def draw(self) -> list[Strip]:
        """The table in the room there is."""
        return draw(self._lens, self._cursor, *self.content_size, self.ink)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Room for every word."""
        return lines_wanted(self._lens)


def main() -> None:
    """The lens on a GPT that was trained for a few steps."""
    from tui.demos.inside_speakers import lens_demo

    lens_demo().run()


if __name__ == "__main__":
    main()
