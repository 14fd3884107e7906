"""A page on which a prediction is drawn, and later compared with what was measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on, work

from course.bets import Sketch
from course.gates import Stop
from course.lesson import Lesson
from course.sketches import STEP, gaps
from course.variants import Variant
from models.specs.studies import find_study
from tui import sketch_words as words
from tui.pages.page import Desk
from tui.pages.question_card import Answer
from tui.pages.question_page import QuestionPage
from tui.pages.sketch_answer import SketchAnswer
from tui.sketches import Measured, at_hand, drawn, is_decided, kept
from tui.study_run import StudyRun
from tui.widgets.key_line import Hint

LOOKING = "Looking for the curve of your run…"
GONE = "Your bet stands, and the run was made, but its curve is not here any more: run it again"


class SketchPage(QuestionPage):
    """Arrows draw, enter places the bet, and it can be drawn anew until its run has decided."""

    def __init__(self, lesson: Lesson, stop: Stop, sketch: Sketch, desk: Desk) -> None:
        self._sketch = sketch
        self._unsubscribe: Callable[[], None] = lambda: None
        super().__init__(lesson, stop, sketch, desk)

    def answer_for(self, variant: Variant) -> SketchAnswer:
        """An axis, or a curve."""
        study = self._sketch.study
        lab = find_study(study).lab if study else self._sketch.run.lab
        title = words.what(self._sketch, lab)
        self._drawing = SketchAnswer(self._sketch, title, self._desk.ink)
        return self._drawing

    def before(self) -> str:
        """That it is a bet."""
        return words.BEFORE

    def restore(self) -> None:
        """Show the bet that stands, and what came of it."""
        if (placed := self._placed) is not None:
            self._drawing.show_drawn(placed)
            self._tell()

    def on_mount(self) -> None:
        """Begin where the learner left; a study may be done by now, or be done meanwhile."""
        if self._sketch.study:
            studies = self._desk.studies
            self._unsubscribe = studies.subscribe(self._study_changed)
            look = studies.look(find_study(self._sketch.study))
            self.run_worker(look, exit_on_error=False)

    def on_unmount(self) -> None:
        """Nobody looks any more."""
        self._unsubscribe()

    @property
    def keys(self) -> Sequence[Hint]:
        """First to draw; once that is done, to go on."""
        own, back = tuple(self._drawing.hints_of_keys), ("p", "back")
        if self._drawing.touched:
            return (("enter", "place the bet"), *own, ("n", "next"))
        if self._placed is not None:
            return (("enter", "next"), *own, back)
        return (*own, ("n", "next"), back)

    @on(Answer.Turned)
    def follow_drawing(self, event: Answer.Turned) -> None:
        """There is something to place now, which is not what was placed before."""
        event.stop()
        self.card.show_note("")
        self.post_message(self.KeysChanged())

    @on(Answer.Given)
    def take_bet(self, event: Answer.Given) -> None:
        """Place the bet, in place of an earlier one. Nobody bets by turning pages."""
        event.stop()
        if not self._drawing.touched:
            self.card.offer(words.DRAW_FIRST)
        elif not self._busy:
            self._busy = True
            self._place(event.answer)

    @property
    def _placed(self) -> tuple[float, ...] | None:
        placed = drawn(self._sketch, self._session)
        return placed.numbers if placed else None

    @work(exclusive=True, group="answer")
    async def _place(self, numbers: list[float]) -> None:
        await self.saved(self._questions.bet(self._lesson, self._sketch, self._round, numbers))
        self._drawing.placed()
        self.card.offer("")
        self._tell()
        self.done_with_it()

    def _study_changed(self, study: StudyRun) -> None:
        waits = self._placed is not None and not self._drawing.touched and not self._busy
        if study.study.name == self._sketch.study and waits and not self.card.solved:
            self._tell()
            self.post_message(self.KeysChanged())

    def _tell(self) -> None:
        """That the bet stands, or how it went."""
        if not is_decided(self._sketch, self._desk):
            self.card.show_note(words.placed(self._sketch))
        elif measured := at_hand(self._sketch, self._desk):
            self._compare(measured)
        elif self._sketch.over == STEP:
            self._look()

    @work(exclusive=True, group="measured")
    async def _look(self) -> None:
        """Ask the worker for the run that was kept."""
        self._drawing.done = True
        self.card.solved = True
        self.card.show_note(LOOKING)
        measured = await kept(self._sketch, self._desk.labs)
        if measured:
            self._compare(measured)
        else:
            self.card.show_note(f"{GONE} (`{self._sketch.run.lab}`) to see the two together.")
        self.post_message(self.KeysChanged())

    def _compare(self, measured: Measured) -> None:
        placed = self._placed
        found = None if placed is None else gaps(self._sketch, placed, measured)
        if found is None:
            return
        self._drawing.show_measured(measured)
        self.card.solved = self.card.following = True
        self.card.show_note(
            f"**{words.outcome(self._sketch, found)}** {self._sketch.explanation}".strip()
        )
