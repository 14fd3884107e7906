"""How settings and flags become the options of the app."""

from __future__ import annotations

import gc
import json
from pathlib import Path

import pytest

from course.catalog import read_catalog
from progress import events, paths
from progress.journal import Journal
from tui import app
from tui.__main__ import main
from tui.app import Options
from tui.commands import start

FIRST = read_catalog().order[0]


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Options]:
    """The options of every app that was started, on a terminal that can draw."""
    monkeypatch.setenv("GROK_TUI_HOME", str(tmp_path))
    monkeypatch.setattr(start, "cannot_draw", lambda: "")
    options: list[Options] = []
    monkeypatch.setattr(app, "run_app", lambda given: options.append(given) or 0)
    return options


def test_as_usual(started: list[Options]) -> None:
    assert main([]) == 0
    assert started == [Options()]
    assert gc.isenabled()


def test_flags(started: list[Options], tmp_path: Path) -> None:
    words = ["--lesson", FIRST, "--screen", "2", "--open", "--still", "--ink", "ascii"]
    words += ["--no-mouse", "--worker", "ssh gpu1 grok-tui worker", "--device", "cuda:1"]
    assert main([*words, "--lessons", str(tmp_path)]) == 0
    assert started == [
        Options(
            lesson=FIRST,
            screen=2,
            open_all=True,
            still=True,
            ink="ascii",
            mouse=False,
            worker="ssh gpu1 grok-tui worker",
            device="cuda:1",
            lessons=tmp_path,
        )
    ]


def test_settings_hold_where_no_flag_is_given(started: list[Options], tmp_path: Path) -> None:
    chosen = {"ink": "shade", "markers": "block", "still": True, "mouse": False, "device": "cpu"}
    (tmp_path / "settings.json").write_text(json.dumps(chosen | {"worker": "w"}))
    assert main(["--ink", "colour"]) == 0
    assert started == [
        Options(ink="colour", markers="block", still=True, mouse=False, device="cpu", worker="w")
    ]


@pytest.mark.parametrize("before", [True, False])
def test_whether_one_is_asked_how_sure_is_remembered(
    started: list[Options], tmp_path: Path, before: bool
) -> None:
    (tmp_path / "settings.json").write_text(json.dumps({"confidence": before}))
    assert main([]) == 0
    assert main(["--no-confidence" if before else "--confidence"]) == 0
    assert main([]) == 0
    assert [one.confidence for one in started] == [before, not before, not before]


def test_a_choice_that_cannot_be_remembered_still_counts_this_time(
    started: list[Options], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("progress.settings.save", full)
    assert main(["--no-confidence"]) == 0
    assert started == [Options(confidence=False)]


def test_a_lesson_by_its_number(started: list[Options]) -> None:
    assert main(["--lesson", "1"]) == 0
    assert started[0].lesson == FIRST


def test_a_lab_or_the_list_of_them(started: list[Options]) -> None:
    assert main(["play"]) == 0
    assert main(["play", "inference", "--still", "--ink", "ascii"]) == 0
    assert started == [Options(lab=""), Options(lab="inference", still=True, ink="ascii")]
    assert main(["play", "inferrence"]) == 2
    assert len(started) == 2


def test_a_screen_that_is_met_once_more_counts(started: list[Options]) -> None:
    lesson = read_catalog().lessons[FIRST]
    question = next(one for one in lesson.questions if one.marked)
    last = str(len(lesson.screens) + 1)
    assert main(["--lesson", FIRST, "--screen", last]) == 2
    with Journal(paths.journals()) as journal:
        journal.append(events.Revealed(question.id, FIRST, 0))
    assert main(["--lesson", FIRST, "--screen", last]) == 0
    assert started[0].screen == int(last)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--lesson", FIRST + "x"], f"did you mean {FIRST}?"),
        (["--lesson", FIRST, "--screen", "999"], "screens, not 999"),
    ],
)
def test_a_place_that_is_not_there(
    started: list[Options], words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    assert said in capsys.readouterr().err
    assert started == []
