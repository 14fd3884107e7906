"""A picture in which one points: what those of grids, curves and mazes have in common."""

from __future__ import annotations

from collections.abc import Sequence

from textual.widget import Widget

from tui.spots import At, Place
from tui.widgets.key_line import Hint


class Field(Widget):
    """A picture with places. A subclass draws it, moves its cursor and knows its numbers."""

    @property
    def places(self) -> Sequence[Place]:
        """Every place; none as long as there are no numbers."""
        raise NotImplementedError

    @property
    def here(self) -> Place | None:
        """The place under the cursor."""
        raise NotImplementedError

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """The keys it takes."""
        return ()

    @property
    def focus_target(self) -> Widget:
        """Where the keys are taken."""
        return self

    def go_to(self, at: At) -> None:
        """Put the cursor on a place."""
        raise NotImplementedError

    def show_right(self, right: Sequence[At]) -> None:
        """Mark the places that were asked for."""
        raise NotImplementedError
