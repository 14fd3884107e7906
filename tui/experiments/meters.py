"""Who measures what, by the name of the task."""

from __future__ import annotations

from collections.abc import Mapping

from tui.experiments.heads import HeadMeter
from tui.experiments.loops import LoopMeter
from tui.experiments.meter import Meter
from tui.experiments.switches import SwitchMeter

METERS: Mapping[str, type[Meter]] = {
    "switch-off": SwitchMeter,
    "find-head": HeadMeter,
    "loops": LoopMeter,
}
