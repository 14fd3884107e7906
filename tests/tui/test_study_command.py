"""`grok-tui study`: the list, and a small study trained for real, once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from models import run_here
from models.runs import KeptRuns
from models.specs.studies import STUDIES
from models.troubles import Trouble
from tests.support.study_link import FIVE, TINY
from tui.__main__ import main


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GROK_TUI_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "90")
    for study in (TINY, FIVE):
        monkeypatch.setitem(STUDIES, study.name, study)
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert main(["study", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_list_says_what_each_study_takes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["study"]) == 0
    printed = capsys.readouterr().out
    assert "recall-pairs: How many pairs does a state hold? (5 runs, about" in printed
    listed = {one["name"]: one for one in told(capsys)["studies"]}
    assert set(listed) == set(STUDIES)
    assert listed["tiny"]["values"] == [3, 4, 6] and listed["tiny"]["kept"] == 0


def test_a_study_is_trained_kept_and_not_trained_again(
    capsys: pytest.CaptureFixture[str], here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = told(capsys, "tiny")
    arrival = [point["metrics"]["random.arrival"] for point in first["points"]]
    assert [point["value"] for point in first["points"]] == [3, 4, 6]
    assert arrival[0] > arrival[-1]
    assert "From 3 to 6 cells: a random walk falls" in first["found"]["arrival"]
    kept = KeptRuns(here / "runs").listed()[0]
    assert {run.study for run in kept} == {"tiny"} and len(kept) == 3

    def never(*_: object, **__: object) -> None:
        raise AssertionError("a run that is kept is made again")

    monkeypatch.setattr(run_here, "begin", never)
    assert told(capsys, "tiny") == first
    assert main(["study"]) == 0
    assert "3 are kept" in capsys.readouterr().out


def test_a_run_of_the_lab_alone_counts_too(capsys: pytest.CaptureFixture[str], here: Path) -> None:
    main(["lab", "mice", "--set", "mazes=50", "--set", "size=4"])
    capsys.readouterr()
    told(capsys, "tiny")
    assert len(KeptRuns(here / "runs").listed()[0]) == 3


def test_the_list_of_kept_runs_has_one_line_for_a_study(capsys: pytest.CaptureFixture[str]) -> None:
    main(["lab", "mice", "--set", "mazes=60"])
    capsys.readouterr()
    told(capsys, "tiny")
    assert main(["runs"]) == 0
    listed = capsys.readouterr().out
    assert "3 more of the study tiny" in listed and "4 runs;" in listed
    assert listed.count("mice-") == 1
    assert main(["runs", "list", "--lab", "mice"]) == 0
    assert capsys.readouterr().out.count("mice-") == 4


def test_for_people_there_is_a_plot_a_table_and_a_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["study", "tiny"]) == 0
    printed = capsys.readouterr().out
    assert "100 %┤" in printed or "100 %+" in printed
    assert "6 cells" in printed
    assert "From 3 to 6 cells" in printed.replace("\n", " ")


def test_other_seeds_can_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    answer = told(capsys, "five", "--seeds", "7", "8")
    assert [point["seed"] for point in answer["points"]] == [7, 8]
    assert set(answer["found"]) == {"arrival", "shortest"}


def test_a_run_that_fails_is_said_and_the_others_are_made(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = run_here.begin

    def sometimes(name: str, knobs: Any, seed: int, device: str = "auto") -> Any:
        if knobs["size"] == 4:
            raise Trouble("memory", "It needs more memory.")
        return begin(name, knobs, seed, device)

    monkeypatch.setattr(run_here, "begin", sometimes)
    assert main(["study", "tiny"]) == 1
    printed = capsys.readouterr().out
    assert "4 cells, seed 0 failed: It needs more memory." in printed
    assert "1 of 3 failed." in printed.replace("\n", " ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["recal-pairs"], "did you mean"),
        (["--seeds", "1"], "needs the NAME"),
        (["tiny", "--seeds", "x"], "whole number"),
    ],
)
def test_wrong_usage_is_one_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["study", *arguments]) == 2
    assert said in capsys.readouterr().err
