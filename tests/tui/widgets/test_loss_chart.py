"""The loss chart: points come cheaply, pictures seldom, and only changed cells are painted."""

from __future__ import annotations

import math
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from tests.support.screens import screen_text, wait_until
from tests.support.terminal import COLOUR, Stage, Terminal, on_terminal
from tui.drawing.ink import KINDS, MARKERS, Ink
from tui.drawing.training.chart_bet import bet_mark
from tui.widgets import paced_view
from tui.widgets.loss_chart import LossChart


def loss(step: int) -> float:
    return 2.3 * math.exp(-step / 100) + 0.1


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draws at once."""
    monkeypatch.setattr(paced_view, "INTERVAL", 0.0)


@pytest.mark.usefixtures("eager")
async def test_a_curve_with_its_legend_and_sentence() -> None:
    chart = LossChart("loss in nats")
    app = Stage(chart)
    async with app.run_test(size=(80, 24)) as pilot:
        chart.set_reference("chance", 2.3)
        chart.set_end(200)
        chart.extend("train", ((step, loss(step)) for step in range(101)))
        chart.add("held out", 100, 1.25)
        await wait_until(pilot, lambda: "held out" in screen_text(app))
        rows = screen_text(app).split("\n")
        assert rows[0] == "loss in nats, by step"
        assert "● train 0.946   × held out 1.25   ┄┄ chance 2.30" in rows[12]
        assert rows[13] == "By step 100 train fell from 2.40 to 0.946, held out is at 1.25."
        assert chart.sentence == rows[13]
        assert any("200" in row for row in rows)


@pytest.mark.usefixtures("eager")
async def test_no_name_of_many_curves_is_cut_at_80_columns() -> None:
    names = ["RNN, 8 cells", "RNN", "LSTM, forget bias", "GRU", "attention"]
    chart = LossChart()
    app = Stage(chart)
    async with app.run_test(size=(74, 24)) as pilot:
        chart.set_reference("guessing", 0.693)
        for rank, name in enumerate(names):
            chart.extend(name, ((step, 1 + rank + loss(step)) for step in range(300)))
        await wait_until(pilot, lambda: "guessing" in screen_text(app))
        for name in [*names, "guessing"]:
            assert f" {name} " in screen_text(app)
        assert "RNN, 8 cells is lowest at 1.22, attention highest at 5.22." in screen_text(app)
        assert "…" not in screen_text(app)


@pytest.mark.usefixtures("eager")
async def test_without_a_caption_the_title_names_the_levels() -> None:
    chart = LossChart(captioned=False)
    app = Stage(chart)
    async with app.run_test(size=(80, 24)) as pilot:
        chart.set_reference("guessing", 0.693)
        chart.extend("train", ((step, loss(step)) for step in range(300)))
        await wait_until(pilot, lambda: "guessing" in screen_text(app))
        assert screen_text(app).split("\n")[0] == "loss, by step   ┄┄ guessing 0.693"
        assert "train" not in screen_text(app)


@pytest.mark.usefixtures("eager")
async def test_log_scale_is_a_key() -> None:
    chart = LossChart()
    app = Stage(chart)
    async with app.run_test(size=(80, 24)) as pilot:
        chart.extend("train", ((step, loss(step)) for step in range(400)))
        chart.focus()
        await pilot.press("l")
        await wait_until(pilot, lambda: "log scale" in screen_text(app))
        assert ".1┤" in screen_text(app)
        await pilot.press("l")
        await wait_until(pilot, lambda: "log scale" not in screen_text(app))


@pytest.mark.usefixtures("eager")
async def test_a_run_before_becomes_a_ghost() -> None:
    chart = LossChart()
    app = Stage(chart)
    async with app.run_test(size=(80, 24)) as pilot:
        chart.set_ghosts({"train": [(step, loss(step)) for step in range(300)]})
        chart.add("train", 0, 2.0)
        await wait_until(pilot, lambda: "before" in screen_text(app))
        assert screen_text(app).count("∙") > 10 and "train 2.00" in screen_text(app)
        chart.clear()
        await wait_until(pilot, lambda: "before" not in screen_text(app))
        assert "No numbers yet." in screen_text(app)


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize(("kind", "markers"), list(zip(KINDS, MARKERS, strict=True)))
async def test_a_bet_has_a_mark_and_a_name_of_its_own(kind: str, markers: str) -> None:
    ink = Ink(kind, markers)
    chart = LossChart(ink=ink)
    app = Stage(chart)
    async with app.run_test(size=(80, 24)) as pilot:
        chart.set_end(300)
        chart.extend("train", ((step, loss(step)) for step in range(100)))
        chart.set_sketch("train", [(0, 2.4), (100, 1.5), (300, 0.5)])
        mark = f"{bet_mark(ink)} your bet"
        await wait_until(pilot, lambda: mark in screen_text(app))
        assert screen_text(app).count(bet_mark(ink)) > 8
        right = [row for row in screen_text(app).split("\n")[:12] if bet_mark(ink) in row[60:]]
        assert right, "what has not come yet is in the picture already"
        chart.set_sketch("train")
        await wait_until(pilot, lambda: bet_mark(ink) not in screen_text(app))
        chart.set_sketch("", level=1.25)
        await wait_until(pilot, lambda: f"{bet_mark(ink)} your bet 1.25" in screen_text(app))
        rows = [row for row in screen_text(app).split("\n")[:12] if bet_mark(ink) in row]
        assert len(rows) == 1 and rows[0].count(bet_mark(ink)) > 10


async def test_pictures_are_seldom_however_many_points_come() -> None:
    chart = LossChart()
    drawn: list[float] = []
    app = Stage(chart)
    async with app.run_test(size=(80, 24)) as pilot:
        draw = chart._draw
        chart._draw = lambda: (drawn.append(1.0), draw())[1]  # type: ignore[method-assign,assignment]
        for step in range(5000):
            chart.add("train", step, loss(step))
        await wait_until(pilot, lambda: "step 4,999" in screen_text(app))
        assert len(drawn) <= 2


@pytest.mark.usefixtures("eager")
async def test_nothing_is_drawn_while_nobody_can_see_it() -> None:
    chart = LossChart()
    app = Stage(chart)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(Screen())
        chart.add("train", 0, 2.0)
        assert chart._timer is None
        chart.add("train", 1, 1.0)
        app.pop_screen()
        await wait_until(pilot, lambda: "train 1.00" in screen_text(app))
        chart.display = False
        await pilot.pause()
        chart.add("train", 2, 0.5)
        chart.display = True
        await wait_until(pilot, lambda: "train 0.500" in screen_text(app))


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (12, 4), (14, 6), (30, 9), (60, 20), (200, 60)])
async def test_every_size(size: tuple[int, int]) -> None:
    chart = LossChart()
    app = Stage(chart)
    async with app.run_test(size=size) as pilot:
        chart.styles.height = "100%"
        chart.extend("train", ((step, loss(step)) for step in range(50)))
        chart.add("train", 50, math.nan)
        await pilot.pause()
        chart.redraw()
        for y in range(chart.content_size.height):
            assert chart.render_line(y).cell_length == chart.content_size.width
        if size == (30, 9):
            assert "By step 50" in " ".join(row.text for row in chart._lines)


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize(("kind", "markers"), list(zip(KINDS, MARKERS, strict=True)))
async def test_only_what_changed_is_painted_and_nothing_is_stale(kind: str, markers: str) -> None:
    chart = LossChart(ink=Ink(kind, markers))
    size = (72, 16)
    sent: list[int] = []

    async def act(pilot: Pilot[Any], terminal: Terminal) -> None:
        chart.set_end(2000)
        chart.set_reference("chance", 1.0)
        for step in range(0, 600, 40):
            before = len(terminal.sent)
            for part in range(40):
                chart.add("train", step + part, loss(step + part))
            chart.add("held out", step, loss(step) + 0.1)
            await wait_until(pilot, lambda: not chart._stale)
            fresh = [chart.render_line(y).text.rstrip() for y in range(14)]
            await wait_until(pilot, lambda fresh=fresh: terminal.lines(*size)[:14] == fresh)
            sent.append(len(terminal.sent) - before)

    terminal = await on_terminal(Stage(chart, driver_class=Terminal), size, act)
    assert sorted(sent)[len(sent) // 2] < 1500
    assert kind != "ascii" or "".join(terminal.lines(*size)).isascii()


@pytest.mark.usefixtures("eager")
async def test_no_color_sends_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    chart = LossChart(ink=Ink.choose())
    app = Stage(chart, driver_class=Terminal, ansi_color=True)
    app.theme = "ansi-dark"

    async def act(pilot: Pilot[Any], terminal: Terminal) -> None:
        chart.set_reference("chance", 2.0)
        chart.extend("train", ((step, loss(step)) for step in range(100)))
        chart.add("train", 100, math.inf)
        await wait_until(pilot, lambda: any("!" in row for row in terminal.lines(80, 24)))

    terminal = await on_terminal(app, (80, 24), act)
    assert not COLOUR.search(terminal.sent)
