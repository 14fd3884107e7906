"""How long a run will take, as it is said before it."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.specs.catalog import LABS
from models.specs.spec import Value
from progress import events
from progress.journal import Journal
from tui.lab_cost import cost_of
from tui.own_runs import OwnRuns

SPEC = LABS["recurrence"]


def took(journal: Journal, seconds: float, **knobs: Value) -> None:
    """A run that this machine needed so long for."""
    journal.append(
        events.RunFinished("recurrence", knobs, 0, {}, True, "CPU", seconds, 2000, free=True)
    )


@pytest.mark.parametrize(
    ("turned", "said"),
    [
        ({}, "About 15 s of one core."),
        ({"learning_rate": 0.01}, "About 15 s of one core."),
        ({"steps": 1600}, "About 50 s of one core."),
        ({"steps": 4000}, "About 2 min of one core."),
        ({"corridor": 50}, "About 15 s of one core, more or less by what is turned."),
    ],
)
def test_without_a_run_it_goes_by_the_authors_and_the_steps(
    tmp_path: Path, turned: dict[str, Value], said: str
) -> None:
    with Journal(tmp_path) as journal:
        assert cost_of(SPEC, turned, OwnRuns(journal)).words == said


def test_what_the_same_took_here_is_known_best(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        runs = OwnRuns(journal)
        took(journal, 30.2)
        took(journal, 80.0, corridor=50)
        assert cost_of(SPEC, {}, runs).words == "Here it took 30 s the last time."
        assert cost_of(SPEC, {"corridor": 50}, runs).seconds == 80.0
        assert cost_of(SPEC, {"steps": 200}, runs).words == "About 15 s of one core."
