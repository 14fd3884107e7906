"""A tower of blocks: its gradient and how alike its tokens are, with a cursor on one block."""

from __future__ import annotations

from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.layers.tower import TowerParts, TowerSeen, draw, sentence
from tui.widgets.along_view import AlongView

HELP = """\
### A tower, block by block

64 rows of tokens go up through the blocks, from the first to the last, and the loss's gradient
comes back down.

**gradient** is the length of the gradient for all the weights of a block: the root of the sum of
its squares. The scale is **logarithmic** and the same in every picture. The digit below a bar
counts the zeros after the point: `0` is 0.1 and more, `3` is 0.000…, `+` more than nine; a dot is
no gradient at all, and a block without one learns nothing.

**alike** is the cosine of two tokens of one row above a block, the mean over all pairs:
cos = (x · y) / (|x| |y|). At 0 they stand at right angles, at 1 they point the same way, and
whoever reads them, by whatever weights, is told the same of each. *length* is how long a token is.

A switch takes a part out of every block: **r** the residual (a layer's output then takes the
place of the stream), **o** the norm (before each layer, after each sum, nowhere), **f** the
feed-forward layer, **a** the sight of others (each token then attends to itself alone). Before
training any tower can be looked at; after training those that were trained.

**← →** move the cursor, **home** and **end** go to the ends, **b** changes between before and after
training.
"""


class TowerView(AlongView):
    """Shows a `TowerSeen` and a cursor."""

    HELP = HELP

    def __init__(self, seen: TowerSeen | None = None, *, ink: Ink | None = None) -> None:
        super().__init__(ink=ink)
        self._seen = seen or TowerSeen(TowerParts())

    def show(self, seen: TowerSeen) -> None:
        """Show another tower; the cursor stays where it is if it can."""
        self._seen = seen
        self._cursor = max(0, min(self._cursor, self.places - 1))
        self.redraw()

    @property
    def seen(self) -> TowerSeen:
        """What is shown."""
        return self._seen

    @property
    def places(self) -> int:
        """How many blocks there are."""
        return self._seen.blocks

    @property
    def sentence(self) -> str:
        """The block under the cursor, and the tower."""
        return sentence(self._seen, self._cursor)

    def drawn(self, width: int, tall: int) -> list[Strip]:
        """The picture at a width."""
        return draw(self._seen, self._cursor, width, tall, self.ink)


def main() -> None:
    """A tower of means, with residuals and without."""
    from tui.demos.tower import tower_demo

    tower_demo().run()


if __name__ == "__main__":
    main()
