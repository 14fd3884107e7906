"""A sign at the door, a corridor, and a fork: for how long does a recurrent mouse remember?"""

from __future__ import annotations

import math

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
    found = []
    for runner, who in RUNNERS.items():
        found += [
            Metric(f"{runner}.accuracy", f"how often {who} turns the right way", "percent"),
            Metric(f"{runner}.loss", "how badly it foresaw the turn in the last steps, in nats"),
            Metric(f"{runner}.parameters", "how many numbers it learned", "count"),
            Metric(f"{runner}.solved", "steps until it was right in 99 %, if ever", "count"),
        ]
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
        Knob(
            "steps",
            400,
            "how many times the weights are changed",
            20,
            4000,
            because="below 20 nothing has happened yet; beyond 4,000 a run takes minutes",
        ),
        Knob(
            "learning_rate",
            0.003,
            "how large a change each step makes",
            0.00001,
            0.1,
            because="below 0.00001 it hardly moves; above 0.1 it forgets all it has learned",
            live=True,
        ),
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
