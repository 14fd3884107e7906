"""The ablation board: switch heads off, and read what is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from tui.drawing.attention.ablations import Board, Off, draw, height_of, sentence
from tui.drawing.ink import Ink
from tui.widgets.drawn_view import DrawnView

HELP = """\
### The ablation board

Every line is the same trained network, judged on the same cases, with some **heads** switched off;
those with an `[x]` are on. A head that is off says zero, whatever it looks at: `mixture_h = 0`.
What it would have added is missing; nothing else is changed, and nothing is trained again.

The first line, with no head off, is what all others are to be held against. "No change" says that
the share differs by less than half a percent. A map of weights shows where a head looks; this board
shows whether the answer needed it.

**← →** choose a head, **space** switches it off or on, **u** takes the last switch back, **↑ ↓** go
from line to line.
"""


class AblationsView(DrawnView):
    """Shows a `Board`; says which heads are to be off."""

    HELP = HELP
    DEFAULT_CSS = """
    AblationsView { height: auto; max-height: 100%; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", "left", id="board.left", tooltip="A head back", show=False),
        Binding("right", "move(1)", "right", id="board.right", tooltip="A head on", show=False),
        Binding("up", "line(-1)", "up", id="board.up", tooltip="A line up", show=False),
        Binding("down", "line(1)", "down", id="board.down", tooltip="A line down", show=False),
        Binding("space", "switch", "switch", id="board.switch", tooltip="Switch off or on"),
        Binding("u", "undo", "undo", id="board.undo", tooltip="Take the last switch back"),
    ]

    @dataclass
    class Wanted(Message):
        """It is to be known how the network does without these heads."""

        off: Off

    def __init__(
        self,
        board: Board | None = None,
        *,
        ink: Ink | None = None,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
    ) -> None:
        super().__init__(ink=ink, name=name, id=id)
        self._board = board or Board()
        self._cursor = 0
        self._sets: list[Off] = [frozenset()]
        """What was off, switch by switch; the last is off now."""

    def show(self, board: Board) -> None:
        """Show another board; what is off stays off."""
        self._board = board
        self._cursor = min(self._cursor, len(board.places) - 1)
        self.show_change()

    def begin(self) -> None:
        """All heads on again, and nothing to take back."""
        self._sets, self._cursor = [frozenset()], 0

    @property
    def board(self) -> Board:
        """What is shown."""
        return self._board

    @property
    def off(self) -> Off:
        """The heads that are off."""
        return self._sets[-1]

    @property
    def cursor(self) -> int:
        """Which head a switch is for."""
        return self._cursor

    @property
    def sentence(self) -> str:
        """The chosen set in words, against the whole."""
        return sentence(self._board, self.off)

    def action_move(self, by: int) -> None:
        """Another head."""
        self._cursor = max(0, min(self._cursor + by, len(self._board.places) - 1))
        self.show_change()

    def action_line(self, by: int) -> None:
        """Another line of the board."""
        sets = [off for off, _ in self._board.rows]
        if sets:
            at = sets.index(self.off) if self.off in sets else 0
            self.choose(sets[max(0, min(at + by, len(sets) - 1))])

    def action_switch(self) -> None:
        """The head under the cursor off, or on again."""
        if self._board.rows:
            self.choose(self.off ^ {self._board.places[self._cursor]})

    def action_undo(self) -> None:
        """As it was before the last switch."""
        if len(self._sets) > 1:
            self._sets.pop()
            self.show_change()
            self.post_message(self.Wanted(self.off))

    def choose(self, off: Off) -> None:
        """Have just these heads off."""
        if off != self.off:
            self._sets.append(off)
            self.show_change()
            self.post_message(self.Wanted(off))

    def draw(self) -> list[Strip]:
        """The switches and the lines."""
        width, height = self.content_size
        return draw(self._board, self.off, self._cursor, width, height, self.ink)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Room for all lines."""
        return height_of(self._board, width) if self._board.rows else 1


def main() -> None:
    """Sums of a few numbers, without some of them."""
    from tui.demos.heads import ablations_demo

    ablations_demo().run()


if __name__ == "__main__":
    main()
