"""A worker for studies: each point is begun, is half done, and has the numbers it is told to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models import protocol
from models.specs.study import Study
from tests.support.scripted_worker import ScriptedLink

TINY = Study(
    name="tiny",
    title="How wide may a maze be?",
    summary="Two mice that learn nothing, in mazes of 3, 4 and 6 cells.",
    lab="mice",
    over="size",
    values=(3, 4, 6),
    costs=(1.0, 2.0, 5.0),
    runners=("random", "right"),
    metrics=("arrival",),
    knobs={"mazes": 50},
    x="cells",
)
"""A study that takes a second of real time."""
FIVE = Study(
    name="five",
    title="Two mice, five times",
    summary="The same mazes but for the seed.",
    lab="mice",
    over="seed",
    values=(0, 1, 2, 3, 4),
    costs=(1.0,) * 5,
    runners=("random", "right"),
    metrics=("arrival", "shortest"),
    knobs={"mazes": 50},
)

Measure = Callable[[dict[str, Any], int], dict[str, float]]


def arrivals(knobs: dict[str, Any], seed: int) -> dict[str, float]:
    """The wider the maze, the fewer random walks arrive; the right-hand rule always does."""
    arrival = 2 / knobs["size"] + seed / 100
    return {"random.arrival": arrival, "right.arrival": 1.0, "right.shortest": 0.2}


class StudyLink(ScriptedLink):
    """`play(3)` brings one point to its end: begun, half done, done."""

    def __init__(self, measure: Measure = arrivals, **settings: Any) -> None:
        super().__init__(**settings)
        self._measure = measure

    @property
    def started(self) -> list[protocol.Start]:
        """The points that were asked for, in order."""
        return [request for request in self.sent if isinstance(request, protocol.Start)]

    def _answer(self, request: protocol.Request) -> None:
        if isinstance(request, protocol.Start):
            half = protocol.Report("random", "walking", 25, 50, 0.5, {})
            numbers = self._measure(dict(request.knobs), request.seed)
            self._script = (
                protocol.Started("", "CPU, 1 thread", request.seed),
                protocol.Advanced("", [half]),
                protocol.Finished("", 50, 4.0, 4.0, "CPU, 1 thread", numbers, True, True),
            )
        super()._answer(request)
