"""What a lesson may set on thought arrows, and the picture in words."""

from __future__ import annotations

from collections.abc import Mapping

from course.problems import did_you_mean
from models.specs.catalog import LABS
from models.specs.map import MOST_LOOPS
from tui.lab_settings import lab_fault, run_ref, runner_fault
from tui.thinkers import THINKING, thinkers

LAB = "map"
SETTINGS = frozenset({"lab", "when", "runner", "size", "sample", "loop"})


def fault(settings: Mapping[str, str]) -> str:
    """What keeps the arrows from being drawn with these settings; empty if nothing does."""
    if found := lab_fault(settings, LAB):
        return found
    spec = LABS[run_ref(settings.get("lab", LAB)).lab]
    if spec.name not in THINKING:
        near = did_you_mean(spec.name, THINKING)
        return f"no network of the lab {spec.name} answers in every cell: {near}"
    known, runner = thinkers(spec), settings.get("runner", "")
    if runner and runner not in known:
        return runner_fault(spec, [runner]) or f"{runner} does not answer in every cell"
    most = max(known[runner or next(iter(known))].sizes)
    for name, low, high in (("size", 2, most), ("sample", 0, 10**6), ("loop", 0, MOST_LOOPS)):
        given = settings.get(name, str(low))
        if not given.isdecimal() or not low <= int(given) <= high:
            return f"{name} {given}: expected a whole number from {low} to {high:,}"
    return ""


def in_words(settings: Mapping[str, str]) -> str:
    """The picture in words, where none can be drawn."""
    known = thinkers(LABS[run_ref(settings.get("lab", LAB)).lab])
    one = known[settings.get("runner", next(iter(known)))]
    size, when = settings.get("size", str(one.sizes[0])), settings.get("when", "after")
    told = (
        f"A maze of {size}x{size} cells with an arrow in each: what the {one.name} would answer,"
        f" {when} training, if it stopped after no {one.unit}, one, two and so on. Beside it, how"
        " many arrows are right"
    )
    if not one.floods:
        return f"{told}."
    return (
        f"{told}: of the cells that news of the cheese can have reached by then, and of the others,"
        " beside what a guess would get."
    )
