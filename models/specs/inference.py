"""A clue, a story about something else, a question: is the clue still there?"""

from __future__ import annotations

import math

from models.specs.race import learning_rate, of_racer, steps
from models.specs.spec import Knob, LabSpec, Metric, Series

RUNNERS = {"lstm": "LSTM", "biased": "LSTM, forget bias", "attention": "attention"}
"""Runner -> its name in charts and tables."""
COLOURS = 10
"""How many answers there are."""


def _metrics() -> tuple[Metric, ...]:
    found: list[Metric] = []
    for runner, who in RUNNERS.items():
        found += of_racer(runner, f"how often {who} gives the clue's colour", "the colour")
    equal = "how often the same attention is right if all words get equal shares"
    return (
        *found,
        Metric("attention.clue", "the share of its look that the colour gets", "percent"),
        Metric("uniform.accuracy", equal, "percent"),
        Metric("uniform.clue", "the share that each word gets if all get equal ones", "percent"),
        Metric("chance.accuracy", f"the share that guessing gives: one in {COLOURS}", "percent"),
    )


SPEC = LabSpec(
    name="inference",
    title="A clue and a long story",
    summary=(
        "The cheese is red. Then a story about something else, and at its end the question: what"
        " colour? An LSTM has to keep the clue in mind; attention, equally large, can look it up."
    ),
    knobs=(
        Knob(
            "words",
            74,
            "how many words of the story stand between the clue and the question",
            6,
            194,
            because="below 6 there is no sentence to tell; beyond 194 a run takes minutes",
        ),
        steps(100),
        learning_rate(0.005),
        Knob("biased", False, "whether an LSTM with another forget bias runs beside the others"),
        Knob(
            "forget_bias",
            5.0,
            "how far that LSTM's forget gates stand open at first",
            0.0,
            8.0,
            because="at 8 the gate forgets less than a thousandth a step; more changes nothing",
        ),
    ),
    metrics=_metrics(),
    goal=(
        "Attention gives the clue's colour in at least 99 % of 1,000 texts that nobody has read,"
        " with 74 words in between."
    ),
    control=(
        "An LSTM with the usual forget bias, equally large, must give it in fewer than 20 %; and"
        " attention whose shares are made equal in fewer than 30 %."
    ),
    seconds=13,
    runners=(
        *RUNNERS.items(),
        ("uniform", "attention, equal shares"),
        ("chance", "guessing"),
    ),
    columns=(("accuracy", "right"), ("solved", "99 % after"), ("clue", "on the colour")),
    series=tuple(Series(runner, "loss", who) for runner, who in RUNNERS.items()),
    chance=("loss", math.log(COLOURS)),
)
