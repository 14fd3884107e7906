"""Everything that is measured, in the order in which it is."""

from __future__ import annotations

from benchmarks import (
    answers,
    chart,
    code,
    exercises,
    film,
    grid,
    insides,
    keeping,
    learned,
    loop,
    maze,
    networks,
    pages,
    start,
    training,
)

MEASURES = (
    *start.MEASURES,
    *training.MEASURES,
    *keeping.MEASURES,
    *loop.MEASURES,
    *chart.MEASURES,
    *film.MEASURES,
    *grid.MEASURES,
    *insides.MEASURES,
    *learned.MEASURES,
    *code.MEASURES,
    *exercises.MEASURES,
    *maze.MEASURES,
    *pages.MEASURES,
    *answers.MEASURES,
    *networks.MEASURES,
)
