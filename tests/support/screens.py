"""Reading the screen of a running app, and waiting for what it should show."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.pilot import Pilot


def screen_text(app: App[Any]) -> str:
    """The characters on the screen, line by line, blanks at the line ends removed.

    Empty while there is a widget so new that it has no styles yet: nothing is painted then.
    """
    try:
        strips = app.screen._compositor.render_strips()
    except KeyError:
        return ""
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


async def wait_until(
    pilot: Pilot[Any], condition: Callable[[], object], seconds: float = 5.0
) -> None:
    """Let the app run until `condition` holds.

    Raises:
        AssertionError: with the screen, if it does not hold in time.
    """
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited {seconds} s for nothing:\n{screen_text(pilot.app)}"
        await pilot.pause(0.01)


async def sees(pilot: Pilot[Any], text: str, seconds: float = 5.0) -> None:
    """Wait until `text` stands on the screen."""
    await wait_until(pilot, lambda: text in screen_text(pilot.app), seconds)
