"""A translator from mouse-speak to moves, with attention and through one state alone."""

from __future__ import annotations

import math

from models.specs.race import learning_rate, of_racer, steps
from models.specs.spec import Knob, LabSpec, Metric, Series

RUNNERS = {
    "attention": "with attention",
    "bottleneck": "through one state",
}
"""Runner -> its name in charts and tables."""


def _metrics() -> tuple[Metric, ...]:
    found: list[Metric] = []
    for runner, who in RUNNERS.items():
        found += of_racer(runner, f"whole ways that are right, {who}", "a move")
        found += [Metric(f"{runner}.longest", f"the longest ways that are right, {who}", "percent")]
    same = "the longest ways that are right with attention whose shares are made equal"
    alone = (
        "the longest ways that are right with attention that sees each word as if it stood alone"
    )
    return (
        *found,
        Metric("uniform.longest", same, "percent"),
        Metric("apart.longest", alone, "percent"),
    )


SPEC = LabSpec(
    name="alignment",
    title="Mouse-speak",
    summary=(
        "Mice tell a way from its end: ru pip ti pippip means E E W. Two translators learn to"
        " write down the moves: one looks back at the words, one has them in a single state."
    ),
    knobs=(
        Knob(
            "turns",
            6,
            "how many turns the longest way has, two words each",
            3,
            12,
            because="every way has 3 turns or more, and with more than 12 a run takes minutes",
        ),
        Knob(
            "state",
            32,
            "how many numbers a state has with attention; without, enough for as many parameters",
            16,
            128,
            because="below 16 the two are not equally large; beyond 128 a run takes minutes",
        ),
        steps(700),
        learning_rate(0.02),
    ),
    metrics=_metrics(),
    goal=(
        "With attention at least 99 % of 1,000 ways drawn anew are right from the first move to"
        " the last."
    ),
    control=(
        "Through one state, with as many parameters and steps, fewer than 70 % of the longest"
        " ways are right; with attention of equal shares fewer than 10 %."
    ),
    seconds=31,
    runners=(
        *RUNNERS.items(),
        ("uniform", "attention, equal shares"),
        ("apart", "attention, words apart"),
    ),
    columns=(
        ("accuracy", "whole ways"),
        ("longest", "longest"),
        ("solved", "99 % after"),
        ("parameters", "parameters"),
    ),
    series=tuple(Series(runner, "loss", who) for runner, who in RUNNERS.items()),
    chance=("loss", math.log(5)),
)
