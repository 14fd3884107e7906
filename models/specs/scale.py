"""Random vectors in a softmax: what the square root of d is there for."""

from __future__ import annotations

from models.specs.spec import Knob, LabSpec, Metric

ASKING = {
    "raw": "products as they are",
    "scaled": "divided by √d",
}
"""Who asks others: runner -> its name."""
ALONE = {
    "itself": "no W_Q, W_K: q = k",
    "projected": "random W_Q, W_K",
}
"""Who is among those it asks: runner -> its name."""


def _metrics() -> tuple[Metric, ...]:
    found: list[Metric] = []
    for runner, who in ASKING.items():
        found += [
            Metric(f"{runner}.variance", f"the variance of the scores, {who}"),
            Metric(f"{runner}.largest", f"the largest share of a row, {who}", "percent"),
            Metric(f"{runner}.slope", f"Σ p(1 − p), what is left of the softmax's slope, {who}"),
        ]
    for runner, who in ALONE.items():
        found.append(Metric(f"{runner}.own", f"what a word gives itself, {who}", "percent"))
    return (*found, Metric("equal.largest", "equal shares", "percent"))


SPEC = LabSpec(
    name="scale",
    title="The square root of d",
    summary=(
        "Queries and keys of d random numbers each, mean 0 and variance 1: how large their products"
        " are, what a softmax makes of them, and how much it still moves when they move."
    ),
    knobs=(
        Knob(
            "width",
            64,
            "d, how many numbers a query and a key have",
            2,
            1024,
            because="with one there is nothing to add up; 1,024 is wider than any head of a GPT",
        ),
        Knob(
            "answers",
            16,
            "how many keys each query asks",
            2,
            64,
            because="with one there is nothing to share out; 64 fill the screen",
        ),
        Knob(
            "draws",
            2000,
            "how many queries are drawn",
            200,
            20000,
            because="fewer than 200 say little; 20,000 of the widest take minutes",
        ),
    ),
    metrics=_metrics(),
    goal="Divided by √d, the scores have a variance from 0.9 to 1.1, and no share is above 35 %"
    " on average.",
    control="As they are, with d = 64 or more, the largest share must be above 70 % on average.",
    seconds=1,
    counts="queries",
    runners=(*ASKING.items(), *ALONE.items(), ("equal", "equal shares")),
    columns=(
        ("variance", "variance"),
        ("largest", "largest share"),
        ("slope", "slope left"),
        ("own", "gives itself"),
    ),
)
