"""A widget of lines paints what has changed, and moves what is below it only if it must."""

from __future__ import annotations

from typing import Any

from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Static

from tests.support.terminal import Stage, Terminal, on_terminal
from tui.widgets.lines import Lines

SIZE = (30, 8)


class Told(Lines):
    """Lines that a test sets."""

    def __init__(self) -> None:
        super().__init__()
        self.told = [Content("one"), Content("two")]

    def lines(self, width: int) -> list[Content]:
        return [line for text in self.told for line in text.wrap(width)]


async def show(*steps: list[Content]) -> list[tuple[str, list[str]]]:
    """What is sent for each of these, one after the other, and what then stands on the screen."""
    told, found = Told(), []
    app = Stage(told, Static("below"), driver_class=Terminal)

    async def act(pilot: Pilot[Any], terminal: Terminal) -> None:
        await pilot.pause()
        for step in steps:
            terminal.sent = ""
            told.told = step
            told.redraw()
            await pilot.pause()
            found.append((terminal.sent, terminal.lines(*SIZE)))

    await on_terminal(app, SIZE, act)
    return found


async def test_nothing_is_sent_where_nothing_has_changed() -> None:
    ((sent, lines),) = await show([Content("one"), Content("two")])
    assert sent == ""
    assert lines[:3] == ["one", "two", "below"]


async def test_another_word_or_another_style_is_painted() -> None:
    (_, words), (sent, _) = await show(
        [Content("one"), Content("six")], [Content("one"), Content.styled("six", "bold")]
    )
    assert words[:3] == ["one", "six", "below"]
    assert "six" in sent


async def test_what_is_below_moves_with_the_last_line() -> None:
    (_, more), (_, less), (_, none) = await show(
        [Content("one"), Content("two"), Content("three")], [Content("x " * 20)], []
    )
    assert more[:4] == ["one", "two", "three", "below"]
    assert less[2:5] == ["below", "", ""]
    assert none[:3] == ["below", "", ""]
