"""Where a run stands: the weights it can go on from, and how much of what is kept belongs to them.

checkpoint.about = {"letters": {...}, ..., "run": {"reports": bytes, "turned": number, ...}}
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from models.checkpoint import Checkpoint

FIRST, EVERY, SHARE = 2.0, 10.0, 0.01
"""Seconds after which weights are first written, seconds between two times, and the share of the
time that writing them may take where it is dear."""


class Standing(NamedTuple):
    """A run after one of its units of work."""

    weights: Checkpoint
    seconds: float
    cpu_seconds: float
    turned: int
    """How many knobs had been turned."""

    @classmethod
    def copied(
        cls, weights: Checkpoint, seconds: float, cpu_seconds: float, turned: int
    ) -> Standing:
        """The same while the run goes on, which changes its tensors."""
        own = {name: tensor.detach().clone() for name, tensor in weights.tensors.items()}
        return cls(weights._replace(tensors=own), seconds, cpu_seconds, turned)

    def about(self, reports: int) -> dict[str, Any]:
        """What is said about the weights; `reports` bytes of reports had been written by then."""
        run = {
            "reports": reports,
            "seconds": self.seconds,
            "cpu_seconds": self.cpu_seconds,
            "turned": self.turned,
        }
        return {**self.weights.about, "run": run}


class Weighing:
    """When weights are to be written."""

    def __init__(self) -> None:
        self._at = time.monotonic() + FIRST

    @property
    def is_due(self) -> bool:
        """Whether it is time."""
        return time.monotonic() >= self._at

    def done(self, cpu_seconds: float) -> None:
        """They were written, and it cost so much."""
        self._at = time.monotonic() + max(EVERY, cpu_seconds / SHARE)


def steps_in(about: Mapping[str, Any]) -> dict[str, int]:
    """How many steps each runner had made, of whatever of it makes sense."""
    found = {}
    for runner, said in about.items():
        training = said.get("training") if isinstance(said, dict) else None
        step = training.get("step") if isinstance(training, dict) else None
        if type(step) is int:
            found[runner] = step
    return found
