"""What a mask does: scores, who may look, and the softmax; the mask can be lifted."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip

from tui.drawing.attention.masks import Masks, case, words
from tui.drawing.attention.masks_picture import PANELS, draw_masks, fits
from tui.drawing.ink import Ink
from tui.drawing.lines import blank
from tui.widgets.drawn_view import DrawnView

HELP = """\
### The mask, before and after

On the left all **scores**, also those for tokens that come later: everyone could be asked. In the
middle **who may look**: `×` (ascii `x`) is what the mask forbids. A forbidden score becomes −∞, and
e to that is 0. On the right what the **softmax** makes of the rest: each row adds up to 1 all the
same, and what is forbidden gets nothing.

**u** lifts the mask and shows what the softmax would give then. This network was trained with the
mask, so it has never practised what it could do without; in training a mask keeps each token from
reading the very token it is to predict.

**Arrows** move the cursor; in a narrow window **tab** goes from panel to panel.
"""
_TALL = 17


class MasksView(DrawnView):
    """Shows `Masks`."""

    HELP = HELP
    DEFAULT_CSS = """
    MasksView { height: auto; max-height: 100%; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1, 0)", "up", id="masks.up", tooltip="A row up", show=False),
        Binding("down", "move(1, 0)", "down", id="masks.down", tooltip="A row down", show=False),
        Binding("left", "move(0, -1)", "left", id="masks.left", tooltip="Left", show=False),
        Binding("right", "move(0, 1)", "right", id="masks.right", tooltip="Right", show=False),
        Binding("u", "unmask", "mask", id="masks.unmask", tooltip="Lift the mask, put it back"),
        Binding("tab", "panel", "panel", id="masks.panel", tooltip="The next panel"),
    ]

    def __init__(self, masks: Masks | None = None, *, ink: Ink | None = None) -> None:
        super().__init__(ink=ink)
        self._masks = masks

    @property
    def masks(self) -> Masks | None:
        """What is shown."""
        return self._masks

    def show(self, masks: Masks) -> None:
        """Show another head or text; the cursor, the mask and the panel stay as they are."""
        if (old := self._masks) is not None:
            masks = replace(masks, cursor=old.cursor, lifted=old.lifted, panel=old.panel)
        self._masks = masks
        self.action_move(0, 0)

    @property
    def sentence(self) -> str:
        """What the mask does to the row, and how the case was come by."""
        if self._masks is None:
            return "No weights yet."
        return f"{words(self._masks)} {case(self._masks)}".strip()

    @property
    def whole(self) -> bool:
        """Whether all panels are in sight."""
        width = self.content_size.width
        return self._masks is not None and fits(self._masks, width, self.ink)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is another panel only where not all are in sight."""
        return not self.whole if action == "panel" else True

    def action_move(self, down: int, right: int) -> None:
        """Another cell."""
        if (masks := self._masks) is not None:
            row, column = masks.cursor[0] + down, masks.cursor[1] + right
            row = max(masks.rows[0], min(row, masks.rows[-1]))
            column = max(masks.columns[0], min(column, masks.columns[-1]))
            self._masks = replace(masks, cursor=(row, column))
            self.show_change()

    def action_unmask(self) -> None:
        """Lift the mask, or put it back."""
        if self._masks is not None:
            self._masks = replace(self._masks, lifted=not self._masks.lifted)
            self.show_change()

    def action_panel(self) -> None:
        """The next panel."""
        if self._masks is not None:
            panel = (self._masks.panel + 1) % len(PANELS)
            self._masks = replace(self._masks, panel=panel)
            self.show_change()

    def draw(self) -> list[Strip]:
        """The panels in the room there is."""
        width, height = self.content_size
        if self._masks is None:
            return [blank(width)] * height
        return draw_masks(self._masks, width, height, self.ink)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Room for all rows and the words, as far as the window has it."""
        rows = len(self._masks.rows) if self._masks is not None else 1
        return min(rows + 8, _TALL + max(0, viewport.height - 24))


def main() -> None:
    """A causal network, trained here on the spot."""
    from tui.demos.head import masks_demo

    masks_demo().run()


if __name__ == "__main__":
    main()
