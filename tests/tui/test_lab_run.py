"""A run as the interface knows it."""

from __future__ import annotations

from models.kept import Curve
from models.protocol import Advanced, Report, Started
from models.specs.catalog import LABS
from tui.lab_news import standings
from tui.lab_run import LabRun, Phase


def test_a_run_that_goes_on_has_the_curves_that_came_before() -> None:
    run = LabRun(LABS["letters"], LABS["letters"].settings({}), 0, "letters-1")
    before = Curve("letters", "loss", [1, 2], [3.0, 2.5])
    run.receive(Started("letters-1", "CPU, 1 thread", 0, step=2, earlier=[before]))
    report = Report("letters", "training the layer", 3, 300, 0.01, {"loss": 2.0})
    run.receive(Advanced("letters-1", [report]))
    assert run.phase is Phase.TRAINING
    assert run.curves["letters", "loss"] == [(1, 3.0), (2, 2.5), (3, 2.0)]


def test_the_learning_rate_shown_is_that_of_the_runner_that_trains() -> None:
    run = LabRun(LABS["mouse"], LABS["mouse"].settings({}), 0, "mouse-1")
    for runner, rate in (("mouse", 0.005), ("mouse", 0.001), ("control", 0.004)):
        report = Report(runner, "training", 1, 500, 0.1, {"loss": 1.0, "rate": rate})
        run.receive(Advanced("mouse-1", [report]))
    assert [list(row.rates) for row in standings(run)] == [[], [0.004]]
    assert [list(row.rates) for row in standings(run, "mouse")] == [[0.005, 0.001], []]
    assert not run.racing


def test_how_long_a_run_trains_is_told_by_its_knobs_whatever_is_counted_after_it() -> None:
    run = LabRun(LABS["mouse"], LABS["mouse"].settings({"updates": 40}), 0, "mouse-1")
    run.receive(Advanced("mouse-1", [Report("mouse", "unseen mazes", 125, 1000, 0.9, {})]))
    assert run.planned == 40
    assert LabRun(LABS["mice"], LABS["mice"].settings({}), 0, "mice-1").planned == 0
