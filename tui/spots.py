"""The places of live pictures that can be pointed at, and what is known of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from course.lesson import View
from course.problems import did_you_mean
from course.spot import PLACES, Spot
from course.spot_marking import RIGHT, kind_of
from course.variants import Variant
from models.mazes.solvers import distances
from models.mazes.trace import Trace
from tui.drawing.attention.weights import Weights, number_text

At = tuple[int, int]


@dataclass(frozen=True)
class Place:
    """One place: where it is (row and column from 0), in words, and its numbers by name."""

    at: At
    told: str
    facts: Mapping[str, float]


class Grid:
    """The cells of a grid of weights that is wholly here."""

    def __init__(self, weights: Weights, rows: Sequence[Sequence[float]]) -> None:
        self._weights, self._rows = weights, rows
        self._column_max = [max(column) for column in zip(*rows, strict=True)]
        self._known = {
            "rows": float(len(weights.asks)),
            "columns": float(len(weights.answers)),
            "max": max(map(max, rows)),
            "min": min(map(min, rows)),
        }

    @classmethod
    def of(cls, weights: Weights) -> Grid | None:
        """The cells of these weights; None while some are on their way."""
        rows = [weights.row(index) for index in range(len(weights.asks))]
        known = [[float(value) for value in row or () if value is not None] for row in rows]
        here = all(len(row) == len(weights.answers) > 0 for row in known)
        return cls(weights, known) if known and here else None

    def place(self, row: int, column: int) -> Place:
        """One cell."""
        weights, here = self._weights, self._rows[row]
        asks, answers = weights.asks[row], weights.answers[column]
        facts = {
            "row": row + 1,
            "column": column + 1,
            "weight": here[column],
            "row_max": max(here),
            "row_min": min(here),
            "column_max": self._column_max[column],
            "uniform": 1 / max(1, weights.may_see(row)),
            "masked": float(weights.masked(row, column)),
            "same": float(asks == answers),
        }
        ask, answer = weights.called
        told = f"{ask} {row + 1} ({asks}), {answer} {column + 1} ({answers})"
        return Place(
            (row, column), f"{told}: {number_text(here[column])}", {**self._known, **facts}
        )

    @property
    def places(self) -> list[Place]:
        """Every cell, row by row."""
        rows, columns = len(self._rows), len(self._column_max)
        return [self.place(row, column) for row in range(rows) for column in range(columns)]


def maze_places(trace: Trace) -> list[Place]:
    """The squares of a maze, row by row, with what a walk through it has done."""
    maze = trace.maze
    from_start, to_cheese = distances(maze, trace.start), distances(maze, trace.cheese)
    visits = [0] * maze.cells
    visits[trace.start] = 1
    for step in trace.steps:
        if step.mouse is not None:
            visits[step.mouse] += 1
    known = {
        "rows": float(maze.height),
        "columns": float(maze.width),
        "shortest": float(to_cheese[trace.start]),
        "farthest": float(max(from_start)),
        "max_visits": float(max(visits)),
    }
    places = []
    for cell in range(maze.cells):
        row, column = divmod(cell, maze.width)
        facts = {
            "row": row + 1,
            "column": column + 1,
            "exits": len(maze.neighbours(cell)),
            "from_start": from_start[cell],
            "to_cheese": to_cheese[cell],
            "visits": visits[cell],
        }
        places.append(
            Place((row, column), f"row {row + 1}, column {column + 1}", {**known, **facts})
        )
    return places


def view_of(shown: Variant) -> View:
    """The view of a spot, with what was drawn in its settings."""
    question = shown.question
    assert isinstance(question, Spot)
    settings = {name: shown.fill(text) for name, text in question.view.settings.items()}
    return View(question.view.name, settings, question.view.line)


def spot_fault(view: View) -> str:
    """What keeps somebody from pointing into a view with its settings; empty if nothing does."""
    from tui.spot_curves import SETTINGS, curve_fault
    from tui.views import VIEWS, view_fault  # which bring all views along

    if view.name not in PLACES:
        return f"nothing can be pointed at in {view.name}: {did_you_mean(view.name, PLACES)}"
    known = VIEWS.get(view.name, SETTINGS)
    for name in view.settings:
        if name not in known:
            return f"{view.name} has no setting {name}: {did_you_mean(name, known)}"
    return view_fault(view) if view.name in VIEWS else curve_fault(view.settings)


def no_square(shown: Variant, view: View) -> str:
    """Why nothing can be pointed at in a maze; empty if something can, or it is no maze.

    Of the numbers of a run nobody knows beforehand.
    """
    if view.name != "maze":
        return ""
    from tui.panels.maze_panel import crossing

    places = maze_places(crossing(view.settings, view.settings.get("walker", "random")))
    if any(kind_of(shown, place.facts) == RIGHT for place in places):
        return ""
    told = ", ".join(f"{name} = {value:g}" for name, value in shown.values.items())
    return f"{shown.question.id}: no square is like that{f' with {told}' if told else ''}"
