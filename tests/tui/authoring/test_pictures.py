"""The pictures of the README: drawn by the app, and holding nothing from elsewhere."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.support.lab_link import LabLink
from tui.authoring import pictures

NAMES = ["lesson", "question", "lab", "home", "grid"]


def test_pictures_are_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "WorkerLink", lambda *_: LabLink())
    files = pictures.draw_pictures(tmp_path / "new")
    assert [file.stem for file in files] == NAMES
    said = {"question": "Not", "lab": "arrives", "grid": "training", "home": "passed"}
    for file in files:
        text = file.read_text()
        ElementTree.fromstring(text)
        assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
        assert said.get(file.stem, "moves") in text
