"""`grok-tui runs`: what is kept, shown again, compared and deleted."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from models.labs.lab import Look, Result
from models.protocol import Report
from models.run import Run
from models.run_files import SUMMARY
from models.specs.catalog import LABS
from tui import kept_words
from tui.__main__ import main
from tui.commands.runs_actions import bytes_said

MOUSE = LABS["mouse"]
METRICS = {"arrival": 0.95, "ratio": 1.2, "control.arrival": 0.7, "control.ratio": float("nan")}


class FakeLab:
    """A lab that trains nothing: its loss halves every ten steps."""

    def __init__(self, steps: int = 40, arrival: float = 0.95, fail: bool = False) -> None:
        self.steps, self.arrival, self.fail = steps, arrival, fail
        self.result: Any = None

    def state(self) -> None:
        """Nothing to go on from."""

    def train(self) -> Iterator[Report | Look]:
        for step in range(self.steps):
            loss = {"loss": 2.0 * 0.5 ** (step / 10)}
            yield Report("mouse", "training", step, 80, step / 80, loss)
            if step % 20 == 0:
                yield Look("mouse", step, "walk", {"path": [step]})
        if self.fail:
            raise RuntimeError("the maze\nhas burnt down\x1b[2J")
        metrics = METRICS | {"arrival": self.arrival}
        self.result = Result(metrics, True, True, self.steps)


def keep(lab: FakeLab, seed: int = 0, name: str = "mouse", **knobs: Any) -> str:
    """Run a lab and keep it; its id."""
    from progress import paths

    spec = LABS[name]
    run = Run(spec, spec.settings(knobs), lab)  # type: ignore[arg-type]
    run.keep(paths.runs(), seed)
    with suppress(RuntimeError):
        list(run)
    return run.kept


def cut_short(home: Path, run: str) -> None:
    """Make it look as if its worker had been killed."""
    path = home / "runs" / run / SUMMARY
    said = {**json.loads(path.read_text()), "state": "going", "fraction": 0.4, "metrics": {}}
    path.write_text(json.dumps(said))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GROK_TUI_HOME", str(tmp_path))
    return tmp_path


Printed = pytest.CaptureFixture[str]


def json_of(capsys: Printed, *words: str) -> dict[str, Any]:
    """What a command answers with `--json`, and nothing else."""
    assert main(["runs", *words, "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    answer: dict[str, Any] = json.loads(out)
    return answer


def test_without_runs_it_says_how_to_get_one(capsys: Printed) -> None:
    assert main(["runs"]) == 0
    assert "No run is kept yet. `grok-tui lab NAME` trains one" in capsys.readouterr().out
    answer = json_of(capsys)
    assert (answer["runs"], answer["notes"], answer["bytes"]) == ([], [], 0)


def test_the_list_has_a_line_for_each_run_and_one_for_its_knobs(
    capsys: Printed, home: Path
) -> None:
    keep(FakeLab())
    keep(FakeLab(arrival=0.5), seed=7, hidden=32, memory=False)
    keep(FakeLab(fail=True))
    keep(FakeLab())
    cut_short(home, "mouse-4")
    (home / "runs" / "notes.txt").write_text("mine")
    assert main(["runs"]) == 0
    out = capsys.readouterr().out
    lines = {line.split()[0]: line for line in out.splitlines() if line.startswith("mouse-")}
    assert list(lines) == ["mouse-4", "mouse-3", "mouse-2", "mouse-1"]
    assert "reached" in lines["mouse-1"] and "95.0 %" in lines["mouse-1"]
    assert "finished" in lines["mouse-2"] and "50.0 %" in lines["mouse-2"]
    assert "hidden = 32, memory = no" in out
    assert "failed at 49 %" in lines["mouse-3"]
    assert "cut short at 40 %" in lines["mouse-4"]
    assert "4 runs; " in out
    assert "no run that can be read: notes.txt." in " ".join(out.split())


def test_the_list_of_one_lab(capsys: Printed) -> None:
    keep(FakeLab())
    keep(FakeLab(), name="mice")
    assert [run["id"] for run in json_of(capsys, "list", "--lab", "mice")["runs"]] == ["mice-1"]
    assert main(["runs", "list", "--lab", "mouze"]) == 2
    assert "did you mean" in capsys.readouterr().err


def test_the_json_of_a_list_keeps_its_keys(capsys: Printed) -> None:
    keep(FakeLab(), seed=3, hidden=32)
    answer = json_of(capsys)
    assert list(answer) == ["folder", "bytes", "runs", "notes"]
    (run,) = answer["runs"]
    assert list(run) == [
        *("id", "lab", "knobs", "seed", "device", "began", "state", "why", "note", "fraction"),
        *("steps", "seconds", "cpu_seconds", "metrics", "reached", "control_failed", "turned"),
        *("versions", "study", "resumed", "resumable", "lookable", "bytes"),
    ]
    assert (run["id"], run["seed"], run["knobs"]["hidden"]) == ("mouse-1", 3, 32)
    assert run["metrics"]["arrival"] == 0.95
    assert run["metrics"]["control.ratio"] is None


def test_showing_a_run_is_like_the_end_of_the_lab(capsys: Printed) -> None:
    keep(FakeLab(), seed=5)
    assert main(["runs", "show", "mouse-1"]) == 0
    out, err = capsys.readouterr()
    assert (err, "\x1b" in out) == ("", False)
    assert max(map(len, out.splitlines())) <= 80
    assert "practice fell from 2.00 to 0.134" in out
    assert "95.0 %" in out
    assert "It held, and the control failed as it must." in out
    assert "seed 5. Kept as mouse-1." in " ".join(out.split())
    assert "On the way:" in out and "fell fastest" in out


def test_showing_a_run_for_machines_has_its_curves(capsys: Printed) -> None:
    keep(FakeLab())
    answer = json_of(capsys, "show", "mouse-1")
    (curve,) = answer["curves"]
    assert (curve["runner"], curve["metric"], curve["steps"]) == ("mouse", "loss", list(range(40)))
    assert curve["values"][0] == 2.0
    assert {"step", "runner", "text"} == set(answer["milestones"][0])
    assert answer["moments"][1] == {"runner": "mouse", "step": 20, "name": "walk"}


def test_a_run_that_did_not_end_well_is_not_judged(capsys: Printed, home: Path) -> None:
    keep(FakeLab(fail=True))
    keep(FakeLab())
    cut_short(home, "mouse-2")
    assert main(["runs", "show", "mouse-1"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "Failed at 49 %." in out
    assert "RuntimeError: the maze has burnt down[2J" in out
    assert main(["runs", "show", "mouse-2"]) == 0
    out = capsys.readouterr().out
    assert "Cut short at 40 %." in out
    assert "practice fell from 2.00" in out
    assert "held" not in out


def test_a_lab_that_is_gone_can_still_be_shown(
    capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(FakeLab(), hidden=32)
    keep(FakeLab(), seed=1)
    monkeypatch.setattr(kept_words, "LABS", {})
    assert main(["runs", "show", "mouse-1"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "The lab mouse is not in this version of the course." in out
    assert "mouse loss fell from 2.00 to 0.134" in out
    assert "0.95" in out
    assert main(["runs"]) == 0
    assert main(["runs", "compare", "mouse-1", "mouse-2"]) == 0
    assert "arrival" in capsys.readouterr().out


def test_comparing_draws_one_curve_each_and_says_what_differs(capsys: Printed) -> None:
    keep(FakeLab())
    keep(FakeLab(steps=20, arrival=0.5), seed=3, hidden=32)
    assert main(["runs", "compare", "mouse-1", "mouse-2"]) == 0
    out = capsys.readouterr().out
    rows = {line.split("  ")[0]: line.split()[-2:] for line in out.splitlines() if line}
    assert rows["hidden"] == ["96", "32"]
    assert rows["seed"] == ["0", "3"]
    assert "updates" not in rows
    assert "mouse-1 fell from 2.00 to 0.134, mouse-2 from 2.00 to 0.536" in " ".join(out.split())
    arrives = next(line for line in out.splitlines() if ": arrives" in line)
    assert arrives.split()[-4:] == ["95.0", "%", "50.0", "%"]
    answer = json_of(capsys, "compare", "mouse-1", "mouse-2")
    assert answer["differs"] == {
        "hidden": {"mouse-1": 96, "mouse-2": 32},
        "seed": {"mouse-1": 0, "mouse-2": 3},
    }
    assert answer["curve"] == "practice"
    assert len(answer["curves"]["mouse-2"]["steps"]) == 20
    assert [run["id"] for run in answer["runs"]] == ["mouse-1", "mouse-2"]


def test_equal_runs_are_said_to_be_equal(capsys: Printed) -> None:
    keep(FakeLab())
    keep(FakeLab())
    assert main(["runs", "compare", "mouse-1", "mouse-2"]) == 0
    assert "Same knobs, seed, device and versions." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["compare", "mouse-1"], 2, "two runs or more"),
        (["compare", "mouse-1", "mouse-1"], 2, "two runs or more"),
        (["compare", "mouse-1", "mice-1"], 1, "runs of different labs"),
        (["compare", "mouse-1", "mouse-9"], 1, "There is no kept run 'mouse-9'"),
        (["compare", "mouse-1", "mouse-2", "--curve", "los"], 1, "has no curve 'los'"),
        (["show", "mouse-9"], 1, "There is no kept run 'mouse-9'"),
        (["show", "../runs/mouse-1"], 1, "There is no kept run"),
        (["delete", "mouse-1"], 2, "add --yes"),
        (["resume", "mouse-1"], 1, "`grok-tui lab mouse --seed 4 --set hidden=32`"),
        (["shwo"], 2, "show"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    capsys: Printed, words: list[str], status: int, said: str
) -> None:
    keep(FakeLab(), seed=4, hidden=32)
    keep(FakeLab())
    keep(FakeLab(), name="mice")
    assert main(["runs", *words]) == status
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert len(err.splitlines()) == 1


def test_a_stopped_run_goes_on_to_its_end(capsys: Printed) -> None:
    from models.run_here import begin
    from progress import paths

    knobs = {"steps": 30, "width": 8, "length": 5}
    straight = begin("letters", knobs, 2)
    list(straight)
    run = begin("letters", knobs, 2)
    run.keep(paths.runs(), 2)
    while run.marks.steps.get("letters", 0) < 20:
        run.advance()
    run.stop()
    answer = json_of(capsys, "resume", "letters-1")
    assert (answer["run"]["id"], answer["resumed"]) == ("letters-2", "letters-1")
    assert answer["metrics"] == straight.finished().metrics
    kept = json_of(capsys, "show", "letters-2")
    assert kept["resumed"] == "letters-1"
    steps = {(c["runner"], c["metric"]): c["steps"] for c in kept["curves"]}
    assert steps["letters", "loss"] == [*range(1, 31)], "with what came before, once"
    assert main(["runs", "resume", "letters-1"]) == 0
    assert "It went on from letters-1." in capsys.readouterr().out
    assert main(["runs", "resume", "letters-2"]) == 1
    assert "letters-2 is finished" in capsys.readouterr().err


def test_deleting_with_yes(capsys: Printed, home: Path) -> None:
    for _ in range(3):
        keep(FakeLab())
    assert main(["runs", "delete", "mouse-1", "mouse-3", "--yes"]) == 0
    assert capsys.readouterr().out.startswith("Deleted mouse-1, mouse-3; ")
    assert [path.name for path in (home / "runs").iterdir()] == ["mouse-2"]
    answer = json_of(capsys, "delete", "mouse-2", "--yes")
    assert answer["deleted"] == ["mouse-2"]
    assert answer["bytes"] > 0


def test_if_one_is_not_there_none_is_deleted(capsys: Printed, home: Path) -> None:
    keep(FakeLab())
    assert main(["runs", "delete", "mouse-1", "mouse-2", "--yes"]) == 1
    assert (home / "runs" / "mouse-1").is_dir()


@pytest.mark.parametrize(("typed", "gone"), [("y", True), ("n", False), ("", False)])
def test_deleting_asks_first(
    capsys: Printed, home: Path, monkeypatch: pytest.MonkeyPatch, typed: str, gone: bool
) -> None:
    keep(FakeLab())
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    asked: list[str] = []
    monkeypatch.setattr("builtins.input", lambda question: asked.append(question) or typed)
    assert main(["runs", "delete", "mouse-1"]) == 0
    assert asked == ["Delete mouse-1 for good? [y/N] "]
    assert (home / "runs" / "mouse-1").exists() is not gone
    assert ("Deleted mouse-1" if gone else "Nothing was deleted.") in capsys.readouterr().out


def test_over_the_limit_the_list_says_what_to_do(
    capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(FakeLab())
    monkeypatch.setattr("tui.commands.runs_actions.ALL", 10)
    assert main(["runs"]) == 0
    assert "`grok-tui runs delete ID` makes room." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("size", "said"), [(12, "12 bytes"), (1200, "1.2 kB"), (3 << 20, "3.1 MB"), (1 << 30, "1.1 GB")]
)
def test_sizes(size: int, said: str) -> None:
    assert bytes_said(size) == said
