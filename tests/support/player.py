"""A learner at the keyboard: takes lessons in the real app, key by key."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from course.lesson import Lab, Question, Study
from course.solver import next_move
from tests.support.answers import Answers
from tui.app import GrokApp
from tui.lab_run import Phase
from tui.pages.end_page import EndPage
from tui.pages.lab_page import LabPage
from tui.panels.inside_panel import InsidePanel
from tui.widgets.key_line import Hint


def drawn(keys: Sequence[Hint]) -> bool:
    """Whether a panel with these keys has its picture: it asks for no run, and waits for none."""
    return bool(keys) and (keys[0][0] != "space" or keys[0][1] in ("play", "pause"))


class Player(Answers):
    """Takes pages and whole lessons."""

    async def play(self, strategy: str) -> None:
        """Take the lesson from where it stands to its end."""
        while not isinstance(self.page, EndPage):
            await self.take_page(strategy)
        await self.wait(lambda: "passed" in self.text.lower())

    async def take_page(self, strategy: str) -> None:
        """Do what a page asks for, and turn it."""
        stop = self.screen.route[self.screen.index]
        question = stop.screen.question
        if question is not None:
            await self.take_question(question, stop.round, strategy)
            await self.turn("enter" if self.page.card.solved else "n")
            return
        if stop.screen.blocks_of(Study):
            # A study trains beside the lesson, and may be left for later.
            await self.turn("n")
            return
        if stop.screen.blocks_of(Lab):
            await self.run_lab()
        for panel in self.page.query(InsidePanel):
            # While a picture is on its way a panel has no keys.
            await self.press("space", until=lambda p=panel: drawn(p.hints_of_keys))
        await self.turn("enter")

    async def run_lab(self) -> None:
        """Start the lab on this page, unless it was run, and wait for its end."""
        page = self.page
        assert isinstance(page, LabPage)
        if ("enter", "start") in page.keys:
            await self.press("enter", until=lambda: page.phase is Phase.FINISHED)
            await self.wait(lambda: ("enter", "next") in page.keys)

    async def take_question(self, question: Question, asked: int, strategy: str) -> None:
        """Answer, ask for hints and reveal as a strategy of the solver has it."""
        for _ in range(100):
            history = self.history(question.id)
            move = next_move(question, asked, history, strategy)
            if move is None:
                return
            await self.make(question, asked, move)
        raise AssertionError(f"{question.id} is never done")


@asynccontextmanager
async def playing(app: GrokApp, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Player]:
    """A learner before an app that has come up, and before its lesson where it opens in one."""
    async with app.run_test(size=size) as pilot:
        player = Player(pilot)
        await player.wait(lambda: app.focused is not None)
        if app.options.lesson is not None:
            await player.wait(player.ready)
        yield player
