"""A loop of landmarks, run again and again: what is next, and which heads know it?

No head is the one that looks one back: all four of the first layer do, with .3 to .5 of their
weight. And where only what can be known is graded, nobody parks weight on the start: in the first
lap the second layer puts there what equal shares would. It does where everything is graded, and
then has need of it: kept from looking there, it foresees worse what nobody can know.

If the second layer of the first network says what it says in another text over a loop as long, the
answers are those of that text: all of them, on seeds 0 to 4. Heads of the same network from another
seed, one or a whole layer of them, are worth what silence is, or less: at most .03 more.
"""

from __future__ import annotations

import math

from models.specs.race import learning_rate, of_racer, steps
from models.specs.spec import Knob, LabSpec, Metric, Series

RUNNERS = {
    "mixed": "loops of 4 to 8",
    "fixed": "one length",
    "two": "two heads",
    "one": "one head",
    "graded": "all graded",
}
"""Runner -> its name in charts and tables. The last three learn from loops of 4 to 8, too."""
HEADS = {"mixed": 4, "fixed": 4, "two": 2, "one": 1, "graded": 4}
"""Runner -> how many heads each of its two layers has."""
SHORTEST, LONGEST = 4, 8
"""The loops to learn from."""
LENGTHS = tuple(range(3, 11))
"""The loops that everyone is judged on."""
LAYERS = 2
COUNTED = ("one head", "two heads", "three heads")


def counts(heads: int) -> range:
    """How many of so many heads of one layer are switched off: one, and more until one is left.

    >>> list(counts(4)), list(counts(1))
    ([1, 2, 3], [1])
    """
    return range(1, max(2, heads))


def _without(runner: str, who: str) -> list[Metric]:
    found = [
        Metric(
            f"{runner}.without_{count}",
            f"right with {COUNTED[count - 1]} of a layer off, where that does most harm, {who}",
            "percent",
        )
        for count in counts(HEADS[runner])
    ]
    return found + [
        Metric(f"{runner}.without_layer_{n}", f"right with all of layer {n} off, {who}", "percent")
        for n in range(1, LAYERS + 1)
    ]


SCORES = {
    "prev": "one back",
    "same": "at what followed this landmark last time",
    "back": "as far back as the loops of the network that learned one length are long, less one",
}
"""What is measured of where heads look: the strongest head's mean weight."""


def _metrics() -> tuple[Metric, ...]:
    found: list[Metric] = []
    for runner, who in RUNNERS.items():
        right = f"of the landmarks that can be known, those that are right, {who}"
        found += [
            *of_racer(runner, right, "the landmarks that it learned from"),
            *(Metric(f"{runner}.at{n}", f"{right}, in loops of {n}", "percent") for n in LENGTHS),
            *_without(runner, who),
            *(
                Metric(f"{runner}.{name}", f"weight {place}, by the head with most of it, {who}")
                for name, place in SCORES.items()
            ),
            Metric(
                f"{runner}.parked",
                f"weight of layer 2 on the start ^ in the first lap, mean of its heads, {who}",
            ),
            Metric(f"{runner}.parked_later", f"the same after the first lap, {who}"),
            Metric(f"{runner}.replaced", f"{right}, with another landmark for ^", "percent"),
            Metric(f"{runner}.first_lap", f"loss in the first lap, where nobody can know, {who}"),
            Metric(f"{runner}.first_lap_unparked", f"the same if layer 2 cannot look at ^, {who}"),
        ]
    return (
        *found,
        *(
            Metric(f"equal.{name}", f"weight {of}, with equal shares")
            for name, of in SCORES.items()
        ),
        Metric("equal.parked", "weight on the start ^ in the first lap, with equal shares"),
        Metric("equal.parked_later", "the same after the first lap"),
        Metric("guess.accuracy", "right with any landmark of the loop, at random", "percent"),
    )


SPEC = LabSpec(
    name="lap",
    title="The same loop again",
    summary=(
        "A mouse runs a loop of landmarks again and again, and a network of attention alone says"
        " what comes next, wherever that can be known. One learns loops of 4 to 8 landmarks, one"
        " loops of a single length; others have fewer heads, or are graded on what nobody can know"
        " as well. Then heads are switched off."
    ),
    knobs=(
        Knob(
            "only",
            8,
            "how many landmarks every loop has that the second network learns from",
            SHORTEST,
            LONGEST,
            because="the others learn from all these; two laps of a longer one do not fit",
        ),
        Knob(
            "width",
            64,
            "how many numbers stand for a landmark, all heads together",
            choices=(16, 32, 64, 128),
            because="one, two and four heads must share it evenly",
        ),
        steps(300),
        learning_rate(0.01),
    ),
    metrics=_metrics(),
    goal=(
        "Networks that learned from loops of 4 to 8 name at least 99 % of the landmarks that can be"
        " known, in 1,000 unseen texts of each of these lengths, whatever their heads; so does the"
        " one that learned a single length, in loops of that length. With any one head off, the one"
        " with four heads in a layer still names at least 97 %."
    ),
    control=(
        "The one that learned a single length must name fewer than 20 % in loops of any other, and"
        " fewer than 80 % where it is a multiple of that; the first, without all heads of either"
        " layer, fewer than 40 %."
    ),
    seconds=20,
    runners=(*RUNNERS.items(), ("guess", "guessing")),
    columns=(
        ("accuracy", "right"),
        ("at4", "of 4"),
        ("at5", "of 5"),
        ("at10", "of 10"),
        ("without_1", "1 off"),
        ("without_layer_2", "L2 off"),
    ),
    series=tuple(Series(runner, "loss", who) for runner, who in RUNNERS.items()),
    chance=("loss", math.log(16)),
    turning="mixed",
)
