"""`grok-tui author`: new lessons, what is found in them, and how it is told."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from course.catalog import read_catalog
from course.lock import read_lock
from tui.__main__ import main
from tui.authoring import begin, check, render
from tui.authoring.preview import alone, lesson_at
from tui.commands.outcome import Failure
from tui.showable import showable
from tui.views import VIEWS


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of what is not about screens: drawing them takes seconds."""
    monkeypatch.setattr(check, "check_screens", lambda *_: [])


def new_lesson(folder: Path, name: str = "my-lesson") -> Path:
    """The file of a lesson that was just begun."""
    path = folder / f"{name}.md"
    begin.begin_lesson(path)
    return path


def changed(path: Path, old: str, new: str) -> int:
    """Change the first `old` in a file; the line it stands on."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    return text[: text.index(old)].count("\n") + 1


def test_whoever_begins_a_lesson_reads_the_name_of_every_view() -> None:
    told = begin.SKELETON.read_text()
    assert not [view for view in VIEWS if f"`{view}`" not in told]


def test_a_new_lesson_passes_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render, "LOOKS", render.LOOKS[:1])
    path = tmp_path / "lessons" / "07 My Lesson"
    assert main(["author", "new", str(path)]) == 0
    assert main(["author", "check", str(path) + ".md", "--json"]) == 0
    printed = capsys.readouterr().out
    told = json.loads(printed[printed.index("{") :])
    assert told["lessons"] == ["my-lesson"]
    assert told["screens"] >= 10
    assert [one["text"] for one in told["findings"]] == [
        "p-my-lesson-random has not been run as it stands now: grok-tui author check --run"
    ]


def test_a_new_lesson_shows_one_of_everything() -> None:
    text = begin.text_for("x")
    kinds = re.findall(r"^:::\{(\w+)\}", text, re.MULTILINE)
    questions = {"single", "multi", "numeric", "trace", "spot", "order", "predict", "observe"}
    questions |= {"code", "experiment"}
    unmarked = {"words", "bets", "sketch"}
    assert set(kinds) == questions | unmarked | {"claim", "view", "lab", "notes"}
    assert "@" not in text


@pytest.mark.parametrize(
    ("stem", "lesson_id"),
    [("heads", "heads"), ("07 My Lesson", "my-lesson"), ("a" * 40, "a" * 32), ("7", "7")],
)
def test_ids_come_from_file_names(stem: str, lesson_id: str) -> None:
    assert begin.id_of(stem) == lesson_id


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "heads.md"
    path.write_text("mine")
    assert main(["author", "new", str(path)]) == 1
    assert "is there already" in capsys.readouterr().err
    assert path.read_text() == "mine"
    assert main(["author", "new", str(tmp_path / "mouse.md")]) == 1
    assert "The id mouse is taken" in capsys.readouterr().err
    assert main(["author", "new", str(tmp_path / "???")]) == 1
    assert main(["author", "new", str(path / "below")]) == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (":objective: my-lesson.count", ":objektive: my-lesson.count", "did you mean objective?"),
        (":::{view} maze", ":::{view} maize", "no view is called maize: did you mean maze?"),
        (":::{lab} mice", ":::{lab} mice", ""),
        ("minutes = 10", "minutes = 0", "a whole number from 1 to 240"),
    ],
)
def test_errors_carry_file_and_line(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    undrawn: None,
    old: str,
    new: str,
    said: str,
) -> None:
    path = new_lesson(tmp_path)
    line = changed(path, old, new)
    assert main(["author", "check", str(path)]) == (1 if said else 0)
    *findings, last = capsys.readouterr().out.splitlines()
    errors = [one for one in findings if ": error: " in one]
    assert [one.partition(" error: ")[0] for one in errors] == [f"{path}:{line}:"] * bool(said)
    assert all(said in one for one in errors)
    assert f"{len(errors)} error" in last


def test_only_what_is_asked_about_is_told(tmp_path: Path, undrawn: None) -> None:
    good, bad = new_lesson(tmp_path, "good"), new_lesson(tmp_path, "bad")
    changed(bad, "format = 1", "format = 2")
    assert not check.check_course(good).errors
    assert check.check_course(bad).errors
    report = check.check_course(tmp_path)
    assert {Path(one.path) for one in report.errors} == {bad}
    assert report.lessons == ("good",)


def test_there_is_nothing_to_check(tmp_path: Path) -> None:
    with pytest.raises(Failure, match="There is no lesson or folder"):
        check.check_course(tmp_path / "gone.md")
    with pytest.raises(Failure, match=r"a lesson is a file that ends in \.md"):
        check.check_course(tmp_path)


def test_the_course_itself_is_sound(undrawn: None) -> None:
    report = check.check_course(None)
    assert list(map(str, report.errors)) == []
    assert set(report.lessons) == set(read_catalog().order)
    assert not [one.text for one in report.findings if "has not been run" in one.text]


def test_the_lock_is_not_written_while_a_lesson_cannot_be_read(tmp_path: Path) -> None:
    lessons = tmp_path / "lessons"
    lessons.mkdir()
    path = lessons / "one.md"
    path.write_text(begin.text_for("one"))
    check.write_the_lock(read_catalog(tmp_path))
    known = read_lock(tmp_path / "course.lock").entries
    assert "q-one-shortest" in known
    changed(path, "format = 1", "format = 9")
    with pytest.raises(Failure, match=r"one\.md:\d+: format 9"):
        check.write_the_lock(read_catalog(tmp_path))
    assert read_lock(tmp_path / "course.lock").entries == known


# An instructor's lesson in the app


def test_a_lesson_that_cannot_be_shown_is_broken(tmp_path: Path) -> None:
    good, bad = new_lesson(tmp_path, "good"), new_lesson(tmp_path, "bad")
    line = changed(bad, ":::{lab} mice", ":::{lab} mic")
    catalog = showable(read_catalog(extra=tmp_path))
    assert "good" in catalog.order
    assert "bad" not in catalog.order
    assert "bad" not in catalog.lessons
    problem = catalog.broken["bad"].problems[0]
    assert (problem.path, problem.line) == (str(bad), line)
    assert "did you mean mice" in problem.text
    assert good.exists()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (":size: 4", ":size: 400", "size 400: expected a whole number from 2 to 41"),
        (":size: 4", ":size: wide", "size wide"),
        (":beside: bfs", ":beside: bsf", "did you mean bfs"),
        (":seed: 3", ":sede: 3", "did you mean seed"),
        (":::{view} maze", ":::{view} maize", "no view is called maize"),
        (":run: mice", ":run: mice loops=99", "loops = 99"),
        ("random.arrival <", "random.arival <", "did you mean random.arrival"),
    ],
)
def test_a_preview_says_what_cannot_be_shown(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = new_lesson(tmp_path)
    line = changed(path, old, new)
    with pytest.raises(Failure, match=re.escape(said)) as failure:
        lesson_at(path)
    assert f"{path}:" in str(failure.value)
    assert abs(int(str(failure.value).split(":")[1]) - line) <= 5


def test_a_preview_is_a_course_of_one(tmp_path: Path) -> None:
    path = new_lesson(tmp_path)
    changed(path, "requires = []", 'requires = ["mouse"]')
    catalog = alone(lesson_at(path))
    assert catalog.order == ("my-lesson",)
    with pytest.raises(Failure, match="cannot be read"):
        lesson_at(tmp_path / "gone.md")


def test_a_study_that_there_is_not_keeps_a_lesson_from_being_shown(tmp_path: Path) -> None:
    path = new_lesson(tmp_path)
    path.write_text(path.read_text() + "\n## More\n\n:::{study} recall-pears\n:::\n")
    with pytest.raises(Failure, match="no study is called recall-pears: did you mean recall-pairs"):
        lesson_at(path)
    path.write_text(path.read_text().replace("recall-pears", "recall-pairs"))
    assert lesson_at(path).screens[-1].heading == "More"
