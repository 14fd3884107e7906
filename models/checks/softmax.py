"""Shares of scores: of few and of many, at other temperatures, below 0, and of a thousand."""

from __future__ import annotations

from types import ModuleType

from models.checks.case import Case, Check, Results


def _case(title: str, scores: list[float], temperature: float = 1.0) -> Case:
    def run(module: ModuleType) -> Results:
        return Results({"shares": module.by_softmax(list(scores), temperature)})

    return Case(title, run)


def _sums_to_one(module: ModuleType) -> bool:
    return all(
        abs(sum(module.by_softmax(list(scores))) - 1) < 1e-6
        for scores in ([9.0, 1.0, 7.0], [-3.0, 0.5])
    )


CHECK = Check(
    cases=(
        _case("the scores 9, 1 and 7", [9.0, 1.0, 7.0]),
        _case("the scores −2, 0 and 1", [-2.0, 0.0, 1.0]),
        _case("the same at temperature 4", [-2.0, 0.0, 1.0], 4.0),
        _case("the scores 1000 and 999", [1000.0, 999.0]),
        _case("one score alone", [0.3]),
    ),
    keeps=_sums_to_one,
)
