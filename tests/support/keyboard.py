"""Keys as a terminal sends them to the real app, and waiting for what they should do."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import Any

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from tests.support.screens import screen_text
from tui.app import GrokApp
from tui.authoring.shown import passages, squash
from tui.screens.lesson import LessonScreen

PATIENCE = 20.0
"""Seconds to wait for what a key should do."""


class Keyboard:
    """Presses keys, reads the screen, and knows when a page is there."""

    def __init__(self, pilot: Pilot[Any]) -> None:
        self.pilot = pilot
        assert isinstance(pilot.app, GrokApp)
        self.app = pilot.app
        self.session = pilot.app.session
        self.sure = "2"
        """The key pressed where it is asked how sure one is."""

    @property
    def screen(self) -> LessonScreen:
        """The lesson on the screen."""
        assert isinstance(self.app.screen, LessonScreen)
        return self.app.screen

    def history(self, question_id: str) -> Sequence[dict[str, Any]]:
        """The events of one question, oldest first."""
        return self.session.questions.history(question_id)

    def given(self, question_id: str) -> Sequence[dict[str, Any]]:
        """The same without what was kept on the way."""
        return [one for one in self.history(question_id) if not one.get("draft")]

    @property
    def page(self) -> Any:
        """The page on the screen."""
        return self.screen.page

    @property
    def text(self) -> str:
        """What can be read."""
        return screen_text(self.app)

    @property
    def in_field(self) -> bool:
        """Whether letters are text."""
        return isinstance(self.app.focused, Input | TextArea)

    # Keys

    async def press(self, *keys: str, until: Callable[[], object] | None = None) -> None:
        """Press keys one after the other, then wait for a condition."""
        for key in keys:
            name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
            self.app.post_message(events.Key(name, key if len(key) == 1 else None))
        await self.wait(until or (lambda: True))

    async def wait(self, condition: Callable[[], object]) -> None:
        """Wait for a condition, and for nothing being under way."""
        end = time.monotonic() + PATIENCE
        while not condition() or self._working():
            assert time.monotonic() < end, f"waited {PATIENCE} s for nothing:\n{self.text}"
            assert self.app.is_running, "the app has ended"
            await asyncio.sleep(0.002)

    async def sees(self, *texts: str) -> None:
        """Wait until all these texts (Markdown) can be read, wherever their lines break."""
        wanted = [squash(passage) for text in texts for passage in passages(text)]
        await self.wait(lambda: all(text in squash(self.text) for text in wanted))

    async def turn(self, key: str = "enter") -> None:
        """Turn the page with a key, once there is something to be read on it."""
        await self.wait(lambda: self.text.strip())
        await self.leave_field()
        before = self.page
        await self.press(key, until=lambda: self.page is not before and self.ready())

    async def open(self, lesson: str) -> None:
        """Open a lesson from the map, which must have it chosen."""
        await self.press("enter", until=lambda: isinstance(self.app.screen, LessonScreen))
        await self.wait(self.ready)
        assert self.screen.lesson.id == lesson

    async def go_home(self) -> None:
        """To the map."""
        there = self.app.screen_stack[1]
        await self.leave_field()
        await self.press("escape", until=lambda: self.app.screen is there)

    async def leave_field(self) -> None:
        """Out of a text field, where letters are text."""
        if self.in_field:
            await self.press("escape", until=lambda: not self.in_field)

    # Waiting

    def _working(self) -> bool:
        return any(
            not worker.is_finished for worker in self.app.workers if worker.group == "answer"
        )

    def ready(self) -> bool:
        """Whether a page is there and takes keys."""
        page, focused = self.page, self.app.focused
        return (
            page is not None
            and page.is_attached
            and focused is not None
            and page in focused.ancestors_with_self
        )
