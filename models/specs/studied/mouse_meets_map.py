"""Studies of the fourth part, Mouse Meets Map."""

from __future__ import annotations

from models.specs.study import Study

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
)
