"""`grok-tui lab`: what it prints, for people and for machines, and how it ends."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models import run_here
from models.protocol import Report
from models.run import Run
from models.runs import KeptRuns
from models.specs.catalog import LABS
from models.troubles import Trouble
from tui.__main__ import main
from tui.commands.lab_chart import chart, printed
from tui.commands.lab_meter import Meter, duration
from tui.drawing.ink import Ink

MOUSE = LABS["mouse"]
METRICS = {
    "arrival": 0.95,
    "ratio": 1.2,
    "shortest": 0.47,
    "control.arrival": 0.7,
    "control.ratio": float("nan"),
}


class FakeLab:
    """A lab that trains nothing: its loss halves every ten steps."""

    def __init__(self, reached: bool = True, stop_at: int = -1) -> None:
        self.reached = reached
        self.stop_at = stop_at
        self.result: Any = None

    def state(self) -> None:
        """Nothing to go on from."""

    def train(self) -> Iterator[Report]:
        for step in range(40):
            if step == self.stop_at:
                raise KeyboardInterrupt
            loss = 2.0 * 0.5 ** (step / 10)
            yield Report("mouse", "training", step, 40, step / 40, {"loss": loss})
        self.result = replace_result(self.reached)


def replace_result(reached: bool) -> Any:
    from models.labs.lab import Result

    return Result(METRICS, reached, control_failed=True, steps=40)


Fake = Callable[[FakeLab], None]


@pytest.fixture(autouse=True)
def home(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROK_TUI_HOME", str(tmp_path))


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Fake:
    """Runs the lab that it is given in place of the real one."""

    def use(lab: FakeLab) -> None:
        def begin(name: str, settings: Any, seed: int, device: str) -> Run:
            return Run(LABS[name], dict(settings), lab)  # type: ignore[arg-type]

        monkeypatch.setattr(run_here, "begin", begin)

    return use


def test_json_has_its_keys_and_nothing_else(fake: Fake, capsys: pytest.CaptureFixture[str]) -> None:
    fake(FakeLab())
    assert main(["lab", "mouse", "--seed", "3", "--set", "hidden=32", "--json"]) == 0
    printed_out = capsys.readouterr()
    assert printed_out.err == ""
    answer = json.loads(printed_out.out)
    assert list(answer) == [
        "lab",
        "seed",
        "device",
        "steps",
        "seconds",
        "cpu_seconds",
        "reached",
        "goal",
        "control",
        "metrics",
        "run",
    ]
    assert (answer["lab"], answer["seed"], answer["steps"]) == ("mouse", 3, 40)
    assert answer["metrics"]["arrival"] == 0.95
    assert answer["metrics"]["control.ratio"] is None
    assert answer["run"]["knobs"]["hidden"] == 32
    assert answer["run"]["knobs"]["size"] == MOUSE.knob("size").default
    assert set(answer["run"]["versions"]) >= {"python", "torch"}
    assert answer["run"]["id"] == "mouse-1"


def test_a_missed_goal_is_status_1(fake: Fake, capsys: pytest.CaptureFixture[str]) -> None:
    fake(FakeLab(reached=False))
    assert main(["lab", "mouse"]) == 1
    assert "It did NOT hold in this run" in capsys.readouterr().out


def test_chart_table_and_verdict(fake: Fake, capsys: pytest.CaptureFixture[str]) -> None:
    fake(FakeLab())
    assert main(["lab", "mouse", "--set", "hidden=32"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "\x1b" not in out
    assert max(map(len, out.splitlines())) <= 80
    assert "practice fell from 2.00 to 0.134" in out
    assert "the trained mouse" in out
    assert "95.0 %" in out
    assert MOUSE.goal.split(",")[0] in out
    assert "seed 0, hidden = 32. Kept as mouse-1." in " ".join(out.split())


def test_ctrl_c_is_a_plain_sentence_and_what_there_is_is_kept(
    fake: Fake, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    fake(FakeLab(stop_at=5))
    assert main(["lab", "mouse", "--json"]) == 130
    out, err = capsys.readouterr()
    assert out == ""
    assert err.strip() == "Stopped."
    kept = KeptRuns(tmp_path / "runs").open("mouse-1")
    assert kept.kept.state == "stopped"
    assert kept.curves[0].steps == [0, 1, 2, 3, 4]


def test_a_run_that_cannot_be_kept_is_said_and_goes_on(
    fake: Fake, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    fake(FakeLab())
    (tmp_path / "runs").write_text("in the way")
    assert main(["lab", "mouse", "--json"]) == 0
    out, err = capsys.readouterr()
    assert err.startswith("This run is not kept, because")
    assert json.loads(out)["run"]["id"] == ""


def test_without_torch_it_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def load(name: str) -> None:
        raise ModuleNotFoundError("No module named 'torch'", name="torch")

    real = run_here.begin
    monkeypatch.setattr(run_here, "begin", lambda *a: real(*a, load=load))  # type: ignore[arg-type]
    assert main(["lab", "mouse"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "pip install torch" in err
    assert "Without it there are these labs: mice." in err


def test_trouble_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def begin(*_: object) -> None:
        raise Trouble("memory", "The run needed more memory than there is.")

    monkeypatch.setattr(run_here, "begin", begin)
    assert main(["lab", "mouse"]) == 1
    assert capsys.readouterr().err == "The run needed more memory than there is.\n"


def test_the_list_of_labs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lab"]) == 0
    shown = capsys.readouterr().out
    assert all(spec.title in shown for spec in LABS.values())
    assert "--set memory=yes" in shown
    assert main(["lab", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["labs"]
    assert [lab["name"] for lab in listed] == list(LABS)


def test_a_lab_without_torch_runs_for_real(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lab", "mice", "--set", "mazes=50", "--json"]) in (0, 1)
    first = json.loads(capsys.readouterr().out)
    assert main(["lab", "mice", "--set", "mazes=50", "--json"]) in (0, 1)
    assert json.loads(capsys.readouterr().out)["metrics"] == first["metrics"]
    assert first["metrics"]["bfs.arrival"] == 1.0


class Terminal(io.StringIO):
    """A terminal that keeps what was written."""

    encoding = "utf-8"  # type: ignore[assignment]


def report(fraction: float) -> Report:
    return Report("mouse", "training", round(500 * fraction), 500, fraction, {"loss": 0.25})


def test_the_meter_says_how_far_and_how_long() -> None:
    line = Meter(Terminal(), "mouse", shown=True).line(report(0.25), elapsed=10)
    assert " 25%" in line
    assert "about 30 s left" in line
    assert "step 125 of 500, loss 0.25" in line
    assert line.count("━") == 5


def test_the_meter_guesses_nothing_too_early() -> None:
    meter = Meter(Terminal(), "mouse", shown=True)
    assert "left" not in meter.line(report(0.01), elapsed=0.5)
    assert "left" not in meter.line(report(0.0), elapsed=9.0)


def test_the_meter_wipes_its_line_also_when_stopped() -> None:
    stream = Terminal()
    with pytest.raises(KeyboardInterrupt), Meter(stream, "mouse", shown=True) as meter:
        meter.show(report(0.5))
        raise KeyboardInterrupt
    assert "50%" in stream.getvalue()
    assert stream.getvalue().endswith("\r\x1b[K")


def test_the_meter_is_silent_where_nobody_sees_it() -> None:
    stream = Terminal()
    with Meter(stream, "mouse", shown=False) as meter:
        meter.show(report(0.5))
    assert stream.getvalue() == ""


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.4, "0 s"), (89, "89 s"), (90, "2 min"), (7200, "2.0 h")]
)
def test_durations(seconds: float, said: str) -> None:
    assert duration(seconds) == said


CURVES = {("mouse", "loss"): [(step, 2.0 / (step + 1)) for step in range(1000)]}


@pytest.mark.parametrize("ink", [Ink(), Ink("shade"), Ink("ascii", "ascii")])
@pytest.mark.parametrize("width", [40, 80, 100])
def test_the_chart_keeps_to_its_width_and_ink(ink: Ink, width: int) -> None:
    drawn = printed(chart(MOUSE, CURVES, {}, width, ink), coloured=False)
    assert max(map(len, drawn.splitlines())) <= width
    assert "practice" in drawn
    assert drawn.isascii() or not ink.is_ascii


def test_colours_only_where_they_are_wanted() -> None:
    lines = chart(MOUSE, CURVES, {}, 80, Ink())
    assert "\x1b" not in printed(lines, coloured=False)


def test_bars_where_there_is_no_curve() -> None:
    mice = LABS["mice"]
    lines = chart(mice, {}, {"random.arrival": 0.5, "bfs.arrival": 1.0}, 80, Ink("ascii", "ascii"))
    drawn = printed(lines, coloured=False).splitlines()
    assert len(drawn) == 3
    assert drawn[1].count("#") == 15
    assert drawn[2].count("#") == 30
    assert drawn[2].endswith("100.0 %")


def test_a_lab_without_numbers_draws_nothing() -> None:
    assert chart(LABS["mice"], {}, {}, 80, Ink()) == []
    assert chart(replace(MOUSE, series=(), columns=()), {}, METRICS, 80, Ink()) == []
