"""Something done to a network, and what it then does: the answer to an experiment."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from textual import work
from textual.content import Content
from textual.widget import Widget

from course.experiment import Experiment
from course.experiment_marking import filled
from course.marking import Verdict
from course.variants import Variant
from tui.drawing.inline import inline
from tui.experiments.meter import Did, Meter
from tui.pages.experiment_bench import Bench
from tui.pages.experiment_heads import HeadBench
from tui.pages.experiment_loops import LoopBench
from tui.pages.experiment_switches import SwitchBench
from tui.pages.page import Desk
from tui.pages.picture_answer import PictureAnswer

BENCHES: Mapping[str, Callable[[Variant, Desk], Bench]] = {
    "switch-off": SwitchBench,
    "find-head": HeadBench,
    "loops": LoopBench,
}
"""Where each task is done."""
TRIED = "You have tried just this."
ABOUT = """\
### An experiment

What you do is done to the network that you trained: the worker computes what it then does, and
nothing else is changed. Look, change, look again, as often as you like; **enter** hands in what is
on the screen. What was measured decides, and is kept with your answer.
"""
MEASURING, SEARCHING = "measuring…", "searching your network for the answer…"


class ExperimentAnswer(PictureAnswer, can_focus=False):
    """The bench, and below it what was tried."""

    def __init__(self, variant: Variant, desk: Desk) -> None:
        super().__init__(desk.ink)
        question = variant.question
        assert isinstance(question, Experiment)
        self._variant, self._question = variant, question
        self.bench = BENCHES[question.task](variant, desk)
        self._missed: list[Did] = []
        self._measuring = False

    @property
    def picture(self) -> Widget:
        """The bench."""
        return self.bench

    @property
    def is_ready(self) -> bool:
        """Whether there is a network to do something to."""
        return self.bench.is_mounted and self.bench.has_picture

    @property
    def hints_of_keys(self) -> Sequence[tuple[str, str]]:
        """What can be done, and enter where that can be handed in."""
        if self._done:
            return ()
        hand_in = (("enter", "hand it in"),) if self.is_ready else ()
        return (*self.bench.hints_of_keys, *hand_in)

    @property
    def focus_target(self) -> Widget:
        """The picture on the bench."""
        return self.bench.focus_target

    @property
    def help_text(self) -> str:
        """What an experiment is, and what can be done in this one."""
        return f"{ABOUT}\n{self.bench.about}"

    def put(self, given: Any) -> None:
        """Do again what was done; of a choice nobody may know it."""
        if given["did"]:
            self.bench.put(given["did"])

    def show_verdict(self, given: Any, verdict: Verdict) -> None:
        """Keep it in sight, and count nothing twice."""
        if not verdict.correct:
            self._missed.append(given["did"])
        super().show_verdict(given, verdict)

    def action_answer(self) -> None:
        """Have measured what is done to the network now, and answer with that."""
        if not self.is_ready or self._measuring:
            return
        self.bench.hold()
        did = self.bench.did
        if did is None or did in self._missed:
            said = self.bench.nothing if did is None else TRIED
            self.app.notify(said, timeout=2, markup=False)
        else:
            self._measure(did)

    def reveal(self) -> None:
        """Search for what is right in this very network."""
        self._find()

    @property
    def _meter(self) -> Meter:
        meter = self.bench.meter
        meter.tell = self._say
        return meter

    def _say(self, text: str) -> None:
        """Say what is being done, for as long as it takes."""
        self.show_tried(Content.styled(self._ink.words(text), "$foreground-muted"))

    @work(exclusive=True, group="measure")
    async def _measure(self, did: Did) -> None:
        self._measuring = True
        self._say(MEASURING)
        try:
            self.post_message(self.Given(await self._meter.answer(did)))
        except ConnectionError as error:
            self.bench.lose(str(error))
        finally:
            self._measuring = False
            self.show_tried()

    @work(exclusive=True, group="measure")
    async def _find(self) -> None:
        self._say(SEARCHING)
        try:
            did = await self._meter.right()
            found = None if did is None else await self._meter.answer(did)
        except ConnectionError as error:
            self._revealed = True  # it is searched for again once there is a network
            self.show_tried()
            self.bench.lose(str(error))
            return
        if found is None:
            self.tell(f"= {self.bench.none_right}", "bold")
            return
        self.put(found)
        self.tell(f"= {found['told']}", "bold")
        self.show_tried(inline(filled(self._variant, found, self._question.explanation)))
