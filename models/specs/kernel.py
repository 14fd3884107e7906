"""Points about a curve, looked up by nearness: who is to say how near is near?"""

from __future__ import annotations

from models.specs.race import learning_rate, steps
from models.specs.spec import Knob, LabSpec, Metric, Series

KERNELS = ("gaussian", "boxcar", "triangular", "epanechnikov", "constant")
LEARNERS = {"left_out": "each point left out", "itself": "each point included"}
"""Who learns its width: how its estimate at a point is made while it learns."""
RUNNERS = {**LEARNERS, "fixed": "width as set", "mean": "mean of all points"}
"""Runner -> its name in tables."""


def _metrics() -> tuple[Metric, ...]:
    found: list[Metric] = []
    for runner, who in RUNNERS.items():
        off = f"how far off {who} is, the root of the mean squared error,"
        found += [
            Metric(f"{runner}.error", f"{off} from the curve at places between its points"),
            Metric(f"{runner}.seen", f"{off} from what was seen at its own points"),
            Metric(f"{runner}.apart", f"{off} from each of its points if that one is left out"),
        ]
        if runner != "mean":
            found.append(Metric(f"{runner}.width", f"the width of {who}"))
    for runner, who in LEARNERS.items():
        found += [
            Metric(f"{runner}.loss", f"the mean squared error that {who} learns from"),
            Metric(f"{runner}.unseen", f"the mean squared error of {who} between its points"),
        ]
    return tuple(found)


SPEC = LabSpec(
    name="kernel",
    title="How near is near?",
    summary=(
        "Points scattered about a curve. What is between them is looked up: a mean of what was"
        " seen, the nearer the more. How near is near, two of them learn; one of them may look at"
        " the very point that it is asked for."
    ),
    knobs=(
        Knob("points", 40, "how many points were seen", 5, 200, because="5 leave nothing to learn"),
        Knob(
            "noise",
            1.0,
            "how far points are scattered about the curve (the standard deviation)",
            0.0,
            3.0,
            because="without any the points are the curve; beyond 3 it drowns",
        ),
        Knob(
            "kernel",
            "gaussian",
            "how what is near counts",
            choices=KERNELS,
            because="each is a function of distance over width",
        ),
        Knob(
            "width",
            1.0,
            "how near is near, to begin with",
            0.02,
            5.0,
            because="below 0.02 hardly two points are neighbours; from 5 on all are",
        ),
        steps(400),
        learning_rate(0.05),
    ),
    metrics=_metrics(),
    goal=(
        "The line whose width was learned with each point left out is off from the curve by at most"
        " three quarters of what the other is."
    ),
    control=(
        "The line whose width was learned with each point included must come at least twice as near"
        " to its own points, and between them be about as far off as the mean of all points (at"
        " least three quarters of that)."
    ),
    seconds=1,
    runners=tuple(RUNNERS.items()),
    columns=(("width", "width"), ("seen", "off at its points"), ("error", "off between them")),
    series=tuple(
        Series(runner, metric, f"{who}{more}")
        for runner, who in LEARNERS.items()
        for metric, more in (("loss", ""), ("unseen", ", between"))
    ),
)
