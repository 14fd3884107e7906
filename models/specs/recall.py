"""A list of pairs, then a name: how much fits into a state that does not grow?"""

from __future__ import annotations

import math

from models.specs.spec import Knob, LabSpec, Metric, Series

RUNNERS = {
    "attention": "one head of attention",
    "lstm": "LSTM, equally large",
    "large": "LSTM, much larger",
}
"""Runner -> its name in charts and tables."""


def _metrics() -> tuple[Metric, ...]:
    found = []
    for runner, who in RUNNERS.items():
        found += [
            Metric(f"{runner}.accuracy", f"how often {who} names the right value", "percent"),
            Metric(f"{runner}.loss", "how badly it foresaw the value in the last steps, in nats"),
            Metric(f"{runner}.parameters", "how many numbers it learned", "count"),
            Metric(f"{runner}.solved", "steps until it was right in 99 %, if ever", "count"),
        ]
    same = "how often the same attention is right if all pairs get equal shares"
    guess = "how often who says the commonest value of a list is right"
    return (
        *found,
        Metric("uniform.accuracy", same, "percent"),
        Metric("guess.accuracy", guess, "percent"),
    )


SPEC = LabSpec(
    name="recall",
    title="What is behind door B?",
    summary=(
        "A list of doors and what lies behind each, Kq Bd Zf, and then B? for an answer. The"
        " LSTMs carry the whole list in a state that does not grow; attention looks it up."
    ),
    knobs=(
        Knob(
            "pairs",
            8,
            "how many pairs stand in a list",
            2,
            26,
            because="with one there is nothing to choose, and there are 26 letters for doors",
        ),
        Knob(
            "state",
            128,
            "how many numbers the larger LSTM carries along",
            16,
            512,
            because="below 16 hardly a letter fits; beyond 512 a step takes a second",
        ),
        Knob(
            "steps",
            1000,
            "how many times the weights are changed",
            20,
            8000,
            because="below 20 nothing has happened yet; beyond 8,000 a run takes minutes",
        ),
        Knob(
            "learning_rate",
            0.01,
            "how large a change each step makes",
            0.00001,
            0.1,
            because="below 0.00001 it hardly moves; above 0.1 it forgets all it has learned",
            live=True,
        ),
    ),
    metrics=_metrics(),
    goal="One head of attention names the right value in at least 99 % of 1,000 unseen lists.",
    control=(
        "After as many steps both LSTMs must be right in fewer than 90 %; and attention whose"
        " shares are made equal in at most a tenth more than who says the commonest value."
    ),
    seconds=20,
    runners=(
        *RUNNERS.items(),
        ("uniform", "attention, equal shares"),
        ("guess", "the commonest value"),
    ),
    columns=(("accuracy", "right value"), ("solved", "99 % after"), ("parameters", "parameters")),
    series=tuple(Series(runner, "loss", who) for runner, who in RUNNERS.items()),
    chance=("loss", math.log(26)),
)
