from __future__ import annotations

import errno
import json

import pytest

from progress import settings
from progress.settings import Settings, load, save


@pytest.fixture
def file(tmp_path):
    return tmp_path / "home" / "settings.json"


def test_without_a_file_everything_is_at_its_default(file):
    assert load(file) == Settings()
    assert load(file).problem == ""
    assert not file.parent.exists()


def test_what_is_saved_is_loaded(file):
    chosen = Settings(ink="shade", still=True, worker="ssh gpu grok-tui worker", mouse=False)
    save(chosen, file)
    assert load(file) == chosen
    assert load(file) != Settings()
    assert [entry.name for entry in file.parent.iterdir()] == ["settings.json"]


def test_the_home_is_where_settings_are_kept_by_default(tmp_path, monkeypatch):
    monkeypatch.setenv("GROK_TUI_HOME", str(tmp_path))
    save(Settings(device="cpu"))
    assert json.loads((tmp_path / "settings.json").read_text())["device"] == "cpu"
    assert load().device == "cpu"


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000])
def test_a_damaged_file_gives_the_defaults_a_sentence_and_is_kept(file, damage):
    file.parent.mkdir()
    file.write_bytes(damage)
    found = load(file)
    assert found == Settings()
    assert "the defaults are used" in found.problem
    found.still = True
    save(found, file)
    assert found.problem == ""
    assert load(file).still
    assert file.with_name("settings.damaged.json").read_bytes() == damage


def test_one_odd_value_leaves_the_others(file):
    file.parent.mkdir()
    file.write_text('{"ink": "purple", "still": 1, "device": "cpu"}')
    found = load(file)
    assert found == Settings(device="cpu")
    assert "ink, still" in found.problem


def test_what_another_version_has_set_is_kept(file):
    file.parent.mkdir()
    file.write_text('{"sound": "on", "ink": "ascii"}')
    save(load(file), file)
    assert json.loads(file.read_text())["sound"] == "on"
    assert load(file).problem == ""


def test_a_file_that_cannot_be_read_gives_the_defaults_and_a_sentence(file):
    file.mkdir(parents=True)
    assert "make the file readable" in load(file).problem


@pytest.mark.parametrize("call", ["open", "write", "fsync"])
def test_if_saving_fails_the_old_settings_are_still_there(file, disk, call):
    save(Settings(ink="shade"), file)
    disk.fail(call, errno.ENOSPC)
    with pytest.raises(OSError):
        save(Settings(ink="ascii"), file, disk)
    assert load(file).ink == "shade"
    assert [entry.name for entry in file.parent.iterdir()] == ["settings.json"]


def test_the_choices_hold_the_defaults():
    for name, choices in settings.CHOICES.items():
        assert getattr(Settings(), name) in choices
