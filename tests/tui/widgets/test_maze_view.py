"""The maze view: what it plays, when it moves, and how little it paints."""

from __future__ import annotations

import random
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from models.mazes.generators import random_ends, wilson
from models.mazes.trace import Trace
from models.mazes.walkers import WALKERS, budget_for
from tests.support.screens import screen_text, wait_until
from tests.support.terminal import COLOUR, Stage, Terminal, on_terminal
from tui.drawing.ink import KINDS, Ink
from tui.widgets.maze_view import MazeView
from tui.widgets.playing import SPEEDS


def trace(walker: str = "random", size: int = 5, seed: int = 3) -> Trace:
    rng = random.Random(seed)
    maze = wilson(size, size, rng)
    start, goal = random_ends(maze, rng)
    return WALKERS[walker](maze, start, goal, rng, budget_for(maze))


class Listening(Stage):
    """Remembers what the view says."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.finished: list[Trace] = []

    def on_maze_view_finished(self, event: MazeView.Finished) -> None:
        """Remember."""
        assert event.control is event.view
        self.finished.append(event.trace)


async def test_keys() -> None:
    view = MazeView(trace())
    app = Listening(view)
    async with app.run_test(size=(80, 24)) as pilot:
        view.focus()
        await pilot.press("right", "right", "right", "left")
        assert view.at == 2
        await pilot.press("e")
        assert view.finished and app.finished == [view.trace]
        await pilot.press("right")
        assert view.at == len(trace().steps)
        await pilot.press("r")
        assert view.at == 0
        speed = view.speed
        await pilot.press("up")
        assert view.speed > speed
        await pilot.press(*["down"] * 12)
        assert view.speed == SPEEDS[0]


async def test_nothing_moves_unasked_and_playing_ends_by_itself() -> None:
    view = MazeView()
    app = Listening(view)
    async with app.run_test(size=(80, 24)) as pilot:
        assert "No maze yet." in screen_text(app)
        view.show(trace("bfs"))
        assert view.at == 0 and not view.playing and view._timer is None
        view.speed = SPEEDS[-1]
        view.play()
        await wait_until(pilot, lambda: view.finished)
        assert not view.playing and view._timer is None
        await wait_until(pilot, lambda: app.finished)
        assert "There after" in view.sentence or "looked at, then" in view.sentence
        view.play()
        assert view.at < len(trace("bfs").steps), "from the start again"


async def test_still_keeps_a_new_trace_from_playing_but_not_the_learner() -> None:
    view = MazeView()
    app = Listening(view)
    app.animation_level = "none"
    async with app.run_test() as pilot:
        view.show(trace(), play=True)
        assert not view.playing
        view.focus()
        await pilot.press("right")
        assert view.at == 1
        await pilot.press("enter")
        assert view.playing
        app.animation_level = "full"
        view.show(trace(), play=True)
        assert view.playing


async def test_the_timer_rests_while_nobody_can_see_it() -> None:
    view = MazeView(trace())
    app = Listening(view)
    async with app.run_test() as pilot:
        view.play()
        assert view._timer is not None
        await app.push_screen(Screen())
        await wait_until(pilot, lambda: view._timer is None)
        at = view.at
        assert view.playing
        app.pop_screen()
        await wait_until(pilot, lambda: view.at > at)
        view.display = False
        await wait_until(pilot, lambda: view._timer is None)
        view.display = True
        at = view.at
        await wait_until(pilot, lambda: view.at > at)


@pytest.mark.parametrize("kind", KINDS)
async def test_every_ink_shows_the_whole_maze(kind: str) -> None:
    view = MazeView(trace(), ink=Ink(kind))
    app = Stage(view)
    async with app.run_test(size=(80, 24)) as pilot:
        view.to_end()
        await pilot.pause()
        rows = screen_text(app).split("\n")
        assert rows[0] == "Random walk"
        corner = "+" if kind == "ascii" else "┌"
        assert rows[1][0] == corner and len(rows[1]) == 21 and len(rows[11]) == 21
        assert Ink(kind).words(view.sentence) in rows[12]
        assert kind != "ascii" or screen_text(app).isascii()


@pytest.mark.parametrize("size", [(1, 1), (2, 5), (10, 3), (20, 8), (40, 12), (120, 40), (200, 60)])
async def test_every_size(size: tuple[int, int]) -> None:
    view = MazeView(trace(size=8))
    app = Stage(view)
    async with app.run_test(size=(80, 24)) as pilot:
        view.styles.height = "100%"
        await pilot.resize_terminal(*size)
        for _ in range(10):
            view.step()
        view.back()
        view.to_end()
        await pilot.pause()
        for y in range(view.content_size.height):
            assert view.render_line(y).cell_length == view.content_size.width


async def test_two_mazes_fit_side_by_side() -> None:
    views = [MazeView(trace(name)) for name in ("random", "bfs")]
    app = Stage(*views)
    app.CSS = ""
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.styles.layout = "horizontal"
        await pilot.pause()
        rows = screen_text(app).split("\n")
        assert rows[1].count("┌") == 2 and rows[1].count("┐") == 2
        assert "Random walk" in rows[0] and "Breadth-first search" in rows[0]


async def test_a_large_maze_scrolls_after_the_mouse() -> None:
    view = MazeView(trace("right", size=30, seed=1))
    app = Stage(view)
    async with app.run_test(size=(60, 20)) as pilot:
        view.styles.height = "100%"
        await pilot.pause()
        for _ in range(60):
            view.step()
            rows = [view.render_line(y).text for y in range(1, 18)]
            mouse = [row[:42] for row in rows]
            assert sum("M" in row for row in mouse) == 1
            assert any("M" in row[1:-1] for row in mouse)
            whole = [row[45:] for row in rows]
            assert sum("M" in row for row in whole) == 1, "and beside it stands the whole"


async def test_the_whole_of_a_large_maze_shows_where_anybody_has_been_or_looked() -> None:
    told = trace("bfs", size=30, seed=1)
    view = MazeView(told, ink=Ink("shade", "block"))
    app = Stage(view)
    async with app.run_test(size=(60, 20)) as pilot:
        view.styles.height = "100%"
        await pilot.pause()
        assert not any("█" in line for line in view.plain.splitlines())
        view.to_end()
        await pilot.pause()
        looked = sum("█" in line[45:] for line in view.plain.splitlines())
        assert looked > 3
        view.restart()
        await pilot.pause()
        assert not any("█" in line for line in view.plain.splitlines())


async def played(app: App[Any], view: MazeView, size: tuple[int, int]) -> Terminal:
    """Step about at random, comparing the terminal with a fresh drawing after every step."""
    rng = random.Random(0)

    async def act(pilot: Pilot[Any], terminal: Terminal) -> None:
        await pilot.pause()
        view.styles.height = "100%"
        await pilot.pause()
        for _ in range(25):
            if rng.random() < 0.8:
                view.step()
            else:
                view.back()
            fresh = [view.render_line(y).text.rstrip() for y in range(size[1])]
            await wait_until(pilot, lambda fresh=fresh: terminal.lines(*size) == fresh)

    return await on_terminal(app, size, act)


@pytest.mark.parametrize(
    ("walker", "size"), [("random", 5), ("astar", 5), ("theseus", 12), ("bfs", 30), ("right", 30)]
)
async def test_painting_only_what_changed_leaves_nothing_stale(walker: str, size: int) -> None:
    view = MazeView(trace(walker, size))
    await played(Stage(view, driver_class=Terminal), view, (60, 18))


async def test_a_step_is_few_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    view = MazeView(trace("random", 9))
    sizes: list[int] = []

    async def act(pilot: Pilot[Any], terminal: Terminal) -> None:
        await pilot.pause()
        for _ in range(15):
            before = len(terminal.sent)
            view.step()
            await wait_until(pilot, lambda before=before: len(terminal.sent) > before)
            sizes.append(len(terminal.sent.encode()) - len(terminal.sent[:before].encode()))

    await on_terminal(Stage(view, driver_class=Terminal), (80, 30), act)
    assert sorted(sizes)[len(sizes) // 2] <= 400


async def test_no_color_sends_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    view = MazeView(trace(), ink=Ink.choose())
    app = Stage(view, driver_class=Terminal, ansi_color=True)
    app.theme = "ansi-dark"
    terminal = await played(app, view, (60, 18))
    assert "M" in terminal.sent and not COLOUR.search(terminal.sent)
