"""The dashboard line on the screen."""

from __future__ import annotations

import pytest

from tests.support.screens import screen_text, wait_until
from tests.support.terminal import Stage
from tui.drawing.ink import KINDS, Ink
from tui.drawing.training.dashboard import Progress
from tui.widgets.progress_line import ProgressLine


async def test_it_shows_what_it_is_told() -> None:
    line = ProgressLine()
    app = Stage(line)
    async with app.run_test(size=(80, 24)) as pilot:
        line.show(Progress("training", 250, 500, 20.0, device="cpu", threads=2))
        await wait_until(pilot, lambda: "250 / 500" in screen_text(app))
        assert "cpu · 2 threads" in screen_text(app) and "~20 s left" in screen_text(app)
        assert line.sentence == "training: step 250 of 500, 50 %, about 20 s left."


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [1, 30, 200])
async def test_every_width(kind: str, width: int) -> None:
    line = ProgressLine(Progress("training", 250, 500, 20.0), ink=Ink(kind))
    app = Stage(line)
    async with app.run_test(size=(width, 5)):
        assert line.render_line(0).cell_length == width
        assert kind != "ascii" or screen_text(app).isascii()
