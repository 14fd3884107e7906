"""Tables filled in with keys: cell by cell, checked, put right, and kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from course.catalog import Catalog, Part
from course.solver import STRATEGIES
from progress.journal import Journal
from tests.support.lab_link import LabLink
from tests.support.lessons import SINGLE, TRACE, read
from tests.support.player import Player, playing
from tui.app import GrokApp, Options
from tui.pages.trace_answer import TraceAnswer

BODY = TRACE.replace("a in 1, 2; b in 0, 3", "a in 1; b in 0").replace("s.rows", "s.mask")
LESSON = read("## One\n\nText.\n\n" + BODY + SINGLE + "## End\n\nText.\n")
COURSE = Catalog("C", (Part("P", (LESSON.id,)),), {LESSON.id: LESSON}, {}, (LESSON.id,))


@pytest.fixture(autouse=True)
def reads_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.pages.marked_page.BETWEEN_HINTS", 0.0)


@asynccontextmanager
async def learner(
    home: Path, size: tuple[int, int] = (80, 24), **options: Any
) -> AsyncIterator[Player]:
    """A learner before the table."""
    options = {"still": True, "lesson": LESSON.id, "screen": 2} | options
    app = GrokApp(Options(**options), catalog=COURSE, journal=Journal(home), link=LabLink())
    async with playing(app, size) as player:
        yield player


def cells(player: Player) -> TraceAnswer:
    answer = player.page.card.answer
    assert isinstance(answer, TraceAnswer)
    return answer


async def fill(player: Player, *texts: str) -> None:
    """Type into one cell after the other, enter after each; the last enter has it checked."""
    for text in texts:
        await player.press(*text, "enter")
    await player.wait(lambda: player.page.asks_how_sure)


async def test_enter_leads_from_cell_to_cell_and_then_has_it_checked(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await player.sees("What weights does softmax make of the scores 1 and 0?", "next cell")
        await player.press("e", "asterisk", "asterisk", "1", until=lambda: "= 2.718" in player.text)
        await player.press("enter", until=lambda: "e to the score, dog:" in player.text)
        await fill(player, "1", "3.72", "0.731", "0.269")
        assert not [one for one in player.history("t-softmax") if one["type"] == "answered"]
        await player.press("3")
        await player.sees("✓ Right.", "They sum to 1: 0.7311 and 0.2689.")
        answered = player.history("t-softmax")[-1]
        assert answered["answer"] == ["e**1", "1", "3.72", "0.731", "0.269"]
        assert (answered["correct"], answered["confidence"]) == (True, 3)


async def test_the_first_wrong_cell_is_chosen_and_what_follows_is_gone_through_again(
    tmp_path: Path,
) -> None:
    async with learner(tmp_path) as player:
        await fill(player, "1", "1", "2", "0.5", "0.5")
        await player.press("1")
        await player.sees("✗ Not this. e to the score, cat: That is the score itself.")
        await player.sees("→ right, from your own earlier number")
        assert cells(player).cursor == 0
        await player.press("enter", until=lambda: cells(player).cursor == 2)
        await player.press("enter", "enter", "enter", until=lambda: cells(player).cursor == 0)
        assert [e["type"] for e in player.history("t-softmax")].count("answered") == 1
        # What is typed replaces the wrong number; enter then leads to each cell that hung on it.
        await player.press(*"2.72", until=lambda: cells(player).texts[0] == "2.72")
        await player.press("enter", until=lambda: cells(player).cursor == 2)
        for text, place in (("3.72", 3), ("0.73", 4)):
            await player.press(*text, "enter", until=lambda p=place: cells(player).cursor == p)
        await player.press(*"0.27", "enter")
        await player.sees("✓ Right.")


async def test_arrows_go_to_the_nearest_cell_and_never_turn_the_page(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        page = player.page
        for key, place in (
            ("right", 1), ("down", 2), ("down", 3), ("right", 4), ("right", 0), ("left", 4),
            ("up", 2), ("up", 0), ("up", 0), ("tab", 1),
        ):  # fmt: skip
            await player.press(key, until=lambda p=place: cells(player).cursor == p)
        assert player.page is page


async def test_what_is_not_understood_is_no_try_and_names_its_cell(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        for text in ("1", "1", "2", "3/", "0.5"):
            await player.press(*text, "enter")
        await player.sees("weight, cat: Something is missing at the end.")
        assert not player.history("t-softmax")
        assert cells(player).cursor == 3, "where it is to be put right"


async def test_hints_the_answer_and_what_comes_back(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await player.press("h")
        await player.sees("First the powers, then their sum")
        await player.press("r")
        await player.sees("This is the answer.", "0.731")
    async with learner(tmp_path) as player:
        await player.sees("This is the answer.", "2.72")


async def test_what_was_begun_is_there_when_one_comes_back(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await player.press(*"2.7", "enter", "1", until=lambda: cells(player).texts[1] == "1")
        await player.turn("p")
        await player.turn("n")
        assert cells(player).texts == ["2.7", "1", "", "", ""]
        await player.press("h", "r")
        await player.sees("This is the answer.")
        assert player.session.draft("t-softmax", 0) == []


async def test_it_is_as_it_was_left(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await fill(player, "1", "1", "2", "0.5", "0.5")
    async with learner(tmp_path) as player:
        await player.wait(lambda: player.page.asks_how_sure)
        assert cells(player).texts == ["1", "1", "2", "0.5", "0.5"]
        await player.press("tab", *"2.72", until=lambda: cells(player).texts[0] == "2.72")
        await player.wait(lambda: not player.page.asks_how_sure)


@pytest.mark.parametrize("ink", ["colour", "shade", "ascii"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
async def test_all_of_it_is_there_in_every_ink(
    tmp_path: Path, ink: str, size: tuple[int, int]
) -> None:
    async with learner(tmp_path, size, ink=ink) as player:
        await fill(player, "1", "1", "2", "0.5", "0.9")
        await player.press("1")
        await player.sees("That is the score itself", "their sum", "weight")
        row = next(line for line in player.text.split("\n") if line.strip().startswith("weight"))
        wrong, carried = ("x", ">") if ink == "ascii" else ("✗", "→")
        assert f"0.5]{carried}" in row and f"0.9]{wrong}" in row
        assert ink != "ascii" or player.text.isascii()


@pytest.mark.parametrize("strategy", STRATEGIES)
async def test_whoever_plays_gets_through(tmp_path: Path, strategy: str) -> None:
    async with learner(tmp_path, screen=1) as player:
        await player.play(strategy)
