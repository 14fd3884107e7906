"""Studies of the fourth part, Mouse Meets Map."""

from __future__ import annotations

from models.specs.spec import Value
from models.specs.study import Study

_FIVE = (0, 1, 2, 3, 4)
_ALONE: dict[str, Value] = {"control": False}

ALL = (
    Study(
        name="rivals-steps",
        title="What do more steps buy?",
        summary=(
            "Looped map, LSTM and plain transformer learn from the same mazes for 150 to 1,000"
            " steps: the share of ways in unseen mazes that arrive by their arrows."
        ),
        lab="rivals",
        over="steps",
        values=(150, 300, 600, 1000),
        costs=(15, 26, 50, 77),
        runners=("map", "lstm", "plain"),
        knobs={"mouse": False},
        x="steps",
        log_x=True,
    ),
    Study(
        name="map-timetable",
        title="Did it need the timetable?",
        summary=(
            "The looped map learns five times with a loss that asks a cell only once the news can"
            " have come there, and five times with one that asks all cells after every loop. Then"
            " it is judged in unseen mazes, as large as those of its practice, and of 15x15."
        ),
        lab="map",
        over="timetable",
        values=(True, False),
        costs=(18, 18),
        runners=("map",),
        metrics=("large", "accuracy"),
        knobs=_ALONE,
        seeds=_FIVE,
        x="timetable",
        counted=False,
    ),
    Study(
        name="map-doors",
        title="What if it is told the doors as numbers, too?",
        summary=(
            "The looped map looks through the doors that its mask leaves open. It learns five times"
            " with the mask alone, and five times with the four sides of each cell told as numbers"
            " besides. Does that help it in mazes of 15x15?"
        ),
        lab="map",
        over="sees_doors",
        values=(False, True),
        costs=(18, 20),
        runners=("map",),
        metrics=("large", "accuracy"),
        knobs=_ALONE,
        seeds=_FIVE,
        x="doors as numbers",
        counted=False,
    ),
)
