"""One language for mazes, three families of networks: one says whether, two say which way.

The share of whole ways that are right is the same with teacher forcing and without, as long as the
likeliest token is taken: up to the first mistake both see the same. What comes behind a mistake is
what differs, so tokens are counted both ways.
"""

from __future__ import annotations

import math

from models.specs.race import learning_rate, of_racer, of_ways, steps
from models.specs.spec import Knob, LabSpec, Metric, Series

RUNNERS = {
    "encoder": "encoder",
    "decoder": "decoder",
    "translator": "encoder-decoder",
    "unforced": "not forced",
}
"""Runner -> its name in charts and tables; the last is an encoder-decoder, too."""
WRITERS = ("decoder", "translator", "unforced")
MOVES = tuple(range(1, 9))
"""How many moves the ways have on which the writers are judged."""
LONGEST = 6
"""Moves of the longest ways that are trained on."""


def _metrics() -> tuple[Metric, ...]:
    found: list[Metric] = []
    reads = "the mazes of which it says rightly whether a way leads to the cheese, encoder"
    found += of_racer("encoder", reads, "whether there is a way")
    found.append(Metric("encoder.blind", f"{reads}, shown other mazes", "percent"))
    for runner in WRITERS:
        who = RUNNERS[runner]
        tokens = (
            Metric(f"{runner}.forced", f"tokens right if all before is right, {who}", "percent"),
            Metric(f"{runner}.free", f"tokens right after its own words, {who}", "percent"),
        )
        found += [
            *of_racer(runner, f"the ways that are right from the first room on, {who}", "the way"),
            *of_ways(runner, who, MOVES, tokens),
        ]
    return (
        *found,
        Metric(
            "majority.accuracy", "mazes of the commoner kind: with a way, or without", "percent"
        ),
        Metric("random.accuracy", "ways right of a mouse that never turns back", "percent"),
    )


SPEC = LabSpec(
    name="families",
    title="Three families, one language",
    summary=(
        "Mazes of nine rooms, written as text. An encoder reads one and says whether the cheese can"
        " be reached; a decoder goes on from it with the way; an encoder-decoder translates it into"
        " the way, and another one learns that without ever being told what is right so far."
    ),
    knobs=(
        Knob(
            "width",
            64,
            "how many numbers stand for a token",
            choices=(8, 16, 32, 64, 128),
            because="four heads must share it evenly; with more than 128 a run takes minutes",
        ),
        steps(500),
        learning_rate(0.003),
    ),
    metrics=_metrics(),
    goal=(
        "Of 1,000 mazes that nobody trained on the encoder is right in at least 85 %, and decoder"
        " and encoder-decoder name at least 80 % of the ways, each room of them."
    ),
    control=(
        "Shown other mazes in their place, the encoder must be right in fewer than 65 % and both"
        " others in fewer than 40 %."
    ),
    seconds=45,
    runners=(
        *RUNNERS.items(),
        ("majority", "the commoner answer"),
        ("random", "never turning back"),
    ),
    columns=(
        ("accuracy", "right"),
        ("blind", "other maze"),
        ("forced", "forced"),
        ("free", "free"),
        ("legal", "no wall"),
    ),
    series=tuple(Series(runner, "loss", who) for runner, who in RUNNERS.items()),
    chance=("loss", math.log(2)),
)
