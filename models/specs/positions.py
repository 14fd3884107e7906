"""Which letter stands right after the marker? Five ways to know where things stand, and none."""

from __future__ import annotations

import math

from models.specs.race import learning_rate, of_racer, steps
from models.specs.spec import Knob, LabSpec, Metric, Series

RUNNERS = {
    "none": "no positions",
    "learned": "learned table",
    "sinusoidal": "sines",
    "rotary": "RoPE",
    "alibi": "ALiBi",
    "bag": "no positions, no mask",
}
"""Runner -> its name in charts and tables."""
LENGTHS = (20, 30, 40, 60, 80)
"""How many tokens the texts have on which everyone is judged, whatever they trained on."""
SHORTEST = 5
GAPS = (
    ("moved", "how far each token's output goes"),
    ("stayed", "how far the output at each place goes"),
    ("mean", "how far the mean output goes"),
)
"""What the shuffle test measures, and what that is."""


def _metrics() -> tuple[Metric, ...]:
    found = []
    for runner, who in RUNNERS.items():
        said = f"how often {who} says the letter after the marker"
        found += [
            *of_racer(runner, f"{said} in unseen texts of the longest length trained on", "it"),
            *(Metric(f"{runner}.at{n}", f"{said} in texts of {n}", "percent") for n in LENGTHS),
            *(Metric(f"{runner}.{name}", f"{of} of {who}, tokens shuffled") for name, of in GAPS),
        ]
    guess = "how often who says the commonest letter of a text is right"
    return (*found, Metric("guess.accuracy", guess, "percent"))


SPEC = LabSpec(
    name="positions",
    title="The letter after the marker",
    summary=(
        "A marker stands somewhere among letters, and the one right after it is asked for. The same"
        " network learns it with no positions, a learned table, sines, RoPE and ALiBi, on texts of"
        " up to 20 tokens; then all of them read texts of up to 80."
    ),
    knobs=(
        Knob(
            "length",
            20,
            "how many tokens the longest texts have that everyone trains on",
            10,
            40,
            because="below 10 there is little to find; beyond 40 a run takes minutes",
        ),
        Knob("causal", True, "whether a token sees only those before it, or all of them"),
        Knob("control", True, "whether a network without positions and without a mask runs, too"),
        steps(400),
        learning_rate(0.005),
    ),
    metrics=_metrics(),
    goal=(
        "With each of the four kinds of positions the letter is said in at least 98 % of 1,000"
        " unseen texts of 20. Of texts of 80, ALiBi still says it in at least 90 %, and the learned"
        " table and the sines in fewer than 50 %."
    ),
    control=(
        "Without positions, and with no mask either, the network must be right in at most five"
        " points more than who says the commonest letter of each text."
    ),
    seconds=30,
    runners=(*RUNNERS.items(), ("guess", "the commonest letter")),
    columns=(
        ("accuracy", "right"),
        ("at40", "of 40"),
        ("at80", "of 80"),
        ("moved", "moved"),
        ("solved", "99 % after"),
    ),
    series=tuple(Series(runner, "loss", who) for runner, who in RUNNERS.items()),
    chance=("loss", math.log(16)),
)
