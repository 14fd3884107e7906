"""The glossary: opened by g, searched by typing, and a way to where a word comes from."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from course.glossary import read_glossary
from progress.journal import Journal
from tests.support.lab_link import LabLink
from tests.support.player import Player, playing
from tui import cli
from tui.app import GrokApp, Options
from tui.drawing.course.glossary import Entry, draw_glossary
from tui.drawing.ink import KINDS, Ink
from tui.screens.glossary import GlossaryScreen
from tui.screens.home import HomeScreen
from tui.screens.lesson import LessonScreen


@asynccontextmanager
async def learner(
    home: Path, size: tuple[int, int] = (80, 24), **options: Any
) -> AsyncIterator[Player]:
    """A learner with the course before them."""
    app = GrokApp(Options(still=True, **options), journal=Journal(home), link=LabLink())
    async with playing(app, size) as player:
        yield player


async def look_up(player: Player, word: str) -> None:
    await player.press("g", until=lambda: isinstance(player.app.screen, GlossaryScreen))
    await player.press(*word, until=lambda: f"► {word}" in player.text)


async def test_typing_finds_a_word_and_enter_leads_to_the_screen_that_says_it(
    tmp_path: Path,
) -> None:
    async with learner(tmp_path, open_all=True) as player:
        await look_up(player, "loss")
        await player.sees("One number that says how badly a network", "predicted what was right")
        await player.sees("It comes in lesson 1", "which is ahead of you")
        await player.press("enter", until=lambda: isinstance(player.app.screen, LessonScreen))
        await player.sees("A mouse that learns", "the *loss* how badly")


async def test_what_one_has_come_to_is_no_longer_ahead(tmp_path: Path) -> None:
    async with learner(tmp_path, lesson="mouse", screen=3) as player:
        await player.wait(player.ready)
        await look_up(player, "loss")
        await player.sees("From lesson 1")
        await player.press("enter", until=lambda: player.app.screen is player.app.screen_stack[-1])
        await player.sees("the *loss* how badly")
        assert sum(isinstance(one, LessonScreen) for one in player.app.screen_stack) == 1


async def test_what_the_page_says_comes_first(tmp_path: Path) -> None:
    async with learner(tmp_path, lesson="bottleneck", screen=2) as player:
        await player.wait(player.ready)
        await player.press("g", until=lambda: isinstance(player.app.screen, GlossaryScreen))
        await player.sees("of them on this page")
        rows = [line for line in player.text.split("\n") if line[1:2] in ("►", "·")]
        said = [row[3:25].strip() for row in rows]
        assert {"bit", "pigeonhole principle"} <= set(said) and said == sorted(said)
        assert rows[0].startswith(" ►") and "gradient" not in said
        await player.press(*"soft")
        await player.sees("► softmax")


async def test_from_one_lesson_into_another(tmp_path: Path) -> None:
    async with learner(tmp_path, lesson="mouse", screen=3, open_all=True) as player:
        await player.wait(player.ready)
        await look_up(player, "clipping")
        await player.press("enter")
        await player.sees("One Step at a Time", "Clipping shortens what has exploded")
        assert isinstance(player.app.screen_stack[1], HomeScreen)
        assert len(player.app.screen_stack) == 3


async def test_a_locked_lesson_stays_locked_and_says_what_is_missing(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await look_up(player, "softmax")
        await player.press("enter")
        await player.wait(lambda: player.app._notifications)
        assert isinstance(player.app.screen, GlossaryScreen)
        [told] = [one.message for one in player.app._notifications]
        assert "Its lesson is locked. Pass" in told
        await player.press("escape", until=lambda: isinstance(player.app.screen, HomeScreen))


async def test_the_help_leads_to_it_and_arrows_choose(tmp_path: Path) -> None:
    terms = read_glossary()
    async with learner(tmp_path) as player:
        await player.press("question_mark")
        await player.sees("g the glossary")
        await player.press("g", until=lambda: isinstance(player.app.screen, GlossaryScreen))
        await player.sees(f"{len(terms)} words")
        await player.press("down", "down", until=lambda: f"► {terms[2].name}" in player.text)
        await player.press(
            "pagedown", "up", until=lambda: f"► {terms[11].name[:20]}" in player.text
        )
        await player.press(*"zebra")
        await player.sees("No word like this one")


def entry(name: str, ahead: bool = False) -> Entry:
    return Entry(name, "It is a word “of” its own → here.", "a · b", 4, "The Bottleneck", ahead)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("width", "height"), [(80, 19), (120, 35), (60, 15), (30, 8), (10, 3)])
def test_it_fills_just_its_place_in_every_ink(kind: str, width: int, height: int) -> None:
    entries = [entry(f"word number {n}", n > 20) for n in range(40)]
    for chosen in (0, 25, 39):
        lines = [one.plain for one in draw_glossary(entries, chosen, width, height, Ink(kind))]
        assert len(lines) == height
        if width >= 60:
            assert max(map(len, lines)) <= width
            assert f"word number {chosen}" in "\n".join(lines)
            assert "lesson 4" in "\n".join(lines)
        assert kind != "ascii" or "\n".join(lines).isascii()


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert cli.run(["glossary", *words]) == 0
    return capsys.readouterr().out


def test_the_command_prints_one_word_or_all(capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(capsys, "forget", "gate")
    assert said.startswith("forget gate (lesson 3, The Amnesia Test)\n")
    assert "f in c' = f · c + i · g" in said and "input gate" not in said
    everything = json.loads(printed(capsys, "--json"))["terms"]
    assert [one["term"] for one in everything] == [term.name for term in read_glossary()]
    assert everything[0].keys() == {
        "term", "sentence", "formula", "also", "lesson", "number", "title"
    }  # fmt: skip
    assert cli.run(["glossary", "softmacks"]) == 2
    assert "did you mean softmax?" in capsys.readouterr().err
