"""What a study is: a lab run again and again with one knob turned, or from other seeds.

It says nothing of who trains its points or where. Each point is an ordinary run of a lab, so that
one already made counts, whoever made it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.specs.catalog import LABS
from models.specs.spec import LabSpec, Metric, Value

SEED = "seed"
"""What a study goes over that turns no knob."""


@dataclass(frozen=True)
class Point:
    """One run of a study: the value that it is made for, and all that decides it."""

    value: Value
    seed: int
    knobs: Mapping[str, Value] = field(hash=False)
    """Every knob of the lab."""
    cost: float = field(default=1.0, compare=False)
    """CPU-seconds on one core, as its authors measured them."""


@dataclass(frozen=True)
class Study:
    """One number of each runner, measured for several values of one knob, or over several seeds."""

    name: str
    title: str
    summary: str
    lab: str
    over: str
    """The knob that is turned, or `seed`."""
    values: tuple[Value, ...]
    """What it is turned to; the seeds themselves where it is none."""
    costs: tuple[float, ...]
    """CPU-seconds of one run at each value, on one core."""
    runners: tuple[str, ...]
    """Who is shown, in this order."""
    metrics: tuple[str, ...] = ("accuracy",)
    """What is shown of everyone, one after the other; all written in the same form."""
    knobs: Mapping[str, Value] = field(default_factory=dict, hash=False)
    """The knobs that stand elsewhere than their default, the same in each point."""
    seeds: tuple[int, ...] = (0,)
    x: str = ""
    """What the values are, for an axis and for a sentence: pairs, or forget bias."""
    counted: bool = True
    """Whether one says 8 pairs, rather than forget bias 2."""
    chance: float | None = None
    """What a guess is worth, drawn as a line, where it is the same at every value."""
    log_x: bool = False

    @property
    def spec(self) -> LabSpec:
        """The lab that is run."""
        return LABS[self.lab]

    @property
    def over_seeds(self) -> bool:
        """Whether its points are the same but for their seed."""
        return self.over == SEED

    @property
    def form(self) -> str:
        """How the numbers are written: percent, number, ratio or count."""
        return self.metric(self.runners[0], self.metrics[0]).form

    @property
    def seconds(self) -> float:
        """CPU-seconds of the whole study on one core."""
        return sum(point.cost for point in self.points())

    def metric(self, runner: str, name: str) -> Metric:
        """One of the numbers that are shown.

        Raises:
            KeyError: if the lab does not measure it.
        """
        full = full_name(runner, name)
        for metric in self.spec.metrics:
            if metric.name == full:
                return metric
        raise KeyError(full)

    def who(self, runner: str) -> str:
        """A runner in words."""
        return dict(self.spec.runners)[runner]

    def heading(self, metric: str) -> str:
        """What is measured, in a word or two."""
        return dict(self.spec.columns).get(metric, metric)

    def points(self, seeds: tuple[int, ...] = ()) -> tuple[Point, ...]:
        """Every run that it takes, all values from one seed before the next seed."""
        costs = dict(zip(self.values, self.costs, strict=True))
        if self.over_seeds:
            settings = self.spec.settings(dict(self.knobs))
            chosen = seeds or tuple(int(value) for value in self.values)
            return tuple(Point(n, n, settings, costs.get(n, self.costs[0])) for n in chosen)
        return tuple(
            Point(value, seed, self.spec.settings({**self.knobs, self.over: value}), costs[value])
            for seed in seeds or self.seeds
            for value in self.values
        )


def full_name(runner: str, metric: str) -> str:
    """A metric as its lab reports it."""
    return f"{runner}.{metric}" if runner else metric
