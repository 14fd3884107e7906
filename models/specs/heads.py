"""Two letters of a string to report: how many looks does that take?"""

from __future__ import annotations

import math

from models.specs.race import learning_rate, of_racer, steps
from models.specs.spec import Knob, LabSpec, Metric, Series

RUNNERS = {"one": (1, "one head"), "two": (2, "two heads"), "four": (4, "four heads")}
"""Runner -> how many heads it has, and its name in charts and tables."""
PLACES = (3, 8)
"""The letters that are to be reported, counted from 1."""
QUESTIONS = {"third": "letter 3", "eighth": "letter 8"}


def _metrics() -> tuple[Metric, ...]:
    found: list[Metric] = []
    for runner, (_, who) in RUNNERS.items():
        right = (
            f"how often {who} report both letters"
            if runner != "one"
            else ("how often one head reports both letters")
        )
        found += [
            *of_racer(runner, right, "the two letters"),
            *(
                Metric(f"{runner}.{exam}", f"how often {letter} is right, with {who}", "percent")
                for exam, letter in QUESTIONS.items()
            ),
            Metric(
                f"{runner}.letters", f"how many of the letters are right, with {who}", "percent"
            ),
            Metric(
                f"{runner}.least",
                f"both right, with {who} but for the one that is missed most",
                "percent",
            ),
            Metric(
                f"{runner}.most",
                f"both right, with {who} but for the one that is missed least",
                "percent",
            ),
        ]
    same = "how often two heads report both if all letters get equal shares"
    return (
        *found,
        Metric("uniform.accuracy", same, "percent"),
        Metric(
            "averaged.accuracy",
            "the same if each of the two heads looks where both look on the average",
            "percent",
        ),
        Metric("chance.accuracy", "how often guessing names both: one in 676", "percent"),
    )


SPEC = LabSpec(
    name="heads",
    title="Report letters 3 and 8",
    summary=(
        "A string of random letters, and two of them to report: the third and the eighth, in that"
        " order. Three networks with the same number of parameters look once at the string: with"
        " one head, with two, and with four."
    ),
    knobs=(
        Knob(
            "length",
            10,
            "how many letters a string has",
            8,
            20,
            because="the eighth must be there; 20 still fit on the screen",
        ),
        Knob(
            "width",
            12,
            "how many numbers stand for a letter, all heads together",
            choices=(4, 8, 12, 16, 24, 32, 48, 64),
            because="one, two and four heads must share it evenly",
        ),
        steps(1000),
        learning_rate(0.01),
    ),
    metrics=_metrics(),
    goal="Two heads and four each report both letters of at least 99 % of 1,000 unseen strings.",
    control=(
        "One head, with as many parameters, must report both in fewer than 95 %; and two heads"
        " whose shares are made equal in fewer than 20 %."
    ),
    seconds=8,
    runners=(
        *((runner, who) for runner, (_, who) in RUNNERS.items()),
        ("uniform", "two heads, equal shares"),
        ("averaged", "two heads, averaged"),
        ("chance", "guessing"),
    ),
    columns=(
        ("accuracy", "both right"),
        ("third", "letter 3"),
        ("eighth", "letter 8"),
        ("parameters", "parameters"),
    ),
    series=tuple(Series(runner, "loss", who) for runner, (_, who) in RUNNERS.items()),
    chance=("loss", math.log(26)),
)
