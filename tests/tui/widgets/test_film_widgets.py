"""The widgets of a film by themselves, as their demonstrations show them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.widget import Widget

from models.protocol import Moment
from models.specs.catalog import LABS
from tests.support.screens import screen_text, sees, wait_until
from tui.demos.demo import Demo
from tui.demos.film import chart_demo, line_demo, picture_demo, table_demo
from tui.drawing.ink import Ink
from tui.widgets.heads_view import HeadsView
from tui.widgets.moment_pictures import PICTURED, MomentPicture
from tui.widgets.states_view import StatesView
from tui.widgets.study_view import StudyView
from tui.widgets.thoughts_view import ThoughtsView

SPEC = LABS["recurrence"]
STATES = {
    "tokens": [[1, 0, 0], [2, 0, 0]],
    "states": [[[0.5, 0.1], [0.25, 0.1]], [[-0.5, 0.1], [-0.25, 0.1]]],
    "distance": [1.0, 0.5],
    "said": [0, 1],
    "right": [0, 1],
}
WEIGHTS = {"asks": ["E"], "answers": ["ka", "so"], "weights": [[0.9, 0.1]]}


@pytest.mark.parametrize("kind", ["colour", "ascii"])
@pytest.mark.parametrize(
    ("demo", "words"),
    [
        (chart_demo, "practice"),
        (table_demo, "held out"),
        (line_demo, "step 109 of 200"),
        (picture_demo, "the mouse called right"),
    ],
)
async def test_a_demonstration_follows_the_arrows(
    demo: Callable[..., Demo], words: str, kind: str
) -> None:
    app = demo(Ink(kind))
    async with app.run_test(size=(90, 24)) as pilot:
        await pilot.pause()
        await wait_until(pilot, lambda: screen_text(app).strip())
        before = screen_text(app)
        await pilot.press(*["right"] * (1 if demo is picture_demo else 9))
        await wait_until(pilot, lambda: words.lower() in screen_text(app).lower())
        await wait_until(pilot, lambda: screen_text(app) != before)


BY_LENGTH = {
    "lengths": [20, 40, 80],
    "curves": {"alibi": [1.0, 1.0, 1.0], "learned": [1.0, 0.5, 0.3]},
    "title": "50 texts each",
    "chance": 0.0625,
}


PER_LENGTH = {
    "lengths": [3, 6],
    "seen": [True, False],
    "called": "digits",
    "count": 50,
    "shares": {"encoder": [1.0, 0.02], "writer": [0.9, 0.0]},
}
ALL_HEADS = {
    "tokens": ["a", "b", "c"],
    "asking": 2,
    "called": "letter",
    "said": "b",
    "right": "c",
    "weights": [[[[1, 0, 0], [0, 1, 0], [0.1, 0.8, 0.1]], [[0, 0, 1]] * 3]],
    "title": "after 150 steps",
}


class _Pictures(Demo):
    def __init__(self) -> None:
        super().__init__(self._views, Ink())

    def _views(self) -> list[Widget]:
        picture = MomentPicture(self.ink)
        picture.styles.height = 20
        return [picture]


async def test_each_kind_of_moment_has_its_view() -> None:
    assert {"walk", "states", "alignment", "lengths"} <= PICTURED
    app = _Pictures()
    async with app.run_test(size=(80, 24)) as pilot:
        picture = app.query_one(MomentPicture)
        picture.show(Moment("", "rnn", 30, "states", STATES), SPEC, "recurrence-2")
        await sees(pilot, "recurrence-2: after 30 steps")
        assert isinstance(picture.view, StatesView)
        assert picture.view.states.distance == (1.0, 0.5)
        picture.show(Moment("", "attention", 40, "alignment", WEIGHTS), LABS["alignment"])
        await sees(pilot, "ka")
        assert "recurrence-2" not in screen_text(app)
        picture.show(Moment("", "none", 100, "lengths", BY_LENGTH), LABS["positions"])
        await sees(pilot, "after 100 steps, 50 texts each")
        assert isinstance(picture.view, StudyView)
        assert "ALiBi stays at 100.0 %" in picture.view.sentence
        read = BY_LENGTH | {"curves": {"map": [0.3, 0.8, 0.5]}, "called": ["R²", "loops"]}
        picture.show(Moment("", "", 100, "lengths", read), LABS["probe"])
        await sees(pilot, "the trained map")
        assert "From 20 to 80 loops: the trained map rises" in picture.view.sentence
        picture.show(Moment("", "", 100, "per-length", PER_LENGTH), LABS["reversal"], "reversal-1")
        await sees(pilot, "Reversal-1: after 100 steps. 50 of each length.")
        assert "encoder-decoder 90.0 %" in picture.view.sentence


@pytest.mark.parametrize("size", [(40, 24), (80, 24), (120, 40), (200, 60)])
async def test_all_heads_are_drawn_as_they_were_and_can_be_walked_through(
    size: tuple[int, int],
) -> None:
    app = _Pictures()
    async with app.run_test(size=size) as pilot:
        picture = app.query_one(MomentPicture)
        picture.show(Moment("", "two", 150, "heads", ALL_HEADS), LABS["heads"], "heads-1")
        await sees(pilot, "two heads heads-1: after 150 steps")
        assert isinstance(picture.view, HeadsView)
        assert "it says b" in screen_text(app) or size[0] == 40
        assert picture.view.sentence == "Head 1: looks at letter 2: .800."
        # Nobody was judged for it, and nothing can be switched off in what has passed.
        assert "Right in" not in screen_text(app) and "Equal shares would be .333" in (
            screen_text(app)
        )
        picture.view.can_focus = True
        picture.view.focus()
        await pilot.press("right", "x", "i")
        assert picture.view.sentence == "Head 2: looks at letter 3: 1.000."
        rows = [
            line for line in screen_text(app).splitlines() if line.strip().startswith("►head 2")
        ]
        assert "█" in rows[-1] or size[0] > 50


async def test_a_moment_that_makes_no_sense_shows_nothing_and_the_next_one_is_drawn() -> None:
    app = _Pictures()
    async with app.run_test(size=(80, 24)) as pilot:
        picture = app.query_one(MomentPicture)
        picture.show(Moment("", "rnn", 30, "states", {"said": 3}), SPEC)
        assert picture.moment is None
        picture.show(Moment("", "rnn", 31, "states", STATES), SPEC)
        await sees(pilot, "after 31 steps")


def thought(step: int, right: int) -> Moment:
    """A corridor of four cells, in which the last `right` ones go the right way after a loop."""
    arrows = [[3] * 4, [1 if cell >= 3 - right else 3 for cell in range(4)]]
    data = {
        "width": 4,
        "height": 1,
        "passages": [2, 10, 10, 8],
        "start": 0,
        "cheese": 3,
        "away": [3, 2, 1, 0],
        "onward": [1, 1, 1, -1],
        "arrows": arrows,
    }
    return Moment("", "map", step, "thought", data)


@pytest.mark.parametrize("size", [(30, 16), (80, 24), (120, 40)])
async def test_arrows_are_seen_getting_right_and_a_loop_that_was_chosen_stays(
    size: tuple[int, int],
) -> None:
    app, spec = _Pictures(), LABS["map"]
    async with app.run_test(size=size) as pilot:
        picture = app.query_one(MomentPicture)
        picture.show(thought(10, 1), spec)
        await sees(pilot, "1 of 3")
        view = picture.view
        assert isinstance(view, ThoughtsView)
        assert view.loop == 1, "what it answers at the end comes first"
        picture.show(thought(20, 3), spec, "map-4")
        await sees(pilot, "3 of 3")
        assert view is picture.view and "Map-4: looped map, after 20 steps." in view.sentence
        view.can_focus = True
        view.focus()
        await pilot.press("left")
        picture.show(thought(30, 3), spec)
        await sees(pilot, "0 of 3")
        assert view.loop == 0
        picture.show(Moment("", "map", 40, "thought", {"width": 4}), spec)
        assert not view.display, "what is damaged is not drawn"
