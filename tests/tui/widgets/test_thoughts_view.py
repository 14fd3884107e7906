"""Thought arrows: what the keys do, what plays, and how little is painted again."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from models.mazes.generators import wilson
from models.mazes.maze import EAST, WEST, Maze
from tests.support.screens import screen_text, wait_until
from tests.support.terminal import Stage
from tui.demos.thoughts import flood, thoughts_demo
from tui.drawing.ink import KINDS, Ink
from tui.drawing.mazes.thoughts import Thoughts
from tui.widgets.thoughts_view import ThoughtsView

CORRIDOR = Maze(4, 1, (1 << EAST, 1 << EAST | 1 << WEST, 1 << EAST | 1 << WEST, 1 << WEST))


def film(loops: int = 3) -> list[Thoughts]:
    """A network that goes west first, and after ten steps and a loop east."""
    away, begun = (3, 2, 1, 0), [[WEST] * 4] * (loops + 1)
    learned = [[WEST] * 4, *[[EAST] * 4] * loops]
    return [
        Thoughts(CORRIDOR, 0, 3, away, arrows, (), f"after {step} steps", step)
        for step, arrows in ((0, begun), (10, learned))
    ]


def maze(size: int, loops: int = 0) -> Thoughts:
    drawn = wilson(size, size, random.Random(size))
    return flood(drawn, drawn.cells // 2, loops)


async def test_arrows_step_through_loops_and_training() -> None:
    view = ThoughtsView(film())
    app = Stage(view)
    async with app.run_test(size=(80, 24)) as pilot:
        view.focus()
        assert (view.loop, view.at) == (0, 1)
        await pilot.press("right", "right", "left")
        assert view.loop == 1 and "after 1 of 3 loops" in screen_text(app)
        assert "3 of 3  100 %" in screen_text(app)
        await pilot.press("down")
        assert view.at == 0 and view.loop == 1 and "0 of 3  0 %" in screen_text(app)
        await pilot.press("down", "left", "left")
        assert (view.loop, view.at) == (0, 0), "no farther than the first"
        await pilot.press("up", "up", "end")
        assert (view.loop, view.at) == (3, 1)
        await pilot.press("home")
        assert view.loop == 0


async def test_the_mouse_takes_the_arrows_and_gives_them_back() -> None:
    view = ThoughtsView(film(), loop=1)
    app = Stage(view)
    async with app.run_test(size=(80, 24)) as pilot:
        view.focus()
        assert "arrives in 3 moves" in screen_text(app)
        await pilot.press("a", "right", "right", "down")
        assert view.mouse == 2 and view.loop == 1
        assert "arrives in 1 move" in screen_text(app) and "arrows: mouse" in view.plain
        await pilot.press("down", "right", "right")
        assert view.mouse == 3 and "stands on the cheese" in screen_text(app)
        await pilot.press("a", "left")
        assert view.loop == 0 and view.mouse == 3


async def test_space_plays_what_was_moved_last_and_stops_at_its_end() -> None:
    view = ThoughtsView(film())
    app = Stage(view)
    async with app.run_test(size=(80, 24)) as pilot:
        view.focus()
        assert not view.playing, "nothing moves unasked"
        view.speed = 100
        await pilot.press("space")
        await wait_until(pilot, lambda: view.loop == 3 and not view.playing)
        await pilot.press("down", "space")
        await wait_until(pilot, lambda: view.at == 1 and not view.playing)
        assert view.loop == 3
        view.speed = 1
        await pilot.press("space")
        assert view.at == 0 and view.playing, "from the beginning again"
        await pilot.press("space")
        assert not view.playing


async def test_a_long_thought_is_played_faster() -> None:
    view = ThoughtsView([maze(5, loops=256)])
    async with Stage(view).run_test(size=(80, 24)):
        assert view.speed >= 15


async def test_in_the_same_maze_mouse_and_loop_stay() -> None:
    frames = film()
    view = ThoughtsView(frames[:1], loop=2)
    async with Stage(view).run_test(size=(80, 24)):
        view.go(mouse=1)
        view.show(frames)
        assert (view.mouse, view.loop, view.at) == (1, 2, 1)
        view.show([replace(frames[0], start=2, cheese=0, away=(0, 1, 2, 3))])
        assert view.mouse == 2, "another cheese, another mouse"


async def test_what_begins_at_the_end_stays_there_until_it_is_moved() -> None:
    view = ThoughtsView(film(3)[:1], at_end=True)
    app = Stage(view)
    async with app.run_test(size=(80, 24)) as pilot:
        view.focus()
        assert view.loop == 3
        view.show(film(5))
        assert view.loop == 5
        await pilot.press("left")
        view.show(film(6))
        assert view.loop == 4


@pytest.mark.parametrize("kind", KINDS)
async def test_how_sure_it_is_is_drawn_when_asked_for(kind: str) -> None:
    frames = [replace(one, sure=[[0.3, 0.5, 0.99, 0.9]] * 4) for one in film()]
    view = ThoughtsView(frames, loop=1, ink=Ink(kind))
    app = Stage(view)
    async with app.run_test(size=(80, 24)) as pilot:
        view.focus()
        await pilot.press("c")
        shades, row = Ink(kind).glyphs.shades, view.plain.splitlines()[2][:33]
        assert shades[1] in row and shades[4] in row
        assert kind != "ascii" or view.plain.isascii()


@pytest.mark.parametrize("size", [(1, 1), (19, 5), (30, 8), (40, 14), (60, 24), (120, 40)])
@pytest.mark.parametrize("side", [2, 7, 41])
async def test_every_size(size: tuple[int, int], side: int) -> None:
    view = ThoughtsView([maze(side)])
    app = Stage(view)
    async with app.run_test(size=(80, 24)) as pilot:
        view.styles.height = "100%"
        await pilot.resize_terminal(*size)
        view.go(loop=4)
        view.go(mouse=side * side - 1)
        await pilot.pause()
        assert len(view.lines) == view.content_size.height
        for line in view.lines:
            assert line.cell_length == view.content_size.width


async def test_a_large_maze_is_seen_where_the_news_is_and_as_a_whole() -> None:
    """From the cheese to the mouse; with the mouse, while that has the arrows."""
    view = ThoughtsView([maze(41)], ink=Ink("colour"))
    app = Stage(view)
    async with app.run_test(size=(80, 24)) as pilot:
        view.focus()
        view.go(mouse=0)
        window = [line[:41] for line in view.plain.splitlines()]
        assert any("C" in line for line in window) and not any("M" in line for line in window)
        assert any("C" in line[44:] for line in view.plain.splitlines())
        await pilot.press("end")
        assert view.plain.startswith("┌") and "M" in view.plain.splitlines()[1]
        assert any("⣿" in line for line in view.plain.splitlines())
        view.go(loop=0)
        await pilot.press("a", "right")
        assert view.plain.startswith("┌") and view.mouse == 1


async def test_what_is_kept_is_what_would_be_drawn_anew() -> None:
    """Rows that have not changed are not drawn again; a fresh picture must look the same."""
    thoughts = maze(15)
    view = ThoughtsView([thoughts], ink=Ink("colour"))
    app = Stage(view)
    rng = random.Random(0)
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(40):
            if rng.random() < 0.5:
                view.go(loop=view.loop + rng.choice((-2, -1, 1, 1, 2)))
            else:
                view.go(mouse=rng.randrange(225))
            kept = view.lines
            view._picture = None
            assert view.draw() == list(view._lines)
            assert [line.text for line in kept] == [line.text for line in view.draw()]
        await pilot.pause()


async def test_the_demonstration_shows_a_solver_that_is_right_wherever_the_news_has_come() -> None:
    app = thoughts_demo(size=7)
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.query_one(ThoughtsView)
        assert view.thoughts is not None
        view.go(loop=3)
        count = view.thoughts.count(3)
        assert count.far and count.near == count.near_right
        await pilot.press("end")
        assert f"since loop {max(view.thoughts.away)}" in screen_text(app)


def test_the_sentence_says_what_there_is_to_see() -> None:
    view = ThoughtsView(film(), loop=1)
    assert view.sentence == (
        "After 10 steps. After 1 of 3 loops the arrows of 3 of 3 cells are right, and have been"
        " since loop 1. Within 1 move of the cheese, as far as news of it can have come, 1 of 1 are"
        " right; farther away 2 of 2, where a guess among the doors of each would get 2 right. A"
        " mouse in row 1, column 1 would arrive in 3 moves."
    )
    assert ThoughtsView().sentence == "No thoughts yet."
