"""Digits said backwards, by an encoder and by an encoder with a decoder, length by length.

Both are right in every string of the lengths they learned from, and in next to none of a length
that they never met, even where shorter and longer ones were all right.
"""

from __future__ import annotations

import math

from models.specs.race import learning_rate, of_racer, steps
from models.specs.spec import Knob, LabSpec, Metric, Series

RUNNERS = {
    "encoder": "encoder",
    "writer": "encoder-decoder",
    "few": "few strings",
    "bag": "no positions",
}
"""Runner -> its name in charts and tables; the last two are encoders, too."""
LENGTHS = tuple(range(1, 13))
"""How many digits the strings have on which everyone is judged."""
SHORTEST, LONGEST = 3, 9
"""Everyone trains on strings of so many digits, one length left out."""


def practised(missing: int) -> tuple[int, ...]:
    """The lengths that are trained on.

    >>> practised(6)
    (3, 4, 5, 7, 8, 9)
    """
    return tuple(n for n in range(SHORTEST, LONGEST + 1) if n != missing)


def _metrics() -> tuple[Metric, ...]:
    found: list[Metric] = []
    for runner, who in RUNNERS.items():
        said = f"the strings that are right in every digit, {who}"
        found += [
            *of_racer(runner, f"{said}, of lengths trained on", "the digits"),
            *(Metric(f"{runner}.at{n}", f"{said}, of {n}", "percent") for n in LENGTHS),
        ]
    share = "of its attention that a place gives the digit it has to say, of 8"
    return (
        *found,
        Metric("encoder.mirror1", f"{share}, encoder, layer 1", "percent"),
        Metric("encoder.mirror2", f"{share}, encoder, layer 2", "percent"),
        Metric("writer.mirror", f"{share}, decoder that reads the source", "percent"),
        Metric("uniform.accuracy", "the encoder with equal shares in its layer 2", "percent"),
    )


SPEC = LabSpec(
    name="reversal",
    title="Digits backwards",
    summary=(
        "A string of 3 to 9 digits is to be said backwards, never one of 6 in training. An encoder"
        " says all digits at once; an encoder and a decoder write them one after the other. Then"
        " both are judged on strings of 1 to 12, 1,000 of each length."
    ),
    knobs=(
        Knob(
            "missing",
            6,
            "the length that nobody trains on; 0 for none",
            0,
            9,
            because="strings of 3 to 9 digits are trained on, and one of these lengths is left out",
        ),
        Knob(
            "width",
            64,
            "how many numbers stand for a digit",
            choices=(8, 16, 32, 64, 128),
            because="four heads must share it evenly; with more than 128 a run takes minutes",
        ),
        Knob(
            "layers",
            2,
            "how many layers the encoders have that work alone",
            1,
            4,
            because="with none nobody looks at anybody; with more than 4 a run takes minutes",
        ),
        Knob(
            "few",
            4,
            "how many strings a step has for the encoder that gets few of them; the others get 64",
            1,
            64,
            because="a step needs a string, and the others get 64",
        ),
        Knob("control", True, "whether an encoder without positions runs, too"),
        steps(400),
        learning_rate(0.002),
    ),
    metrics=_metrics(),
    goal=(
        "Encoder and encoder-decoder are right in every digit of at least 99 % of 1,000 unseen"
        " strings of each length they trained on, and in at most 20 % of those of 6 and of 10,"
        " which they never met."
    ),
    control="The encoder without positions must be right in fewer than 10 % of the strings.",
    seconds=20,
    runners=(*RUNNERS.items(), ("uniform", "equal shares")),
    columns=(
        ("accuracy", "right"),
        ("at5", "of 5"),
        ("at6", "of 6"),
        ("at9", "of 9"),
        ("at10", "of 10"),
        ("solved", "99 % after"),
    ),
    series=tuple(Series(runner, "loss", who) for runner, who in RUNNERS.items()),
    chance=("loss", math.log(10)),
)
