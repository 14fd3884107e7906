"""What is sent when part of a line changes: that part, at its own place."""

from __future__ import annotations

from typing import Any

from rich.segment import Segment
from textual.geometry import Region
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widget import Widget

from tests.support.screens import wait_until
from tests.support.terminal import Stage, Terminal, on_terminal
from tui.painting import send_only_changes


class Rows(Widget):
    """Three rows of letters, a wide character among them."""

    rows = ("abcdefgh" * 5, "ab猫def" * 5, "ABCDEFGH" * 5)

    def render_line(self, y: int) -> Strip:
        """One row."""
        return Strip([Segment(self.rows[y])]) if y < 3 else Strip.blank(40)


async def test_only_the_changed_cells_are_sent() -> None:
    send_only_changes()
    widget = Rows()

    async def act(pilot: Pilot[Any], terminal: Terminal) -> None:
        await pilot.pause()
        terminal.cells.clear()
        before = len(terminal.sent)
        widget.refresh(Region(10, 0, 3, 1), Region(30, 2, 2, 1), Region(5, 2, 1, 1))
        await wait_until(pilot, lambda: len(terminal.sent) > before)
        assert terminal.lines(40, 3) == [" " * 10 + "cde", "", " " * 5 + "F" + " " * 24 + "GH"]
        terminal.cells.clear()
        before = len(terminal.sent)
        widget.refresh(Region(2, 1, 3, 1))
        await wait_until(pilot, lambda: len(terminal.sent) > before)
        assert terminal.cells[2, 1] == "猫" and terminal.cells[4, 1] == "d"

    await on_terminal(Stage(widget, driver_class=Terminal), (40, 3), act)
