"""What goes wrong with a run, in words that say what to do. No torch."""

from __future__ import annotations

import math
import re
import traceback
from collections.abc import Mapping

from models.memory import amounts, is_endless, size
from models.protocol import Report
from models.specs.spec import Knob, LabSpec, Value

LOSS = "loss"
"""The metric that a runner's training makes smaller. Others may be infinite by rights: the
median path of mice of which none arrives."""
SIZES = (
    *("batch", "mice", "hidden", "state", "width", "dim", "layers", "depth", "heads"),
    *("length", "words", "corridor", "pairs", "turns", "size"),
)
"""Words in the names of knobs that cost memory, the first to turn first."""
RATES = ("rate", "lr")
"""Words in the names of knobs that make a loss run away."""
USED_UP = (
    "can't allocate memory",
    "not enough memory: you tried to allocate",
    "out of memory",
    "CUBLAS_STATUS_ALLOC_FAILED",
    "Invalid buffer size",
)
"""What torch says when memory is used up: on a CPU (Linux, Windows), CUDA, its libraries, MPS."""


class Trouble(Exception):
    """A run cannot begin, or cannot go on. `kind` is one of those of `protocol.Failed`."""

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(text)
        self.kind = kind


def said_by(error: Exception) -> str:
    """What an exception says, without the quotes that `KeyError` puts around it."""
    return str(error.args[0]) if error.args else type(error).__name__


def in_words(error: Exception) -> str:
    """An error in words: those of a `Trouble`, or else its kind and text."""
    if isinstance(error, Trouble):
        return str(error)
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def failure(error: Exception) -> tuple[str, str]:
    """The kind of a failure, and the words for it; what is unforeseen is written to the log."""
    if isinstance(error, Trouble):
        return error.kind, str(error)
    traceback.print_exception(error)
    return "error", f"{in_words(error)}. The worker's log has the details."


def is_out_of_memory(error: BaseException) -> bool:
    """Whether `error` is Python's, torch's or a device's way to say that memory is used up."""
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError":
        return True
    if is_endless(error):
        return True
    return isinstance(error, RuntimeError) and any(text in str(error) for text in USED_UP)


def out_of_memory(
    spec: LabSpec,
    settings: Mapping[str, Value],
    device: str,
    error: BaseException | None = None,
    free: int | None = None,
) -> str:
    """Which knob to turn, after a run needed more memory than `device` has.

    `error` may say how much was asked for, and `free` is how many bytes there were.
    """
    knob = _knob_to_lower(spec, settings)
    if knob is None:
        cure = "close other programs, or choose another device, and run it again"
    else:
        value, low = settings[knob.name], _lowest(knob)
        cure = (
            f"turn {knob.name} down (it stands at {value}; it may go to {low:g}) and run it again"
        )
    asked = _asked_for(error, free)
    return f"The run needed more memory than there is on {device}{asked}. To go on, {cure}."


def _asked_for(error: BaseException | None, free: int | None) -> str:
    """How much was asked for and how much was free, as far as known."""
    if error is not None and is_endless(error):
        return ": it asked for more than any machine has"
    asked, left = (None, None) if error is None else amounts(error)
    known = [] if asked is None else [f"it asked for {size(asked)} at once"]
    left = free if left is None else left
    known += [] if left is None else [f"{size(left)} were free"]
    return ": " + ", and ".join(known) if known else ""


def _knob_to_lower(spec: LabSpec, settings: Mapping[str, Value]) -> Knob | None:
    """The knob that costs memory and was turned up furthest; of equals the first of `SIZES`."""
    chosen, furthest = None, 0.0
    for word in SIZES:
        for knob in spec.knobs:
            value, default = settings[knob.name], knob.default
            if isinstance(value, bool | str) or isinstance(default, bool | str) or not default:
                continue
            low = _lowest(knob)
            if low is None or value <= low or word not in _words(knob.name):
                continue
            if value / default > furthest:
                chosen, furthest = knob, value / default
    return chosen


def _lowest(knob: Knob) -> float | None:
    """The least that a knob with a range or a choice of numbers can be turned to."""
    numbers = [choice for choice in knob.choices if isinstance(choice, int | float)]
    return min(numbers) if numbers else knob.low


def ran_away(report: Report) -> bool:
    """Whether the loss of a report is infinite or no number at all."""
    return not math.isfinite(report.metrics.get(LOSS, 0.0))


def diverged(report: Report, spec: LabSpec, settings: Mapping[str, Value]) -> str:
    """Why a loss may have stopped being a number, and what to do about it."""
    said = "infinite" if math.isinf(report.metrics[LOSS]) else "no longer a number"
    what = f"At step {report.step} the loss of {report.runner} is {said}, so the run is paused."
    rates = [knob.name for knob in spec.knobs if any(r in _words(knob.name) for r in RATES)]
    if rates:
        rate = f"the steps are too large: {rates[0]} stands at {settings[rates[0]]}"
        return f"{what} Usually {rate}. Turn it down and run it again: these weights are lost."
    return f"{what} Usually the steps are too large. Run it again with smaller ones."


def _words(name: str) -> list[str]:
    """`learning_rate` as its words."""
    return re.split(r"[^a-z]+", name.lower())
