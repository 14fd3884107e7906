"""A terminal for tests: an app draws on it, and what stands on it can be read."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.drivers.headless_driver import HeadlessDriver
from textual.pilot import Pilot
from textual.widget import Widget

_PART = re.compile(r"\x1b\[([0-9;?]*)([A-Za-z])|([^\x1b]+)", re.DOTALL)
COLOUR = re.compile(r"\x1b\[(?:[\d;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[\d;]*)?m")
"""Any escape sequence that sets a colour; 39 and 49, the defaults, set none."""


class Terminal(HeadlessDriver):
    """Understands what Textual sends: moves of the cursor, styles (left aside) and text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cells: dict[tuple[int, int], str] = {}
        self.sent = ""
        self._x = self._y = 0

    @property
    def is_headless(self) -> bool:
        """Textual writes nothing to a headless driver, so this one says that it is not."""
        return False

    def write(self, data: str) -> None:
        """Draw."""
        self.sent += data
        for codes, command, text in _PART.findall(data):
            if command == "H":
                row, _, column = codes.partition(";")
                self._y, self._x = int(row or 1) - 1, int(column or 1) - 1
            for char in text:
                if char == "\n":
                    self._x, self._y = 0, self._y + 1
                elif char != "\r":
                    self.cells[self._x, self._y] = char
                    self._x += cell_len(char)

    def lines(self, width: int, height: int) -> list[str]:
        """What stands on the screen, blanks at the line ends removed."""
        rows = ("".join(self.cells.get((x, y), " ") for x in range(width)) for y in range(height))
        return [row.rstrip() for row in rows]


class Stage(App[None]):
    """Shows widgets, one below the other, and nothing else."""

    def __init__(self, *widgets: Widget, **options: Any) -> None:
        super().__init__(**options)
        self._widgets = widgets

    def compose(self) -> ComposeResult:
        """The widgets."""
        yield from self._widgets


async def on_terminal(
    app: App[Any], size: tuple[int, int], act: Callable[[Pilot[Any], Terminal], Awaitable[None]]
) -> Terminal:
    """Run an app made with `driver_class=Terminal` and do something with it."""
    drivers: list[Terminal] = []

    async def drive(pilot: Pilot[Any]) -> None:
        assert isinstance(app._driver, Terminal)
        drivers.append(app._driver)
        await act(pilot, app._driver)
        app.exit()

    await app.run_async(headless=False, size=size, mouse=False, auto_pilot=drive)
    return drivers[0]
