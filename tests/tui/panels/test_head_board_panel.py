"""The board of heads of the learner's own networks: what is asked, and what is then shown."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from course.lesson import View
from models import protocol
from models.arrays import pack
from models.kept import Kept
from models.specs.catalog import LABS
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import ScriptedLink
from tests.tui.panels.test_inside_panels import DONE, page
from tui.demos.head_board import head_board_demo
from tui.drawing.attention.weights import number_text
from tui.drawing.ink import KINDS, Ink
from tui.panels.head_board_panel import HeadBoardPanel, Switched
from tui.views import VIEWS, view_fault, view_in_words
from tui.widgets.head_board_view import HeadBoardView, Switches

LAB = "lap steps=20 width=16"
KNOBS: dict[str, Any] = {"steps": 20, "width": 16}


@pytest.fixture(scope="module")
def lab() -> Any:
    from models.labs.catalog import load_lab

    lab = load_lab("lap")(LABS["lap"].settings(KNOBS), 0, "cpu")
    for racer in lab.racers:  # type: ignore[attr-defined]
        for _ in range(20):
            racer.pupil.advance()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("models.labs.race.UNSEEN", 60)
        yield lab


def shelf(*seeds: int) -> dict[str, protocol.Opened]:
    """Kept runs of the same lab from these seeds, the newest first."""
    kept = [
        Kept(
            id=f"lap-{number}",
            lab="lap",
            knobs=LABS["lap"].settings(KNOBS),
            seed=seed,
            device="CPU",
            began=f"2026-01-0{number}T00:00:00Z",
            state="finished",
            lookable=True,
        )
        for number, seed in enumerate(seeds, 1)
    ]
    return {one.id: protocol.Opened(0, one, [], []) for one in reversed(kept)}


def link(lab: Any, *seeds: int) -> ScriptedLink:
    """A worker that looks into real networks, and has runs from some seeds on its shelf."""

    def inside(probe: protocol.Probe) -> protocol.Reply:
        began = {name: opened.kept.seed for name, opened in shelf(*seeds).items()}
        beside = {name: type(lab)(lab.settings, began[name]) for name in probe.beside}
        arrays, values = lab.probe(probe.what, {**probe.arguments, "beside": beside})
        packed = {name: pack(array) for name, array in arrays.items()}
        return protocol.ProbeResult(probe.run, probe.id, packed, values)

    probes = dict.fromkeys(("heads", "ablate"), inside)
    return ScriptedLink(DONE, probes=probes, at_once=True, kept=shelf(*seeds))


def asked(link: ScriptedLink) -> list[tuple[str, Any]]:
    probes = [request for request in link.sent if isinstance(request, protocol.Probe)]
    return [(one.what, one.arguments.get("off")) for one in probes]


async def test_what_is_shown_is_what_the_network_does(tmp_path: Path, lab: Any) -> None:
    worker = link(lab)
    _, values = lab.probe("heads", {})
    alone = lab.probe("switched", {"off": [[0, 0]]})[1]
    async with page(tmp_path, "head-board", worker, lab=LAB) as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "►[x] L1·H1")
        names = ("prev", "same", "back", "first")
        numbers = [values["scores"][name][0][0] for name in names]
        first = [number_text(number) for number in (*numbers, alone["accuracy"])]
        assert re.search(r"L1·H1 +" + r" +".join(map(re.escape, first)), screen_text(pilot.app))
        equal = [number_text(values["equal"][name]) for name in names]
        assert re.search(r"shares +" + r" +".join(map(re.escape, equal)), screen_text(pilot.app))
        assert asked(worker) == [("ablate", None), ("heads", [])]
        assert panel.sentence.startswith("L1·H1: one back")


async def test_heads_are_switched_off_together_and_all_come_back(tmp_path: Path, lab: Any) -> None:
    worker = link(lab)
    gone = lab.probe("switched", {"off": [[0, 0], [0, 2]]})[1]
    async with page(tmp_path, "head-board", worker, lab=LAB) as (pilot, panel):
        assert isinstance(panel, HeadBoardPanel) and panel.switched is None
        await pilot.press("space")
        await sees(pilot, "►[x] L1·H1")
        await pilot.press("x", "down", "down", "space")
        await sees(pilot, f"loss {gone['loss']:.3f}; with all")
        off = frozenset({(0, 0), (0, 2)})
        assert panel.switched == Switched("mixed", off, gone["accuracy"], gone["loss"])
        assert "2 heads off. The fewest so far" in screen_text(pilot.app)
        await pilot.press("u")
        await sees(pilot, "All heads are on.")
        assert asked(worker)[1:] == [
            ("heads", []),
            ("heads", [[0, 0]]),
            ("heads", [[0, 0], [0, 2]]),
        ]


async def test_a_head_comes_from_another_network_and_goes_again(tmp_path: Path, lab: Any) -> None:
    worker = link(lab)
    taken = lab.probe("switched", {"taken": [[0, 0, "fixed"]]})[1]
    async with page(tmp_path, "head-board", worker, lab=LAB) as (pilot, _):
        await pilot.press("space")
        await sees(pilot, "►[x] L1·H1")
        await pilot.press("t")
        await sees(pilot, f"loss {taken['loss']:.3f}; with its own")
        assert "►[x] L1·H1 fixed" in screen_text(pilot.app)
        await pilot.press("t")
        await sees(pilot, "1 head taken from: all graded.")
        await pilot.press("t")
        await sees(pilot, "All heads are on. ")


async def test_a_head_comes_from_a_kept_run_that_began_from_another_seed(
    tmp_path: Path, lab: Any
) -> None:
    """Those from the seed of this very run are the same, and of two from one seed the newer."""
    worker = link(lab, 4, 7, 4, 0)
    async with page(tmp_path, "head-board", worker, lab=LAB) as (pilot, _):
        await pilot.press("space")
        await sees(pilot, "►[x] L1·H1")
        other = type(lab)(lab.settings, 4)
        given = {"taken": [[0, 0, "lap-3"]], "beside": {"lap-3": other}}
        taken = lab.probe("switched", given)[1]
        await pilot.press("o")
        await sees(pilot, "1 head taken from: lap-3, seed 4. With it off instead, ")
        assert f"loss {taken['loss']:.3f}; with its own" in screen_text(pilot.app)
        assert "►[x] L1·H1 seed 4" in screen_text(pilot.app)
        await pilot.press("o")
        await sees(pilot, "taken from: lap-2, seed 7.")
        await pilot.press("a")
        await sees(pilot, "4 heads taken from: lap-2, seed 7. With them off instead, ")
        assert "[x] L1·H4 seed 7" in screen_text(pilot.app)
        await pilot.press("o")
        await sees(pilot, "3 heads taken from: lap-2")
        await pilot.press("u")
        await sees(pilot, "All heads are on. ")
        beside = [one.beside for one in worker.sent if isinstance(one, protocol.Probe)]
        assert ["lap-3"] in beside and ["lap-2"] in beside and [] in beside


async def test_without_another_run_it_is_said_how_to_get_one(tmp_path: Path, lab: Any) -> None:
    async with page(tmp_path, "head-board", link(lab, 0), lab=LAB) as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "►[x] L1·H1")
        await pilot.press("o")
        await sees(pilot, "there k sets the seed.")
        assert panel.wanted.switches == Switches()
        await pilot.press("x")
        await sees(pilot, "1 head off.")


async def test_a_layer_says_what_it_says_in_another_text(tmp_path: Path, lab: Any) -> None:
    worker = link(lab)
    layer = [[1, head] for head in range(4)]
    values = lab.probe("heads", {"elsewhere": layer})[1]
    async with page(tmp_path, "head-board", worker, lab=LAB) as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "►[x] L1·H1")
        await pilot.press(*["down"] * 4, "e")
        await sees(pilot, "1 head patched from another text")
        await pilot.press("a")
        await sees(pilot, f"4 heads patched from another text, here {values['there']}: ")
        told = " ".join(panel.sentence.split())
        assert f"{number_text(values['other'])} of the answers are that text's" in told
        assert f"loss {values['loss']:.3f}; unpatched" in told
        await pilot.press("x")
        await sees(pilot, "►[ ] L2·H1")
        assert "1 head off. 3 heads patched" in screen_text(pilot.app)


async def test_another_network_other_loops_and_another_text(tmp_path: Path, lab: Any) -> None:
    worker = link(lab)
    async with page(tmp_path, "head-board", worker, lab=LAB, runner="two") as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "two heads, after training")
        await pilot.press("t")
        assert panel.wanted.switches == Switches(), "nobody else has heads of that size"
        await pilot.press("l")
        await sees(pilot, "loops of 3 alone")
        three = lab.probe("switched", {"runner": "two", "length": 3})[1]
        assert f"loss {three['loss']:.3f}." in screen_text(pilot.app)
        before = lab.probe("heads", {"runner": "two", "length": 3, "sample": 1})[1]["tokens"]
        await pilot.press("m")
        view = panel.query_one(HeadBoardView)
        await wait_until(pilot, lambda: list(view.board.heads.tokens) == before)
        await pilot.press("x", "r")
        await sees(pilot, "all graded, after training")
        assert panel.wanted.switches == Switches(), "another network has all its heads"
        await pilot.press("b")
        await sees(pilot, "all graded, before training")


async def test_heads_are_sorted_and_the_cursor_stays_on_its_head(tmp_path: Path, lab: Any) -> None:
    async with page(tmp_path, "head-board", link(lab), lab=LAB) as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "►[x] L1·H1")
        await pilot.press("down", "s", "s")
        await sees(pilot, "↓followed")
        view = panel.query_one(HeadBoardView)
        assert view.looking.place == (0, 1)
        order = view.board.ordered("same")
        shown = re.findall(r"L\d·H\d", screen_text(pilot.app).split("followed")[1])
        assert [name for name in shown if name][1:9] != [] and order[0] != order[-1]
        values = [view.board.value(place, "same") for place in order]
        assert values == sorted(values, reverse=True)


async def test_the_heads_of_another_lab_that_has_scores(tmp_path: Path) -> None:
    from models.labs.catalog import load_lab

    spec = LABS["induction"]
    lab: Any = load_lab("induction")(spec.settings({"steps": 20}), 0, "cpu")
    _, values = lab.probe("heads", {"runner": "one"})
    worker, run = link(lab), "induction steps=20"
    async with page(tmp_path, "head-board", worker, lab=run, runner="one") as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "►[x] head 1")
        told = number_text(values["scores"]["prev"][0][0])
        assert re.search(rf"head 1 .*{re.escape(told)}", screen_text(pilot.app))
        await pilot.press("l")
        assert panel.wanted.length is None
        await pilot.press("t")
        await sees(pilot, "1 head taken from:")
    assert view_fault(View("head-board", {"lab": "induction", "length": "5"}))


@pytest.mark.parametrize("size", [(1, 1), (8, 4), (40, 12), (80, 24), (200, 60)])
async def test_the_demonstration_in_any_window(size: tuple[int, int]) -> None:
    for kind in KINDS:
        async with head_board_demo(Ink(kind)).run_test(size=size) as pilot:
            await pilot.press("down", "down", "x", "s")
            if size == (80, 24):
                assert "1 head off." in screen_text(pilot.app)
                assert "[ ] L2" in screen_text(pilot.app)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"lab": "roles"}, "the lab roles has no board of heads"),
        ({"lab": "lap", "runner": "four"}, "the lab lap has no team four"),
        ({"lab": "lap", "sample": "-1"}, "expected a whole number from 0 up"),
        ({"lab": "lap", "length": "11"}, "loops have 3 to 10 landmarks"),
        ({"lab": "lap", "below": "0"}, "expected a share in percent, from 1 to 99"),
    ],
)
def test_what_cannot_be_drawn_is_said(settings: dict[str, str], said: str) -> None:
    assert said in view_fault(View("head-board", settings))


def test_it_has_words_for_whoever_cannot_see_it() -> None:
    good = {"lab": "lap", "runner": "fixed", "length": "5", "below": "60"}
    assert set(good) <= VIEWS["head-board"] and view_fault(View("head-board", good)) == ""
    assert "of a network of the lab lap, a line for each" in view_in_words(View("head-board", good))
