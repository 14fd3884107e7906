"""How often whole answers are right, length by length, with a cursor on one bar."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.lines import blank
from tui.drawing.training.per_length import ByLength, draw, height_wanted, sentence, words
from tui.widgets.drawn_view import DrawnView

HELP = """\
### Right from the first token to the last

An answer counts if **every** token of it is right, a way through a maze if it arrives. There is a
row for each length, a column for everyone who was judged; ● stands beside a length that was trained
on, ○ beside one that was never met. All were drawn anew: nobody trained on them.

Of n answers a share p is right. Another n would give another share; how far off that usually is
says the **standard error**, `√(p (1 − p) / n)`: with n = 1,000 at most 1.6 points. Where all n are
alike it says 0, which is too sure: none of n right means, with 95 % confidence, a share below 3/n.
All ways in one maze hang together: beside those no error stands, as n says too little of them.

**↑ ↓** another length, **← →** somebody else.
"""


class PerLengthView(DrawnView):
    """Shows a `ByLength` and a cursor."""

    DEFAULT_CSS = """
    PerLengthView { height: auto; max-height: 100%; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1, 0)", "shorter", id="per-length.shorter", show=False),
        Binding("down", "move(1, 0)", "longer", id="per-length.longer", show=False),
        Binding("left", "move(0, -1)", "before", id="per-length.before", show=False),
        Binding("right", "move(0, 1)", "next", id="per-length.next", show=False),
    ]

    def __init__(self, picture: ByLength | None = None, *, ink: Ink | None = None) -> None:
        super().__init__(ink=ink)
        self._picture = picture or ByLength((), (), (), (), 1)
        self._cursor = (0, 0)

    def show(self, picture: ByLength) -> None:
        """Show other shares; the cursor stays where it is if it can."""
        self._picture = picture
        self._move_to(*self._cursor)
        self.redraw()

    @property
    def cursor(self) -> tuple[int, int]:
        """The length and the one who was judged, both counted from 0."""
        return self._cursor

    @property
    def sentence(self) -> str:
        """Everyone at the length under the cursor."""
        return sentence(self._picture, self._cursor)

    @property
    def help(self) -> str:
        """The bar under the cursor, and how all are read."""
        now = words(self._picture, self._cursor) if self._picture.lengths else ""
        return f"### Now\n\n{now}\n\n{HELP}" if now else HELP

    def action_move(self, down: int, right: int) -> None:
        """Another length, or somebody else."""
        self._move_to(self._cursor[0] + down, self._cursor[1] + right)
        self.show_change()

    def _move_to(self, row: int, line: int) -> None:
        rows, lines = len(self._picture.lengths), len(self._picture.who)
        self._cursor = (max(0, min(row, rows - 1)), max(0, min(line, lines - 1)))

    def draw(self) -> list[Strip]:
        """The bars in the room there is."""
        width, height = self.content_size
        if not self._picture.lengths:
            return [blank(width)] * height
        return draw(self._picture, self._cursor, width, height, self.ink)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Room for all lengths and the words."""
        return height_wanted(self._picture)


def main() -> None:
    """A counter that knows lengths by heart."""
    from tui.demos.per_length import per_length_demo

    per_length_demo().run()


if __name__ == "__main__":
    main()
