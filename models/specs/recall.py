"""A list of pairs, then a name: how much fits into a state that does not grow?"""

from __future__ import annotations

import math

from models.specs.race import learning_rate, of_racer, steps
from models.specs.spec import Knob, LabSpec, Metric, Series

RUNNERS = {
    "attention": "one head of attention",
    "lstm": "LSTM, equally large",
    "large": "LSTM, much larger",
}
"""Runner -> its name in charts and tables."""
SWAPPED = "names what lies behind another door"
"""What a network does that remembers what there is and not where."""


def _metrics() -> tuple[Metric, ...]:
    found: list[Metric] = []
    for runner, who in RUNNERS.items():
        right = f"how often {who} names the right value"
        found += [
            *of_racer(runner, right, "the value"),
            Metric(f"{runner}.first", f"{right} if asked for the first pair", "percent"),
            Metric(f"{runner}.last", f"{right} if asked for the last pair", "percent"),
            Metric(f"{runner}.swapped", f"of its misses: how often {who} {SWAPPED}", "percent"),
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
        steps(1000, most=8_000),
        learning_rate(0.01),
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
    columns=(
        ("accuracy", "right"),
        ("first", "first"),
        ("last", "last"),
        ("swapped", "swapped"),
        ("parameters", "parameters"),
    ),
    series=tuple(Series(runner, "loss", who) for runner, who in RUNNERS.items()),
    chance=("loss", math.log(26)),
)
