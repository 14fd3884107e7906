"""One attention layer that says the first of twenty letters."""

from __future__ import annotations

import math

from models.specs.race import learning_rate
from models.specs.spec import Knob, LabSpec, Metric, Series

SPEC = LabSpec(
    name="letters",
    title="Say the first letter",
    summary=(
        "One attention layer reads random letters and, standing at the last, must say which came"
        " first. It learns where to look in seconds."
    ),
    knobs=(
        Knob(
            "length",
            20,
            "how many letters it reads",
            5,
            20,
            because="below 5 a guess among the letters does too well; 20 still fit on the screen",
        ),
        Knob("positions", True, "whether it is told at which place each letter stands"),
        Knob(
            "width",
            32,
            "how many numbers stand for a letter",
            8,
            128,
            because="26 letters are crowded below 8; beyond 128 nothing more is gained",
        ),
        Knob(
            "steps",
            300,
            "how many times the weights are changed",
            20,
            2000,
            because="below 20 nothing has happened yet; beyond 2,000 the curve is flat",
        ),
        learning_rate(0.003),
        Knob("control", True, "whether a layer without positions is trained as well, to compare"),
    ),
    metrics=(
        Metric(
            "accuracy", "the share of 2,000 fresh strings whose first letter it says", "percent"
        ),
        Metric("loss", "how badly it foresaw the first letter in the last steps, in nats"),
        Metric(
            "uniform.accuracy", "the same with every letter given the same attention", "percent"
        ),
        Metric("first", "the weight that the last letter gives the first, on average", "percent"),
        Metric("untrained.first", "the same weight before any training", "percent"),
        Metric("parameters", "how many numbers were learned", "count"),
        Metric("control.accuracy", "the share that a layer without positions says", "percent"),
        Metric("control.loss", "how badly it foresaw the first letter, in nats"),
        Metric("chance.accuracy", "the share that guessing says: one in 26", "percent"),
    ),
    goal="It says the first letter of at least 99 % of 2,000 strings it has never seen.",
    control="The same layer without positions must stay below 30 %.",
    seconds=2,
    runners=(
        ("", "the layer"),
        ("uniform", "equal attention"),
        ("control", "without positions"),
        ("untrained", "untrained"),
        ("chance", "guessing"),
    ),
    columns=(("accuracy", "says the first letter"), ("first", "weight on the first")),
    series=(
        Series("letters", "loss", "with positions"),
        Series("control", "loss", "without positions"),
    ),
    chance=("loss", math.log(26)),
)
