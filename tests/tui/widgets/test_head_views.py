"""The views of a head alone: the demonstrations, on networks trained for them, in any window."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pytest

from tests.support.screens import screen_text
from tests.support.terminal import Stage
from tui.demos import head as demos_head
from tui.demos.demo import Demo
from tui.drawing.ink import KINDS, Ink
from tui.widgets.drawn_view import DrawnView
from tui.widgets.head_inspector import HeadInspector
from tui.widgets.masks_view import MasksView
from tui.widgets.minimap import MiniMap

DEMOS = {
    "head": (demos_head.head_demo, "5 × v → W_O → change in the logits"),
    "long": (lambda ink, steps: demos_head.long_demo(ink, 200, steps), "all 200 × 200"),
    "masks": (demos_head.masks_demo, "may look?"),
}


@pytest.fixture(autouse=True)
def taught_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demos_head, "taught", taught)


@lru_cache
def taught(*how: Any, **more: Any) -> Any:
    return TAUGHT(*how, **more)


TAUGHT = demos_head.taught


@pytest.mark.parametrize("size", [(1, 1), (8, 4), (40, 12), (80, 24), (200, 60)])
@pytest.mark.parametrize("name", DEMOS)
async def test_a_view_alone_in_any_window(name: str, size: tuple[int, int]) -> None:
    make, shows = DEMOS[name]
    for kind in KINDS:
        demo: Demo = make(Ink(kind, "ascii"), 20)
        async with demo.run_test(size=size) as pilot:
            await pilot.press("down", "right", "left", "up")
            for view in pilot.app.query(DrawnView):
                for y in range(view.content_size.height):
                    assert view.render_line(y).cell_length == view.content_size.width
            if size == (80, 24):
                assert Ink(kind).words(shows) in screen_text(pilot.app)


def test_a_taught_network_looks_at_the_letter_before() -> None:
    _, inside = demos_head.told(demos_head.look(taught(150), "hagdbefc", head=0), "after")
    weights = inside.tiles[0].weights
    assert all(max(row) == row[place - 1] for place, row in enumerate(weights) if place)


async def test_without_anything_to_show_nothing_is_drawn() -> None:
    for view in (HeadInspector(), MasksView(), MiniMap()):
        app = Stage(view)
        async with app.run_test(size=(60, 20)) as pilot:
            view.focus()
            await pilot.press("down", "tab", "u", "c")
            assert not screen_text(app).strip()
