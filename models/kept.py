"""What is known of a kept run, on disk and between the two ends of the protocol. No torch."""

from __future__ import annotations

import math
from typing import Literal

import msgspec

State = Literal["going", "finished", "stopped", "failed", "cut short"]
"""`cut short`: whoever trained it is gone without having said how it ended."""


class Turned(msgspec.Struct, frozen=True):
    """A knob that was turned during a run: at which step, and to what."""

    step: int
    name: str
    value: float | int | str | bool


class Curve(msgspec.Struct, frozen=True):
    """One metric of one runner, from its first step to its last."""

    runner: str
    metric: str
    steps: list[int]
    values: list[float]


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A kept run summed up. `id` is what one calls it by: its lab and a number."""

    id: str
    lab: str
    knobs: dict[str, float | int | str | bool]
    seed: int
    device: str
    """In plain words."""
    began: str
    """When, as ISO 8601 in UTC."""
    state: State = "going"
    why: str = ""
    """What went wrong, where it failed."""
    note: str = ""
    """What of it could not be kept, and what to do; empty where all was."""
    fraction: float = 0.0
    steps: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    metrics: dict[str, float | None] = {}
    """Its results, or the last numbers it reported, as `runner.metric`; None is no number."""
    reached: bool = False
    control_failed: bool = False
    turned: list[Turned] = []
    versions: dict[str, str] = {}
    study: str = ""
    """The study it belongs to."""
    resumed: str = ""
    """The kept run that it went on from; its curves begin with those of that one."""
    resumable: bool = False
    """Whether it was left before its end, with weights to go on from. Found out anew each time,
    whatever its file says."""
    lookable: bool = False
    """Whether it came to its end and its weights are there, so that one can look into its
    networks again. Found out anew each time, too."""
    size: int = 0
    """Bytes on disk."""

    @property
    def numbers(self) -> dict[str, float]:
        """The metrics, with not-a-number where there was none."""
        return {k: math.nan if v is None else v for k, v in self.metrics.items()}
