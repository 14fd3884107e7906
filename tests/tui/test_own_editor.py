"""The file in which lines are written elsewhere, and the command that opens it."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.exercises.blank import blank_of
from models.exercises.catalog import EXERCISES
from tui.own_editor import OwnFile, editor_of


def own_file(folder: Path) -> OwnFile:
    return OwnFile(folder / "deep" / "x.py", blank_of(EXERCISES["softmax"]), "Write it.\nNow.")


@pytest.mark.parametrize(
    ("environ", "command"),
    [
        ({}, []),
        ({"EDITOR": "nano"}, ["nano"]),
        ({"VISUAL": "code --wait", "EDITOR": "nano"}, ["code", "--wait"]),
        ({"VISUAL": "  ", "EDITOR": "vi"}, ["vi"]),
        ({"EDITOR": "'my editor' -n"}, ["my editor", "-n"]),
        ({"EDITOR": "'unfinished"}, []),
    ],
)
def test_whose_editor_it_is(environ: dict[str, str], command: list[str]) -> None:
    assert editor_of(environ) == command


def test_what_is_written_is_read_back_without_what_was_said_above_it(tmp_path: Path) -> None:
    file = own_file(tmp_path)
    file.write("x = 1\n\nif x:\n    y = 2")
    assert file.read() == "x = 1\n\nif x:\n    y = 2"
    text = file.path.read_text()
    assert text.startswith("#| Write it.\n#| Now.\n")
    assert "#| def by_softmax(" in text


def test_only_another_saving_is_a_change(tmp_path: Path) -> None:
    file = own_file(tmp_path)
    assert not file.has_changed()
    file.write("x = 1")
    assert not file.has_changed()
    file.path.write_text("# a comment of one's own\r\n\tx = 2\x1b[31m\r\n")
    assert file.has_changed()
    assert file.read() == "# a comment of one's own\n    x = 2[31m"
    assert not file.has_changed()
    file.path.unlink()
    assert not file.has_changed()
