"""What is measured of a network to which something was done: without a screen, by asking a worker.

Whoever has the network gives a way to ask it; a page asks the worker, authors a run of their own.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from course.experiment import Experiment
from course.experiment_marking import tried
from models.protocol import ProbeResult

Did = dict[str, Any]
"""What was done to the network, as an answer keeps it."""
Ask = Callable[[str, dict[str, Any]], Awaitable[ProbeResult]]
"""A probe by its name and arguments. A ConnectionError says in plain words why it is unanswered."""


class Meter:
    """A subclass knows one task. All that asks raises the ConnectionError of the asking."""

    samples = range(1)
    """The numbers of the texts in which the network may be seen, where that makes a difference."""
    sample = 0
    """That of the text on the screen."""

    def __init__(self, question: Experiment, settings: Mapping[str, str], ask: Ask) -> None:
        self.question = question
        self.settings = settings
        self.ask = ask
        self.tell: Callable[[str], None] = lambda text: None
        """Is told how far it is, where that takes a while."""

    async def measure(self, did: Did) -> tuple[dict[str, float], str]:
        """The numbers of the task for what was done, and what was done in words."""
        raise NotImplementedError

    async def right(self) -> Did | None:
        """Something that is right; None if nothing is."""
        raise NotImplementedError

    async def tries(self) -> list[Did]:
        """Everything that can be done, or as much of it as tells all outcomes apart."""
        raise NotImplementedError

    async def answer(self, did: Did) -> dict[str, Any]:
        """The answer of somebody who did this."""
        return tried(self.question, did, *await self.measure(did))
