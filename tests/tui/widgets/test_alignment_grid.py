"""The alignment grid: a look of the worker, drawn anew as it changes and painted where it has."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from models.protocol import Moment
from tests.support.screens import screen_text, wait_until
from tests.support.terminal import Stage, Terminal, on_terminal
from tui.demos.alignment import alignment_demo, taught
from tui.drawing.ink import KINDS, Ink
from tui.moments import weights_of_moment
from tui.widgets.alignment_grid import AlignmentGrid

WORDS = ["ru", "pip", "ti", "pippippip"]
EVEN = [[0.25] * 4] * 3
SHARP = [[0.0, 0.0, 0.07, 0.93], [0.0, 0.65, 0.35, 0.0], [1.0, 0.0, 0.0, 0.0]]


def look(weights: list[list[float]], step: int = 20, **more: Any) -> Moment:
    data = {"asks": ["E", "W", "."], "answers": WORDS, "weights": weights, "said": ["E", "E", "."]}
    return Moment("run", "attention", step, "alignment", {**data, **more})


def test_a_look_carries_what_the_grid_shows() -> None:
    told = weights_of_moment(look(SHARP, called=["move", "word"], right=["E", "W", "."]))
    assert [told.weight(row, 1) for row in range(3)] == [0.0, 0.65, 0.0]
    assert told.title == "after 20 steps" and told.called == ("move", "word")
    assert [told.verdict(row) for row in range(3)] == [("E", True), ("E", False), (".", True)]
    assert weights_of_moment(look(SHARP, title="amnesia")).title == "amnesia"
    # A look may say less than that: what it says is right is then not judged.
    assert weights_of_moment(look(SHARP)).verdict(0) == ("E", None)


async def test_without_a_cursor_the_words_are_those_of_the_whole_grid() -> None:
    grid = AlignmentGrid()
    grid.can_focus = False
    app = Stage(grid)
    async with app.run_test(size=(80, 24)) as pilot:
        grid.show_moment(look(SHARP, called=["move", "word"], right=["E", "W", "."]))
        mean = (0.93 + 0.65 + 1.0) / 3
        told = f"Each move takes {100 * mean:.1f} % from one word, on average; equal shares"
        await wait_until(pilot, lambda: told in screen_text(app))
        assert "Of what it says, 2 of 3 are right." in grid.sentence
        assert "[" not in screen_text(app) and "►" not in screen_text(app)


async def test_only_what_has_changed_is_painted() -> None:
    grid = AlignmentGrid()
    grid.can_focus = False
    one = [[0.25] * 4, [0.25] * 4, [0.4, 0.2, 0.2, 0.2]]

    async def act(pilot: Pilot[Any], terminal: Terminal) -> None:
        grid.show_moment(look(EVEN, title="now"))
        await wait_until(pilot, lambda: any("25.0 %" in row for row in terminal.lines(80, 24)))
        terminal.sent = ""
        grid.show_moment(look(one, title="now"))
        await wait_until(pilot, lambda: any("30.0 %" in row for row in terminal.lines(80, 24)))
        assert len(terminal.sent) < 200 and "pippippip" not in terminal.sent
        shown = [line.text.rstrip() for line in grid.draw()]
        assert terminal.lines(80, 24)[: len(shown)] == shown

    await on_terminal(Stage(grid, driver_class=Terminal), (80, 24), act)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [(1, 1), (12, 4), (29, 14), (40, 12), (200, 60)])
async def test_every_size(kind: str, size: tuple[int, int]) -> None:
    grid = AlignmentGrid(ink=Ink(kind))
    app = Stage(grid)
    async with app.run_test(size=size) as pilot:
        grid.show_moment(look(SHARP))
        grid.move_to(2, 3)
        await pilot.pause()
        for y in range(grid.content_size.height):
            assert grid.render_line(y).cell_length == grid.content_size.width
        assert kind != "ascii" or screen_text(app).isascii()


async def test_all_rows_are_in_sight_where_words_can_give_way() -> None:
    grid = AlignmentGrid()
    app = Stage(grid)
    async with app.run_test(size=(29, 4)) as pilot:
        grid.show_moment(look(SHARP))
        await pilot.pause()
        rows = screen_text(app).split("\n")
        assert len(rows) == 4 and [row[3] for row in rows[1:]] == ["E", "W", "."]


async def test_of_one_long_row_what_it_looks_at_is_in_sight() -> None:
    weights = [0.005] * 75
    weights[52] = 1 - 74 * 0.005
    words = [f"w{place}" for place in range(75)]
    data = {"asks": ["?"], "answers": words, "weights": [weights]}
    grid = AlignmentGrid()
    grid.can_focus = False
    app = Stage(grid)
    async with app.run_test(size=(36, 9)) as pilot:
        grid.show_moment(Moment("run", "attention", 10, "alignment", data))
        await wait_until(pilot, lambda: "w52" in screen_text(app))
        assert "█" in screen_text(app)


def test_the_demonstration_is_a_model_that_learns() -> None:
    weights = [translator.weights() for translator in taught(100)]
    assert all(sum(row) == pytest.approx(1) for row in weights[-1])
    assert max(weights[0][move][-1 - move] for move in range(8)) < 0.3
    assert min(weights[-1][move][-1 - move] for move in range(8)) > 0.8


async def test_the_demonstration_fills_in() -> None:
    async with alignment_demo(Ink("ascii", "ascii"), steps=3).run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "after 3 steps" in screen_text(pilot.app))
        assert "moves ask v" in screen_text(pilot.app)
