from __future__ import annotations

import os
from pathlib import Path

from progress import paths


def test_a_home_of_ones_own_choice_holds_everything(tmp_path, monkeypatch):
    monkeypatch.setenv("GROK_TUI_HOME", str(tmp_path))
    assert paths.data_home() == tmp_path
    places = (paths.journals(), paths.settings_file(), paths.lessons_file(), paths.log_file())
    for place in (*places, paths.runs()):
        assert place.parent == tmp_path
    assert not list(tmp_path.iterdir())


def test_a_home_may_be_relative_or_begin_with_a_tilde(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GROK_TUI_HOME", "here")
    assert paths.data_home() == Path(os.getcwd(), "here")
    monkeypatch.setenv("GROK_TUI_HOME", "~/there")
    assert paths.data_home() == Path.home() / "there"


def test_otherwise_the_system_says_where(monkeypatch):
    monkeypatch.delenv("GROK_TUI_HOME", raising=False)
    assert paths.data_home().is_absolute()
    assert paths.data_home().name == "grok-tui"
