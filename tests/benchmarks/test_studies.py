"""The page of measured studies: what is trained again, and what the page says of it."""

from __future__ import annotations

import pytest

from benchmarks import studies
from models.protocol import Finished
from models.specs.studies import STUDIES
from models.specs.study import Point, Study
from tests.support.study_link import FIVE, TINY, arrivals


class Trainer:
    """Trains nothing and counts what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Point]] = []

    def __call__(self, study: Study, point: Point) -> Finished:
        self.asked.append((study.name, point))
        numbers = arrivals(dict(point.knobs), point.seed)
        return Finished("", 7, 1.0, 2.0, "cpu", numbers, True, True)


@pytest.fixture(autouse=True)
def small_studies(monkeypatch: pytest.MonkeyPatch) -> None:
    for study in (TINY, FIVE):
        monkeypatch.setitem(STUDIES, study.name, study)


def silent(line: str) -> None:
    """Nobody reads along."""


def test_the_page_has_every_run_and_what_they_say_together() -> None:
    page = studies.update("", ["tiny"], Trainer(), silent)
    assert "| cells | seed | CPU-seconds | a random walk | the right-hand rule |" in page
    assert "| 4 | 0 | 2.0 | 50.0 % | 100.0 % |" in page
    assert "From 3 to 6 cells: a random walk falls from 66.7 % to 33.3 %" in page
    assert "Lab `mice` with mazes = 50." in page


def test_a_study_is_trained_again_only_if_its_points_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trainer = Trainer()
    page = studies.update("", ["tiny"], trainer, silent)
    assert studies.update(page, ["tiny"], trainer, silent) == page
    assert len(trainer.asked) == 3
    monkeypatch.setattr(studies, "digest", lambda study: "changed")
    studies.update(page, ["tiny"], trainer, silent)
    assert len(trainer.asked) == 6


def test_the_sections_of_other_studies_stay_and_each_is_written_when_it_is_done() -> None:
    written: list[str] = []
    page = studies.update("", ["tiny", "five"], Trainer(), silent, write=written.append)
    assert "## tiny" in written[0] and "## five" not in written[0]
    assert written[-1] == page
    again = studies.update(page, ["five"], Trainer(), silent, again=True)
    assert studies.kept(again)["tiny"] == studies.kept(page)["tiny"]


def test_what_was_measured_for_the_lessons_is_not_measured_again() -> None:
    study = STUDIES["amnesia-seeds"]
    done = studies.measured(study, study.points()[3])
    assert done is not None and done.metrics["biased.accuracy"] >= 0.99
    assert studies.measured(TINY, TINY.points()[0]) is None
