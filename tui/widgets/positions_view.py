"""What every place is told, with a cursor on one place and one thing that is told of it."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from tui.drawing.layers.positions import KINDS, Positions, sentence
from tui.drawing.layers.positions_picture import draw, rows_of
from tui.drawing.lines import blank, paragraph
from tui.widgets.drawn_view import DrawnView

HELP = """\
### What a place is told

Each row of the map is a **place**, and what is added to the token that stands there.

**Sines**: pair n holds sin(p ω) and cos(p ω), with ω = 10000^(−2n/C) for C channels: pair 0 turns
by a whole radian from place to place, the last hardly at all. All sines stand on the left and all
cosines on the right, so that the waves can be seen; in the code they take turns.

**The bars** below: how alike each place is told to the one under the cursor, as the cosine of the
two rows. For sines the product of places i and j is the sum of cos((i − j) ω): only i − j is left.

**RoPE** (`r`) adds nothing. It turns pair n of every query and key by the angle p ω: the hand of a
clock. In the product of the two only the difference of their angles is left, and the bars are the
same as those of the sines.

**ALiBi** (`a`) takes m from a score for every token of distance, another m in each head: the rows
are heads, and a cell is what is left of a weight, e^(−m · distance). It sees nothing ahead.

**The learned table** (`l`) is that of your own network in the lab: a row for each place, and rows
that no training text was long enough for.

**↑ ↓ ← →** move the cursor, **home** and **end** go to the first place and the last.
"""
_ROWS = ((45, 24, 4), (31, 12, 3), (0, 6, 1))
"""On a terminal with at least so many lines: rows of the map, and lines of a bar."""


class PositionsView(DrawnView):
    """Shows `Positions` of one kind after the other, at the same place."""

    HELP = HELP
    DEFAULT_CSS = """
    PositionsView { height: auto; max-height: 100%; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1, 0)", "up", id="positions.up", tooltip="A row up"),
        Binding("down", "move(1, 0)", "down", id="positions.down", tooltip="A row down"),
        Binding("left", "move(0, -1)", "left", id="positions.left", tooltip="Back", show=False),
        Binding("right", "move(0, 1)", "right", id="positions.right", tooltip="On", show=False),
        Binding("home", "to_end(0)", "first", id="positions.first", show=False),
        Binding("end", "to_end(1)", "last", id="positions.last", show=False),
        *(
            Binding(kind[0], f"turn('{kind}')", kind, id=f"positions.{kind}", show=False)
            for kind in KINDS
        ),
    ]

    class Turned(Message):
        """Another kind of positions is wanted, which may have to be asked for."""

        def __init__(self, kind: str) -> None:
            super().__init__()
            self.kind = kind

    def __init__(self, shown: Positions | None = None, place: int = 8, **more: object) -> None:
        super().__init__(**more)  # type: ignore[arg-type]
        self._shown = shown or Positions()
        self._place, self._cell = min(place, self._shown.places - 1), 0

    @property
    def shown(self) -> Positions:
        """What is shown."""
        return self._shown

    @property
    def cursor(self) -> tuple[int, int]:
        """The place under the cursor, and the pair, channel or head."""
        return self._place, self._cell

    @property
    def sentence(self) -> str:
        """What stands under the cursor, and how alike its place is told to others."""
        return sentence(self._shown, self._place, self._cell)

    def show(self, shown: Positions) -> None:
        """Show other positions; the cursor stays where it is if it can."""
        self._shown = shown
        self.move_to(self._place, self._cell)
        self.redraw()

    def move_to(self, place: int, cell: int) -> None:
        """Put the cursor on a place and what is told of it, or the nearest there are."""
        self._place = max(0, min(place, self._shown.places - 1))
        self._cell = max(0, min(cell, self._shown.columns - 1))
        self.show_change()

    def action_move(self, down: int, right: int) -> None:
        """A row and a column on, as they stand on the screen."""
        if self._shown.kind == "alibi":  # its rows are heads
            down, right = right, down
        self.move_to(self._place + down, self._cell + right)

    def action_to_end(self, last: int) -> None:
        """To the first place, or to the last."""
        self.move_to(last * (self._shown.places - 1), self._cell)

    def action_turn(self, kind: str) -> None:
        """The same places, told in another way."""
        if kind != "learned" or self._shown.table:
            self.show(replace(self._shown, kind=kind))
        self.post_message(self.Turned(kind))

    def draw(self) -> list[Strip]:
        """The picture; where there is no room for one, the sentence."""
        width, height = self.content_size
        rows, tall = self._tall()
        spare = len(self._picture(width, rows, tall)) - height
        rows -= max(0, spare)
        if rows < 2:
            return paragraph(self.sentence, width, height, self.ink.style("plain"), self.ink)
        lines = self._picture(width, rows, tall)[:height]
        return lines + [blank(width)] * (height - len(lines))

    def _picture(self, width: int, rows: int, tall: int) -> list[Strip]:
        rows = min(rows, rows_of(self._shown))
        return draw(self._shown, self._place, self._cell, width, rows, tall, self.ink)

    def _tall(self) -> tuple[int, int]:
        height = self.app.size.height
        return next((rows, tall) for least, rows, tall in _ROWS if height >= least)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the picture has."""
        return max(1, len(self._picture(width, *self._tall())))


def main() -> None:
    """The sines of the paper, and what r and a make of them."""
    from tui.demos.inside import positions_demo

    positions_demo().run()


if __name__ == "__main__":
    main()
