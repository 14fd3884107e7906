"""Attention on the maze: one moves the mouse, and the shading follows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from tui.drawing.attention.heads import Place
from tui.drawing.ink import Ink
from tui.drawing.lines import blank
from tui.drawing.mazes.attention import Gaze, MazeAttention, by_route
from tui.drawing.mazes.attention_picture import draw, lines_wanted
from tui.drawing.mazes.attention_words import sentence
from tui.widgets.drawn_view import DrawnView

HELP = """\
### Attention on the maze

The cell of the mouse `M` **asks**; the darker a cell, the more of it is read, against what would be
read if all cells had equal shares. Flipped, it is the other way about: how much each cell reads of
the mouse's. The marks in the doors are the shortest way to the cheese `C`.

A picture of weights is easily believed, so a few lines always stand beside it: how much of the
weight lies on the route, here and on average over many mazes, and how much would if it were spread
evenly; how many arrows are right with the head and without it; and whether the picture was picked.
A head that is dark where one hopes need not be one that is needed.

`!` marks the cells whose arrow is wrong. A head that is off says nothing: its output becomes zero,
and everything is computed again. It goes on looking, as the picture shows.

The mouse goes through walls here, for it only asks.

The looped map is given the walls as its mask: head by head a cell may look at itself and through
the door on one side, so its picture is narrow by design. Its layers are loops of one attention, and
a head that is off is off in all of them.
"""


AROUND = 9
"""Lines of a page around it."""


class MazeAttentionView(DrawnView):
    """Shows `MazeAttention` as one gazes at it; says which head is to be switched."""

    HELP = HELP
    DEFAULT_CSS = """
    MazeAttentionView { height: auto; max-height: 100%; width: 1fr; max-width: 130; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1, 0)", "up", id="gaze.up", show=False),
        Binding("down", "move(1, 0)", "down", id="gaze.down", show=False),
        Binding("left", "move(0, -1)", "left", id="gaze.left", show=False),
        Binding("right", "move(0, 1)", "right", id="gaze.right", show=False),
        Binding("h", "head(1)", "head", id="gaze.head", tooltip="The next head"),
        Binding("H", "head(-1)", "head before", id="gaze.head-before", show=False),
        Binding("l", "layer(1)", "layer", id="gaze.layer", tooltip="The next layer"),
        Binding("L", "layer(-1)", "layer before", id="gaze.layer-before", show=False),
        Binding("a", "mean", "mean", id="gaze.mean", tooltip="The mean of the heads"),
        Binding("f", "flip", "flip", id="gaze.flip", tooltip="Who reads this cell"),
        Binding("s", "pick", "pick", id="gaze.pick", tooltip="Most weight on the route"),
        Binding("x", "switch", "off", id="gaze.switch", tooltip="Switch it off, or on again"),
        Binding("d", "digits", "digits", id="gaze.digits", tooltip="Digits instead of shades"),
    ]

    @dataclass
    class Switched(Message):
        """A head is to be switched off, or on again."""

        place: Place

    def __init__(
        self, seen: MazeAttention | None = None, gaze: Gaze | None = None, *, ink: Ink | None = None
    ) -> None:
        super().__init__(ink=ink)
        self._seen: MazeAttention | None = None
        self._gaze = gaze or Gaze(0)
        self._corner = (0, 0)
        if seen is not None:
            self.show(seen)

    # What is asked of it

    def show(self, seen: MazeAttention) -> None:
        """Show other weights; in another maze the mouse begins where it is put there."""
        before, self._seen = self._seen, seen
        gaze = self._gaze
        if before is None or before.scene != seen.scene:
            gaze = replace(gaze, mouse=seen.scene.mouse)
        head = None if gaze.head is None else min(gaze.head, seen.heads - 1)
        self._gaze = replace(gaze, layer=min(gaze.layer, seen.layers - 1), head=head)
        self.show_change()

    @property
    def gaze(self) -> Gaze:
        """From where one looks, and with which head."""
        return self._gaze

    @property
    def seen(self) -> MazeAttention | None:
        """What is shown."""
        return self._seen

    @property
    def sentence(self) -> str:
        """Where the weight lies, and what must be held against it."""
        return sentence(self._seen, self._gaze) if self._seen else "Nothing has been seen yet."

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a picture there is nothing to look at, and no mean can be switched off."""
        if self._seen is None:
            return action in ("copy", "save")
        return not (action == "switch" and self._gaze.head is None)

    def action_move(self, down: int, right: int) -> None:
        """The mouse to the next cell, through walls as well."""
        if (seen := self._seen) is not None:
            row, column = divmod(self._gaze.mouse, seen.scene.maze.width)
            row = max(0, min(row + down, seen.scene.maze.height - 1))
            column = max(0, min(column + right, seen.scene.maze.width - 1))
            self._look(mouse=row * seen.scene.maze.width + column)

    def action_head(self, by: int) -> None:
        """Another head of this layer."""
        if self._seen is not None:
            head = -1 if self._gaze.head is None and by > 0 else self._gaze.head or 0
            self._look(head=(head + by) % self._seen.heads, picked=False)

    def action_layer(self, by: int) -> None:
        """The same head of another layer."""
        if self._seen is not None:
            self._look(layer=(self._gaze.layer + by) % self._seen.layers, picked=False)

    def action_mean(self) -> None:
        """The mean of the heads of this layer, or one of them again."""
        self._look(head=0 if self._gaze.head is None else None, picked=False)

    def action_flip(self) -> None:
        """Who reads this cell, or what it reads."""
        self._look(flipped=not self._gaze.flipped)

    def action_pick(self) -> None:
        """The head that has most of its weight on the route from here."""
        if self._seen is not None:
            layer, head = by_route(self._seen, self._gaze)[0]
            self._look(layer=layer, head=head, picked=True)

    def action_digits(self) -> None:
        """Digits, or shades."""
        self._look(digits=not self._gaze.digits)

    def action_switch(self) -> None:
        """Off, or on again."""
        if self._gaze.head is not None and self._seen is not None:
            place = self._gaze.layer, self._gaze.head
            self.post_message(self.Switched(self._seen.switch(place)))

    def _look(self, **changes: object) -> None:
        self._gaze = replace(self._gaze, **changes)  # type: ignore[arg-type]
        self.show_change()

    # Drawing

    def draw(self) -> list[Strip]:
        """The maze, its words and all heads, in the room there is."""
        size = self.content_size
        if self._seen is None:
            return [blank(size.width)] * size.height
        lines, self._corner = draw(self._seen, self._gaze, size, self._corner, self.ink)
        return lines

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Room for the maze and for the heads of one layer."""
        return lines_wanted(self._seen, width, viewport.height - AROUND) if self._seen else 1


def main() -> None:
    """Heads that look along the way, at the cheese, around them, and everywhere."""
    from tui.demos.mazes import attention_demo

    attention_demo().run()


if __name__ == "__main__":
    main()
