"""Who did what to whom, where and when: does each head become the detective of one question?"""

from __future__ import annotations

import math

from models.specs.race import learning_rate, of_racer, steps
from models.specs.spec import Knob, LabSpec, Metric, Series

RUNNERS = {"one": (1, "one head"), "two": (2, "two heads"), "four": (4, "four heads")}
"""Runner -> how many heads it has, and its name in charts and tables."""
QUESTIONS = ("who", "whom", "where", "when")
WORDS = 25
"""How many words there are to answer with."""
RULES = "rules written by hand"


def _each(runner: str, who: str) -> tuple[Metric, ...]:
    return tuple(
        Metric(f"{runner}.{question}", f"how often {question} is right, with {who}", "percent")
        for question in QUESTIONS
    )


def _metrics() -> tuple[Metric, ...]:
    found: list[Metric] = []
    for runner, (_, who) in RUNNERS.items():
        right = f"how often all four answers are right, with {who}"
        found += [*of_racer(runner, right, "the answers"), *_each(runner, who)]
    own = "questions with a head of their own: that head alone is missed, and for that alone"
    return (
        *found,
        Metric("four.own", own, "count"),
        Metric("rules.accuracy", f"how often all four are right, with {RULES}", "percent"),
        *_each("rules", RULES),
        Metric("uniform.accuracy", "the same with four heads and equal shares", "percent"),
    )


SPEC = LabSpec(
    name="roles",
    title="Who, whom, where, when",
    summary=(
        "Small sentences of mice and other animals, told in six orders, and four questions about"
        " each. Networks with one, two and four heads answer them all at once; so do four rules"
        " written by hand."
    ),
    knobs=(
        Knob(
            "width",
            16,
            "how many numbers stand for a word, all heads together",
            choices=(8, 16, 32, 64),
            because="one, two and four heads must share it evenly",
        ),
        steps(1500),
        learning_rate(0.01),
    ),
    metrics=_metrics(),
    goal="Four heads answer all four questions about at least 99 % of 1,000 unseen sentences.",
    control=(
        "One head must answer all four in fewer than 90 %, and four heads whose shares are made"
        " equal in fewer than 20 %."
    ),
    seconds=12,
    runners=(
        *((runner, who) for runner, (_, who) in RUNNERS.items()),
        ("rules", RULES),
        ("uniform", "four heads, equal shares"),
    ),
    columns=(("accuracy", "all four"), *((question, question) for question in QUESTIONS)),
    series=tuple(Series(runner, "loss", who) for runner, (_, who) in RUNNERS.items()),
    chance=("loss", math.log(WORDS)),
)
