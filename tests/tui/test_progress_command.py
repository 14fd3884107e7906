"""`grok-tui progress`: show, carry, begin again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course.catalog import read_catalog
from progress import paths
from progress.events import LessonPassed, Wrote
from progress.journal import Journal
from tui.__main__ import main

FIRST = read_catalog().order[0]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home in which the first lesson is passed."""
    folder = tmp_path / "home"
    monkeypatch.setenv("GROK_TUI_HOME", str(folder))
    with Journal(folder / "journals") as journal:
        journal.append(LessonPassed(lesson=FIRST, help=False))
    return folder


def shown(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    capsys.readouterr()
    assert main(["progress", "show", "--json"]) == 0
    answer: dict[str, object] = json.loads(capsys.readouterr().out)
    return answer


def states(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    found = shown(capsys)["lessons"]
    assert isinstance(found, dict)
    return found


def test_show(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = shown(capsys)
    assert list(answer) == [
        "home",
        "lessons",
        "position",
        "answers",
        "right",
        "own_words",
        "runs",
        "notes",
    ]
    assert states(capsys)[FIRST] == "passed"
    assert main(["progress", "show"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"1 of {len(states(capsys))} lessons passed.\n0 answers")


def test_show_counts_what_was_written_in_own_words(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Journal(paths.journals()) as journal:
        for text, draft in (("I th", True), ("I think", False)):
            wrote = Wrote(question="w", lesson="mouse", round=0, text=text, draft=draft)
            journal.append(wrote)
    assert shown(capsys)["own_words"] == 1


def test_looking_writes_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted((home / "journals").iterdir())
    assert main(["progress", "show"]) == 0
    assert main(["lessons"]) == 0
    assert main(["read", FIRST]) == 0
    assert sorted((home / "journals").iterdir()) == before
    assert sorted(home.iterdir()) == [home / "journals"]


def test_there_and_back(
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "mine.zip"
    assert main(["progress", "export", str(file)]) == 0
    assert "1 session" in capsys.readouterr().out.replace("one", "1")
    monkeypatch.setenv("GROK_TUI_HOME", str(tmp_path / "elsewhere"))
    assert states(capsys)[FIRST] == "open"
    assert main(["progress", "import", str(file)]) == 0
    assert states(capsys)[FIRST] == "passed"
    assert main(["progress", "import", str(file), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["files"], answer["known"]) == (0, 1)


def test_an_export_overwrites_nothing(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "notes.md"
    file.write_text("mine")
    assert main(["progress", "export", str(file)]) == 1
    assert "exists already" in capsys.readouterr().err
    assert file.read_text() == "mine"


def test_what_is_no_export_is_not_taken_in(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "notes.md"
    file.write_text("mine")
    assert main(["progress", "import", str(file)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert main(["progress", "import", str(tmp_path / "nowhere.zip")]) == 1


@pytest.mark.parametrize("lesson", [[], [FIRST]])
def test_reset_and_back(home: Path, lesson: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["progress", "reset", *lesson]) == 0
    assert "undo-reset" in capsys.readouterr().out
    assert states(capsys)[FIRST] == "open"
    assert main(["progress", "undo-reset"]) == 0
    assert states(capsys)[FIRST] == "passed"
    assert main(["progress", "undo-reset"]) == 1
    assert "no reset to take back" in capsys.readouterr().err


def test_reset_of_an_unknown_lesson(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["progress", "reset", FIRST + "x"]) == 2
    assert f"did you mean {FIRST}?" in capsys.readouterr().err
    assert states(capsys)[FIRST] == "passed"


def test_unreadable_lines_are_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "journals" / "torn.jsonl").write_bytes(b'{"v":1,"sess\n')
    assert states(capsys)[FIRST] == "passed"
    notes = shown(capsys)["notes"]
    assert isinstance(notes, list)
    assert any("cannot be read" in note for note in notes)


def test_a_disk_that_does_not_save_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "home").write_text("a file where the folder should be")
    monkeypatch.setenv("GROK_TUI_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("tui.commands.progress_actions.SAVING", 0.2)
    assert main(["progress", "reset"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "GROK_TUI_HOME" in err


def test_without_an_action_it_shows(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["progress"]) == 0
    assert "lessons passed" in capsys.readouterr().out
