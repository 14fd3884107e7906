"""A patient in a lesson: what the worker is asked, and its numbers on the screen."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pytest

from course.lesson import View
from models import protocol
from models.arrays import pack
from models.specs.catalog import LABS
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import ScriptedLink
from tests.tui.panels.test_inside_panels import DONE, page
from tui.views import VIEWS, view_fault, view_in_words

BEA, WARD = "clinic patient=bea", "clinic patch=no"


@functools.cache
def lab(patch: bool) -> Any:
    import torch

    from models.labs.catalog import load_lab

    torch.set_num_threads(1)
    knobs = {"steps": 20, "patient": "bea"} if patch else {"steps": 20, "patch": False}
    lab = load_lab("clinic")(LABS["clinic"].settings(knobs), 0, "cpu")
    for _ in lab.train():
        pass
    return lab


def link(patch: bool) -> ScriptedLink:
    def inside(probe: protocol.Probe) -> protocol.Reply:
        arrays, values = lab(patch).probe(probe.what, probe.arguments)
        packed = {name: pack(array) for name, array in arrays.items()}
        return protocol.ProbeResult(probe.run, probe.id, packed, values)

    reports = [
        protocol.Report(name, "training", step, 20, 0.5, {"loss": loss})
        for name in ("bea", "bea_patched", "healthy")
        for step, loss in ((1, 2.8), (20, 1.4))
    ]
    script = (DONE[0], protocol.Advanced("", reports), DONE[1])
    return ScriptedLink(script, probes={"case": inside}, at_once=True)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 24)])
async def test_the_numbers_are_those_of_the_run(tmp_path: Path, size: tuple[int, int]) -> None:
    async with page(tmp_path, "patch", link(True), size, lab=BEA, patient="bea") as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        measured = lab(True).result.metrics
        one, other = (100 * measured[f"{name}.future"] for name in ("bea", "bea_patched"))
        await sees(pilot, f"ahead   {one:.0f} → {other:.0f} %")
        await sees(pilot, "-     return scores + ahead.float()")
        right = f"right {100 * measured['bea.accuracy']:.0f} →"
        assert right in panel.sentence and "Bea → patched" in panel.sentence


async def test_a_cell_is_that_of_the_weights(tmp_path: Path) -> None:
    async with page(tmp_path, "patch", link(True), lab=BEA, patient="bea") as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        await pilot.press("down", "down", "right")
        arrays, values = lab(True).probe("case", {"runner": "bea", "when": "after"})
        patched, _ = lab(True).probe("case", {"runner": "bea_patched", "when": "after"})
        letters = values["letters"]
        weight, other = arrays["weights"][2, 1], patched["weights"][2, 1]
        await sees(pilot, f"{letters[2]}, {letters[1]}    {weight:.2f} → {other:.2f}")


async def test_before_the_patch_a_patient_stands_beside_the_healthy_one(tmp_path: Path) -> None:
    scripted = link(False)
    async with page(tmp_path, "patch", scripted, lab=WARD, patient="cas") as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        asked = [r.arguments for r in scripted.sent if isinstance(r, protocol.Probe)]
        assert [one["runner"] for one in asked] == ["cas", "healthy"]
        await sees(pilot, "! no number")
        assert "NaN 100 → 0 %" in panel.sentence
        assert "return" not in screen_text(pilot.app), "the line is not given away"
        await pilot.press("b")
        await wait_until(pilot, lambda: panel.has_picture)
        assert panel.sentence.startswith("Cas → healthy: nothing is measured yet.")


async def test_the_other_patients_of_a_run_are_a_key_away(tmp_path: Path) -> None:
    scripted = link(False)
    async with page(tmp_path, "patch", scripted, lab=WARD, patient="eli") as (pilot, panel):
        await pilot.press("space")
        for name in ("Eli", "Fay", "Ada"):
            await sees(pilot, f"{name}    ")
            await wait_until(pilot, lambda: panel.has_picture)
            assert panel.sentence.startswith(f"{name} → healthy")
            await pilot.press("o")
        runners = [r.arguments["runner"] for r in scripted.sent if isinstance(r, protocol.Probe)]
        assert runners[:6:2] == ["eli", "fay", "ada"]


def test_what_a_lesson_sets_is_checked() -> None:
    good = {"lab": BEA, "patient": "bea", "when": "after"}
    assert set(good) <= VIEWS["patch"] and view_fault(View("patch", good)) == ""
    for settings, said in (
        ({"patient": "zoe"}, "patient zoe"),
        ({"lab": "tower", "patient": "ada"}, "the lab tower has no patients"),
        ({"lab": BEA, "patient": "ada"}, "ada is not in a run of bea alone"),
        ({"lab": "clinic patch=maybe", "patient": "ada"}, "patch = maybe"),
    ):
        assert said in view_fault(View("patch", settings))
    assert "Ada" in view_in_words(View("patch", {}))
    assert view_in_words(View("patch", {"lab": "clinic patient=dot"})).startswith("Dot")
    assert "one line of its code put right" in view_in_words(View("patch", good))
    assert "healthy" in view_in_words(View("patch", {"lab": WARD, "patient": "ada"}))
