"""Mice that learn nothing, all sent through the same thousand mazes."""

from __future__ import annotations

from models.specs.spec import Knob, LabSpec, Metric

MICE = {
    "random": "a random walk",
    "forward": "a walk that never turns back except in a dead end",
    "right": "the right-hand rule",
    "theseus": "Theseus on its first run",
    "theseus2": "Theseus on its second run",
    "explorer": "an explorer with a perfect memory",
    "bfs": "breadth-first search, which sees the whole map",
    "astar": "A*, which sees the whole map",
}
"""Runner -> the mouse in words, in the order in which they run."""
SEARCHES = ("bfs", "astar")
"""Those of them that see the whole map."""


def _short(words: str) -> str:
    """A name short enough for the first column of a table."""
    return words.split(",")[0].split(" except")[0]


def _metrics() -> tuple[Metric, ...]:
    found = []
    for mouse, words in MICE.items():
        found += [
            Metric(f"{mouse}.arrival", f"the share of mazes that {words} gets through", "percent"),
            Metric(
                f"{mouse}.ratio", "its median path against the shortest, where it arrives", "ratio"
            ),
            Metric(
                f"{mouse}.shortest", "the share of mazes it crosses by a shortest path", "percent"
            ),
        ]
    for search in SEARCHES:
        found.append(Metric(f"{search}.looked", "how many cells it looks at in a maze, on average"))
    return tuple(found)


SPEC = LabSpec(
    name="mice",
    title="Mice that learn nothing",
    summary=(
        "Eight ways to cross a maze, from a random walk to A*, each sent through the same mazes"
        " with four moves for every cell."
    ),
    knobs=(
        Knob(
            "mazes",
            1000,
            "how many mazes each mouse is sent through",
            50,
            5000,
            because="fewer than 50 say little; 5,000 of the largest take minutes",
        ),
        Knob(
            "size",
            5,
            "how many cells a maze is wide and high",
            3,
            12,
            because="below 3 there is nothing to find; beyond 12 many mazes take minutes",
        ),
        Knob(
            "generator",
            "wilson",
            "who makes the mazes",
            choices=("wilson", "depth-first"),
            because="Wilson's makes every maze equally likely; depth-first makes long corridors",
        ),
        Knob(
            "loops",
            0,
            "how many inner walls are taken away afterwards",
            0,
            40,
            because="with none, exactly one path joins any two cells; 5 x 5 cells have 16 to take"
            " away, 7 x 7 have 36",
        ),
    ),
    metrics=_metrics(),
    goal="The right-hand rule, which learns nothing and plans nothing, finds the cheese in every"
    " maze without loops.",
    control="The random walk, given as many moves, must fail in more than a quarter of them.",
    seconds=2,
    runners=tuple((mouse, _short(words)) for mouse, words in MICE.items()),
    columns=(("arrival", "arrives"), ("ratio", "path"), ("shortest", "by the shortest")),
    needs_torch=False,
    counts="crossings",
)
