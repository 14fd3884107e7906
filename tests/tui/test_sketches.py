"""Bets that are drawn: by keys, kept, redrawn until decided, and compared with what came out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from course.bets import Sketch
from course.catalog import Catalog, Part
from course.lesson import Lesson
from course.solver import Move
from models import protocol
from models.kept import Curve, Kept
from models.specs.recall import SPEC as RECALL
from models.specs.studies import STUDIES
from models.specs.study import Study
from progress.events import RunFinished
from progress.journal import Journal
from tests.support.lab_link import LabLink
from tests.support.lessons import CURVE, OBSERVE, SINGLE, SKETCH, read
from tests.support.player import Player, playing
from tests.support.study_link import TINY, StudyLink
from tui.app import GrokApp, Options
from tui.drawing.questions.sketch import measured_mark
from tui.drawing.training.chart_bet import bet_mark
from tui.pages.sketch_page import SketchPage
from tui.sketch_words import DRAW_FIRST

TINY_SKETCH = """\
:::{sketch} k-tiny
:study: tiny
:measure: random.arrival
:over: size 3 4 6

How many will arrive?
:::
"""
SEEN = OBSERVE.replace("of p-no-mask", "of k-lstm")
SEEN_OF_TINY = SEEN.replace("o-no-mask of k-lstm", "o-tiny of k-tiny")
PARTS = (SKETCH, CURVE, TINY_SKETCH, ":::{lab} recall pairs=8\n:::\n", SEEN, SEEN_OF_TINY, SINGLE)
LESSON = read("## One\n\nText.\n" + "\n".join(PARTS) + "## End\n\nText.\n")
COURSE = Catalog("C", (Part("P", (LESSON.id,)),), {LESSON.id: LESSON}, {}, (LESSON.id,))
NUMBER, OVER_STEPS, OVER_STUDY, LAB, OBSERVED, OF_TINY = 2, 3, 4, 5, 6, 7
"""The screens."""
RUN = RunFinished(
    lab="recall",
    knobs={},
    seed=0,
    metrics={"lstm.accuracy": 0.74, "lstm.loss": 1.0},
    reached=True,
    device="CPU",
    seconds=1.0,
    steps=1000,
)


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.setitem(STUDIES, TINY.name, TINY)
    return TINY


@asynccontextmanager
async def learner(
    home: Path,
    screen: int = NUMBER,
    *,
    size: tuple[int, int] = (80, 24),
    kept: Mapping[str, protocol.Opened] | None = None,
    lesson: Lesson = LESSON,
    **options: Any,
) -> AsyncIterator[Player]:
    """A learner before a drawn bet."""
    app = GrokApp(
        Options(still=True, lesson=lesson.id, screen=screen, **options),
        catalog=COURSE,
        journal=Journal(home),
        link=LabLink(kept=kept),
        study_link=StudyLink(),  # type: ignore[arg-type]
    )
    async with playing(app, size) as player:
        yield player


def sketch(name: str) -> Sketch:
    found = LESSON.question(name)
    assert isinstance(found, Sketch)
    return found


def bets(player: Player, name: str = "k-lstm") -> list[list[float]]:
    """Every version on record, oldest first."""
    return [event["answer"] for event in player.history(name)]


async def place(player: Player, *keys: str) -> None:
    """Draw with these keys and place the bet."""
    await player.press(*keys, until=lambda: "place the bet" in player.text)
    await player.press("enter", until=lambda: "place the bet" not in player.text)
    await player.sees("Your bet is placed")


# A number


async def test_arrows_move_it_digits_type_it_and_enter_places_it(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await player.sees("you: 50 %", "guessing 4 %")
        await player.press("right", "right", "right", until=lambda: "you: 53 %" in player.text)
        await player.press("up", until=lambda: "you: 58 %" in player.text)
        await player.press("home", until=lambda: "you: 0 %" in player.text)
        await player.press("left", until=lambda: "you: 0 %" in player.text)
        await player.press("end", until=lambda: "you: 100 %" in player.text)
        await player.press("6", "2", until=lambda: "you: 62 %" in player.text)
        assert bets(player) == []
        await place(player)
        assert bets(player) == [[0.62]]
        await player.turn("enter")
        assert player.screen.index == OVER_STEPS - 1


async def test_a_number_too_many_is_a_new_one_and_backspace_takes_one_back(
    tmp_path: Path,
) -> None:
    async with learner(tmp_path) as player:
        await player.press(*"62", until=lambda: "you: 62 %" in player.text)
        await player.press("backspace", until=lambda: "you: 6 %" in player.text)
        await player.press("9", "9", until=lambda: "you: 9 %" in player.text)


async def test_nobody_bets_by_turning_pages(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await player.press("enter")
        await player.sees(DRAW_FIRST)
        assert bets(player) == []
        await player.turn("n")
        assert player.screen.index == OVER_STEPS - 1


async def test_until_it_is_decided_it_may_be_drawn_anew_and_then_no_more(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await place(player, *"62")
        await place(player, *"70")
        assert bets(player) == [[0.62], [0.7]]
    async with learner(tmp_path) as player:
        await player.sees("you: 70 %", "Your bet is placed")
        player.session.journal.append(RUN)
        await player.turn("n")
        await player.turn("p")
        await player.sees("It came out 4 points higher than you bet.", "One state holds all pairs.")
        await player.sees("measured: 74 %", "you: 70 %")
        before = player.text
        await player.press("5")
        assert player.text == before
        assert bets(player) == [[0.62], [0.7]]


async def test_whoever_draws_after_the_run_sees_it_at_once(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        player.session.journal.append(RUN)
        await player.press(*"74", until=lambda: "you: 74 %" in player.text)
        await player.press("enter")
        await player.sees("You drew it where it came out.")


async def test_what_is_on_record_and_fits_no_more_is_let_be(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        player.session.questions.bet(LESSON, sketch("k-lstm"), 0, [0.1, 0.2])
        await player.turn("n")
        await player.turn("p")
        await player.sees("you: 50 %")
        assert "Your bet is placed" not in player.text


# A curve over steps


async def test_a_curve_is_drawn_place_by_place(tmp_path: Path) -> None:
    async with learner(tmp_path, OVER_STEPS) as player:
        await player.sees("LSTM, equally large: loss")
        await player.press("up", "up", "right", *"1.5", "end", "down")
        await player.wait(lambda: "yours" in player.text and "1.8" in player.text)
        await place(player)
        assert bets(player, "k-loss") == [[2.4, 1.5, 2.0, 1.8]]


async def test_the_run_of_this_sitting_is_drawn_beside_it_with_the_gaps(tmp_path: Path) -> None:
    async with learner(tmp_path, OVER_STEPS) as player:
        await place(player, "up")
        await player.turn("enter")
        await player.turn("n")
        await player.run_lab()
        await player.turn("p")
        await player.turn("p")
        # The worker of these tests reports a loss of 3 at step 100 and of 1.5 at step 200.
        await player.sees("You were 0.750 off on average; farthest at step 100")
        await player.sees("2 of 4 were not measured.")
        rows = {row.split()[0]: row.split() for row in player.text.splitlines() if row.split()}
        assert rows["gap"] == ["gap", "+1", "-.5"]
        assert player.page.max_scroll_y == 0


def shelf() -> dict[str, protocol.Opened]:
    """A kept run, and one with a knob elsewhere."""
    found = {}
    for number, (pairs, start) in enumerate(((26, 4.0), (8, 3.0)), 1):
        kept = Kept(
            id=f"recall-{number}",
            lab="recall",
            knobs=RECALL.settings({"pairs": pairs}),
            seed=0,
            device="CPU, 1 thread",
            began="2026-01-01T00:00:00Z",
            state="finished",
        )
        curve = Curve("lstm", "loss", [0, 100, 300, 1000], [start, 2.0, 1.0, 0.5])
        found[kept.id] = protocol.Opened(0, kept, [curve], [])
    return found


async def test_in_another_sitting_the_worker_is_asked_for_the_run_that_was_kept(
    tmp_path: Path,
) -> None:
    async with learner(tmp_path, OVER_STEPS) as player:
        await place(player, "up")
        player.session.journal.append(RUN)
    async with learner(tmp_path, OVER_STEPS, kept=shelf()) as player:
        # Drawn 2.2, 2, 2, 2; kept 3, 2, half-way from 2 to 1 at step 200, and 0.5.
        await player.sees(
            "You were 0.700 off on average; farthest at step 1,000, where it was 1.50"
        )


async def test_where_the_run_is_gone_that_is_said(tmp_path: Path) -> None:
    async with learner(tmp_path, OVER_STEPS) as player:
        await place(player, "up")
        player.session.journal.append(RUN)
    async with learner(tmp_path, OVER_STEPS) as player:
        await player.sees("its curve is not here any more: run it again (`recall`)")


# A curve over a study


async def train(player: Player, link: StudyLink) -> None:
    """Play the whole study."""
    player.app.studies.begin(TINY)
    study = player.app.studies.of(TINY)
    for done in range(1, 4):
        await player.wait(lambda n=done: len(link.started) == n and link.state == "ready")
        link.play()
        await player.wait(lambda n=done: len(study.results) == n)


async def test_a_study_is_drawn_beside_it_once_all_of_it_is_there(tmp_path: Path) -> None:
    async with learner(tmp_path, OVER_STUDY) as player:
        await place(player, *"60", "right", *"60", "right", *"60")
        assert bets(player, "k-tiny") == [[0.6, 0.6, 0.6]]
        link = player.app._given_study_link
        assert isinstance(link, StudyLink)
        await train(player, link)
        # The worker of these tests measures 2/3, 2/4 and 2/6.
        await player.sees("You were 14 points off on average; farthest at 6 cells")
        assert not player.page.card.answer.hints_of_keys


@pytest.mark.parametrize("screen", [OVER_STEPS, OVER_STUDY])
async def test_what_is_decided_opens_with_its_outcome_in_view(tmp_path: Path, screen: int) -> None:
    async with learner(tmp_path, screen, size=(60, 20), kept=shelf()) as player:
        await place(player, "up")
        player.session.journal.append(RUN)
        if screen == OVER_STUDY:
            link = player.app._given_study_link
            assert isinstance(link, StudyLink)
            await train(player, link)
        await player.turn("n")
        await player.turn("p")
        await player.sees("off on average; farthest at")
        assert player.page.max_scroll_y > 0
        await player.wait(lambda: player.page.scroll_y == player.page.max_scroll_y)


async def test_further_on_it_is_told_what_the_study_measured(tmp_path: Path) -> None:
    async with learner(tmp_path, OF_TINY) as player:
        await player.sees("0 of 3 runs are there")
        link = player.app._given_study_link
        assert isinstance(link, StudyLink)
        await train(player, link)
        await player.sees("Measured at cells 3, 4, 6: 67 %, 50 %, 33 %.")


# What others draw


async def test_what_was_drawn_can_be_had_for_a_chart(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        session = player.session
        assert session.sketches("recall") == []
        session.questions.bet(LESSON, sketch("k-lstm"), 0, [0.5])
        session.questions.bet(LESSON, sketch("k-loss"), 0, [3, 2, 1, 0.5])
        session.questions.bet(LESSON, sketch("k-tiny"), 0, [0.5, 0.4, 0.3])
        level, curve = session.sketches("recall", {})
        assert (level.runner, level.metric, level.level, level.points) == (
            "lstm", "accuracy", 0.5, ()
        )  # fmt: skip
        assert curve.points == ((0, 3), (100, 2), (200, 1), (1000, 0.5))
        assert curve.level is None
        assert session.sketches("recall", {"pairs": 26}) == []
        [study] = session.sketches("tiny")
        assert study.numbers == (0.5, 0.4, 0.3)


async def test_an_observation_begins_with_how_the_drawing_came_out(tmp_path: Path) -> None:
    async with learner(tmp_path, OBSERVED) as player:
        await player.sees("Lab recall has not been run yet")
        player.session.questions.bet(LESSON, sketch("k-lstm"), 0, [0.5])
        player.session.journal.append(RUN)
        await player.turn("p")
        await player.turn("n")
        await player.sees("Your drawing: **It came out 24 points higher than you bet.**")
        await player.sees("t the table")


# How it looks


@pytest.mark.parametrize("ink", ["colour", "shade", "ascii"])
@pytest.mark.parametrize("screen", [NUMBER, OVER_STEPS, OVER_STUDY])
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
async def test_every_drawing_is_whole_in_every_ink(
    tmp_path: Path, ink: str, screen: int, size: tuple[int, int]
) -> None:
    async with learner(tmp_path, screen, ink=ink, size=size) as player:
        assert isinstance(player.page, SketchPage)
        await player.wait(lambda: bet_mark(player.app.desk.ink) in player.text)
        if size != (60, 20):
            assert player.page.max_scroll_y == 0
        if ink == "ascii":
            assert player.text.isascii()
        assert measured_mark(player.app.desk.ink) not in player.text.split("\n", 1)[1] or (
            ink == "ascii"
        )


@pytest.mark.parametrize("strategy", ["right", "every"])
async def test_a_learner_made_of_code_draws_too(tmp_path: Path, strategy: str) -> None:
    async with learner(tmp_path) as player:
        question = sketch("k-lstm")
        await player.take_question(question, 0, strategy)
        assert len(bets(player)) == 1
        await player.make(question, 0, Move("bet", [0.37]))
        assert bets(player)[-1] == [0.37]
