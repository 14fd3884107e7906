"""The reach of several runners along one way, and the number under the cursor."""

from __future__ import annotations

from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.memory.reach import Reach, draw, sentence
from tui.widgets.along_view import AlongView

HELP = """\
### How far back an answer reaches

The way runs from left to right, as it was walked. A bar says how strongly the answer at the end
**depends on what was seen there**: push that a little, and the answer moves this much. It is
the length of the gradient of the answer's scores with respect to what was read at that place, found
by a pass back for each score, the mean of 16 texts, and told against the last place, where it is 1.

The scale is **logarithmic**: equal steps down are equal *times* less. The digit under a bar counts
the zeros after the point: `0` is 0.1 and more, `3` is 0.000…; `+` means more than nine zeros, `^`
a number of ten or more.

What teaches the weights comes back along the same way: where this number is tiny, what was seen
there hardly has a say in what is learned. It says nothing of whether what was seen *matters*.

**← →** move the cursor, **home** and **end** go to the ends, **b** changes between before and after
training.
"""


class ReachView(AlongView):
    """Shows `Reach` and a cursor."""

    HELP = HELP

    def __init__(self, reach: Reach | None = None, *, ink: Ink | None = None) -> None:
        super().__init__(ink=ink)
        self._reach = reach or Reach(())

    def show(self, reach: Reach) -> None:
        """Show another reach; the cursor stays where it is if it can."""
        self._reach = reach
        self._cursor = max(0, min(self._cursor, self.places - 1))
        self.redraw()

    @property
    def reach(self) -> Reach:
        """What is shown."""
        return self._reach

    @property
    def places(self) -> int:
        """The places of the longest way."""
        return self._reach.places

    @property
    def sentence(self) -> str:
        """What every answer depends on at the cursor, and when."""
        return sentence(self._reach, self._cursor)

    def drawn(self, width: int, tall: int) -> list[Strip]:
        """The picture at a width."""
        return draw(self._reach, self._cursor, width, tall, self.ink)


def main() -> None:
    """Memories that keep nine tenths, and half, of what they hold at every step."""
    from tui.demos.inside import reach_demo

    reach_demo().run()


if __name__ == "__main__":
    main()
