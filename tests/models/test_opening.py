"""Kept runs that stand beside one that is looked into."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from models.opening import stand_beside
from models.run import Run
from models.run_here import begin
from models.runs import RunProblem
from tests.support.fake_lab import FakeLab, GoingLab, find_fake


class Told(GoingLab):
    """Says who stands beside it."""

    def probe(self, what: str, arguments: dict[str, Any]) -> tuple[dict, dict]:
        return {}, {name: lab.count for name, lab in arguments.get("beside", {}).items()}


def fake(knobs: dict[str, Any], seed: int = 3, lab: type[FakeLab] = Told) -> Run:
    return begin("fake", knobs, seed, find=find_fake, load=lambda name: lab)


def begun(name: str, knobs: dict[str, Any], seed: int, device: str) -> Run:
    return fake(knobs, seed)


def kept(folder: Path, seed: int, steps: int) -> None:
    run = fake({"steps": steps}, seed)
    run.keep(folder, seed)
    list(run)


def test_a_probe_finds_the_runs_that_stand_beside_as_they_ended(tmp_path: Path) -> None:
    kept(tmp_path, 4, 20)
    kept(tmp_path, 5, 30)
    run = fake({})
    assert run.probe("beside", {}) == ({}, {})
    stand_beside(run, ["fake-1"], begun, tmp_path)
    assert run.probe("beside", {})[1] == {"fake-1": 20}
    stand_beside(run, ["fake-2", "fake-1"], begun, tmp_path)
    assert run.probe("beside", {})[1] == {"fake-1": 20, "fake-2": 30}


def test_a_run_that_cannot_stand_beside_is_named(tmp_path: Path) -> None:
    stand_beside(fake({}), [], begun, None)
    with pytest.raises(RunProblem, match="keeps no runs"):
        stand_beside(fake({}), ["fake-1"], begun, None)
    with pytest.raises(RunProblem, match="There is no kept run 'fake-1'"):
        stand_beside(fake({}), ["fake-1"], begun, tmp_path)
    kept(tmp_path, 4, 5)
    other = fake({})
    other.spec = begin("mice", {}, 0).spec
    with pytest.raises(RunProblem, match="fake-1 is a run of the lab fake, not of mice"):
        stand_beside(other, ["fake-1"], begun, tmp_path)
