"""Every kind of question, answered with keys in the real app."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual import events
from textual.widgets import Input, TextArea

from course.bets import Bets, Sketch
from course.code import Code
from course.experiment import RIGHT, Experiment
from course.experiment_marking import outcome_of
from course.lesson import Multi, Numeric, Order, Question
from course.solver import Move
from course.spot import Spot
from course.spot_marking import kind_of
from course.standing import is_given
from course.trace import Trace
from course.variants import Variant
from tests.support.keyboard import Keyboard
from tests.support.scripted_examiner import text_of
from tui.drawing.questions.question import LETTERS
from tui.pages.code_answer import CodeAnswer
from tui.pages.experiment_answer import ExperimentAnswer
from tui.pages.order_answer import ASIDE, OrderAnswer
from tui.pages.question_page import QuestionPage
from tui.pages.sketch_answer import SketchAnswer
from tui.pages.spot_answer import SpotAnswer
from tui.pages.trace_answer import TraceAnswer


class Answers(Keyboard):
    """Makes the moves of a learner, and sees that they reach the record."""

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
