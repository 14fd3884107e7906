"""The command line: statuses, plain sentences, nothing drawn where nothing can be."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tui import __main__ as entry
from tui.__main__ import main
from tui.commands.start import cannot_draw

ROOT = Path(__file__).parent.parent.parent


def lines_of(capsys: pytest.CaptureFixture[str]) -> tuple[list[str], list[str]]:
    """The lines on stdout and stderr."""
    printed = capsys.readouterr()
    return printed.out.splitlines(), printed.err.splitlines()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["lesons"], "did you mean lessons?"),
        (["xyzzy"], "there is: author, doctor, glossary, lab"),
        (["--sreen", "3"], "did you mean --screen?"),
        (["--ink", "color"], "did you mean colour?"),
        (["--screen", "0", "--lesson", "mouse"], "--screen must be a whole number from 1 up"),
        (["--screen", "3"], "needs --lesson"),
        (["--device", "gpu"], "--device must be one of auto, cpu, cuda, mps or cuda:1"),
        (["--lessons", "/no/such/folder"], "there is no folder"),
        (["lab", "mous"], "did you mean mouse?"),
        (["lab", "mouse", "--seed", "two"], "--seed must be a whole number from 0 up"),
        (["lab", "mouse", "--set", "hiden=3"], "did you mean hidden?"),
        (["lab", "mouse", "--set", "hidden"], "KNOB=VALUE"),
        (["lab", "mouse", "--set", "hidden=1000"], "from 4 to 256"),
        (["lab", "mouse", "mice"], "'mice' is one word too many"),
        (["lab", "--set", "hidden=3"], "needs the NAME"),
        (["--still=3"], "--still takes no value"),
        (["--ink"], "--ink wants a value"),
        (["progress", "shwo"], "did you mean show?"),
        (["progress", "export"], "please give FILE"),
        (["read"], "please give the LESSON"),
        (["read", "--code", "atention"], "there is no layer 'atention'"),
    ],
)
def test_wrong_usage_is_one_sentence(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    out, err = lines_of(capsys)
    assert out == []
    assert len(err) == 1
    assert said in err[0]
    assert err[0].endswith(" --help says more.")


def test_without_a_terminal_one_sentence_and_status_2() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tui"], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True
    )
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.count(b"\n") == 1
    assert b"draws on a terminal" in done.stderr


def test_on_a_dumb_terminal_one_sentence_and_status_2() -> None:
    ours, theirs = pty.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tui"],
            cwd=ROOT,
            stdin=theirs,
            stdout=theirs,
            stderr=subprocess.PIPE,
            env=os.environ | {"TERM": "dumb"},
        )
    finally:
        os.close(ours)
        os.close(theirs)
    assert done.returncode == 2
    assert done.stderr.startswith(b"TERM=dumb names a terminal")
    assert done.stderr.count(b"\n") == 1


def test_a_terminal_can_be_drawn_on(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    assert cannot_draw() == ""


@pytest.mark.parametrize("name", ["models", "course", "progress"])
@pytest.mark.parametrize("init", [True, False], ids=["package", "folder"])
def test_a_folder_in_the_way_is_explained(tmp_path: Path, name: str, init: bool) -> None:
    (tmp_path / name).mkdir()
    if init:
        (tmp_path / name / "__init__.py").touch()
    where = subprocess.run(
        [sys.executable, "-m", "tui", "lab"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    if init:
        assert where.returncode == 2
        assert f"another '{name}' before grok-tui's own, at {tmp_path / name};" in where.stderr
        assert "start grok-tui from another folder" in where.stderr
        assert where.stderr.count("\n") == 1
    else:
        # A folder without __init__.py gives way to a real package further on.
        assert where.returncode == 0


def test_pythonpath_in_the_way_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "__init__.py").touch()
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    real = entry.find_spec

    def elsewhere(name: str) -> object:
        from importlib.util import spec_from_file_location

        if name != "models":
            return real(name)
        return spec_from_file_location("models", tmp_path / "models" / "__init__.py")

    monkeypatch.setattr(entry, "find_spec", elsewhere)
    assert main(["lab"]) == 2
    _, err = lines_of(capsys)
    assert len(err) == 1
    assert "with PYTHONPATH unset" in err[0]


def test_a_missing_package_is_explained(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(entry, "find_spec", lambda name: None)
    assert main(["lab"]) == 2
    assert "install it again" in capsys.readouterr().err


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--version"])
    assert left.value.code == 0
    assert capsys.readouterr().out.startswith("grok-tui")


def test_a_reader_that_leaves_early_is_no_error() -> None:
    """`grok-tui lab | head -1`, with a pipe that is closed before anything is read."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "tui", "lab"], cwd=ROOT, stdout=writing, stderr=subprocess.PIPE
    )
    os.close(writing)
    assert done.returncode == 0
    assert done.stderr == b""


def test_a_locale_without_the_signs_prints_all_the_same() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tui", "lab"],
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
    )
    assert done.returncode == 0
    assert b"mouse" in done.stdout
