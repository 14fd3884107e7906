"""Questions in one's own words: what is typed is kept, and nothing is lost on the way."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual import events
from textual.widgets import TextArea

from course.catalog import Catalog, Part
from course.lesson import Words
from course.solver import Move
from progress import transfer
from progress.journal import Journal
from tests.support.lab_link import LabLink
from tests.support.lessons import SINGLE, WORDS, read
from tests.support.player import Player, playing
from tui.app import GrokApp, Options
from tui.own_words import LIMIT, cleaned
from tui.pages.words_page import DRAFT_EVERY, WordsPage
from tui.screens.dialogs import HelpScreen
from tui.widgets.text_field import TextField

LESSON = read("\n".join(("## One\n\nText.\n", WORDS, SINGLE, "## End\n\nText.\n")))
COURSE = Catalog("C", (Part("P", (LESSON.id,)),), {LESSON.id: LESSON}, {}, (LESSON.id,))
QUESTION = LESSON.question("w-attention")
assert isinstance(QUESTION, Words)
LOOK_FOR = "A row of shares, and what they are shares of."


@asynccontextmanager
async def learner(home: Path, screen: int = 2, **options: object) -> AsyncIterator[Player]:
    """A learner before the question."""
    app = GrokApp(
        Options(still=True, lesson=LESSON.id, screen=screen, **options),  # type: ignore[arg-type]
        catalog=COURSE,
        journal=Journal(home),
        link=LabLink(),
    )
    async with playing(app) as player:
        yield player


def field(player: Player) -> TextArea:
    return player.page.query_one(TextArea)


async def write(player: Player, text: str) -> None:
    """Type into the field."""
    before = field(player).text
    keys = ["enter" if char == "\n" else char for char in text]
    await player.press(*keys, until=lambda: field(player).text == before + text)


def versions(home: Path) -> list[tuple[str, bool]]:
    """Every version on disk, oldest first, and whether it is a draft."""
    with Journal(home) as journal:
        history = journal.record.history(QUESTION.id)
        return [(one["text"], one["draft"]) for one in history if one["type"] == "wrote"]


async def test_letters_are_text_enter_is_a_line_and_escape_then_enter_hands_in(
    tmp_path: Path,
) -> None:
    async with learner(tmp_path) as player:
        await player.sees("It brings no marks")
        assert "escape when you are done" in player.text
        await write(player, "np 123?\nhr")
        await player.press("escape", until=lambda: not player.in_field)
        await player.sees("enter hand it in")
        await player.press("enter")
        await player.sees("Kept, as you wrote it.", LOOK_FOR)
        await player.sees("enter next")
        await player.turn("enter")
        assert player.screen.index == 2
    assert versions(tmp_path)[-1] == ("np 123?\nhr", False)


async def test_it_may_be_left_empty_and_is_skipped_with_n(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await player.press("escape", until=lambda: not player.in_field)
        await player.sees("n leave it empty")
        await player.turn("n")
        assert player.screen.index == 2
    assert versions(tmp_path) == []


async def test_what_was_written_is_there_again_and_may_be_rewritten(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await player.make(QUESTION, 0, Move("write", "Before."))
    async with learner(tmp_path) as player:
        await player.sees("Before.", LOOK_FOR)
        assert not player.in_field
        await player.press("tab", until=lambda: player.in_field)
        await write(player, " After.")
        await player.wait(lambda: "Kept, as you" not in player.text)
        await player.leave_field()
        await player.press("enter")
        await player.sees("Kept, as you wrote it.")
        latest = player.session.questions.own_words(QUESTION.id)
        assert latest is not None and not latest.draft
        assert latest.text == "Before. After."
        assert abs(latest.at - player.session.journal._now()) < 60
    handed_in = [text for text, draft in versions(tmp_path) if not draft]
    assert handed_in == ["Before.", "Before. After."]


async def test_quitting_in_the_middle_of_a_word_loses_nothing(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await write(player, "in the mid")
        await player.press("ctrl+q", until=lambda: not player.app.is_running or player.app._exit)
    assert versions(tmp_path) == [("in the mid", True)]
    async with learner(tmp_path) as player:
        await player.sees("in the mid")
        assert player.in_field


async def test_turning_the_page_keeps_a_draft(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await write(player, "half")
        await player.turn("n")
        words = player.session.questions.own_words(QUESTION.id)
        assert words is not None and words.text == "half"
        await player.turn("p")
        await player.sees("half")
    assert versions(tmp_path) == [("half", True)]


async def test_a_draft_is_kept_while_one_writes_but_not_of_every_letter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert DRAFT_EVERY == 2.0
    monkeypatch.setattr("tui.pages.words_page.DRAFT_EVERY", 0.2)
    async with learner(tmp_path) as player:
        await write(player, "a few letters at once")
        await player.wait(lambda: player.session.questions.own_words(QUESTION.id))
        assert player.in_field
        history = player.history(QUESTION.id)
        assert len(history) < len("a few letters at once") / 2
        await player.wait(
            lambda: player.session.questions.own_words(QUESTION.id).text == field(player).text  # type: ignore[union-attr]
        )


async def test_more_than_fits_is_cut_and_said(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        player.app.post_message(events.Paste("word " * LIMIT))
        await player.sees("No more fits in: 4 000 characters at most.")
        assert len(field(player).text) == LIMIT
        await player.press("x")
        await player.press("backspace", until=lambda: len(field(player).text) == LIMIT - 1)
        await player.sees("One character left.")
        await player.leave_field()
        await player.press("enter")
        await player.sees("Kept, as you wrote it.", LOOK_FOR)


async def test_what_is_pasted_cannot_command_the_terminal(tmp_path: Path) -> None:
    nasty = "a\x1b[31mred\x07\r\nb\x00\x9b\u202etab\there\ud800 naïve 象🐭\u200d🧀 [CLS] x[i]"
    async with learner(tmp_path) as player:
        player.app.post_message(events.Paste(nasty))
        await player.sees("[CLS] x[i]")
        assert field(player).text == cleaned(nasty)
        assert field(player).text == "a[31mred\nbtab    here naïve 象🐭\u200d🧀 [CLS] x[i]"
        await player.leave_field()
        await player.press("enter")
        await player.sees("Kept, as you wrote it.")
    assert versions(tmp_path)[-1] == (cleaned(nasty), False)


async def test_one_long_line_is_wrapped_and_can_be_read_to_its_end(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        player.app.post_message(events.Paste("x" * 3000 + "END"))
        await player.sees("END")


async def test_a_reset_takes_it_away_and_undoing_that_brings_it_back(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await player.make(QUESTION, 0, Move("write", "Mine."))
    with Journal(tmp_path) as journal:
        transfer.reset(journal, LESSON.id)
    async with learner(tmp_path) as player:
        assert player.session.questions.own_words(QUESTION.id) is None
        assert "Mine." not in player.text
    with Journal(tmp_path) as journal:
        transfer.undo_reset(journal)
    async with learner(tmp_path) as player:
        await player.sees("Mine.")


async def test_nobody_is_asked_how_sure_they_are_and_nothing_counts(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await player.make(QUESTION, 0, Move("write", "Mine."))
        assert not player.page.asks_how_sure
        assert player.session.progress(LESSON).objectives == {"s.rows": "open", "s.mask": "open"}
        assert all(stop.screen.question is not QUESTION for stop in player.session.trial(LESSON))


async def test_the_help_says_which_keys_are_commands(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await player.press("f1", until=lambda: isinstance(player.app.screen, HelpScreen))
        await player.sees("every version stays in your journal")


@pytest.mark.parametrize("ink", ["colour", "shade", "ascii"])
async def test_in_every_ink_the_page_is_whole_at_80x24(tmp_path: Path, ink: str) -> None:
    async with learner(tmp_path, ink=ink) as player:
        await player.make(QUESTION, 0, Move("write", "Mine."))
        await player.sees("Mine.", LOOK_FOR)
        assert isinstance(player.page, WordsPage)
        assert player.page.max_scroll_y == 0
        if ink == "ascii":
            assert player.text.isascii()


def test_the_field_has_colours_before_it_is_styled() -> None:
    style = TextField("", 10, "").rich_style
    assert style.color is not None and style.bgcolor is not None
