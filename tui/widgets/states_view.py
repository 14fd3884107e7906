"""What a memory holds along a walk, beside the same walk with another beginning."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.memory.states import LAYERS, draw
from tui.drawing.memory.states_facts import States, sentence
from tui.widgets.along_view import AlongView

HELP = """\
### What a memory holds

Two walks, **A** and **B**, are the same but for their first cell. A memory goes along both, cell by
cell, and its state after each cell is a row of numbers from −1 to 1.

Each **strip** is one of these numbers along the way: the higher the bar, the larger the number; in
colour blue is below zero and orange above. Of a large state the numbers are shown that the first
cell moves most. **o** changes to walk B, then to A minus B, where only what the first cell has left
behind is seen. Once trained, a number may rest, turn over at every cell or go round in a few: each
can keep a bit, as long as A and B stay apart.

**apart** is the distance between the two states: the root of the sum of the squared differences of
*all* numbers. A full bar is the largest of the walk; under 1 % of it nothing is drawn. Where it
falls to 0 the memory is lost: from equal states no answer can tell the walks apart. While it is
not 0, something is left, but whether it is enough to be read is another question.

**forget**, of an LSTM, is the mean of its forget gates: 1 keeps all of the memory for the next
cell, 0 nothing. At 0.5, half of it is left after one cell and a thousandth after ten.

**← →** move the cursor, **home** and **end** go to the ends; **r** is another runner, **m** another
walk, **b** before and after training.
"""


class StatesView(AlongView):
    """Shows `States` and a cursor."""

    HELP = HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "other", "walk A or B", id="states.other", tooltip="Walk B, then A minus B")
    ]

    def __init__(self, states: States | None = None, *, ink: Ink | None = None) -> None:
        super().__init__(ink=ink)
        self._states = states or States("")
        self._which = 0

    def show(self, states: States) -> None:
        """Show other states; the cursor stays where it is if it can."""
        self._states = states
        self._cursor = max(0, min(self._cursor, self.places - 1))
        self.redraw()

    @property
    def states(self) -> States:
        """What is shown."""
        return self._states

    @property
    def which(self) -> int:
        """Which of `LAYERS` the strips show."""
        return self._which

    @property
    def places(self) -> int:
        """How long the walks are."""
        return self._states.places

    @property
    def sentence(self) -> str:
        """How far apart the two walks are at the cursor, and what came of it."""
        return sentence(self._states, self._cursor)

    def action_other(self) -> None:
        """Walk B, then the difference, then walk A again."""
        self._which = (self._which + 1) % len(LAYERS)
        self.redraw()

    def drawn(self, width: int, tall: int) -> list[Strip]:
        """The picture at a width."""
        return draw(self._states, self._cursor, self._which, width, tall, self.ink)


def main() -> None:
    """Three numbers that keep half, nine tenths and all of what they hold at every step."""
    from tui.demos.inside import states_demo

    states_demo().run()


if __name__ == "__main__":
    main()
