"""Studies of the second part, The Map."""

from __future__ import annotations

from models.specs import positions
from models.specs.spec import Value
from models.specs.study import SEED, Study

_HIGH: dict[str, Value] = {"task": "partner", "depth": 24, "steps": 150, "controls": False}

ALL = (
    Study(
        name="kernel-width",
        title="How wide is best?",
        summary=(
            "Forty points, and a width that is set and not learned, from 0.05 to 2: how far off is"
            " it between the points, and how far off at them? Twice, on other points."
        ),
        lab="kernel",
        over="width",
        values=(0.05, 0.1, 0.2, 0.5, 1.0, 2.0),
        costs=(0.2, 0.2, 0.2, 0.2, 0.2, 0.2),
        runners=("fixed", "mean"),
        metrics=("error", "seen"),
        knobs={"steps": 20},
        seeds=(0, 1),
        x="width",
        counted=False,
        log_x=True,
    ),
    Study(
        name="scale-width",
        title="How sure is a softmax of random products?",
        summary=(
            "Queries and keys of 4 to 1,024 random numbers, 16 keys to a query: the largest share"
            " of a row, with the square root of the width and without."
        ),
        lab="scale",
        over="width",
        values=(4, 16, 64, 256, 1024),
        costs=(0.02, 0.02, 0.05, 0.2, 2.0),
        runners=("raw", "scaled"),
        metrics=("largest",),
        x="numbers",
        chance=1 / 16,
        log_x=True,
    ),
    Study(
        name="positions-both",
        title="And if everyone sees both ways?",
        summary=(
            "The letter after the marker once more, with no mask, from three seeds: who sees what"
            " comes before and what comes after alike has to be told which is which."
        ),
        lab="positions",
        over=SEED,
        values=(0, 1, 2),
        costs=(26, 26, 26),
        runners=tuple(kind for kind in positions.RUNNERS if kind != "bag"),
        metrics=("accuracy", "at40", "at80"),
        knobs={"causal": False},
        chance=1 / 16,
    ),
    Study(
        name="tower-depth",
        title="How high may a tower without residuals be?",
        summary=(
            "Each mouse says its partner's digit, in towers of 1 block to 12. All have norms before"
            " each layer but for the one that has neither norms nor residuals."
        ),
        lab="tower",
        over="depth",
        values=(1, 2, 3, 6, 12),
        costs=(3, 5, 7, 13, 25),
        runners=("tower", "cut", "bare", "common"),
        knobs={"task": "partner", "steps": 150},
        x="blocks",
        chance=0.1,
        log_x=True,
    ),
    Study(
        name="tower-norms",
        title="Where should the norms stand?",
        summary=(
            "Towers of 24 blocks with all their residuals learn with the whole rate from the first"
            " step on: norms before each layer, after each sum, or nowhere."
        ),
        lab="tower",
        over="norm",
        values=("pre", "post", "none"),
        costs=(12, 12, 11),
        runners=("tower",),
        knobs=_HIGH | {"warm_up": 0},
        x="norms",
        counted=False,
        chance=0.1,
    ),
    Study(
        name="tower-warm-up",
        title="What a gentle start is for",
        summary=(
            "The tower of 24 blocks with norms after each sum once more. Its learning rate rises"
            " over 0 steps, 20 or 50; all else is as it was."
        ),
        lab="tower",
        over="warm_up",
        values=(0, 20, 50),
        costs=(12, 12, 12),
        runners=("tower",),
        knobs=_HIGH | {"norm": "post"},
        x="steps of warm-up",
        counted=False,
        chance=0.1,
    ),
)
