"""What a weighted sum reads off the stream of a network that solves mazes, and what it is worth.

The network learns directions, and is never told of distances. While the news of the cheese travels
it can be read how far it has come; once every cell knows its way, hardly any more. Controls: a
network that has learned nothing; tasks in which there is nothing to be found, a number drawn for
each kind of cell (Hewitt and Liang 2019, "Designing and interpreting probes with control tasks",
section 2); and two that need no network. (Belinkov 2022, "Probing classifiers: promises,
shortcomings, and advances".) That something can be read does not say that it is used: so it is
erased. (Elazar et al. 2021, "Amnesic probing".)
"""

from __future__ import annotations

from models.specs import map as map_
from models.specs.map import LENGTHS, LOOPS, SIZE
from models.specs.spec import LabSpec, Metric, Series

AT = (1, 2, 4, 6, 8, 10, 12, 16, 20, 24, 28, 32)
"""Loops after which what is read stands among the metrics."""
READ = {
    "map": "the trained map",
    "untrained": "an untrained map",
    "control": "the control task",
    "arrived": "all that has arrived",
    "manhattan": "rows and columns",
    "walls": "the cell's walls",
}
"""Who is read, or what from: runner -> its name in charts and tables."""
FITTED = ("map", "untrained", "control")
"""Of these, what a network is read for, loop by loop."""
ERASED = {
    "last": "erased at the end",
    "every": "erased every loop",
    "random": "random sums erased",
}
"""What is erased, and when: runner -> its name."""
PRACTISED, UNSEEN = 200, 200
"""Mazes that a probe is fitted to, and others in which it is tried."""
DRAWS = 5
"""Random sums that are erased, one run after another."""
TASKS = 5
"""Control tasks, each with numbers of its own; what is read of them is their mean."""

_WHAT = {
    "map": "the distance, read from the trained map",
    "untrained": "the distance, read from a map that has learned nothing",
    "control": "numbers drawn for each kind of cell, read from the trained map",
    "arrived": "the distance where the news has come, its mean elsewhere",
}


def _metrics() -> tuple[Metric, ...]:
    found = []
    for runner, what in _WHAT.items():
        found.append(Metric(f"{runner}.best", f"R² at the best loop: {what}", "ratio"))
        found += [Metric(f"{runner}.at{k}", f"R² after {k} loops: {what}", "ratio") for k in AT]
    return (
        Metric("map.accuracy", f"ways to the cheese that arrive in {SIZE}x{SIZE} mazes", "percent"),
        Metric("map.right", "arrows that are right", "percent"),
        Metric("map.left", "R² of the distance after the last loop", "ratio"),
        Metric("map.loss", "how badly it predicted the next cell in the last steps, in nats"),
        Metric("map.parameters", "how many numbers it learned", "count"),
        Metric("map.solved", "steps until 99 % of the arrows were right, if ever", "count"),
        *found,
        Metric("map.loop", "after how many loops most can be read", "count"),
        Metric("map.off", "by how many moves the distance is misread there"),
        *(
            Metric(f"map.off{low}", f"the same, {low} to {high} moves away")
            for low, high in LENGTHS
        ),
        Metric("manhattan.best", "R²: the distance, from that in rows and columns", "ratio"),
        Metric("manhattan.off", "by how many moves that is off"),
        Metric("walls.best", "R²: the distance, read from the walls of the cell", "ratio"),
        *(
            Metric(f"{runner}.{name}", f"{of}: {who}", form)
            for runner, who in ERASED.items()
            for name, of, form in (
                ("left", "R² of the distance that is left", "ratio"),
                ("right", "arrows that are right", "percent"),
                ("accuracy", "ways that arrive", "percent"),
            )
        ),
    )


SPEC = LabSpec(
    name="probe",
    title="Reading the distance off a network",
    summary=(
        "A map learns which way leads to the cheese, and nobody tells it how far. A weighted sum of"
        " its stream, fitted afterwards, reads the distance nevertheless. Controls say what that is"
        " worth; then the sum is erased, and the arrows show whether they needed it."
    ),
    knobs=tuple(knob for knob in map_.SPEC.knobs if knob.name != "control"),
    metrics=_metrics(),
    goal=(
        f"In {UNSEEN} unseen mazes the distance is read with an R² of at least 0.70 at the best"
        f" loop, and of at least 0.25 less after loop {LOOPS}. Erased there, it takes fewer than"
        " 2 % of the arrows along; erased in every loop, at least 5 % more of them than random sums"
        " whose erasure changes as much."
    ),
    control=(
        "At that loop numbers drawn for each kind of cell must be read with an R² of at least 0.40"
        " less; an untrained map must stay below 0.35, and rows and columns below 0.45."
    ),
    seconds=29,
    runners=(*READ.items(), *ERASED.items()),
    columns=(
        ("best", "best R²"),
        ("at4", "at 4"),
        ("at12", "12"),
        ("at32", "32"),
        ("left", "left"),
        ("right", "arrows"),
        ("accuracy", "arrive"),
    ),
    series=(Series("map", "loss", "the map"),),
)
