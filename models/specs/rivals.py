"""Who is told a whole maze, what each makes of it, and a mouse that is told one cell at a time.

All make as many steps, and those who are told mazes are told the same ones in the same order. What
differs is what they are made of: the looped map is given the walls as its mask and the timetable of
a flood as its loss, the others have to find out from numbers who is beside whom. The mouse of the
first lesson is no rival of theirs, and is here because it does without all that they are told.
"""

from __future__ import annotations

from dataclasses import replace

from models.specs.map import BASELINES
from models.specs.race import learning_rate, of_racer, steps
from models.specs.spec import Knob, LabSpec, Metric, Series

SIZE, LARGE = 5, 9
"""Cells on a side of the mazes that they are trained on, and of those they are tried in besides."""
LOOPS, MORE = 24, 96
"""Loops that the looped map is given in the first and in the second."""
MAZES, LARGE_MAZES = 1000, 100
"""How many of each they are judged in."""
READERS = {
    "map": "looped map",
    "lstm": "bi-LSTM",
    "plain": "plain transformer",
}
"""Who is told the whole maze: runner -> its name in charts and tables."""
LEARNERS = READERS | {"mouse": "GRU mouse"}
"""Who is trained."""
RATES = {"map": 1.0, "lstm": 4.0, "plain": 1.0, "mouse": 1.0}
"""How many times the knob each one's learning rate is."""
LENGTHS = ((1, 3), (4, 6), (7, 9), (10, 12), (13, 24))
"""Ways by their moves."""


def _metrics() -> tuple[Metric, ...]:
    found: list[Metric] = []
    for runner, who in LEARNERS.items():
        answer = "the explorer's move" if runner == "mouse" else "the next cell"
        found += of_racer(runner, f"ways to the cheese that end there, {who}", answer)
        if runner != "plain":
            found.append(
                Metric(f"{runner}.large", f"ways that arrive in {LARGE}x{LARGE}, {who}", "percent")
            )
    for runner, who in READERS.items():
        found += [
            Metric(f"{runner}.right", f"arrows that lead nearer, {who}", "percent"),
            Metric(f"{runner}.legal", f"arrows through no wall, {who}", "percent"),
            Metric(f"{runner}.whole", f"mazes right from every cell, {who}", "percent"),
            Metric(f"{runner}.blind", f"ways that arrive, {who}, shown another maze", "percent"),
        ]
    for runner, who in BASELINES.items():
        found.append(Metric(f"{runner}.accuracy", f"ways that arrive, {who}", "percent"))
    everyone = LEARNERS | BASELINES
    shortest = (
        Metric(f"{runner}.shortest", f"ways that arrive and are shortest, {who}", "percent")
        for runner, who in everyone.items()
    )
    by_length = (
        Metric(
            f"{runner}.from{low}", f"ways of {low} to {high} moves that arrive, {who}", "percent"
        )
        for runner, who in everyone.items()
        for low, high in LENGTHS
    )
    return (*found, *shortest, *by_length)


SPEC = LabSpec(
    name="rivals",
    title="The race of the mice",
    summary=(
        "Three networks are told the same mazes, walls and cheese, and say for each cell which way"
        " to go: a block that is looped, with the walls as its mask, an LSTM that reads row by row"
        " from both ends, and a plain transformer of four layers. Beside them the mouse of the"
        " first lesson, which sees one cell at a time: that is not the same information."
    ),
    knobs=(
        steps(300, most=3000),
        replace(
            learning_rate(0.005),
            means="how large a change each step makes; the LSTM's are four times as large",
        ),
        Knob(
            "mazes",
            2000,
            "how many mazes there are to practise in",
            10,
            10_000,
            because="with 10 they can be learned by heart; 10,000 take seconds to make",
        ),
        Knob("mouse", True, "whether the mouse that sees one cell is trained as well"),
    ),
    metrics=_metrics(),
    goal=(
        f"Of all ways in {MAZES:,} unseen mazes of {SIZE}x{SIZE} at least 98 % arrive by the arrows"
        " of the looped map and at least 85 % by those of the LSTM, which is at least 15 points"
        " ahead of a plain transformer with as many parameters after as many steps."
    ),
    control="Shown another maze with the right cheese, fewer than 20 % arrive by anyone's arrows.",
    seconds=30,
    runners=(*LEARNERS.items(), *BASELINES.items()),
    columns=(
        ("accuracy", "arrives"),
        ("shortest", "shortest"),
        ("legal", "no wall"),
        ("blind", "misled"),
        ("from13", "13+"),
        ("large", f"{LARGE}x{LARGE}"),
    ),
    series=(
        *(Series(runner, "loss", who) for runner, who in READERS.items()),
        Series("mouse", "loss", "GRU mouse (other task)"),
    ),
)
