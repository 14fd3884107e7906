"""Run by itself: a worker that keeps account of itself.

Arguments: `steps` and a file, for a lab that only trains, without an end, and notes for every step
when it was done; or `reporting` and a file, for the labs as they are, and what telling of them
costs.
"""

from __future__ import annotations

import json
import random
import struct
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from benchmarks.waits import RunQueue
from models import protocol, worker
from models.outbox import Outbox
from models.protocol import Report
from models.run import Run
from models.specs.mouse import SPEC
from models.specs.spec import Value

STEP = struct.Struct("dd")
"""When a step was done, and how long its thread had waited for a processor by then, in seconds."""
MAZES = 300


class Steps:
    """A lab like `mouse`, of which only the training is left. It never ends."""

    def __init__(self, settings: Mapping[str, Value], seed: int, notes: BinaryIO) -> None:
        from models.labs.crossings import Crossing
        from models.labs.learner import Learner, table
        from models.networks.mouse import Mouse
        from models.tasks.mouse import SENSES
        from models.training import Recipe

        rng = random.Random(seed)
        self.result = None
        self._notes = notes
        self._mazes = table([Crossing.drawn(5, rng) for _ in range(MAZES)], "cpu")
        recipe = Recipe(1_000_000, 0.001)
        network = Mouse(SENSES, int(settings["hidden"]))
        self._learner = Learner("mouse", "training the mouse", network, recipe, seed, "cpu")

    def train(self) -> Iterator[Report]:
        """A step a unit of work."""
        queue = RunQueue()
        learner = self._learner
        for update in learner.learn(self._mazes, 64):
            self._notes.write(STEP.pack(time.monotonic(), queue.seconds()))
            self._notes.flush()
            step, steps = update.step, learner.recipe.steps
            loss = {"loss": update.loss.item()}
            yield Report("mouse", learner.phase, step, steps, step / steps, loss)


class Accounts(Outbox):
    """An outbox that knows what its work costs. It writes that down when a run ends."""

    book: Path

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__(stream)
        self._spent = self._began = 0.0
        self._busy = False

    def note(self, report: Report) -> None:
        """As ever."""
        self._counted(super().note, report)

    def show(self, moment: protocol.Moment) -> None:
        """As ever."""
        self._counted(super().show, moment)

    def send_due(self, run: str, trained: float) -> None:
        """As ever."""
        self._counted(super().send_due, run, trained)

    def send_gathered(self, run: str) -> None:
        """As ever."""
        self._counted(super().send_gathered, run)

    def send(self, reply: protocol.Reply) -> None:
        """As ever; the first and the last message of a run also begin and close its account."""
        if isinstance(reply, protocol.Started):
            self._began, self._spent = time.process_time(), 0.0
        if isinstance(reply, protocol.Finished):
            account = {"reporting": self._spent, "all": time.process_time() - self._began}
            self.book.write_text(json.dumps(account), "utf-8")
        self._counted(super().send, reply)

    def _counted(self, work: Callable[..., None], *arguments: Any) -> None:
        if self._busy:  # what it does as a part of something else is counted there
            work(*arguments)
            return
        self._busy, began = True, time.thread_time()
        try:
            work(*arguments)
        finally:
            self._busy = False
            self._spent += time.thread_time() - began


def main() -> int:
    """The worker, from its start to its end."""
    what, place = sys.argv[1:]
    if what == "reporting":
        Accounts.book = Path(place)
        worker.Outbox = Accounts  # type: ignore[misc, assignment]
        return worker.main()
    notes = open(place, "ab")  # noqa: SIM115 - the process ends before it would be closed

    def begin(name: str, knobs: dict[str, Value], seed: int, device: str) -> Run:
        settings = SPEC.settings(knobs)
        return Run(SPEC, settings, Steps(settings, seed, notes))  # type: ignore[arg-type]

    return worker.main(begin)


if __name__ == "__main__":
    sys.exit(main())
