"""The live views that a lesson can name, and what may be set on them."""

from __future__ import annotations

from course.lesson import View
from tui.widgets import attention_panel, maze_panel
from tui.widgets.live_view import LiveView
from tui.widgets.page import Desk

VIEWS: dict[str, frozenset[str]] = {
    "maze": maze_panel.SETTINGS,
    "attention-grid": attention_panel.SETTINGS,
}


def build_view(view: View, desk: Desk) -> LiveView:
    """The widget that a lesson's view names."""
    if view.name == "maze":
        return maze_panel.MazePanel(view.settings, desk)
    return attention_panel.AttentionPanel(view.settings, desk)


def view_fault(view: View) -> str:
    """What keeps a view from being drawn with its settings; empty if nothing does."""
    if view.name == "maze":
        return maze_panel.fault(view.settings)
    return attention_panel.fault(view.settings)
