"""A network whose attention mask is the maze, and what it does not do without.

It is given the walls, as its mask and in no other way: it does not discover them. The mouse of the
first lesson sees one cell at a time and is no rival of one that sees all.

What was measured on seeds 0 to 4 besides: without the timetable it does as well, in 7x7 as in 15x15
(study `map-timetable`). One that is told the doors of each cell as numbers, too, does as well in
7x7, and in 15x15 finds 63 to 96 % of the ways (`map-doors`). In 41x41, where the longest way of a
maze took 96 to 288 moves, 29 to 49 % of the ways arrived after 64 loops, 70 to 86 % after 128, 99.3
to 100 % after 256 and 99.7 to 100 % after 512 (10 mazes each). Without loops before those that
count it has never been asked after more than 8 loops, and how it does in larger mazes depends on
the seed: some lose again in longer loops what they had found in shorter ones, one of five finds
everything. With 6 to 12 loops that count in place of 4 to 8 it needs none before: 97.4 to 100 % on
seeds 0 to 2.
"""

from __future__ import annotations

from models.specs.race import learning_rate, of_racer, steps
from models.specs.spec import Knob, LabSpec, Metric, Series

SIZE, LARGE = 7, 15
"""Cells on a side of the mazes it is trained on, and of those it is tried in besides."""
LOOPS, MORE = 32, 128
"""Loops that it is given in the first and in the second."""
LATE = (8, 16, 32, 64, 128, 256)
"""Loops after which it is asked in the second: news of the cheese goes one cell a loop, so that
with few of them it cannot have come far."""
MOST_CELLS, MOST_LOOPS = 41, 512
"""Cells on a side of the largest maze that it may be asked about, and loops that it makes there."""
MAZES, LARGE_MAZES, VAST_MAZES = 500, 50, 5
"""How many it is judged in, from every cell: of the first, of the second, of the largest."""
LEARNERS = {
    "map": "looped map",
    "hasty": "no loops before",
}
"""Who is trained: runner -> its name in charts and tables."""
BASELINES = {
    "straight": "straight to it",
    "right": "right-hand rule",
    "random": "random walk",
}
"""Who learns nothing."""
LENGTHS = ((1, 5), (6, 10), (11, 15), (16, 20), (21, 48))
"""Ways of the first by their moves."""
FAR = ((1, 10), (11, 20), (21, 30), (31, 40), (41, 224))
"""Ways of the larger mazes by their moves."""


def _metrics() -> tuple[Metric, ...]:
    found: list[Metric] = []
    for runner, who in LEARNERS.items():
        ways = f"ways to the cheese of {SIZE}x{SIZE} mazes that end there, {who}"
        found += [
            *of_racer(runner, ways, "the next cell"),
            Metric(f"{runner}.whole", f"mazes right from every cell, {who}", "percent"),
            Metric(f"{runner}.legal", f"arrows through no wall, {who}", "percent"),
            Metric(f"{runner}.longer", f"the same ways after {MORE} loops, {who}", "percent"),
            Metric(f"{runner}.large", f"ways that arrive in {LARGE}x{LARGE}, {who}", "percent"),
            *(
                Metric(f"{runner}.late{loops}", f"the same after {loops} loops, {who}", "percent")
                for loops in LATE
            ),
        ]
    for runner, who in BASELINES.items():
        found.append(Metric(f"{runner}.accuracy", f"ways that arrive, {who}", "percent"))
    return (
        *found,
        *(
            Metric(f"{runner}.shortest", f"ways that are shortest, {who}", "percent")
            for runner, who in (LEARNERS | BASELINES).items()
        ),
        *(
            Metric(
                f"{runner}.{name}{low}",
                f"ways of {low} to {high} moves in {size}x{size} that arrive, {who}",
                "percent",
            )
            for runner, who in (LEARNERS | BASELINES).items()
            for name, size, lengths in (("from", SIZE, LENGTHS), ("far", LARGE, FAR))
            for low, high in lengths
        ),
        Metric(
            "map.vast",
            f"ways that arrive in {MOST_CELLS}x{MOST_CELLS} after {LATE[-1]} loops",
            "percent",
        ),
        Metric("map.blind", "ways that arrive if it is shown another maze", "percent"),
        Metric("map.dfs", "ways that arrive in mazes carved depth first", "percent"),
        Metric("map.prim", "ways that arrive in mazes of Prim's", "percent"),
    )


SPEC = LabSpec(
    name="map",
    title="A network that floods a maze",
    summary=(
        "One block of 8,676 numbers, used again and again. Its four heads look through the four"
        " doors of a cell, so the maze is its mask. It learns on mazes of 7x7 cells which way leads"
        " to the cheese from everywhere; then it loops longer, in mazes four times as large."
    ),
    knobs=(
        steps(700, most=2000),
        learning_rate(0.005),
        Knob(
            "mazes",
            2000,
            "how many mazes there are to practise in",
            10,
            10_000,
            because="with 10 it can learn them by heart; 10,000 take seconds to make",
        ),
        Knob(
            "burn_in",
            30,
            "the most loops that come before those that count, in half of the steps",
            0,
            60,
            because="none is what it is compared with; beyond 60 a step is slow",
        ),
        Knob(
            "wait",
            60,
            "the most loops before the cheese is there, in half of the steps",
            0,
            200,
            because="none leaves it with news that is never late; beyond 200 a step is slow",
        ),
        Knob(
            "sees_doors",
            False,
            "whether each cell is told of its doors besides, not by the mask alone",
        ),
        Knob("timetable", True, "whether cells are asked only once the news can have reached them"),
        Knob("control", True, "whether one that makes no loops before is trained as well"),
    ),
    metrics=_metrics(),
    goal=(
        f"Of all ways in {MAZES} unseen mazes of {SIZE}x{SIZE} at least 99 % arrive, and of those"
        f" in {LARGE_MAZES} mazes of {LARGE}x{LARGE}, with {MORE} loops in place of {LOOPS}, at"
        " least 95 %."
    ),
    control="Told the walls of another maze, fewer than 30 % arrive.",
    seconds=38,
    runners=((*LEARNERS.items(), *BASELINES.items())),
    columns=(
        ("accuracy", f"{SIZE}x{SIZE}"),
        ("large", f"{LARGE}x{LARGE}"),
        ("late32", "loop 32"),
        ("late256", "256"),
        ("shortest", "optimal"),
        ("blind", "other maze"),
    ),
    series=tuple(Series(runner, "loss", who) for runner, who in LEARNERS.items()),
)
