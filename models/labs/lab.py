"""What every lab has in common. No torch here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from models.checkpoint_file import CheckpointError
from models.protocol import Report
from models.specs.spec import LabSpec, Value

if TYPE_CHECKING:
    import numpy as np

    from models.checkpoint import Checkpoint

Inside = tuple[dict[str, "np.ndarray"], dict[str, Any]]
"""What a look inside gives: named arrays, and plain values that say what they are."""


@dataclass(frozen=True)
class Look:
    """Something to look at while a lab runs; `data` is plain (numbers, text, lists)."""

    runner: str
    """Who shows it; empty where it is about all of them."""
    step: int
    name: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Result:
    """How a run ended."""

    metrics: dict[str, float]
    reached: bool
    """The claim held, and the control failed as it must."""
    control_failed: bool
    steps: int
    """Weight changes, all runners together; mazes, where nothing is trained."""


class Lab:
    """One run of a lab. `train` is pulled unit by unit; between units anything may look inside.

    The settings are complete and checked; equal settings, seed and device give equal reports.
    """

    spec: ClassVar[LabSpec]

    def __init__(self, settings: Mapping[str, Value], seed: int, device: str = "cpu") -> None:
        self.settings = dict(settings)
        self.seed = seed
        self.device = device
        self.result: Result | None = None
        """Set when `train` has come to its end."""

    def train(self) -> Iterator[Report | Look]:
        """Run the lab. Each `next` is one unit of work, under 0.2 s at default sizes on a CPU."""
        raise NotImplementedError

    def set_knob(self, name: str, value: Value) -> None:
        """Turn a knob while the lab trains.

        Raises:
            KeyError: if there is no such knob.
            ValueError: if it does not take the value, or not while the lab trains.
        """
        knob = self.spec.knob(name)
        if not knob.live:
            raise ValueError(f"{name} is fixed once a run has begun")
        self.settings[name] = knob.check(value)

    def state(self) -> Checkpoint | None:
        """All that the next unit of work depends on, itself: it changes with that unit.

        None where there is nothing that a run could go on from.
        """
        return None

    def restore(self, kept: Checkpoint) -> None:
        """Stand where a lab of the same settings and seed stood, before `train` is begun.

        Raises:
            CheckpointError: if the checkpoint is not of such a lab.
        """
        raise CheckpointError(f"The lab {self.spec.name} trains nothing: run it again.")

    def probe(self, what: str, arguments: Mapping[str, Any]) -> Inside:
        """Look inside, changing nothing.

        Raises:
            LookupError: if there is nothing called `what` to look at.
            ValueError: if an argument makes no sense, in plain words.
        """
        raise LookupError(f"the lab {self.spec.name} has nothing called {what} to look at")

    def whole(self, name: str) -> int:
        """A knob whose value is a whole number."""
        value = self.settings[name]
        assert isinstance(value, int)
        return value

    def number(self, name: str) -> float:
        """A knob whose value is a number."""
        value = self.settings[name]
        assert isinstance(value, int | float)
        return float(value)


class Plan:
    """The parts of a run and what each costs, so that the share done is a share of the time."""

    def __init__(self, **costs: float) -> None:
        self._costs = costs
        self._before: dict[str, float] = {}
        self._total = 0.0
        for name, cost in costs.items():
            self._before[name] = self._total
            self._total += cost

    def fraction(self, part: str, done: float) -> float:
        """The share of the whole run that is done when `done` (0 to 1) of `part` is."""
        return (self._before[part] + self._costs[part] * done) / self._total
