"""The alignment as it fills in: the attention grid of a look, drawn anew while a network learns."""

from __future__ import annotations

from models.protocol import Moment
from tui.drawing.attention.grid_words import summary
from tui.moments import weights_of_moment
from tui.widgets.attention_grid import AttentionGrid


class AlignmentGrid(AttentionGrid):
    """Shows one look after another; only the cells that have changed are painted again.

    All rows are to be in sight: words give way first. Where it cannot be focused it has no cursor,
    and its words are those of the whole grid.
    """

    def show_moment(self, moment: Moment, of: str = "") -> None:
        """Show a look named `alignment`; `of` names its run."""
        self.show(weights_of_moment(moment, of))

    @property
    def sentence(self) -> str:
        """The cell under the cursor; without one, how much each row takes from one column."""
        return super().sentence if self.can_focus else summary(self.weights)

    @property
    def captions(self) -> list[tuple[str, str]]:
        """Below a grid without a cursor stands what is to be said of all of it."""
        return super().captions if self.can_focus else [(self.sentence, "dim")]

    @property
    def spared(self) -> int:
        """None: all of the words may give way."""
        return 0


def main() -> None:
    """A translator that learns where to look."""
    from tui.demos.alignment import alignment_demo

    alignment_demo().run()


if __name__ == "__main__":
    main()
