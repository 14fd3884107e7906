"""A language model that may not look ahead, and two that may: who predicts better, who writes?"""

from __future__ import annotations

import math

from models.specs.race import learning_rate, of_racer, steps
from models.specs.spec import Knob, LabSpec, Metric, Series

RUNNERS = {"masked": "causal mask", "open": "no mask", "added": "+1 on the future"}
"""Who trains, and its name in charts and tables."""
JUDGED = {"late": "no mask, then masked", "bare": "mask, then taken off"}
"""Who is judged with another mask than it learned with."""


def _metrics() -> tuple[Metric, ...]:
    found: list[Metric] = []
    for runner, who in RUNNERS.items():
        named = f"how often the next room is named, {who}, with the walk lying there"
        found += [
            *of_racer(runner, named, "the next room"),
            Metric(f"{runner}.ahead", f"weight on what comes later, {who}", "percent"),
            Metric(f"{runner}.ahead_before", f"the same before the first step, {who}", "percent"),
            Metric(
                f"{runner}.moved",
                f"how far earlier logits move when the last room is exchanged, {who}",
            ),
            Metric(f"{runner}.walks", f"walks written freely that are legal, {who}", "percent"),
            Metric(f"{runner}.steps", f"steps of such walks that are legal, {who}", "percent"),
        ]
    for judged, who in JUDGED.items():
        found += [
            Metric(f"{judged}.loss", f"how badly it predicts the next room, {who}, in nats"),
            Metric(f"{judged}.accuracy", f"how often it names the next room, {who}", "percent"),
        ]
    return (
        *found,
        Metric("rules.loss", "the loss of knowing the rules, in nats"),
        Metric("rules.accuracy", "how often knowing the rules names the next room", "percent"),
        Metric("rules.walks", "the share of walks that are legal, by the rules", "percent"),
    )


SPEC = LabSpec(
    name="peeking",
    title="No peeking",
    summary=(
        "Nine rooms, and walks through them: to a room next door, never straight back. The same"
        " small language model learns to name the next room three times: with a causal mask, with"
        " none, and with the mask of 0 and 1 that is added to the scores. Then each writes walks of"
        " its own."
    ),
    knobs=(
        Knob(
            "length",
            8,
            "how many rooms a walk has",
            5,
            24,
            because="below 5 there is little to predict; beyond 24 a walk is not seen whole",
        ),
        Knob(
            "layers",
            1,
            "how many blocks stand on top of each other",
            1,
            4,
            because="beyond 4 a run takes minutes",
        ),
        steps(600),
        learning_rate(0.01),
    ),
    metrics=_metrics(),
    goal=(
        "With the mask the loss ends within 0.03 of what knowing the rules gives, and at"
        " least 90 % of 1,000 walks that it writes are legal. With no mask, and with +1 on the"
        " future, the loss ends below a third of that, and fewer than 10 % of the walks are"
        " legal."
    ),
    control=(
        "A mask put on afterwards must not mend what was learned without one: the loss is then"
        " more than twice what knowing the rules gives. And when the last room of a text is"
        " exchanged, no earlier logit may move with the mask, and some must without."
    ),
    seconds=8,
    runners=(*RUNNERS.items(), *JUDGED.items(), ("rules", "knows the rules")),
    columns=(
        ("loss", "loss"),
        ("accuracy", "named"),
        ("walks", "legal"),
        ("ahead", "ahead"),
        ("ahead_before", "at first"),
        ("moved", "moved"),
    ),
    series=tuple(Series(runner, "loss", who) for runner, who in RUNNERS.items()),
    chance=("loss", math.log(9)),
)
