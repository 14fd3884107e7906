"""`grok-tui doctor`: each check on a machine that is well, and on one that is not."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from progress.events import LessonPassed
from progress.journal import Journal
from tui import doctor
from tui.__main__ import main
from tui.doctor import BAD, GOOD, LOOK, Finding
from tui.doctor_worker import meet


def is_whole(finding: Finding) -> bool:
    """What is not well says what to do."""
    return bool(finding.says) and (finding.state == GOOD or bool(finding.advice))


@pytest.mark.parametrize(
    ("environ", "state", "says"),
    [
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, GOOD, "xterm-256color, WezTerm"),
        ({"TERM": "screen-256color", "TMUX": "/tmp/x", "SSH_TTY": "/dev/pts/1"}, GOOD, "tmux, SSH"),
        ({"TERM": "dumb"}, BAD, "dumb"),
        ({"TERM": "linux"}, GOOD, "linux"),
        ({}, GOOD, "unnamed"),
    ],
)
def test_terminals(environ: dict[str, str], state: str, says: str) -> None:
    finding = doctor.terminal(environ, is_terminal=True)
    assert finding.state == state
    assert says in finding.says
    assert is_whole(finding)


def test_no_terminal() -> None:
    assert doctor.terminal({"TERM": "xterm"}, is_terminal=False).state == LOOK


@pytest.mark.parametrize(
    ("columns", "lines", "state"),
    [(80, 24, GOOD), (200, 60, GOOD), (79, 24, LOOK), (80, 23, LOOK), (59, 40, BAD), (80, 19, BAD)],
)
def test_sizes(columns: int, lines: int, state: str) -> None:
    finding = doctor.size(os.terminal_size((columns, lines)))
    assert finding.state == state
    assert is_whole(finding)


@pytest.mark.parametrize(
    ("environ", "state", "says"),
    [
        ({"COLORTERM": "truecolor"}, GOOD, "16 million"),
        ({"TERM": "xterm-256color"}, GOOD, "256"),
        ({"TERM": "screen"}, LOOK, "16; drawn in colour"),
        ({"COLORTERM": "truecolor", "NO_COLOR": "1"}, GOOD, "drawn in shade"),
        ({"TERM": "linux", "LANG": "C"}, LOOK, "drawn in ascii"),
    ],
)
def test_colours(environ: dict[str, str], state: str, says: str) -> None:
    finding = doctor.colours({"LANG": "en_US.UTF-8"} | environ)
    assert finding.state == state
    assert says in finding.says
    assert is_whole(finding)


def test_encodings() -> None:
    assert doctor.encoding("utf-8", {"LANG": "de_DE.UTF-8"}).state == GOOD
    poor = doctor.encoding("iso8859-1", {"LANG": "de_DE"})
    assert poor.state == LOOK
    assert "--ink ascii" in poor.advice


def test_a_home_that_can_be_written(tmp_path: Path) -> None:
    finding = doctor.home(tmp_path / "new")
    assert finding.state == GOOD
    assert list((tmp_path / "new").iterdir()) == []


def test_a_home_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    finding = doctor.home(tmp_path / "file" / "home")
    assert finding.state == BAD
    assert "GROK_TUI_HOME" in finding.advice


def test_a_slow_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "SLOW_DISK", -1.0)
    assert doctor.home(tmp_path).state == LOOK


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert doctor.space(tmp_path / "not" / "yet").state == GOOD
    monkeypatch.setattr(doctor, "SPACE", 2**70)
    assert doctor.space(tmp_path).state == BAD


def test_journals(tmp_path: Path) -> None:
    assert doctor.journals(tmp_path / "none").says == "none yet"
    with Journal(tmp_path) as journal:
        journal.append(LessonPassed(lesson="mouse", help=False))
    assert doctor.journals(tmp_path) == Finding("journals", GOOD, "one session")
    (tmp_path / "torn.jsonl").write_bytes(b'{"v":1,"ses\n')
    torn = doctor.journals(tmp_path)
    assert torn.state == LOOK
    assert is_whole(torn)


def test_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROK_TUI_HOME", str(tmp_path))
    assert doctor.chosen() == Finding("settings", GOOD, "as usual")
    (tmp_path / "settings.json").write_text('{"ink": "shade"}')
    assert doctor.chosen() == Finding("settings", GOOD, "ink shade")
    (tmp_path / "settings.json").write_text("{")
    assert doctor.chosen().state == LOOK


def test_a_missing_torch_is_worth_a_look(monkeypatch: pytest.MonkeyPatch) -> None:
    def version(package: str) -> str:
        if package == "torch":
            raise doctor.PackageNotFoundError
        return "1"

    monkeypatch.setattr(doctor, "version", version)
    finding = doctor.versions()
    assert finding.state == LOOK
    assert "pip install torch" in finding.advice


def test_a_worker_that_cannot_be_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROK_TUI_HOME", str(tmp_path))
    (finding,) = meet(f"{sys.executable} -c 'raise SystemExit(3)'")
    assert finding.state == BAD
    assert "exit status 3" in finding.advice
    (finding,) = meet("no-such-command worker")
    assert finding.state == BAD
    assert "no-such-command" in finding.advice
    (finding,) = meet("ssh 'unfinished")
    assert finding.state == BAD
    assert "no command line" in finding.advice


def test_the_whole_examination(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a real worker, really started."""
    monkeypatch.setenv("GROK_TUI_HOME", str(tmp_path))
    monkeypatch.setenv("TERM", "xterm-256color")
    assert main(["doctor", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"] is True
    checks = {check["name"]: check for check in answer["checks"]}
    assert list(checks) == [
        "terminal",
        "size",
        "colours",
        "encoding",
        "home",
        "disk",
        "journals",
        "settings",
        "versions",
        "exercises",
        "worker",
        "torch",
        "device",
    ]
    assert checks["worker"]["says"].startswith("ready after")
    assert all(set(check) == {"name", "state", "says", "advice"} for check in answer["checks"])


def test_a_failing_check_is_status_1_and_the_card_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GROK_TUI_HOME", str(tmp_path))
    assert main(["doctor", "--worker", "false"]) == 1
    said = capsys.readouterr().out
    assert "FAILS  worker" in said
    bars = {line.index("|", 13) for line in said.splitlines() if line[12:13] == "|"}
    assert bars == {18}


@pytest.mark.parametrize(
    ("room", "missing", "state", "says"),
    [
        (("bwrap",), ["memory"], GOOD, "shut in by bwrap"),
        ((), [], GOOD, "MB"),
        ((), ["memory"], LOOK, "code is checked apart"),
    ],
)
def test_what_keeps_code_of_the_learner_from_doing_harm(
    monkeypatch: pytest.MonkeyPatch,
    room: tuple[str, ...],
    missing: list[str],
    state: str,
    says: str,
) -> None:
    monkeypatch.setattr("tui.examiner.closed_room", lambda: room)
    monkeypatch.setattr("models.checks.guard.not_limited", lambda: missing)
    finding = doctor.exercises()
    assert finding.state == state
    assert says in finding.says
    assert ("not limited here: memory" in finding.advice) is (state == LOOK)
    assert is_whole(finding)
