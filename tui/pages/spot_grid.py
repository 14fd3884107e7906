"""A grid in which one points: the weights of the learner's own network."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.widget import Widget

from course.lesson import View
from tui.pages.page import Desk
from tui.pages.spot_field import Field
from tui.panels.attention_panel import AttentionPanel
from tui.spots import At, Grid, Place
from tui.views import build_view
from tui.widgets.key_line import Hint


class GridField(Field):
    """The weights of the learner's own network, as the view on a page has them."""

    DEFAULT_CSS = "GridField { height: auto; }"

    def __init__(self, view: View, desk: Desk) -> None:
        super().__init__()
        panel = build_view(view, desk)
        assert isinstance(panel, AttentionPanel)
        panel.fixed = True
        self._panel = panel
        self._grid: tuple[int, Grid | None] = (0, None)

    def compose(self) -> ComposeResult:
        """The panel, which asks for its numbers itself."""
        yield self._panel

    @property
    def places(self) -> Sequence[Place]:
        """Every cell."""
        grid = self._known
        return grid.places if grid else ()

    @property
    def here(self) -> Place | None:
        """The cell under the cursor."""
        grid = self._known
        return grid.place(*self._panel.grid.cursor) if grid else None

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """To move and to look inside; or to train what is not there yet."""
        if self._panel.opened:
            return (("←↑↓→", "choose"), *self._panel.hints_of_cell)
        if self._panel.pictured:
            inside = (("i", "inside"),) if self._panel.opens else ()
            return (("←↑↓→", "choose"), *inside, ("d", "digits"))
        return tuple(hint for hint in self._panel.hints_of_keys if hint[0] != "b")

    @property
    def focus_target(self) -> Widget:
        """The grid, once it is there."""
        return self._panel.focus_target

    def go_to(self, at: At) -> None:
        """Put the cursor on a cell."""
        if self._panel.is_mounted and self._panel.has_picture:
            self._panel.grid.move_to(*at)

    def show_right(self, right: Sequence[At]) -> None:
        """The first of the cells that were asked for is marked, and the cursor goes there."""
        if right and self._panel.has_picture:
            self._panel.grid.pinned = right[0]
            self.go_to(right[0])

    @property
    def _known(self) -> Grid | None:
        if not self._panel.is_mounted or not self._panel.has_picture:
            return None
        weights = self._panel.weights
        if self._grid[0] != id(weights) or self._grid[1] is None:
            self._grid = (id(weights), Grid.of(weights))
        return self._grid[1]
