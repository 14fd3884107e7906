"""Two sentences of the same words, with a cursor on one of them."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip

from tui.drawing.layers.shuffle import Shuffled, draw, sentence
from tui.drawing.lines import blank, paragraph
from tui.widgets.drawn_view import DrawnView

HELP = """\
### The shuffle test

A and B have the same words. One encoder of two layers, its weights drawn at random, reads both.

**word in A and B**: the length of the difference of a word's output in A and its output in B,
wherever it stands there. Where all are the same, outputs go with their words: reading is
*equivariant*, f(P x) = P f(x), with P the shuffling.

**place in A and B**: the same for a place, whichever word stands there. It differs wherever another
word stands: the list of outputs is *not* the same for every order.

**mean of all**: the mean of the outputs in A against that in B. If it is the same for every order
it is *invariant*: mean f(P x) = mean f(x).

What is below a ten-thousandth of an output's length is rounding, and counts as the same.

**↑ ↓** choose a word, **c** puts a causal mask on or takes it off, **o** goes to the next kind of
positions, **m** to two other sentences.
"""


class ShuffleView(DrawnView):
    """Shows `Shuffled` and a cursor."""

    HELP = HELP
    DEFAULT_CSS = """
    ShuffleView { height: auto; max-height: 100%; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "up", id="shuffle.up", tooltip="The word before"),
        Binding("down", "move(1)", "down", id="shuffle.down", tooltip="The next word"),
    ]
    _cursor = 0

    def __init__(self, shown: Shuffled | None = None, **more: object) -> None:
        super().__init__(**more)  # type: ignore[arg-type]
        self._shown = shown or Shuffled()

    @property
    def shown(self) -> Shuffled:
        """What is shown."""
        return self._shown

    @property
    def sentence(self) -> str:
        """The word under the cursor, and what the two sentences have in common."""
        return sentence(self._shown, self._cursor)

    def show(self, shown: Shuffled) -> None:
        """Show another comparison; the cursor stays where it is if it can."""
        self._shown = shown
        self._cursor = max(0, min(self._cursor, len(shown.one) - 1))
        self.redraw()

    def action_move(self, by: int) -> None:
        """Another word."""
        self._cursor = max(0, min(self._cursor + by, len(self._shown.one) - 1))
        self.show_change()

    def draw(self) -> list[Strip]:
        """The picture; where there is no room for it, the sentence."""
        width, height = self.content_size
        lines = draw(self._shown, self._cursor, width, self.ink)
        if len(lines) > height:
            return paragraph(self.sentence, width, height, self.ink.style("plain"), self.ink)
        return lines + [blank(width)] * (height - len(lines))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the picture has."""
        return max(1, len(draw(self._shown, self._cursor, width, self.ink)))


def main() -> None:
    """The mean of the words before: a causal reader small enough to be worked by hand."""
    from tui.demos.inside import shuffle_demo

    shuffle_demo().run()


if __name__ == "__main__":
    main()
