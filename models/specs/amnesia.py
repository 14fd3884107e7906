"""The first of T letters: who can still say it when the last has been read?"""

from __future__ import annotations

import math

from models.specs.race import learning_rate, of_racer, steps
from models.specs.spec import Knob, LabSpec, Metric, Series

RUNNERS = {
    "lstm": "LSTM",
    "biased": "LSTM, forget bias",
    "gru": "GRU",
    "attention": "attention",
}
"""Runner -> its name in charts and tables."""
LENGTHS = (5, 10, 20, 50, 100, 200)
"""How many letters the strings have on which everyone is judged, whatever they trained on."""
FIXED = 5000
"""How many strings there are to train on where they are not fresh."""


def _metrics() -> tuple[Metric, ...]:
    found = []
    for runner, who in RUNNERS.items():
        said = f"how often {who} says the first letter"
        found += [
            *of_racer(runner, f"{said} of strings it has never seen", "the letter"),
            Metric(f"{runner}.practised", f"{said} of strings it trains on", "percent"),
            *(Metric(f"{runner}.at{n}", f"{said} of {n} letters", "percent") for n in LENGTHS),
        ]
    return (*found, Metric("chance.accuracy", "the share that guessing says: one in 26", "percent"))


SPEC = LabSpec(
    name="amnesia",
    title="The amnesia test",
    summary=(
        "Random letters go by, and after the last one the first must be said. Networks that"
        " remember and one that looks back, equally large; then all of them on strings shorter and"
        " longer than any they trained on."
    ),
    knobs=(
        Knob(
            "length",
            20,
            "how many letters the strings have that they train on",
            5,
            200,
            because="below 5 everyone is right at once; beyond 200 a run takes minutes",
        ),
        Knob(
            "forget_bias",
            5.0,
            "how far the second LSTM's forget gates stand open at first",
            0.0,
            8.0,
            because="at 8 the gate forgets less than a thousandth a step; more changes nothing",
        ),
        Knob(
            "strings",
            "fresh",
            f"whether each step brings new strings, or there are {FIXED:,} for all of them",
            choices=("fresh", "fixed"),
            because="fresh strings cannot be learned by heart, fixed ones can",
        ),
        steps(400),
        learning_rate(0.02),
        Knob("gru", True, "whether a GRU runs beside the others"),
    ),
    metrics=_metrics(),
    goal=(
        "Attention and the LSTM with the forget bias say the first of 20 letters in at least 99 %"
        " of 1,000 strings; of 200 letters, which nobody trained on, the LSTM says it in at least"
        " 90 % and attention in fewer."
    ),
    control="The same LSTM with the usual forget bias must say the first of 20 in fewer than 10 %.",
    seconds=18,
    runners=(*RUNNERS.items(), ("chance", "guessing")),
    columns=(
        ("accuracy", "right"),
        ("solved", "99 % after"),
        ("practised", "in training"),
        ("at50", "of 50"),
        ("at200", "of 200"),
    ),
    series=tuple(Series(runner, "loss", who) for runner, who in RUNNERS.items()),
    chance=("loss", math.log(26)),
)
