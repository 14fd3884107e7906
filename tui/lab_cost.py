"""How long a run of a lab will take, as far as anybody can know it before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.specs.spec import LabSpec, Value
from tui.drawing.training.dashboard import about
from tui.lab_run import PLANNED
from tui.own_runs import OwnRuns


@dataclass(frozen=True)
class Cost:
    """Seconds of one core, and where they are known from."""

    seconds: float
    measured: bool = False
    """Whether a run with just these knobs took as long, here."""
    rough: bool = False
    """Whether a knob was turned of which nobody knows what it does to the time."""

    @property
    def words(self) -> str:
        """A sentence."""
        time = about(self.seconds)
        if self.measured:
            return f"Here it took {time} the last time."
        more = ", more or less by what is turned" if self.rough else ""
        return f"About {time} of one core{more}."


def cost_of(spec: LabSpec, off_default: Mapping[str, Value], runs: OwnRuns) -> Cost:
    """The cost of a run with these knobs off their defaults.

    It is what the same took here before. Else it goes by the default run, the learner's own or
    the authors': as many times the steps take as many times as long.
    """
    before = runs.seconds(spec.name, off_default)
    if before is not None:
        return Cost(before, measured=True)
    usual = runs.seconds(spec.name, {})
    seconds = float(spec.seconds) if usual is None else usual
    for name in PLANNED:
        if name in off_default:
            default, wanted = spec.knob(name).default, off_default[name]
            assert isinstance(default, int | float) and isinstance(wanted, int | float)
            seconds *= wanted / default
    return Cost(seconds, rough=any(name not in (*PLANNED, "learning_rate") for name in off_default))
