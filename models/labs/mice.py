"""Mice that learn nothing, all sent through the same mazes."""

from __future__ import annotations

import random
from collections.abc import Iterator

from models.labs.crossings import Crossing, looked_at, moves_of, path_of, send
from models.labs.lab import Lab, Look, Plan, Result
from models.mazes.generators import depth_first, wilson, with_loops
from models.mazes.score import score
from models.protocol import Report
from models.specs.mice import MICE, SEARCHES, SPEC

AT_ONCE = 25
"""Mazes per unit of work: well under 0.2 s, also at the largest size."""
COSTS = {
    "mazes": 5.0,
    "random": 6.0,
    "forward": 4.0,
    "right": 3.0,
    "theseus": 5.0,
    "theseus2": 5.0,
    "explorer": 2.0,
    "bfs": 3.0,
    "astar": 2.0,
}
"""What each part of a run costs against the others, measured at the default knobs."""
RIGHT_AT_LEAST, RANDOM_AT_MOST = 1.0, 0.75
"""The claim and its control: shares of mazes in which the two mice arrive."""


class MiceLab(Lab):
    """Every mouse of `MICE` through the same mazes, one mouse after the other."""

    spec = SPEC

    def train(self) -> Iterator[Report | Look]:
        """Make the mazes, then send one mouse after the other through them."""
        plan = Plan(**COSTS)
        crossings: list[Crossing] = []
        yield from self._make(crossings, plan)
        metrics: dict[str, float] = {}
        for name in MICE:
            yield from self._send(name, crossings, plan, metrics)
        control_failed = metrics["random.arrival"] <= RANDOM_AT_MOST
        reached = metrics["right.arrival"] >= RIGHT_AT_LEAST and control_failed
        self.result = Result(metrics, reached, control_failed, len(MICE) * len(crossings))

    def _make(self, crossings: list[Crossing], plan: Plan) -> Iterator[Report]:
        rng = random.Random(f"mazes {self.seed}")
        generate = depth_first if self.settings["generator"] == "depth-first" else wilson
        size, loops, count = self.whole("size"), self.whole("loops"), self.whole("mazes")
        while len(crossings) < count:
            for _ in range(min(AT_ONCE, count - len(crossings))):
                maze = generate(size, size, rng)
                crossings.append(Crossing.of(with_loops(maze, loops, rng) if loops else maze, rng))
            done = len(crossings)
            fraction = plan.fraction("mazes", done / count)
            yield Report("mazes", "making the mazes", done, count, fraction, {})

    def _send(
        self, name: str, crossings: list[Crossing], plan: Plan, metrics: dict[str, float]
    ) -> Iterator[Report | Look]:
        moves: list[int | None] = []
        looked = 0
        for traces in send(name, crossings, self.seed, AT_ONCE):
            if not moves:
                yield Look(name, 0, "walk", crossings[0].walked(path_of(traces[0])))
            moves += map(moves_of, traces)
            looked += sum(map(looked_at, traces))
            done = len(moves)
            so_far = score(moves, [crossing.shortest for crossing in crossings[:done]])
            fraction = plan.fraction(name, done / len(crossings))
            yield Report(name, MICE[name], done, len(crossings), fraction, so_far)
        metrics.update({f"{name}.{metric}": value for metric, value in so_far.items()})
        if name in SEARCHES:
            metrics[f"{name}.looked"] = looked / len(crossings)
