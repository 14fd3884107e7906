"""The attention grid on the screen: cursor, digits, scrolling, and what is painted again."""

from __future__ import annotations

import random
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.support.screens import screen_text, wait_until
from tests.support.terminal import COLOUR, Stage, Terminal, on_terminal
from tui.drawing.attention.weights import Weights
from tui.drawing.ink import Ink
from tui.widgets.attention_grid import AttentionGrid


def weights(size: int = 10) -> Weights:
    rows = []
    for row in range(size):
        scores = [random.Random(row * size + column).random() ** 3 for column in range(row + 1)]
        rows.append([s / sum(scores) for s in scores] + [0.0] * (size - row - 1))
    names = [chr(97 + n % 26) for n in range(size)]
    mask = [[column > row for column in range(size)] for row in range(size)]
    return Weights.of(names, names, rows, mask, "layer", "Without it: still right.")


class Listening(Stage):
    """Remembers where the cursor went."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cells: list[tuple[int, int]] = []

    def on_attention_grid_moved(self, event: AttentionGrid.Moved) -> None:
        """Remember."""
        self.cells.append((event.row, event.column))


async def test_keys() -> None:
    grid = AttentionGrid(weights())
    app = Listening(grid)
    async with app.run_test(size=(80, 24)) as pilot:
        grid.focus()
        await pilot.press("down", "down", "right", "up", "left", "left")
        assert grid.cursor == (1, 0) and app.cells[-1] == (1, 0)
        await pilot.press("down", "right")
        value = weights().weight(2, 1)
        assert value is not None
        told = f"Row 2 'c' reads column 1 'b': {value:.3f}".replace("0.", ".")
        assert told in screen_text(app)
        assert grid.sentence.startswith(told)
        assert "Uniform would be .333, and the row adds up to 1.000" in screen_text(app)
        assert "Without it: still right." in screen_text(app)
        await pilot.press("d")
        await wait_until(pilot, lambda: f"[{value:.2f}".replace("[0", "[") in screen_text(app))


async def test_the_mouse_puts_the_cursor_on_a_cell() -> None:
    grid = AttentionGrid(weights())
    app = Stage(grid)
    async with app.run_test(size=(80, 24)) as pilot:
        row = next(y for y, line in enumerate(screen_text(app).split("\n")) if " 4 e" in line)
        await pilot.click(AttentionGrid, offset=(4 + 1 + 2 * 3 + 1, row))
        assert grid.cursor == (4, 3)


async def test_other_weights_keep_the_cursor_and_none_is_a_sentence() -> None:
    grid = AttentionGrid()
    app = Stage(grid)
    async with app.run_test(size=(80, 24)) as pilot:
        assert "No weights yet." in screen_text(app)
        grid.show(weights(), (3, 1))
        await pilot.pause()
        assert grid.cursor == (3, 1) and "Row 3 'd' reads" in screen_text(app)
        grid.show(weights(3))
        await pilot.pause()
        assert grid.cursor == (2, 1) and "Row 2 'c' reads" in screen_text(app)


async def test_rows_that_arrive_later() -> None:
    rows: dict[int, list[float]] = {}
    grid = AttentionGrid(Weights("ab", "ab", rows.get))
    app = Stage(grid)
    async with app.run_test(size=(60, 20)) as pilot:
        assert "still on its way" in screen_text(app)
        rows.update({0: [1.0, 0.0], 1: [0.5, 0.5]})
        grid.arrived()
        await pilot.pause()
        assert "reads column 0 'a': 1.000" in screen_text(app)


@pytest.mark.parametrize("kind", ["colour", "ascii"])
@pytest.mark.parametrize("size", [(1, 1), (8, 4), (20, 6), (40, 12), (200, 60)])
async def test_every_size(kind: str, size: tuple[int, int]) -> None:
    grid = AttentionGrid(weights(40), ink=Ink(kind))
    app = Stage(grid)
    async with app.run_test(size=size) as pilot:
        grid.styles.height = "100%"
        grid.focus()
        await pilot.press("down", "right", "d", "down")
        grid.move_to(39, 39)
        await pilot.pause()
        for y in range(grid.content_size.height):
            assert grid.render_line(y).cell_length == grid.content_size.width
        assert kind != "ascii" or screen_text(app).isascii()


async def test_the_cursor_is_always_in_sight_and_nothing_is_stale() -> None:
    grid = AttentionGrid(weights(60))
    size = (60, 20)
    rng = random.Random(0)

    async def act(pilot: Pilot[Any], terminal: Terminal) -> None:
        grid.styles.height = "100%"
        await pilot.pause()
        for _ in range(15):
            grid.move_to(rng.randrange(60), rng.randrange(60))
            fresh = [grid.render_line(y).text.rstrip() for y in range(20)]
            drawn = [line.text.rstrip() for line in grid.draw()]
            assert fresh == drawn and sum("[" in row for row in fresh) == 1
            await wait_until(pilot, lambda fresh=fresh: terminal.lines(*size) == fresh)

    await on_terminal(Stage(grid, driver_class=Terminal), size, act)


async def test_no_color_sends_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    grid = AttentionGrid(weights(), ink=Ink.choose())
    app = Stage(grid, driver_class=Terminal, ansi_color=True)
    app.theme = "ansi-dark"

    async def act(pilot: Pilot[Any], terminal: Terminal) -> None:
        grid.focus()
        await pilot.press("down", "d", "right")
        await wait_until(pilot, lambda: any("column 1" in row for row in terminal.lines(80, 24)))

    terminal = await on_terminal(app, (80, 24), act)
    assert not COLOUR.search(terminal.sent)


async def test_home_and_end_go_to_what_the_row_may_look_at() -> None:
    grid = AttentionGrid(weights())
    async with Stage(grid).run_test(size=(80, 24)) as pilot:
        grid.focus()
        grid.move_to(4, 2)
        await pilot.press("end")
        assert grid.cursor == (4, 4)
        await pilot.press("home")
        assert grid.cursor == (4, 0)
