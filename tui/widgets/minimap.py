"""The whole of a grid that is too long for the window, and where in it the window is."""

from __future__ import annotations

from textual.geometry import Size
from textual.strip import Strip

from tui.drawing.attention.grid_window import Window
from tui.drawing.attention.minimap import Overview, draw_minimap
from tui.drawing.ink import Ink
from tui.drawing.lines import blank
from tui.widgets.drawn_view import DrawnView

_TALL = 18
"""Lines at most."""


class MiniMap(DrawnView):
    """Shows an `Overview` and where a window of the grid is; it takes no keys."""

    DEFAULT_CSS = """
    MiniMap { width: 28; height: auto; max-height: 100%; padding: 0 0 0 2; }
    """
    can_focus = False

    def __init__(self, overview: Overview | None = None, *, ink: Ink | None = None) -> None:
        super().__init__(ink=ink)
        self._overview = overview
        self._window = Window(0, 0, 0, 0)

    def show(self, overview: Overview) -> None:
        """Show another grid."""
        self._overview = overview
        self.show_change()

    def look_at(self, window: Window) -> None:
        """The window of the grid is here now."""
        if window != self._window:
            self._window = window
            self.show_change()

    @property
    def sentence(self) -> str:
        """How much of the grid is in sight."""
        if self._overview is None:
            return ""
        rows, columns = self._overview.size
        window = self._window
        return f"{window.rows} of {rows} rows and {window.columns} of {columns} columns in sight."

    def draw(self) -> list[Strip]:
        """The map in the room there is."""
        width, height = self.content_size
        if self._overview is None:
            return [blank(width)] * height
        return draw_minimap(self._overview, self._window, width, height, self.ink)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Two rows of patches a line, the title and what is said below."""
        if self._overview is None or not self._overview.patches:
            return 1
        return min(
            _TALL + max(0, (viewport.height - 24) // 2), len(self._overview.patches) // 2 + 5
        )


def main() -> None:
    """A text of 1,024 tokens, and the map beside its grid."""
    from tui.demos.head import long_demo

    long_demo().run()


if __name__ == "__main__":
    main()
