"""What is measured, and how it is reported; nothing is measured here."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from benchmarks import answers, history, lab_lesson, pages, training
from benchmarks.__main__ import main
from benchmarks.catalog import MEASURES
from benchmarks.result import Measure, NotHere, Reading, Target
from benchmarks.waits import percentile
from course.catalog import read_catalog
from course.lesson import Lab
from models.specs.catalog import find_lab
from progress.events import Answered
from progress.journal import Journal

AT_MOST = {
    "start-cpu": 1.6,
    "start-modules": 0,
    "start-history": 1.4,
    "memory": 1.3,
    "import-stall": 0.5,
    "lag-training": 2,
    "lag-ms": 16,
    "reporting-share": 0.5,
    "keeping-share": 5.0,
    "chart-bytes": 1500,
    "chart-cpu": 1.5,
    "cell-cpu": 1.5,
    "code-cpu": 1.5,
    "grid-cpu": 1.5,
    "grid-bytes": 1.2,
    "alignment-bytes": 0.5,
    "film-key-cpu": 1.5,
    "film-key-bytes": 2500,
    "maze-bytes": 400,
    "maze-cpu": 2.0,
    "thoughts-cpu": 2.0,
    "thoughts-film-cpu": 2.5,
    "readings-bytes": 1500,
    "editor-bytes": 600,
    "editor-cpu": 4.0,
    "gaze-bytes": 1200,
    "walk-cpu": 2.0,
    "heads-cpu": 1.5,
    "tower-cpu": 2.0,
    "positions-cpu": 2.0,
    "fit-bytes": 0.5,
    "lens-cpu": 1.5,
    "patch-cpu": 1.5,
    "per-length-cpu": 2.0,
    "families-cpu": 2.0,
    "speech-bytes": 0.7,
    "lens-bytes": 0.5,
    "gradients-bytes": 0.7,
    "patch-bytes": 0.5,
    "per-length-bytes": 0.5,
    "families-bytes": 0.5,
    "check-cpu": 2.0,
    "check-warm": 0.1,
    "page-turn": 1.2,
    "lost-killed": 0,
    "lost-two-writers": 0,
    "lost-full-disk": 0,
    "gpt-fused-nanogpt": 1.05,
    "gpt-fused-torch": 1.05,
    "gpt-explicit-nanogpt": 1.25,
    "gpt-fused-hf": 0.9,
    "lstm": 1.1,
    "decode-context": 1.5,
}
AT_LEAST = {"training-rate": 0.97}


def measure(values: Mapping[str, float | Reading], **limits: float) -> Measure:
    targets = tuple(Target(name, limit) for name, limit in limits.items())
    return Measure(targets, lambda: values)


GOOD = measure({"quick": 0.5, "small": 1.0}, quick=1.0, small=2.0)
BAD = measure({"large": 12_345.6}, large=1500)


def reported(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    assert main(arguments, (GOOD, BAD)) == 0
    return capsys.readouterr().out.splitlines()


def test_every_target_is_measured_once() -> None:
    targets = [target for one in MEASURES for target in one.targets]
    assert {t.name: t.limit for t in targets if not t.least} == AT_MOST
    assert {t.name: t.limit for t in targets if t.least} == AT_LEAST
    assert len({target.name for target in targets}) == len(targets)


def test_every_measure_says_what_a_design_that_fails_it_shows(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--list"]) == 0
    said = capsys.readouterr().out
    for one in MEASURES:
        assert one.take.__doc__ is not None
        assert re.search(r"A\s+design", one.take.__doc__), one.take
    assert "training-rate (>= 0.97)" in said
    assert "start-cpu (<= 1.6), start-modules (<= 0)" in said


def test_a_line_a_target(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [line.split() for line in reported(capsys)]
    assert lines == [
        ["quick", "0.5", "1", "ok"],
        ["small", "1", "2", "ok"],
        ["large", "12,350", "1,500", "MISS"],
    ]


def test_a_json_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    found = [json.loads(line) for line in reported(capsys, "--json")]
    assert found[0] == {"name": "quick", "value": 0.5, "limit": 1.0, "ok": True}
    assert found[2] == {"name": "large", "value": 12350.0, "limit": 1500, "ok": False}
    assert [list(one) for one in found] == [["name", "value", "limit", "ok"]] * 3


def test_only_what_is_asked_for_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    def never() -> Mapping[str, float]:
        raise AssertionError("nobody asked")

    assert main(["small"], (GOOD, Measure((Target("other", 1),), never))) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("small ")


def test_a_name_that_is_none_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["smal"], (GOOD, BAD))
    assert left.value.code == 2
    assert "did you mean small?" in capsys.readouterr().err


@pytest.mark.parametrize("error", [NotHere("there is no clock"), ValueError("there is no clock")])
def test_what_cannot_be_measured_is_a_miss_and_the_rest_goes_on(
    error: Exception, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> Mapping[str, float]:
        raise error

    assert main(["--json"], (Measure((Target("clock", 3),), fail), GOOD)) == 0
    captured = capsys.readouterr()
    first, *rest = (json.loads(line) for line in captured.out.splitlines())
    assert first == {"name": "clock", "value": None, "limit": 3, "ok": False}
    assert [one["ok"] for one in rest] == [True, True]
    assert "clock: not measured" in captured.err
    assert "there is no clock" in captured.err


@pytest.mark.parametrize(
    ("target", "value", "met"),
    [
        (Target("most", 2.0), 2.0, True),
        (Target("most", 2.0), 2.001, False),
        (Target("least", 0.97, least=True), 0.96, False),
        (Target("least", 0.97, least=True), Reading(0.96, 0.011), True),
        (Target("least", 0.97, least=True), Reading(0.96, 0.009), False),
        (Target("none", 0), 1, False),
        (Target("none", 0), math.nan, False),
    ],
)
def test_what_meets_a_target(target: Target, value: float | Reading, met: bool) -> None:
    assert target.judge(value).ok is met


def test_the_rate_leaves_out_the_wait_for_a_processor() -> None:
    steps = [(0.1 * n, 0.0) for n in range(20)]
    assert training.rate(steps, 0.45, 1.55) == pytest.approx(10)
    waiting = [(0.1 * n, 0.05 * n) for n in range(20)]
    assert training.rate(waiting, 0.45, 1.55) == pytest.approx(20)


def test_the_share_that_is_left_out_is_that_of_the_largest() -> None:
    assert percentile([float(n) for n in range(200)], 0.99) == 198.0
    assert percentile([3.0], 0.99) == 3.0


def test_a_lost_answer_is_counted(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        receipt = journal.append(Answered("q", "one", 0, 1, 2, True, 0, False))
        receipt.future.result(20)
        saved = (journal.session, receipt.event["n"])
    assert answers.lost(tmp_path, [saved]) == 0
    assert answers.lost(tmp_path, [saved, (saved[0], 7), ("another", 1)]) == 2


def test_a_history_is_what_journals_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROK_TUI_HOME", str(tmp_path / "elsewhere"))
    history.write_history(tmp_path / "home", journals=3, count=100)
    files = list((tmp_path / "home").rglob("*.jsonl"))
    assert len(files) == 3
    assert sum(len(file.read_bytes().splitlines()) for file in files) == 100
    assert not (tmp_path / "elsewhere").exists()


def test_the_lesson_of_one_lab_is_one_lab(tmp_path: Path) -> None:
    lesson = read_catalog(extra=lab_lesson.write_lesson(tmp_path)).lessons[lab_lesson.ID]
    (screen,) = lesson.screens
    (lab,) = screen.blocks_of(Lab)
    spec = find_lab(lab.run.lab)
    assert all(spec.knob(name).parse(text) for name, text in lab.run.knobs.items())


@pytest.mark.parametrize(("times", "screens"), [(pages.LONG, 25), (pages.SHORT, 5)])
def test_the_lessons_whose_pages_are_turned(tmp_path: Path, times: int, screens: int) -> None:
    pages.write_lesson(tmp_path, times)
    catalog = read_catalog(tmp_path)
    assert not catalog.broken
    assert len(catalog.lessons["pages"].screens) == screens
