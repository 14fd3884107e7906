"""Where an experiment is done: a network of the learner's own, and keys that do something to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from course.experiment import Experiment
from course.variants import Variant
from tui.experiments import settings_of
from tui.lab_run import LabRun
from tui.pages.page import Desk
from tui.panels.inside_panel import InsidePanel
from tui.widgets.key_line import Hint

Did = dict[str, Any]
"""What was done to the network, as an answer keeps it."""


class Bench(InsidePanel):
    """A picture of a trained network. A subclass says what is done to it and measures that."""

    nothing: ClassVar[str]
    """What is said to somebody who has done nothing yet."""
    none_right: ClassVar[str]
    """What is said where nothing that can be done is right."""

    def __init__(self, shown: Variant, desk: Desk) -> None:
        super().__init__(settings_of(shown), desk)
        question = shown.question
        assert isinstance(question, Experiment)
        self.question = question
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

    async def measure(self, did: Did) -> tuple[dict[str, float], str]:
        """The numbers of the task for what was done, and what was done in words.

        Raises:
            ConnectionError: in plain words, if the worker cannot answer; so for `right`.
        """
        raise NotImplementedError

    async def right(self) -> Did | None:
        """Something that is right; None if nothing is."""
        raise NotImplementedError

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
        return action not in ("other_time", "next_team")

    # The network

    @property
    def has_picture(self) -> bool:
        """Not once the networks have gone: then there is a way to have them back."""
        return not self._lost and super().has_picture

    @property
    def networks(self) -> LabRun:
        """The run whose networks can be asked.

        Raises:
            ConnectionError: if there is none.
        """
        run = self._askable
        if run is None:
            raise ConnectionError("The networks of your run are no longer in memory.")
        return run

    def lose(self, why: str) -> None:
        """The worker could not answer: say why, and offer to train the networks again."""
        run = self._askable
        if run is not None:
            self._gone.add(run.run)
        self._lost, self._trouble = True, why
        self.redraw()

    async def ask(self, run: LabRun, when: str) -> None:
        """Ask, and with that find the networks again."""
        await super().ask(run, when)
        self._lost = False
