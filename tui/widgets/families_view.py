"""Who may read whom in three families of networks, with a cursor that says it in words."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip

from tui.drawing.attention.families import Families, like, words
from tui.drawing.attention.families_picture import draw_families, height_wanted, sentence
from tui.drawing.ink import Ink
from tui.drawing.lines import blank
from tui.widgets.drawn_view import DrawnView

HELP = """\
### Three families, told apart by their masks

Each square is one network. A **row** asks, a **column** is read. A full cell: the row may read the
column. A dot: it may not, its score becomes −∞ before the softmax.

- An **encoder** reads all at once, forwards and backwards.
- A **decoder** reads what it is given and what it writes as one text, and nobody looks ahead.
- An **encoder-decoder** has three masks: a full one for what is given, a causal one for what is
  written, and between them the lighter cells, **across**: there the questions come from what is
  written, keys and values from what was given (*cross-attention*).

The cells are those of the networks themselves: where their scores are not −∞.

**Arrows** move the cursor, **tab** goes from family to family.
"""
_TALL = 17


class FamiliesView(DrawnView):
    """Shows `Families`."""

    DEFAULT_CSS = """
    FamiliesView { height: auto; max-height: 100%; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1, 0)", "up", id="families.up", show=False),
        Binding("down", "move(1, 0)", "down", id="families.down", show=False),
        Binding("left", "move(0, -1)", "left", id="families.left", show=False),
        Binding("right", "move(0, 1)", "right", id="families.right", show=False),
        Binding("tab", "turn(1)", "family", id="families.next", tooltip="The next family"),
        Binding("shift+tab", "turn(-1)", "back", id="families.back", show=False),
    ]

    def __init__(self, picture: Families | None = None, *, ink: Ink | None = None) -> None:
        super().__init__(ink=ink)
        self._picture = picture

    @property
    def picture(self) -> Families | None:
        """What is shown."""
        return self._picture

    def show(self, picture: Families) -> None:
        """Show the masks for another text; the cursor stays where it is if it can."""
        if (old := self._picture) is not None:
            picture = replace(picture, at=old.at, row=old.row, column=old.column).moved(0, 0)
        self._picture = picture
        self.redraw()

    @property
    def sentence(self) -> str:
        """Whom the row may read, and what such a mask is good for."""
        return "No masks yet." if self._picture is None else sentence(self._picture)

    @property
    def help(self) -> str:
        """The row under the cursor, and how the squares are read."""
        if self._picture is None:
            return HELP
        return f"### Now\n\n{words(self._picture)} {like(self._picture.family)}\n\n{HELP}"

    def action_move(self, down: int, right: int) -> None:
        """Another cell."""
        if self._picture is not None:
            self._picture = self._picture.moved(down, right)
            self.show_change()

    def action_turn(self, by: int) -> None:
        """Another family."""
        if self._picture is not None:
            self._picture = self._picture.turned(by)
            self.show_change()

    def draw(self) -> list[Strip]:
        """The squares in the room there is."""
        width, height = self.content_size
        if self._picture is None:
            return [blank(width)] * height
        return draw_families(self._picture, width, height, self.ink)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Room for all rows and the words, as far as the window has it."""
        wanted = 1 if self._picture is None else height_wanted(self._picture)
        return min(wanted, _TALL + max(0, viewport.height - 24))


def main() -> None:
    """The masks of three that are given a word."""
    from tui.demos.families import families_demo

    families_demo().run()


if __name__ == "__main__":
    main()
