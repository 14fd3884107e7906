"""A tower of blocks with parts taken away: what does each of them keep alive?"""

from __future__ import annotations

import math

from models.specs.race import learning_rate, of_racer, steps
from models.specs.spec import Knob, LabSpec, Metric, Series, Value

RUNNERS = {
    "tower": "the whole tower",
    "cut": "without residuals",
    "bare": "without both, norms too",
    "flat": "without feed-forward",
    "alone": "each token alone",
}
"""Runner -> its name in charts and tables."""
PARTS: dict[str, dict[str, Value]] = {
    "tower": {},
    "cut": {"residual": False},
    "bare": {"residual": False, "norm": "none"},
    "flat": {"feed_forward": False},
    "alone": {"alone": True},
}
"""What a runner has that the whole tower has not, or otherwise."""
ROW = 8
"""Mice in a row."""


def _metrics() -> tuple[Metric, ...]:
    found = []
    for runner, who in RUNNERS.items():
        first = f"the gradient of its first block, {who}, as a share of its last block's, before"
        alike = f"how alike its tokens are above the last block, {who}, before the first step"
        found += [
            *of_racer(runner, f"how often a mouse is right, {who}", "the digits"),
            Metric(f"{runner}.same", f"rows in which all say the same, {who}", "percent"),
            Metric(f"{runner}.first", f"{first} the first step", "ratio"),
            Metric(f"{runner}.alike", f"{alike}: 1 is all the same", "number"),
            Metric(f"{runner}.alike_after", f"the same after the last step, {who}", "number"),
        ]
    return (
        *found,
        Metric("common.accuracy", "how often the commonest digit of a row is right", "percent"),
        Metric("chance.accuracy", "the share that guessing gets: one in 10", "percent"),
    )


SPEC = LabSpec(
    name="tower",
    title="A tower with parts taken away",
    summary=(
        "Eight mice in a row, a digit on each one's back. Each must say the last digit of its own"
        " and its partner's together. A tower of blocks learns it; so must towers that lack their"
        " residuals, their norms, their feed-forward layers, or the sight of others."
    ),
    knobs=(
        Knob(
            "task",
            "sum",
            "whether a mouse says the last digit of the sum, or its partner's digit",
            choices=("sum", "partner"),
            because="the sum has to be fetched and worked out, the digit only to be fetched",
        ),
        Knob(
            "depth",
            6,
            "how many blocks stand on top of each other",
            1,
            24,
            because="beyond 24 a run takes minutes",
        ),
        Knob(
            "norm",
            "pre",
            "where the norms stand: before each layer, after each sum, or nowhere",
            choices=("pre", "post", "none"),
            because="these are the three there are here",
        ),
        steps(300),
        Knob(
            "warm_up",
            20,
            "over how many steps the learning rate rises",
            0,
            1000,
            because="0 is the whole rate at once; beyond 1,000 most of a run is warm-up",
        ),
        learning_rate(0.003),
        Knob("controls", True, "whether the towers that lack something are trained as well"),
    ),
    metrics=_metrics(),
    goal="The whole tower is right in at least 99 % of 1,000 unseen rows of eight.",
    control=(
        "After as many steps the towers without residuals, and the one in which each token sees"
        " itself alone, must be right in fewer than 20 %."
    ),
    seconds=24,
    runners=(*RUNNERS.items(), ("common", "the row's commonest"), ("chance", "guessing")),
    columns=(
        ("accuracy", "right"),
        ("same", "same said"),
        ("first", "gradient"),
        ("alike_after", "alike"),
        ("parameters", "weights"),
    ),
    series=tuple(Series(runner, "loss", who) for runner, who in RUNNERS.items()),
    chance=("loss", math.log(10)),
)
