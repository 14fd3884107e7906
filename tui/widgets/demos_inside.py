"""The demonstrations of the views into a memory: the smallest one there is, worked by hand."""

from __future__ import annotations

from textual.widget import Widget

from tui.drawing.ink import Ink
from tui.widgets.demos import Demo

_CELLS = 22


def reach_demo(ink: Ink | None = None, cells: int = _CELLS) -> Demo:
    """Memories that keep a share of what they hold at every step reach as far as its powers."""
    from tui.drawing.reach import Reach, line_of
    from tui.widgets.reach_view import ReachView

    def views() -> list[Widget]:
        lines = tuple(
            line_of(f"keeps {share}", [share**back for back in range(cells)])
            for share in (0.5, 0.9, 1.0)
        )
        return [ReachView(Reach(lines, "a memory of one number", 1, ("sign", "fork")))]

    return Demo(views, ink)
