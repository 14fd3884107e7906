"""A language model that learns the mouse grammar, as far as a sentence can be predicted at all."""

from __future__ import annotations

import math

from models.specs.race import steps
from models.specs.spec import Knob, LabSpec, Level, Metric, Series

RUNNERS = {"gpt": "GPT", "lstm": "LSTM", "shuffled": "GPT, shuffled words"}
"""Runner -> its name in charts and tables."""
VOCABULARY = 55
FLOOR, BIGRAM, UNIGRAM, CEILING = 0.9406, 1.4280, 3.3806, 0.5651
"""Nats a word that the mouse grammar leaves open: knowing it, counting pairs of words and counting
words; and how often the likeliest word comes. Exact, to four digits: computed by
`models.tasks.entropy`, which a test holds against these."""


def _metrics() -> tuple[Metric, ...]:
    found = []
    for runner, who in RUNNERS.items():
        found += [
            Metric(f"{runner}.validation", f"nats a word on 1,000 fresh sentences, {who}"),
            Metric(f"{runner}.known", f"nats a word on the sentences it learned from, {who}"),
            Metric(f"{runner}.accuracy", f"how often its likeliest word comes, {who}", "percent"),
            Metric(f"{runner}.grammatical", f"sentences said that are right, {who}", "percent"),
            Metric(f"{runner}.recited", f"sentences said that it learned from, {who}", "percent"),
            Metric(f"{runner}.parameters", f"how many numbers it learned, {who}", "count"),
        ]
    return (
        *found,
        Metric("grammar.validation", "nats a word on the same sentences, knowing the grammar"),
        Metric("grammar.accuracy", "how often the likeliest word comes", "percent"),
        Metric("grammar.grammatical", "sentences of the grammar that are right: all", "percent"),
        Metric(
            "grammar.recited", "how often the grammar itself says one that was learned", "percent"
        ),
        Metric("pairs.validation", "nats a word that counting pairs of words leaves open"),
    )


SPEC = LabSpec(
    name="speak",
    title="A language model on the mouse grammar",
    summary=(
        "A GPT and an LSTM of the same size learn to predict the next word from sentences made by a"
        " small grammar. What the grammar leaves open is known exactly, so it is known how"
        " far the loss can fall."
    ),
    knobs=(
        Knob(
            "sentences",
            2000,
            "how many sentences there are to learn from",
            50,
            20000,
            because="below 50 a batch is all there is; 20,000 are more than a run can read",
        ),
        steps(500),
        Knob(
            "learning_rate",
            0.02,
            "how large a change each step makes",
            0.00001,
            1.0,
            because="below 0.00001 it hardly moves; above 1 it forgets all it has learned",
            live=True,
        ),
        Knob(
            "warm_up",
            50,
            "over how many steps the learning rate rises",
            0,
            1000,
            because="0 is the whole rate at once; beyond 1,000 most of a run is warm-up",
        ),
        Knob(
            "clip",
            "norm",
            "how a gradient is clipped: all of it to a length, each number for itself, or not",
            choices=("norm", "value", "none"),
            because="these are the two ways there are, and neither",
        ),
        Knob(
            "clip_at",
            1.0,
            "the length, or the number, that it is clipped to",
            0.0001,
            100.0,
            because="below 0.0001 nothing is left; no gradient here is longer than 100",
        ),
        Knob(
            "smoothing",
            0.0,
            "the share that the loss gives to all words alike, instead of the right one",
            0.0,
            0.5,
            because="0 is none; with more than half the right word hardly counts",
        ),
        Knob(
            "dropout",
            0.0,
            "the share of the GPT's numbers that are left out at random while it learns",
            0.0,
            0.8,
            because="0 is none; beyond 0.8 hardly anything is left",
        ),
        Knob(
            "decay",
            0.0,
            "how strongly the weights are pulled towards 0",
            0.0,
            10.0,
            because="0 is none; beyond 10 nothing is learned",
        ),
        Knob(
            "norm",
            "pre",
            "where the norms of the GPT are: before each layer, or after each sum",
            choices=("pre", "post"),
            because="these are the two there are",
        ),
        Knob(
            "layers",
            2,
            "how many blocks the GPT has; the LSTM grows with it",
            1,
            12,
            because="beyond 12 a run takes minutes",
        ),
        Knob("rivals", True, "whether the LSTM and the control are trained as well"),
    ),
    metrics=_metrics(),
    goal=(
        "After 500 steps the loss of the GPT and of the LSTM on 1,000 fresh sentences is at most"
        " 0.04 nats a word above what knowing the grammar gives."
    ),
    control=(
        "A GPT that reads the same sentences with their words shuffled must stay above what"
        " counting pairs of words gives."
    ),
    seconds=16,
    runners=(*RUNNERS.items(), ("grammar", "knows the grammar"), ("pairs", "counts pairs")),
    columns=(
        ("accuracy", "right"),
        ("validation", "fresh"),
        ("known", "learned"),
        ("grammatical", "grammatical"),
        ("recited", "recited"),
    ),
    series=(
        Series("gpt", "loss", "GPT"),
        Series("gpt", "validation", "GPT, fresh"),
        Series("lstm", "loss", "LSTM"),
        Series("lstm", "validation", "LSTM, fresh"),
        Series("shuffled", "validation", "shuffled, fresh"),
    ),
    log_scale=False,
    chance=("loss", math.log(VOCABULARY)),
    levels=(
        Level("loss", "floor", FLOOR),
        Level("loss", "counting pairs", BIGRAM),
        Level("accuracy", "ceiling", CEILING),
    ),
)
