"""A live picture that asks no worker: its numbers are in it, and it says what there is to say."""

from __future__ import annotations

from textual.widget import Widget

from tui.panels.live_view import LiveView
from tui.widgets.drawn_view import DrawnView


class PicturePanel(LiveView):
    """One picture, which takes the keys."""

    @property
    def view(self) -> DrawnView:
        """Where it is drawn."""
        return self.query_one(DrawnView)

    @property
    def help_text(self) -> str:
        """How it is read, with the numbers of now."""
        return self.view.help

    @property
    def sentence(self) -> str:
        """What is to be seen."""
        return self.view.sentence

    @property
    def focus_target(self) -> Widget:
        """The picture."""
        return self.view
