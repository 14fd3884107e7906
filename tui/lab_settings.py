"""What the settings of a view say of a lab: its knobs, its runners, before training or after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from course.lesson import RunRef
from course.problems import did_you_mean
from models.specs.catalog import LABS
from models.specs.spec import LabSpec, Value

TIMES = ("before", "after")
ENDS = {"recurrence": ("sign", "fork", "cell"), "amnesia": ("first", "last", "letter")}
"""What stands at the two ends of the texts of a lab, and what they are made of."""


def run_ref(text: str) -> RunRef:
    """`LAB knob=value ...`, as a lesson writes it."""
    lab, *given = text.split() or [""]
    return RunRef(lab, dict(one.partition("=")[::2] for one in given))


def lab_fault(settings: Mapping[str, str], default: str) -> str:
    """What is wrong with the lab, its knobs, or the time that a view's settings name."""
    when, ref = settings.get("when", "after"), run_ref(settings.get("lab", default))
    if when not in TIMES:
        return f"when {when}: {did_you_mean(when, TIMES)}"
    if ref.lab not in LABS:
        return f"no lab is called {ref.lab}: {did_you_mean(ref.lab, LABS)}"
    knobs = {knob.name: knob for knob in LABS[ref.lab].knobs}
    for name, value in ref.knobs.items():
        if name not in knobs:
            return f"the lab {ref.lab} has no knob {name}: {did_you_mean(name, knobs)}"
        try:
            knobs[name].parse(value)
        except ValueError as fault:
            return f"the lab {ref.lab}: {fault}"
    return ""


def runner_fault(spec: LabSpec, names: Sequence[str]) -> str:
    """What is wrong with the runners that a view's settings name."""
    known = runners_of(spec)
    for name in names:
        if name not in known:
            return f"the lab {spec.name} has no runner {name}: {did_you_mean(name, known)}"
    return "" if names else "no runner is named"


def runners_of(spec: LabSpec) -> dict[str, str]:
    """The runners of a lab that have a network, and what they are called."""
    return {name: words for name, words in spec.runners if name != "chance"}


def fewest_steps(spec: LabSpec, knobs: Mapping[str, Value]) -> dict[str, Value]:
    """The same networks with as little training as the lab allows."""
    low = next((knob.low for knob in spec.knobs if knob.name == "steps"), None)
    return dict(knobs) if low is None else {**knobs, "steps": int(low)}
