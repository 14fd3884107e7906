"""A sign at the door, a corridor, and a fork: for how long does a recurrent mouse remember?"""

from __future__ import annotations

import math

from models.specs.race import learning_rate, of_racer, steps
from models.specs.spec import Knob, LabSpec, Metric, Series

NEAR = 8
"""Cells of corridor that the plain recurrent mouse can bridge, to show that it can learn at all."""
RUNNERS = {
    "near": f"RNN, {NEAR} cells",
    "rnn": "RNN",
    "lstm": "LSTM",
    "gru": "GRU",
    "attention": "attention",
}
"""Runner -> its name in charts and tables."""


def _metrics() -> tuple[Metric, ...]:
    found: list[Metric] = []
    for runner, who in RUNNERS.items():
        found += of_racer(runner, f"how often {who} turns the right way", "the turn")
    return (*found, Metric("chance.accuracy", "how often a coin turns the right way", "percent"))


SPEC = LabSpec(
    name="recurrence",
    title="A sign, a corridor, a fork",
    summary=(
        "A sign at the door says left or right; at the end of a papered corridor the mouse must"
        " turn that way. Three mice that remember and one that looks back, equally large."
    ),
    knobs=(
        Knob(
            "corridor",
            20,
            "how many cells lie between the sign and the fork",
            1,
            200,
            because="with none there is nothing to remember; beyond 200 a run takes minutes",
        ),
        Knob(
            "forget_bias",
            0.0,
            "how far the LSTM's forget gates stand open at first (0: as usual, near the middle)",
            0.0,
            8.0,
            because="at 8 the gate forgets less than a thousandth a step; more changes nothing",
        ),
        steps(400),
        learning_rate(0.003),
        Knob("race", True, "whether LSTM, GRU and attention run beside the RNN"),
    ),
    metrics=_metrics(),
    goal=(
        f"Attention turns the right way in at least 99 % of 1,000 corridors of 20 cells, and so"
        f" does the RNN where there are {NEAR}."
    ),
    control="In corridors of 20 cells the same RNN must be right in fewer than 60 %.",
    seconds=13,
    runners=(*RUNNERS.items(), ("chance", "a coin")),
    columns=(("accuracy", "turns right way"), ("solved", "99 % after")),
    series=tuple(Series(runner, "loss", who) for runner, who in RUNNERS.items()),
    chance=("loss", math.log(2)),
)
