"""Bets are run over their seeds; what they gave is judged and kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course.lesson import Lesson
from course.measured import Measured, MeasuredRun, merged, read_measured, write_measured
from course.reader import read_lesson
from tui.authoring import bets, check
from tui.authoring.begin import text_for
from tui.authoring.bets import Done, OneRun

KNOBS = (("loops", 8),)


def lesson() -> Lesson:
    """A lesson with one bet on the mice, over the seeds 0 and 1."""
    return read_lesson(text_for("one").replace(":seeds: 0 1 2 3 4", ":seeds: 0 1"), "one.md")


def results(*arrivals: float) -> bets.Results:
    """What the runs of that lesson measured, seed by seed."""
    return {
        OneRun("mice", (), seed): Done({"random.arrival": arrival}, 2.0)
        for seed, arrival in enumerate(arrivals)
    }


def test_each_run_is_done_once() -> None:
    twice = [lesson(), lesson()]
    assert bets.runs_of(twice) == [OneRun("mice", (), 0), OneRun("mice", (), 1)]
    turned = read_lesson(text_for("one").replace(":run: mice", ":run: mice loops=8"), "one.md")
    assert {run.knobs for run in bets.runs_of([turned])} == {KNOBS}
    same = read_lesson(text_for("one").replace(":run: mice", ":run: mice loops=0"), "one.md")
    assert {run.knobs for run in bets.runs_of([same])} == {()}


def test_a_bet_that_holds_is_kept() -> None:
    found, measured = bets.judge([lesson()], results(0.6, 0.55))
    assert found == []
    (bet,) = [bet for _, bet in bets.bets_of([lesson()])]
    assert measured.branch(bet) == "more"
    assert measured.runs[0].of(1) == {"random.arrival": 0.55}
    assert measured.runs[0].seconds == 2.0


def test_one_seed_that_disagrees_is_an_error_at_its_condition() -> None:
    found, measured = bets.judge([lesson()], results(0.6, 0.4))
    (fault,) = [one for one in found if one.level == "error"]
    condition = ":answer-from: random.arrival < 0.5 => fewer"
    assert text_for("one").splitlines()[fault.line - 1] == condition
    assert "with seed 1 the run decides for {fewer}, not for the {more}" in fault.text
    assert measured.bets == {}


def test_a_run_that_no_condition_fits_is_an_error() -> None:
    gap = read_lesson(
        text_for("one")
        .replace(":seeds: 0 1 2 3 4", ":seeds: 0")
        .replace("random.arrival >= 0.5", "random.arrival >= 0.8"),
        "one.md",
    )
    found, _ = bets.judge([gap], results(0.6))
    assert "seed 0: p-one-random: no condition holds" in found[0].text


def test_a_run_that_failed_is_told() -> None:
    failed = results(0.6) | {OneRun("mice", (), 1): Done({}, trouble="There is no torch.")}
    found, _ = bets.judge([lesson()], failed)
    assert [one.text for one in found] == ["p-one-random, seed 1: There is no torch."]


def test_a_claim_that_seeds_do_not_agree_on_is_a_warning() -> None:
    found, _ = bets.judge([lesson()], results(0.74, 0.8))
    assert [(one.level, one.text) for one in found] == [
        ("warning", "c-one-random is busted with seed 0, plausible with seed 1")
    ]


def test_runs_that_eat_the_lesson_s_time() -> None:
    assert bets.check_time([lesson()]) == []
    (found,) = bets.check_time([lesson()], bets.judge([lesson()], slow(200))[1])
    assert (found.level, found.line) == ("warning", 1)
    assert "its runs take 3.3 of its 10 minutes" in found.text
    (found,) = bets.check_time([lesson()], bets.judge([lesson()], slow(700))[1])
    assert found.level == "error"


def slow(seconds: float) -> bets.Results:
    """Good results that took long."""
    return {run: Done(done.metrics, seconds) for run, done in results(0.6, 0.6).items()}


def test_what_was_measured_is_written_and_read(tmp_path: Path) -> None:
    _, measured = bets.judge([lesson()], results(0.6, float("nan")) | results(0.6))
    file = tmp_path / "measured.json"
    write_measured(file, measured)
    again = read_measured(file)
    assert again.bets == measured.bets
    assert again.runs[0].of(0) == {"random.arrival": 0.6}
    assert again.runs[0].of(1) == {}
    assert again.run("mice", {}) is not None
    assert again.run("mice", {"loops": 8}) is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"bets": {"p": 1}, "runs": []}', '{"bets": 3}'])
def test_a_damaged_file_counts_as_none(tmp_path: Path, text: str) -> None:
    file = tmp_path / "measured.json"
    file.write_text(text)
    assert read_measured(file, tmp_path / "none.json") == Measured()


def test_a_bet_that_was_changed_has_not_been_measured() -> None:
    _, measured = bets.judge([lesson()], results(0.6, 0.6))
    other = read_lesson(text_for("one").replace("in 500 or more", "in 400 or more"), "one.md")
    (bet,) = [bet for _, bet in bets.bets_of([other])]
    assert measured.branch(bet) == ""


def test_measuring_one_lesson_keeps_the_others() -> None:
    _, old = bets.judge([lesson()], results(0.6, 0.6))
    assert merged(old, Measured(), {"p-one-random"}) == old
    assert merged(old, Measured(), ()).bets == {}
    _, new = bets.judge([lesson()], results(0.7, 0.7))
    assert merged(old, new, ()).runs == new.runs


def test_what_is_measured_again_stays_in_its_place() -> None:
    first, second, third = (MeasuredRun(lab, {}, (0,), {"a": (1.0,)}, 1.0) for lab in "xyz")
    again = MeasuredRun("x", {}, (0,), {"a": (2.0,)}, 1.0)
    both = merged(Measured({}, (first, second)), Measured({}, (third, again)), ())
    assert both.runs == (again, second, third)


def test_check_run_really_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two runs of fifty mazes, and one of a small network, each in a process of its own."""
    monkeypatch.setattr(check, "check_screens", lambda *_: [])
    file = tmp_path / "one.md"
    text = text_for("one").replace(":run: mice", ":run: mice mazes=50")
    text = text.replace("arrival < 0.5", "arrival < 0.2").replace(
        "arrival >= 0.5", "arrival >= 0.2"
    )
    text = text.replace(":lab: heads\n", ":lab: heads steps=20\n:seeds: 0\n")
    text = text.replace(":until: accuracy < 0.1", ":until: accuracy < 2")
    file.write_text(text.replace(":seeds: 0 1 2 3 4", ":seeds: 0 1"))
    told: list[str] = []
    report = check.check_course(file, run=True, tell=told.append)
    assert [str(one) for one in report.errors] == []
    assert report.runs == 2
    assert any("run 2 of 2: mice mazes=50, seed" in one for one in told)
    kept = json.loads((tmp_path / "measured.json").read_text())
    assert kept["bets"]["p-one-random"]["branch"] == "more"
    assert kept["runs"][0]["knobs"] == {"mazes": 50}
    assert len(kept["runs"][0]["metrics"]["random.arrival"]) == 2
    assert not check.check_course(file).findings
