"""A maze, a mouse and a cheese as one stream of tokens, and a way that goes on from it.

What a transformer and an LSTM make of that: next-token targets against targets several moves
ahead, in mazes of the size of their practice and in larger ones. (Several tokens at once, with a
head each on a shared trunk: Gloeckle et al. 2024, "Better & faster large language models via
multi-token prediction", section 2. That a network which predicts several steps of a maze, and
backwards too, finds more ways: Nolte et al. 2024, "Transformers can navigate mazes with multi-step
prediction". Its targets are tokens masked anywhere in the way; nobody here is given those, as both
networks see the past alone.)

What is claimed is what was measured here, with about 100,000 parameters and 22,400 texts. With
four moves ahead less is learned in that time; with two, about as much as with one (one seed).
"""

from __future__ import annotations

from models.specs.race import learning_rate, of_racer, of_ways, steps
from models.specs.spec import Knob, LabSpec, Metric, Series

RUNNERS = {
    "gpt": "transformer",
    "gptahead": "transformer, ahead",
    "lstm": "LSTM",
    "lstmahead": "LSTM, ahead",
}
"""Runner -> its name in charts and tables."""
MOVES = tuple(range(1, 9))
"""How many moves the ways have that are trained on, and judged in mazes of the same size."""
LARGE_MOVES = tuple(range(1, 13))
"""How many they have in larger mazes."""


def _metrics() -> tuple[Metric, ...]:
    found: list[Metric] = []
    for runner, who in RUNNERS.items():
        whole = f"ways right from the first room on in unseen mazes of 3x3, {who}"
        first = Metric(f"{runner}.first", f"first moves that are right, {who}", "percent")
        found += [
            *of_racer(runner, whole, "the next room"),
            *of_ways(runner, who, MOVES, [first]),
            Metric(f"{runner}.large", f"whole ways right in mazes of 4x4, {who}", "percent"),
            Metric(f"{runner}.near", f"those of up to 8 moves, {who}", "percent"),
            Metric(f"{runner}.far", f"those of 9 to 12 moves, {who}", "percent"),
            *(
                Metric(f"{runner}.large{n}", f"those of {n} moves, {who}", "percent")
                for n in LARGE_MOVES
            ),
        ]
    walker = "of a mouse that never turns back"
    return (
        *found,
        Metric("random.accuracy", f"ways right in mazes of 3x3 {walker}", "percent"),
        Metric("random.large", f"ways right in mazes of 4x4 {walker}", "percent"),
        Metric("random.near", f"those of up to 8 moves {walker}", "percent"),
        Metric("random.far", f"those of 9 to 12 moves {walker}", "percent"),
    )


SPEC = LabSpec(
    name="mapsequence",
    title="A maze as one long sentence",
    summary=(
        "Which passages are open, where the mouse is and where the cheese: eighteen tokens, and"
        " then the way, room by room. A transformer and an LSTM of the same size learn to go on,"
        " one token at a time or with four moves to predict at once; then the mazes get larger."
    ),
    knobs=(
        Knob(
            "ahead",
            4,
            "how many moves two of them have to predict at once, in training",
            2,
            8,
            because="1 is what the other two do; no way has more than 8 moves",
        ),
        Knob(
            "width",
            64,
            "how many numbers stand for a token",
            choices=(16, 32, 64, 128),
            because="four heads must share it evenly; with more than 128 a run takes minutes",
        ),
        steps(700),
        learning_rate(0.007),
    ),
    metrics=_metrics(),
    goal=(
        "In unseen mazes of 3x3 the transformer names at least 40 % of the ways, each room of them,"
        " and at least 10 % more of them than the LSTM. Predicting several moves helps neither by"
        " more than 5 %. In mazes of 4x4 all do worse than a mouse that never turns back, and of"
        " ways longer than any in their practice they name at most 5 %."
    ),
    control="Shown other mazes in their place, each must name fewer than 25 % of the ways.",
    seconds=57,
    runners=(*RUNNERS.items(), ("random", "never turning back")),
    columns=(
        ("accuracy", "3x3"),
        ("blind", "other maze"),
        ("first", "first move"),
        ("near", "4x4"),
        ("far", "and far"),
    ),
    series=tuple(Series(runner, "loss", who) for runner, who in RUNNERS.items()),
)
