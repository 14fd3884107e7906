"""Where an experiment is done: a network of the learner's own, and keys that do something to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from course.experiment import Experiment
from course.variants import Variant
from models.protocol import ProbeResult
from tui.experiments.meter import Did, Meter
from tui.experiments.meters import METERS
from tui.experiments.settings import settings_of
from tui.lab_run import LabRun
from tui.pages.page import Desk
from tui.panels.inside_panel import InsidePanel
from tui.widgets.key_line import Hint


class Bench(InsidePanel):
    """A picture of a trained network. A subclass is a panel, too, and says what is done to it."""

    about: ClassVar[str]
    """What can be done and how the picture is read, as Markdown."""
    nothing: ClassVar[str]
    """What is said to somebody who has done nothing yet."""
    none_right: ClassVar[str]
    """What is said where nothing that can be done is right."""

    def __init__(self, shown: Variant, desk: Desk) -> None:
        super().__init__(settings_of(shown), desk)
        self._experiment = shown
        self.meter = self._new_meter()
        self._seed: int | None = None
        """That of the networks that were asked last."""
        self._lost = False
        """Whether the networks went while they were measured."""

    # What a subclass does

    @property
    def did(self) -> Did | None:
        """What is done to the network as it is shown now; None for nothing."""
        raise NotImplementedError

    def put(self, did: Did) -> None:
        """Do it again, as it was done for an answer."""
        raise NotImplementedError

    def hold(self) -> None:
        """Stay as it is, for that is handed in; most benches only move when a key is pressed."""

    @property
    def own_keys(self) -> Sequence[Hint]:
        """The keys that do something to the network."""
        raise NotImplementedError

    # The page

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """What can be done; or to begin the run, where there is none."""
        if self.pictured:
            return self.own_keys
        return tuple(hint for hint in super().hints_of_keys if hint[0] != "b")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """An experiment is done to one network, and that is trained."""
        if action in ("other_time", "next_team"):
            return False
        return super().check_action(action, parameters)

    # The network

    @property
    def has_picture(self) -> bool:
        """Not once the networks have gone: then there is a way to have them back."""
        return not self._lost and super().has_picture

    def lose(self, why: str) -> None:
        """The worker could not answer: say why, and offer to train the networks again."""
        if (run := self._askable) is not None:
            self._gone.add(run.run)
        self._lost, self._trouble = True, why
        self.redraw()

    async def ask(self, run: LabRun, when: str) -> None:
        """Ask, and with that find the networks again."""
        self.know(run)
        await super().ask(run, when)

    def know(self, run: LabRun) -> None:
        """These are the networks; of others than before nothing is known."""
        if self._seed not in (None, run.seed):
            self.meter = self._new_meter()
            self.forget()
        self._seed, self._lost = run.seed, False

    def forget(self) -> None:
        """Forget what was asked about other networks."""
        self._seen.clear()

    def _new_meter(self) -> Meter:
        shown = self._experiment
        assert isinstance(shown.question, Experiment)
        return METERS[shown.question.task](shown.question, settings_of(shown), self._ask_worker)

    async def _ask_worker(self, what: str, arguments: dict[str, Any]) -> ProbeResult:
        run = self._askable
        if run is None:
            raise ConnectionError("The networks of your run are no longer in memory.")
        return await self.desk.labs.probe(run, what, arguments)
