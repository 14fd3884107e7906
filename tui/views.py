"""The live views that a lesson can name, and what may be set on them."""

from __future__ import annotations

from course.lesson import View

from .widgets.attention_panel import SETTINGS as ATTENTION_SETTINGS
from .widgets.attention_panel import AttentionPanel
from .widgets.live_view import LiveView
from .widgets.maze_panel import SETTINGS as MAZE_SETTINGS
from .widgets.maze_panel import MazePanel
from .widgets.page import Desk

VIEWS: dict[str, frozenset[str]] = {
    "maze": MAZE_SETTINGS,
    "attention-grid": ATTENTION_SETTINGS,
}


def build_view(view: View, desk: Desk) -> LiveView:
    """The widget that a lesson's view names."""
    if view.name == "maze":
        return MazePanel(view.settings, desk)
    return AttentionPanel(view.settings, desk)
