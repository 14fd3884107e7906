"""The page of measured labs: what is trained again, and what the page says of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import labs
from models.protocol import Finished
from models.specs.catalog import LABS


class Trainer:
    """Trains nothing, counts what it is asked for, and reports as it is told."""

    def __init__(self, reached: bool = True) -> None:
        self.asked: list[tuple[str, int]] = []
        self.reached = reached

    def __call__(self, name: str, seed: int) -> Finished:
        self.asked.append((name, seed))
        metrics = {metric.name: 0.9 + seed / 100 for metric in LABS[name].metrics}
        return Finished("", 7, 1.0, 2.0, "cpu", metrics, self.reached, True)


def silent(line: str) -> None:
    """Nobody reads along."""


def test_a_lab_is_trained_again_only_if_its_code_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    trainer = Trainer()
    page = labs.update("", ["mice"], trainer, silent)
    assert trainer.asked == [("mice", seed) for seed in range(5)]
    assert labs.update(page, ["mice"], trainer, silent) == page
    assert len(trainer.asked) == 5
    monkeypatch.setattr(labs, "digest", lambda spec: "changed")
    labs.update(page, ["mice"], trainer, silent)
    assert len(trainer.asked) == 10


def test_the_sections_of_other_labs_stay() -> None:
    page = labs.update("", ["mice", "letters"], Trainer(), silent)
    section = labs.kept(page)["mice"]
    again = labs.update(page.replace("digest", "digest 0"), ["letters"], Trainer(False), silent)
    assert "NO" in again
    assert labs.kept(labs.update(page, ["letters"], Trainer(), silent))["mice"] == section


def test_the_page_says_what_was_measured() -> None:
    page = labs.update("", ["mice"], Trainer(), silent)
    assert "| 3 | 7 | 1.0 | 2.0 | yes | yes |" in page
    assert "| a random walk | 90.0 % to 94.0 % | 0.90 to 0.94 | 90.0 % to 94.0 % |" in page
    assert "NO" not in page


def test_a_missed_goal_stands_out() -> None:
    assert "| NO |" in labs.update("", ["mice"], Trainer(reached=False), silent)


def test_the_digest_follows_the_imports() -> None:
    mouse, mice = labs.modules("mouse"), labs.modules("mice")
    assert {"models.labs.mouse", "models.layers.recurrent", "models.mazes.maze"} <= set(mouse)
    assert "models.layers.recurrent" not in mice and "models.mazes.theseus" in mice
    assert not any(module.startswith("models.specs") for module in mouse)


def test_code_changes_the_digest_and_words_do_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = labs.modules("mice")
    before = labs.digest(LABS["mice"])
    copy = tmp_path / "copy.py"
    monkeypatch.setattr(labs, "modules", lambda name: files | {"models.mazes.maze": copy})
    text = files["models.mazes.maze"].read_text("utf-8")
    copy.write_text("# A comment.\n" + text.replace("How many cells", "The number of cells"))
    assert labs.digest(LABS["mice"]) == before
    copy.write_text(text + "turned = True\n")
    assert labs.digest(LABS["mice"]) != before


def test_settings_change_the_digest() -> None:
    spec = LABS["mice"]
    other = replace(spec, knobs=(replace(spec.knobs[0], default=77), *spec.knobs[1:]))
    reworded = replace(spec, knobs=(replace(spec.knobs[0], means="?"), *spec.knobs[1:]))
    assert labs.digest(other) != labs.digest(spec) == labs.digest(reworded)
