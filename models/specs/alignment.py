"""A translator from mouse-speak to moves, with attention and through one state alone."""

from __future__ import annotations

import math

from models.specs.spec import Knob, LabSpec, Metric, Series

RUNNERS = {
    "attention": "with attention",
    "bottleneck": "through one state",
}
"""Runner -> its name in charts and tables."""


def _metrics() -> tuple[Metric, ...]:
    found = []
    for runner, who in RUNNERS.items():
        found += [
            Metric(f"{runner}.accuracy", f"whole ways that are right, {who}", "percent"),
            Metric(f"{runner}.longest", f"the same of the longest ways, {who}", "percent"),
            Metric(f"{runner}.loss", "how badly it foresaw a move in the last steps, in nats"),
            Metric(f"{runner}.parameters", "how many numbers it learned", "count"),
            Metric(f"{runner}.solved", "steps until 99 % of ways were right, if ever", "count"),
        ]
    same = "the longest ways that are right with attention whose shares are made equal"
    return (*found, Metric("uniform.longest", same, "percent"))


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
        Knob(
            "steps",
            700,
            "how many times the weights are changed",
            20,
            4000,
            because="below 20 nothing has happened yet; beyond 4,000 a run takes minutes",
        ),
        Knob(
            "learning_rate",
            0.02,
            "how large a change each step makes",
            0.00001,
            0.1,
            because="below 0.00001 it hardly moves; above 0.1 it forgets all it has learned",
            live=True,
        ),
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
    seconds=35,
    runners=(*RUNNERS.items(), ("uniform", "attention, equal shares")),
    columns=(
        ("accuracy", "whole ways"),
        ("longest", "longest ways"),
        ("solved", "99 % after"),
        ("parameters", "parameters"),
    ),
    series=tuple(Series(runner, "loss", who) for runner, who in RUNNERS.items()),
    chance=("loss", math.log(5)),
)
