"""Heads of the learner's own network: what is asked of the worker, and what is then shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from course.lesson import View
from models import protocol
from models.arrays import pack
from models.shapes_trace import shapes_of_code
from models.specs.catalog import LABS
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import READY, ScriptedLink
from tests.tui.panels.test_inside_panels import BEGUN, DONE, page, starts
from tui.demos.heads import ablations_demo, heads_demo
from tui.drawing.attention.weights import number_text
from tui.drawing.ink import Ink
from tui.panels.ablations_panel import AblationsPanel
from tui.panels.heads_panel import HeadsPanel
from tui.views import VIEWS, view_fault, view_in_words

SETTINGS = {"lab": "heads steps=20 width=8"}


@pytest.fixture(scope="module")
def lab() -> Any:
    from models.labs.catalog import load_lab

    lab = load_lab("heads")(LABS["heads"].settings({"steps": 20, "width": 8}), 0, "cpu")
    list(lab.train())
    return lab


def link(lab: Any, script: Any = DONE) -> ScriptedLink:
    """A worker that looks into a real network."""

    def inside(probe: protocol.Probe) -> protocol.Reply:
        arrays, values = lab.probe(probe.what, probe.arguments)
        packed = {name: pack(array) for name, array in arrays.items()}
        return protocol.ProbeResult(probe.run, probe.id, packed, values)

    def code(probe: protocol.Probe) -> protocol.Reply:
        _, values = shapes_of_code(lab.probe, probe.arguments)
        return protocol.ProbeResult(probe.run, probe.id, {}, values)

    probes = dict.fromkeys(("heads", "ablate", "attention"), inside) | {"code": code}
    return ScriptedLink(script, probes=probes, at_once=True)


def asked(link: ScriptedLink) -> list[tuple[str, Any]]:
    probes = [request for request in link.sent if isinstance(request, protocol.Probe)]
    return [(one.what, one.arguments.get("off", one.arguments.get("sets"))) for one in probes]


def rows(lab: Any, *sets: list[list[int]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = lab.probe("ablate", {"sets": list(sets)})[1]["rows"]
    return found


async def test_a_head_is_switched_off_and_everything_is_computed_again(
    tmp_path: Path, lab: Any
) -> None:
    worker = link(lab)
    whole, second = rows(lab, [], [[0, 1]])
    async with page(tmp_path, "heads", worker, (100, 40), **SETTINGS) as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, f"loss {whole['loss']:.3f}")
        await pilot.press("right", "x")
        await sees(pilot, f"loss {second['loss']:.3f}; with all heads")
        assert "head 2 off" in screen_text(pilot.app)
        assert f"letter 8 {number_text(second['parts'][1])}" in screen_text(pilot.app)
        await pilot.press("x")
        await sees(pilot, f"loss {whole['loss']:.3f}.")
        assert asked(worker) == [("heads", []), ("heads", [[0, 1]])]
        assert panel.sentence.startswith("Head 2: ")


async def test_heads_of_two_layers_stand_there_with_the_scores_that_the_worker_measured(
    tmp_path: Path,
) -> None:
    from models.labs.catalog import load_lab

    begun = load_lab("induction")(LABS["induction"].settings({"steps": 20}), 0, "cpu")
    scores = begun.probe("heads", {"runner": "two"})[1]["scores"]
    worker = link(begun)
    settings = {"lab": "induction steps=20", "runner": "two"}
    async with page(tmp_path, "heads", worker, (80, 24), **settings) as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "L1·H4")
        shown = screen_text(pilot.app)
        for head in range(4):
            prev, same = (f"{scores[name][0][head]:.2f}"[1:] for name in ("prev", "same"))
            assert f"prev {prev} same {same}" in shown
        assert panel.sentence.startswith("L1·H1: ")
        await pilot.press(*["right"] * 7)
        await sees(pilot, f"same {scores['same'][1][3]:.2f}".replace("0.", "."))
        assert f"same {number_text(scores['same'][1][3])}" in panel.sentence


async def test_a_head_is_opened_with_all_that_it_is_made_of_and_closed_again(
    tmp_path: Path, lab: Any
) -> None:
    worker = link(lab)
    async with page(tmp_path, "heads", worker, runner="four", **SETTINGS) as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "►head 1")
        await pilot.press("right", "right", "i")
        weights = lab.probe("attention", {"head": 2})[0]["weights"][-1]
        await sees(pilot, f"takes {100 * max(weights):.1f} % from")
        last = [r for r in worker.sent if isinstance(r, protocol.Probe)][-1].arguments
        assert last["runner"] == "four" and last["head"] == 2
        await pilot.press("i")
        await sees(pilot, "change in the logits")
        await pilot.press("z")
        await sees(pilot, "The code of: × v")
        await sees(pilot, "D = 2.")  # eight channels for four heads: it is that team's
        await pilot.press("escape")  # the code, the cell, then the head
        await sees(pilot, "change in the logits")
        await pilot.press("escape")
        await pilot.press("escape")
        await sees(pilot, "►head 3")
        assert isinstance(panel, HeadsPanel) and not panel.opened
        await wait_until(pilot, lambda: pilot.app.focused is panel.picture)


async def test_escape_goes_back_to_all_heads_also_while_the_head_is_on_its_way(
    tmp_path: Path, lab: Any
) -> None:
    worker = link(lab)
    worker._probes["attention"] = lambda probe: READY
    async with page(tmp_path, "heads", worker, **SETTINGS) as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "►head 1")
        await pilot.press("i")
        await wait_until(pilot, lambda: asked(worker)[-1][0] == "attention")
        await pilot.press("escape")
        assert isinstance(panel, HeadsPanel) and not panel.opened
        await sees(pilot, "►head 1")


async def test_another_text_and_another_time(tmp_path: Path, lab: Any) -> None:
    worker = link(lab, BEGUN)
    async with page(tmp_path, "heads", worker, when="before", **SETTINGS) as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        (start,) = starts(worker)
        assert not start.keep
        tokens = lab.probe("heads", {"sample": 1})[1]["tokens"]
        await pilot.press("m")
        await sees(pilot, " ".join(tokens))


async def test_the_board_has_the_usual_lines_and_takes_more(tmp_path: Path, lab: Any) -> None:
    worker = link(lab)
    usual = rows(lab, [], [[0, 0]], [[0, 0], [0, 1]])
    three = rows(lab, [[0, 0], [0, 1], [0, 2]])[0]
    async with page(tmp_path, "ablations", worker, **SETTINGS) as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, f"{usual[0]['loss']:.3f}")
        await pilot.press("space")
        await wait_until(pilot, lambda: "Without head 1 " in panel.sentence)
        assert f"loss {usual[1]['loss']:.3f} instead of {usual[0]['loss']:.3f}" in panel.sentence
        await pilot.press("right", "space")
        assert f"loss {usual[2]['loss']:.3f} instead" in panel.sentence
        assert len(asked(worker)) == 1
        await pilot.press("right", "space")
        await wait_until(pilot, lambda: len(asked(worker)) == 2 and panel.has_picture)
        assert f"loss {three['loss']:.3f} instead" in panel.sentence
        await pilot.press("u", "u")
        assert "Without head 1 " in panel.sentence
        await pilot.press("up")
        assert panel.sentence.startswith("With no head off")
        assert isinstance(panel, AblationsPanel)


@pytest.mark.parametrize("name", ["heads", "ablations"])
async def test_another_team_begins_with_all_heads_on(tmp_path: Path, lab: Any, name: str) -> None:
    worker = link(lab)
    async with page(tmp_path, name, worker, (100, 40), **SETTINGS) as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "four heads after training")
        await pilot.press("x", "space")
        await pilot.press("r")
        await sees(pilot, "one head after training")
        await pilot.press("r")
        await sees(pilot, "two heads after training")
        whole = lab.probe("ablate", {"runner": "two", "sets": [[]]})[1]["rows"][0]
        await sees(pilot, f"{whole['loss']:.3f}")
        assert "head 3" not in screen_text(pilot.app)
        assert name == "heads" or panel.sentence.startswith("With no head off")


@pytest.mark.parametrize("demo", [heads_demo, ablations_demo])
async def test_the_demonstrations_run(demo: Any) -> None:
    app = demo(Ink("ascii"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("right", "space", "x")
        assert "head 2" in screen_text(app)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"lab": "letters"}, "has no heads to show"),
        ({"runner": "five"}, "has no team five"),
        ({"lab": "heads width=5"}, "must be one of"),
    ],
)
def test_settings_that_make_no_sense_are_told(settings: dict[str, str], words: str) -> None:
    for name in ("heads", "ablations"):
        assert words in view_fault(View(name, settings))
        assert name in VIEWS and view_in_words(View(name, {}))
