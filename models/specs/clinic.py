"""Six sick networks: what each shows, and what one line does for it."""

from __future__ import annotations

import math

from models.specs.race import learning_rate, of_racer, steps
from models.specs.spec import Knob, LabSpec, Metric, Series

HEALTHY = "healthy"
PATIENTS = {name: name.capitalize() for name in ("ada", "bea", "cas", "dot", "eli", "fay")}
"""Patient -> its name. What each suffers from is for the learner to find out."""
UNCURVED, NO_NUMBERS = "cas", ("loss", "peak", "future", "least", "most")
"""The patient in which all becomes NaN, and what can then not be measured."""


def patched(patient: str) -> str:
    """The runner that is this patient with its line put right."""
    return f"{patient}_patched"


RUNNERS = {
    HEALTHY: HEALTHY,
    **PATIENTS,
    **{patched(name): f"{words} patched" for name, words in PATIENTS.items()},
}
"""Runner -> its name in charts and tables."""


def _metrics() -> tuple[Metric, ...]:
    found = []
    for runner, who in RUNNERS.items():
        right = f"how often {who} says the next letter of an echo, texts cut off there"
        told = [
            *of_racer(runner, right, "the graded letters"),
            Metric(f"{runner}.peak", f"the highest loss on its way, {who}, in nats"),
            Metric(f"{runner}.future", f"the weight on letters that lie ahead, {who}", "percent"),
            Metric(f"{runner}.least", f"the least sum of a row of the weights it uses, {who}"),
            Metric(f"{runner}.most", f"the largest sum of a row of the weights it uses, {who}"),
            Metric(
                f"{runner}.last", f"how often it says the last letter there is, {who}", "percent"
            ),
            Metric(f"{runner}.peeks", f"1 if an early answer moves with a later letter, {who}"),
            Metric(f"{runner}.lost", f"the share of its parameters that are NaN, {who}", "percent"),
        ]
        if runner == UNCURVED:
            told = [one for one in told if one.name.rpartition(".")[2] not in NO_NUMBERS]
        found += told
        if runner in PATIENTS:
            found.append(
                Metric(
                    f"{runner}.in_place",
                    f"how often {who} is right if the line is put right and nothing trained again",
                    "percent",
                )
            )
    return (*found, Metric("chance.accuracy", "the share that guessing gets: one in 16", "percent"))


SPEC = LabSpec(
    name="clinic",
    title="Six patients",
    summary=(
        "One small network reads six letters and predicts their echo, each letter the next in the"
        " alphabet. Six others differ from it in one line of code each, and are sick. Each is"
        " trained, examined, patched, and trained again."
    ),
    knobs=(
        Knob(
            "patient",
            "all",
            "which patient is seen",
            choices=("all", *PATIENTS),
            because="these are all there are",
        ),
        Knob("patch", True, "whether it is trained with its line put right as well"),
        steps(200),
        learning_rate(0.01),
    ),
    metrics=_metrics(),
    goal=(
        "Each patient whose line is put right says at least 99 % of the echoes of 1,000 unseen"
        " messages, as the healthy one does."
    ),
    control=(
        "Left as they are, all must show what they suffer from: Ada is right in fewer than 60 %;"
        " Bea's loss is below half of what is possible, and she is right in fewer than 50 %; all"
        " of Cas's parameters are NaN; Dot's loss rises above twice that of guessing; Eli is right"
        " in fewer than 95 %, and rows of his weights sum to 0; Fay says the last letter in at"
        " least 90 %."
    ),
    seconds=11,
    runners=(*RUNNERS.items(), ("chance", "guessing")),
    columns=(
        ("accuracy", "right"),
        ("loss", "loss"),
        ("peak", "highest"),
        ("future", "on ahead"),
        ("least", "least row"),
    ),
    series=tuple(
        Series(runner, "loss", who) for runner, who in RUNNERS.items() if runner != UNCURVED
    ),
    chance=("loss", math.log(16)),
)
