"""The keys of a lab page: those that matter now, and all of them for the help."""

from __future__ import annotations

from dataclasses import dataclass

from models.specs.spec import LabSpec
from tui.drawing.ink import Ink
from tui.lab_run import Phase
from tui.measures import share_of
from tui.widgets.key_line import Hint, more_below

RATE = "learning_rate"
TURNS = (("enter", "next"), ("n", "read on"), ("n", "skip"), ("p", "back"))
"""The keys that turn the page of a lesson."""


def has_rate(spec: LabSpec) -> bool:
    """Whether the learning rate can be turned while the lab trains."""
    return any(knob.name == RATE and knob.live for knob in spec.knobs)


@dataclass(frozen=True)
class Facts:
    """What decides which keys matter."""

    spec: LabSpec
    phase: Phase
    measured: bool = False
    """Whether the lab, with these knobs, has measured something."""
    scrolls: bool = False
    percent: bool = False
    """Whether the chart shows how often each is right."""
    axes: bool = False
    """Whether the x axis may count something else."""
    alone: bool = False
    """Whether the page stands by itself: there is none before it and none after."""


def keys(facts: Facts, ink: Ink) -> tuple[Hint, ...]:
    """The keys that matter now, most important first."""
    first, *rest = (hint for hint in _now(facts) if not (facts.alone and hint in TURNS))
    return (first, *(more_below(ink) if facts.scrolls else ()), *rest)


def _now(facts: Facts) -> tuple[Hint, ...]:
    match facts.phase:
        case Phase.STARTING:
            return (("x", "stop"), ("n", "read on"))
        case Phase.TRAINING:
            return (("space", "pause"), *_while_it_goes(facts.spec), ("n", "read on"))
        case Phase.PAUSED:
            return (("space", "go on"), ("s", "one step"), *_while_it_goes(facts.spec))
        case Phase.FINISHED:
            return (("enter", "next"), ("a", "again"), ("k", "knobs"), *_looks(facts))
    if facts.measured:
        return (("enter", "next"), ("a", "run again"), ("k", "knobs"), ("p", "back"))
    return (("enter", "start"), ("k", "knobs"), ("n", "skip"), ("p", "back"))


def _while_it_goes(spec: LabSpec) -> tuple[Hint, ...]:
    breaks: tuple[Hint, ...] = (("b", "break when…"),) if spec.series else ()
    rate: tuple[Hint, ...] = (("+ -", "rate"),) if has_rate(spec) else ()
    return (*breaks, *rate, ("x", "stop"))


def _looks(facts: Facts) -> tuple[Hint, ...]:
    """Other ways of looking at the curves."""
    if not facts.spec.series:
        return ()
    axes: tuple[Hint, ...] = (("t", "x axis"),) if facts.axes else ()
    right: tuple[Hint, ...] = ()
    if share_of(facts.spec)[0]:
        right = (("m", "loss" if facts.percent else "how often right"),)
    return (("f", "film"), *right, *axes)


def every_key(spec: LabSpec) -> tuple[Hint, ...]:
    """All that can be done with a run, now or at another time."""
    rate = (("+ -", "twice or half the learning rate; each undoes the other"),)
    curves = (
        ("b", "break when…: hold it where something is reached"),
        *((("m", "draw the loss, or how often each is right"),) if share_of(spec)[0] else ()),
        ("t", "x axis: steps, CPU-seconds, or weights changed"),
        ("1-9", "look at one runner; 0 at all of them"),
        ("l", "logarithmic or linear scale of the loss"),
        ("f", "the film of the run: any step of it, as it was"),
    )
    return (
        ("space", "pause, and go on"),
        ("s", "one step, while it is paused"),
        ("x", "stop; what it did until then is kept"),
        ("a", "run it again; the run before stays on the chart"),
        ("k", "turn knobs"),
        *(rate if has_rate(spec) else ()),
        *(curves if spec.series else ()),
        ("↑↓", "scroll, where there is more than fits"),
    )
