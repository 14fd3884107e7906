"""A learner at the keyboard: takes lessons in the real app, key by key."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from course.bets import Bets, Sketch
from course.code import Code
from course.experiment import RIGHT, Experiment
from course.experiment_marking import outcome_of
from course.lesson import Lab, Multi, Numeric, Order, Question, Study
from course.solver import Move, next_move
from course.spot import Spot
from course.spot_marking import kind_of
from course.standing import is_given
from course.trace import Trace
from course.variants import Variant
from tests.support.screens import screen_text
from tests.support.scripted_examiner import text_of
from tui.app import GrokApp
from tui.authoring.shown import passages, squash
from tui.drawing.questions.question import LETTERS
from tui.lab_run import Phase
from tui.pages.code_answer import CodeAnswer
from tui.pages.end_page import EndPage
from tui.pages.experiment_answer import ExperimentAnswer
from tui.pages.lab_page import LabPage
from tui.pages.order_answer import ASIDE, OrderAnswer
from tui.pages.question_page import QuestionPage
from tui.pages.sketch_answer import SketchAnswer
from tui.pages.spot_answer import SpotAnswer
from tui.pages.trace_answer import TraceAnswer
from tui.panels.inside_panel import InsidePanel
from tui.screens.lesson import LessonScreen
from tui.widgets.key_line import Hint

PATIENCE = 20.0
"""Seconds to wait for what a key should do."""


def drawn(keys: Sequence[Hint]) -> bool:
    """Whether a panel with these keys has its picture: it asks for no run, and waits for none."""
    return bool(keys) and (keys[0][0] != "space" or keys[0][1] in ("play", "pause"))


class Player:
    """Presses keys as a terminal sends them, and waits for what they should do."""

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
        assert self.text.strip()
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

    # Pages

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

    async def make(self, question: Question, asked: int, move: Move) -> None:
        """Make one move with keys; it must reach the record."""
        count = len(self.given(question.id))
        shown = self.session.questions.variant(question, asked)
        page = self.page
        assert isinstance(page, QuestionPage)
        if move.kind in ("hint", "reveal"):
            await self.leave_field()
            await self.press("h" if move.kind == "hint" else "r")
        elif move.kind == "write":
            await self._write(question, move.value)
        elif isinstance(question, Sketch):
            await self._draw(question, page, move.value)
        elif isinstance(question, Multi | Bets):
            await self._tick(shown, page, move.value)
        elif isinstance(question, Order):
            await self._arrange(page.card.answer, move.value)
        elif isinstance(question, Spot):
            await self._point(page.card.answer, move.value["hit"])
        elif isinstance(question, Experiment):
            await self._experiment(page.card.answer, question, move.value["outcome"])
        elif isinstance(question, Code):
            await self._write_code(page.card.answer, question, move.value)
        elif isinstance(question, Trace):
            await self._fill_in(page.card.answer, move.value)
        elif isinstance(question, Numeric):
            await self._type(move.value)
        else:
            await self.press(LETTERS[shown.order.index(move.value)])
        await self.say_how_sure(lambda: len(self.given(question.id)) > count)

    async def choose(self, *keys: str) -> None:
        """Choose an answer with keys, and wait to be asked how sure one is of it."""
        await self.press(*keys, until=lambda: self.page.asks_how_sure)

    async def say_how_sure(self, answered: Callable[[], object]) -> None:
        """If that is asked before the verdict, say it; then wait for the answer to be taken."""
        await self.wait(lambda: answered() or self.page.asks_how_sure)
        if self.page.asks_how_sure:
            await self.press(self.sure)
        await self.wait(answered)

    async def _tick(self, shown: Variant, page: QuestionPage, wanted: list[int]) -> None:
        ticked = set(page.card.answer._ticked)
        for option in sorted(ticked ^ set(wanted)):
            await self.press(LETTERS[shown.order.index(option)])
        await self.press("enter")

    async def _type(self, text: str) -> None:
        if not isinstance(self.app.focused, Input):
            await self.press("tab", until=lambda: isinstance(self.app.focused, Input))
        field = self.app.focused
        assert isinstance(field, Input)
        await self.press(*text, until=lambda: field.value == text)
        await self.press("enter")

    async def _point(self, answer: SpotAnswer, kind: int) -> None:
        """Point at the first place of a kind, and not twice at one; at another that is wrong where
        there is none of the kind."""
        field = answer.field
        if not field.here:
            await self.press("space", until=lambda: field.here)
        kinds = {
            place.at: kind_of(answer._variant, place.facts)
            for place in field.places
            if place.at not in answer.missed
        }
        wrong = [at for at, one in kinds.items() if one]
        at = next((at for at, one in kinds.items() if one == kind), (wrong or [(0, 0)])[0])
        if self.app.focused is not answer.focus_target:
            await self.press("tab", until=lambda: self.app.focused is answer.focus_target)
        field.go_to(at)
        await self.press("enter")

    async def _experiment(
        self, answer: ExperimentAnswer, question: Experiment, outcome: str
    ) -> None:
        """Do what comes to this outcome, and nothing twice; where nothing does, what is wrong."""
        bench, meter = answer.bench, answer.bench.meter
        if not answer.is_ready:
            await self.press("space", until=lambda: answer.is_ready)
        left = [did for did in await meter.tries() if did not in answer._missed]
        found = [(outcome_of(question, (await meter.measure(did))[0]), did) for did in left]
        wanted = [did for name, did in found if name == outcome]
        did = (wanted or [did for name, did in found if name != RIGHT] or left)[0]
        if self.app.focused is not answer.focus_target:
            await self.press("tab", until=lambda: self.app.focused is answer.focus_target)
        bench.put(did)
        await self.wait(lambda: answer.is_ready and bench.did == did)
        await self.press("enter")

    async def _fill_in(self, answer: TraceAnswer, wanted: list[str]) -> None:
        if self.app.focused is not answer:
            await self.press("tab", until=lambda: self.app.focused is answer)
        for place, text in enumerate(wanted):
            while answer.cursor != place:
                before = answer.cursor
                await self.press("tab", until=lambda b=before: answer.cursor != b)
            await self.press(*text, until=lambda p=place, t=text: answer.texts[p] == t)
        await self.press("enter")

    async def _write(self, question: Question, text: str) -> None:
        if not self.in_field:
            await self.press("tab", until=lambda: self.in_field)
        field = self.app.focused
        assert isinstance(field, TextArea)
        keys = ["enter" if char == "\n" else char for char in text]
        await self.press(*keys, until=lambda: field.text.endswith(text))
        await self.leave_field()
        await self.press("enter", until=lambda: is_given(self.history(question.id)[-1]))

    async def _write_code(self, answer: CodeAnswer, question: Code, wanted: dict[str, Any]) -> None:
        """Paste lines that come to this in place of what stands there, and have them checked."""
        text = text_of(question.exercise, wanted["kind"], wanted["wrong"])
        if wanted["kind"] == "other" and answer.text.startswith(text):
            text = answer.text + "  # again"  # lines as they were would be no other try
        if not self.in_field:
            await self.press("tab", until=lambda: self.in_field)
        answer.field.select_all()
        self.app.post_message(events.Paste(text))
        await self.wait(lambda: answer.text == text)
        await self.leave_field()
        await self.press("enter")

    async def _draw(self, sketch: Sketch, page: QuestionPage, wanted: list[float]) -> None:
        answer = page.card.answer
        assert isinstance(answer, SketchAnswer)
        await self.press("home")
        scale = 100 if sketch.form == "percent" else 1
        for place, value in enumerate(wanted):
            if sketch.xs and place:
                await self.press("right")
            typed = f"{scale * value:.4f}".rstrip("0").rstrip(".")
            await self.press(
                *typed, until=lambda p=place, v=value: abs(answer.numbers[p] - v) < 1e-9
            )
        placed = len(self.history(sketch.id))
        await self.press("enter", until=lambda: len(self.history(sketch.id)) > placed)

    async def _arrange(self, answer: OrderAnswer, wanted: list[int]) -> None:
        """Carry what does not belong below the line, then the rest to its places from the top."""
        for item in [one for one in answer._items if one not in wanted and one != ASIDE]:
            await self._carry(answer, item, len(answer._items) - 1)
        for place, item in enumerate(wanted):
            await self._carry(answer, item, place)
        await self.press("down", until=lambda: answer._touched)
        await self.press("enter")

    async def _carry(self, answer: OrderAnswer, item: int, place: int) -> None:
        if answer._items[place] == item:
            return
        await self._move(answer, answer._items.index(item))
        await self.press("space", until=lambda: answer._carried)
        await self._move(answer, place)
        await self.press("space", until=lambda: not answer._carried)

    async def _move(self, answer: OrderAnswer, place: int) -> None:
        while (before := answer._cursor) != place:
            key = "down" if before < place else "up"
            await self.press(key, until=lambda b=before: answer._cursor != b)

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


@asynccontextmanager
async def playing(app: GrokApp, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Player]:
    """A learner before an app that has come up, and before its lesson where it opens in one."""
    async with app.run_test(size=size) as pilot:
        player = Player(pilot)
        await player.wait(lambda: app.focused is not None)
        if app.options.lesson is not None:
            await player.wait(player.ready)
        yield player
