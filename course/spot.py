"""A place to be pointed at in a live picture, found by a condition on its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from course.frozen import frozen
from course.lesson import Diagnosis, Question, View

_GRID = frozenset(
    {
        "row", "column", "rows", "columns", "weight", "row_max", "row_min", "column_max", "max",
        "min", "uniform", "masked", "same",
    }
)  # fmt: skip
PLACES: Mapping[str, frozenset[str]] = {
    "attention-grid": _GRID,
    "alignment": _GRID,
    "curve": frozenset(
        {
            "place", "places", "x", "value", "first", "last", "max", "min", "slope", "max_slope",
            "min_slope",
        }
    ),
    "maze": frozenset(
        {
            "row", "column", "rows", "columns", "exits", "from_start", "to_cheese", "shortest",
            "farthest", "visits", "max_visits",
        }
    ),
}  # fmt: skip
"""What is known of each place of a picture, by the name of its view."""


@frozen(kw_only=True)
class Spot(Question):
    """One place in a picture is right, or several: those for which `where` holds.

    Every other place is explained by the first of `also` whose condition holds there, else by
    `otherwise`. The settings of the view may hold drawn numbers as `{{name}}`.
    """

    view: View
    where: str
    also: tuple[Diagnosis, ...] = ()
    """Their expressions are conditions."""
    otherwise: str = ""
    explanation: str = ""
    draws: dict[str, tuple[float, ...]] = field(default_factory=dict)

    @property
    def of_a_run(self) -> bool:
        """Mazes are made on the spot; all else is of a network of the learner's own."""
        return self.view.name != "maze"
