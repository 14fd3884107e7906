"""The board of heads: find the one that looks one back, switch it off, see what is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from tui.drawing.attention.ablations import Off
from tui.drawing.attention.head_board import HeadBoard, Looking, sentence
from tui.drawing.attention.head_board_picture import draw, height_of
from tui.drawing.attention.heads import Place
from tui.drawing.ink import Ink
from tui.widgets.drawn_view import DrawnView

HELP = """\
### The board of heads

A line for each **head**, and in each column the mean weight that it puts on one place, over all
tokens that ask and have such a place before them:

- **1 back**: the token just before;
- **followed**: what came after this very token when it was here last time. A head that looks there
  in layer 2, thanks to one that looks one back in layer 1, is an *induction head*;
- **7 back** (or another number): the place of what comes next in loops of one certain length,
  whatever is there;
- **at ^**: the first token. A head may park weight there that it has no use for elsewhere: an
  *attention sink*.

The first line gives what equal shares of all that may be seen would put there: hold every number
against it. **if off** is what is right with this head alone switched off. `[x]` is on. Nothing is
trained again, whatever is done to a head:

- **x** or **space** switches it off: it says zero, `mixture_h = 0`;
- **e** *patches* it, `[~]`: in every text it says what it says in another one that repeats after as
  many tokens. The network is the same on both, so what the head brings over is understood. If it
  carries the answer, the answer of the other text comes out;
- **o** puts in its place the same head of a kept run that began from another seed, **t** that of
  another network of this run: its rows of `W_Q`, `W_K` and `W_V` with their biases, and its columns
  of `W_O`. It now reads and writes the stream of a network it was not trained in. Hold what is
  right then against what is right with the head off.

**a** does to the whole layer what was done to this head. **u** puts everything back. **s** sorts by
the next column.
"""

_TALL = 17
"""Lines at most where the window has 24."""


@dataclass(frozen=True)
class Switches:
    """What is done to a network: the heads that are off, those that say what they say in another
    text, and those that are another's."""

    off: Off = frozenset()
    elsewhere: Off = frozenset()
    taken: tuple[tuple[Place, str], ...] = ()

    def switched(self, place: Place) -> Switches:
        """A head off, or on again."""
        return replace(self, off=self.off ^ {place}, elsewhere=self.elsewhere - {place})

    def patched(self, place: Place) -> Switches:
        """A head that says what it says in another text, or its own again."""
        return replace(self, off=self.off - {place}, elsewhere=self.elsewhere ^ {place})

    def alike(self, place: Place, others: Sequence[Place]) -> Switches:
        """The same done to other heads as to one."""
        off, elsewhere = (
            some | frozenset(others) if place in some else some - frozenset(others)
            for some in (self.off, self.elsewhere)
        )
        whose = dict(self.taken).get(place, "")
        kept = {at: name for at, name in self.taken if at not in others}
        taken = kept | (dict.fromkeys(others, whose) if whose else {})
        return Switches(off, elsewhere, tuple(sorted(taken.items())))

    def took(self, place: Place, donors: tuple[str, ...]) -> Switches:
        """A head from the next of these networks; after the last it is its own again."""
        kept = dict(self.taken)
        order, whose = ("", *donors), kept.pop(place, "")
        at = order.index(whose) if whose in order else 0
        whose = order[(at + 1) % len(order)]
        taken = kept | ({place: whose} if whose else {})
        return replace(self, taken=tuple(sorted(taken.items())))


class HeadBoardView(DrawnView):
    """Shows a `HeadBoard`; says what is to be done to its heads."""

    HELP = HELP
    DEFAULT_CSS = """
    HeadBoardView { height: auto; max-height: 100%; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "up", id="headboard.up", tooltip="A head up", show=False),
        Binding("down", "move(1)", "down", id="headboard.down", tooltip="A head down", show=False),
        Binding("x,space", "switch", "switch", id="headboard.switch", tooltip="Off, or on again"),
        Binding("e", "patch", "patch", id="headboard.patch", tooltip="As in another text"),
        Binding("t", "take", "take", id="headboard.take", tooltip="The head of another network"),
        Binding("a", "alike", "whole layer", id="headboard.layer", tooltip="Its layer likewise"),
        Binding("u", "restore", "restore", id="headboard.restore", tooltip="All as it was"),
        Binding("s", "sort", "sort", id="headboard.sort", tooltip="Sort by the next column"),
    ]

    @dataclass
    class Wanted(Message):
        """It is to be known how the network does like this."""

        switches: Switches

    def __init__(self, board: HeadBoard | None = None, *, ink: Ink | None = None) -> None:
        super().__init__(ink=ink)
        self._board = board or HeadBoard()
        self._looking = Looking()
        self._switches = Switches()

    def show(self, board: HeadBoard) -> None:
        """Show other numbers; the cursor stays where it is, as far as there is such a head."""
        self._board = board
        if board.places and self._looking.place not in board.places:
            self._looking = replace(self._looking, place=board.places[0])
        self.show_change()

    def begin(self) -> None:
        """All heads on and its own: it is another network."""
        self._switches = Switches()

    @property
    def board(self) -> HeadBoard:
        """What is shown."""
        return self._board

    @property
    def looking(self) -> Looking:
        """How it is looked at."""
        return self._looking

    @property
    def switches(self) -> Switches:
        """What is done to the heads."""
        return self._switches

    @property
    def sentence(self) -> str:
        """The head under the cursor, how the network does, and what has been reached."""
        return sentence(self._board, self._looking)

    def action_move(self, by: int) -> None:
        """Another head, in the order in which they are sorted."""
        places = self._board.ordered(self._looking.column)
        if places:
            at = max(0, min(places.index(self._looking.place) + by, len(places) - 1))
            self._looking = replace(self._looking, place=places[at])
            self.show_change()

    def action_switch(self) -> None:
        """The head under the cursor off, or on again."""
        self._want(self._switches.switched(self._looking.place))

    def action_patch(self) -> None:
        """The head under the cursor says what it says in another text, or its own again."""
        if self._board.there:
            self._want(self._switches.patched(self._looking.place))

    def action_take(self) -> None:
        """The head of the next network of this run in its place, or its own again."""
        self.take(tuple(self._board.donors))

    def take(self, donors: tuple[str, ...]) -> None:
        """The head of the next of these networks in its place, or its own again."""
        if donors:
            self._want(self._switches.took(self._looking.place, donors))

    def action_alike(self) -> None:
        """What was done to the head under the cursor, done to all heads of its layer."""
        here = self._looking.place
        layer = [place for place in self._board.places if place[0] == here[0]]
        self._want(self._switches.alike(here, layer))

    def action_restore(self) -> None:
        """All heads on, and its own."""
        self._want(Switches())

    def action_sort(self) -> None:
        """By the next column; after the last as they stand."""
        order = ("", *self._board.columns)
        column = order[(order.index(self._looking.column) + 1) % len(order)]
        self._looking = replace(self._looking, column=column)
        self.show_change()

    def _want(self, switches: Switches) -> None:
        if self._board.places and switches != self._switches:
            self._switches = switches
            self.post_message(self.Wanted(switches))

    def draw(self) -> list[Strip]:
        """The table, and the head under the cursor."""
        width, height = self.content_size
        return draw(self._board, self._looking, width, height, self.ink)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Room for everything, as far as the window has it."""
        most = _TALL + max(0, viewport.height - 24)
        return height_of(self._board, width, most) if self._board.places else 1


def main() -> None:
    """Heads worked by hand that run a loop of landmarks."""
    from tui.demos.head_board import head_board_demo

    head_board_demo().run()


if __name__ == "__main__":
    main()
