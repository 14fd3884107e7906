"""One block of a Transformer reads a sentence and says which word is hidden."""

from __future__ import annotations

import math

from models.specs.race import learning_rate, of_racer, steps
from models.specs.spec import Knob, LabSpec, Metric, Series

RUNNERS = {
    "attention": "with its own shares",
    "equal": "with equal shares",
}
"""Runner -> its name in charts and tables."""
RESEEDS = 2000
"""From how many seeds the first weights are drawn by default."""


def _metrics() -> tuple[Metric, ...]:
    found: list[Metric] = []
    for runner, who in RUNNERS.items():
        right = f"the sentences whose name it says, {who}"
        weight = f"the weight from the hidden name to the noun that it depends on, {who}"
        found += of_racer(runner, right, "the hidden word")
        found.append(Metric(f"{runner}.noun", weight, "percent"))
    same = "the sentences whose name it says when its shares are made equal after training"
    first = "the weight from propose to network before any training"
    return (
        *found,
        Metric("uniform.accuracy", same, "percent"),
        Metric("guess.accuracy", "the sentences whose name is said by who guesses", "percent"),
        Metric("drawn.own", f"{first}, of this run", "percent"),
        Metric("drawn.mean", f"{first}: the mean over many seeds", "percent"),
        Metric("drawn.sd", f"{first}: how far from the mean it lies, over many seeds", "percent"),
        Metric("drawn.smallest", f"{first}: the smallest over many seeds", "percent"),
        Metric("drawn.largest", f"{first}: the largest over many seeds", "percent"),
        Metric("drawn.trained", "the weight from propose to network after training", "percent"),
    )


SPEC = LabSpec(
    name="sentence",
    title="Which word is hidden?",
    summary=(
        "One block of a Transformer, 6 numbers a word, reads a sentence of nine words with a gap"
        " in it and says what stood there: We propose a new simple network architecture, the ___."
    ),
    knobs=(
        Knob(
            "width",
            6,
            "how many numbers stand for a word",
            4,
            64,
            because="below 4 there is no room for 33 words; beyond 64 no screen shows them",
        ),
        Knob(
            "hidden",
            12,
            "how many numbers the feed-forward layer works with",
            2,
            256,
            because="below 2 it passes next to nothing on; beyond 256 nothing more is gained",
        ),
        Knob(
            "reseeds",
            RESEEDS,
            "from how many seeds the first weights are drawn, to compare them",
            50,
            20000,
            because="a histogram of fewer than 50 says little; 20,000 take half a minute",
        ),
        steps(1500),
        learning_rate(0.01),
    ),
    metrics=_metrics(),
    goal="It says the hidden name in at least 99 % of 1,000 sentences that it never trained on.",
    control="The same block trained with equal shares must stay below 60 %.",
    seconds=12,
    runners=(
        *RUNNERS.items(),
        ("uniform", "made equal afterwards"),
        ("guess", "guessing"),
        ("drawn", "weight in 2,000 seeds"),
    ),
    columns=(
        ("accuracy", "says the name"),
        ("noun", "on the noun"),
        ("solved", "99 % after"),
        ("largest", "largest"),
    ),
    series=tuple(Series(runner, "loss", who) for runner, who in RUNNERS.items()),
    chance=("loss", math.log(33)),
)
