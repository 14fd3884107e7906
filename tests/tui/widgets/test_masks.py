"""The mask of a network on a page: it is lifted, walked through and told in words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from course.lesson import View
from tests.support.probed import answering, by_hand, network
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import ScriptedLink
from tests.tui.panels.test_inside_panels import DONE, page
from tui.panels.masks_panel import MasksPanel
from tui.views import view_fault, view_in_words

TEXT = "hagdbe"


def link() -> ScriptedLink:
    return ScriptedLink(DONE, probes={"attention": answering(network(), TEXT)}, at_once=True)


async def test_the_mask_is_lifted_on_a_key(tmp_path: Path) -> None:
    async with page(tmp_path, "masks", link(), lab="letters") as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "may look?")
        assert isinstance(panel, MasksPanel) and panel.picture.masks is not None
        scores = by_hand(network(), text=TEXT).scores
        free = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)
        row, column = panel.picture.masks.cursor
        hidden = np.tril(np.triu(free, 1), 4)
        assert hidden[row, column] == hidden.max()
        await pilot.press("u")
        await sees(pilot, "mask lifted")
        assert "×" not in screen_text(pilot.app)
        await pilot.press("u")
        await wait_until(pilot, lambda: "mask lifted" not in screen_text(pilot.app))
        for _ in range(6):
            await pilot.press("down")
        await sees(pilot, "The last letter, e, may look at every letter")
        assert panel.sentence.startswith("The last letter, e, may look")
        assert "Drawn at random. Right in" in " ".join(screen_text(pilot.app).split())


async def test_in_a_narrow_window_tab_goes_from_panel_to_panel(tmp_path: Path) -> None:
    async with page(tmp_path, "masks", link(), (60, 24), lab="letters") as (pilot, _):
        await pilot.press("space")
        for name in ("1 of 3  scores", "2 of 3  may look?", "3 of 3  after softmax", "1 of 3"):
            await sees(pilot, name)
            await pilot.press("tab")


async def test_another_head_is_drawn_with_the_same_cursor(tmp_path: Path) -> None:
    async with page(tmp_path, "masks", link(), (120, 40), lab="letters") as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "may look?")
        assert isinstance(panel, MasksPanel)
        await pilot.press("h")
        scores = by_hand(network(), 1, TEXT).scores
        await sees(pilot, f"{scores[3, 0]:.1f}".replace("-", "−"))
        assert panel.picture.masks is not None and panel.picture.masks.inside.head == 1


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, ""),
        ({"lab": "recall", "when": "before", "head": "1"}, ""),
        ({"lab": "alignment"}, "the lab alignment has no scores before a mask"),
        ({"head": "0"}, "head 0: expected a whole number from 1 up"),
    ],
)
def test_what_a_lesson_sets_is_checked(settings: dict[str, str], said: str) -> None:
    assert view_fault(View("masks", settings)) == said
    if not said:
        assert "three grids side by side" in view_in_words(View("masks", settings))
