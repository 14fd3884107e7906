"""The look back at how sure one was: from the map, and at the end of a part."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from course.catalog import Catalog, Part
from course.lesson import Lesson, Option, Prose, Screen, Single
from progress.events import Answered
from progress.journal import Journal
from progress.settings import load
from tests.support.lab_link import LabLink
from tests.support.player import Player, playing
from tui.app import GrokApp, Options
from tui.drawing.ink import KINDS
from tui.screens.calibration import CalibrationScreen
from tui.screens.home import HomeScreen


def lesson(name: str) -> Lesson:
    options = tuple(Option(word, f"{word} it is", word == "right") for word in ("right", "wrong"))
    question = Single(id=f"q-{name}", prompt="Which?", objective="o", options=options)
    first, last = (Screen(f"{name}-{at}", at, (Prose(at),)) for at in ("Begin", "End"))
    screens = (first, Screen(question.id, "A choice", (question,)), last)
    return Lesson(name, name.upper(), 5, screens, objectives={"o": "choose"})


def catalog(*planned: str) -> Catalog:
    lessons = {name: lesson(name) for name in ("one", "two", "three")}
    parts = (Part("FIRST", ("one", "two"), planned), Part("SECOND", ("three",)))
    return Catalog("C", parts, lessons, {}, tuple(lessons))


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROK_TUI_HOME", str(tmp_path))


@asynccontextmanager
async def learner(
    home: Path, course: Catalog, *said: tuple[str, int, bool], at: str = "", ink: str = "colour"
) -> AsyncIterator[Player]:
    """A learner who has said of some answers how sure they are: lesson, level, right or not."""
    journal = Journal(home / "journals").open()
    for name, sure, right in said:
        answer = Answered(f"q-{name}", name, 0, 1, 0, right, 0, False, confidence=sure)
        journal.append(answer)
    app = GrokApp(
        Options(still=True, ink=ink, lesson=at or None, screen=3 if at else None),
        catalog=course,
        journal=journal,
        link=LabLink(),
    )
    async with playing(app) as player:
        yield player


def is_at(player: Player, kind: type) -> Callable[[], bool]:
    return lambda: isinstance(player.app.screen, kind)


@pytest.mark.parametrize("ink", KINDS)
async def test_c_on_the_map_shows_the_parts_and_the_whole(tmp_path: Path, ink: str) -> None:
    said = (("one", 3, True), ("two", 3, False), ("three", 1, True))
    async with learner(tmp_path, catalog(), *said, ink=ink) as player:
        await player.press("c", until=is_at(player, CalibrationScreen))
        await player.sees("FIRST", "1 of 2 right", "Certain, and not so", "A choice")
        assert player.text.isascii() or ink != "ascii"
        await player.press("right")
        await player.sees("SECOND", "1 of 1 right")
        await player.press("right")
        await player.sees("The whole course", "1 of 2 right", "1 of 1 right")
        await player.press("escape", until=is_at(player, HomeScreen))


async def test_before_any_answer_it_says_what_will_be_there(tmp_path: Path) -> None:
    async with learner(tmp_path, catalog()) as player:
        await player.press("c", until=is_at(player, CalibrationScreen))
        await player.sees("Nothing to show yet.")
        await player.press("right", "left", "enter", until=is_at(player, HomeScreen))


async def test_the_asking_is_switched_off_there_and_on_again_and_remembered(
    tmp_path: Path,
) -> None:
    async with learner(tmp_path, catalog()) as player:
        await player.press("c", until=is_at(player, CalibrationScreen))
        await player.press("o")
        await player.sees("o ask me again")
        assert not load().confidence and not player.session.questions.asks_how_sure
        await player.press("o")
        await player.sees("o stop asking")
        assert load().confidence and player.session.questions.asks_how_sure


async def test_the_last_lesson_of_a_part_ends_with_it(tmp_path: Path) -> None:
    async with learner(tmp_path, catalog(), ("two", 2, True), at="two") as player:
        await player.wait(player.ready)
        await player.turn("n")
        await player.sees("enter how sure you were")
        await player.press("enter", until=is_at(player, CalibrationScreen))
        await player.sees("FIRST", "1 of 1 right")
        await player.press("enter", until=is_at(player, HomeScreen))


@pytest.mark.parametrize(
    ("name", "planned", "sure"),
    [("one", (), True), ("two", ("To come",), True), ("two", (), False)],
    ids=["not the last", "more to come", "nothing said"],
)
async def test_otherwise_a_lesson_ends_on_the_map(
    tmp_path: Path, name: str, planned: tuple[str, ...], sure: bool
) -> None:
    said = (name, 2 if sure else 0, True)
    async with learner(tmp_path, catalog(*planned), said, at=name) as player:
        await player.wait(player.ready)
        await player.turn("n")
        await player.sees("enter to the map")
        await player.press("enter", until=is_at(player, HomeScreen))
