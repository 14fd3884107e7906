"""Lines of code written with keys: checked, put right, kept, and written elsewhere."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from textual import events

from course.catalog import Catalog, Part
from course.solver import STRATEGIES
from progress.journal import Journal
from tests.support.lab_link import LabLink
from tests.support.lessons import CODE, SINGLE, read
from tests.support.player import Player, playing
from tests.support.scripted_examiner import ScriptedExaminer, text_of
from tui.app import GrokApp, Options
from tui.pages.code_answer import CodeAnswer
from tui.pages.end_page import EndPage

BODY = CODE.replace("s.rows", "s.mask")
LESSON = read("## One\n\nText.\n\n" + BODY + SINGLE + "## End\n\nText.\n")
COURSE = Catalog("C", (Part("P", (LESSON.id,)),), {LESSON.id: LESSON}, {}, (LESSON.id,))
RIGHT, RATIO = text_of("softmax", "right"), text_of("softmax", "known", "ratio")
STARTER = "powers = list(scores)\nreturn powers"


@pytest.fixture(autouse=True)
def reads_fast(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tui.pages.marked_page.BETWEEN_HINTS", 0.0)
    monkeypatch.setattr("tui.pages.code_page.LOOK_EVERY", 0.01)
    monkeypatch.setenv("GROK_TUI_HOME", str(tmp_path / "home"))
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)


@asynccontextmanager
async def learner(
    home: Path,
    size: tuple[int, int] = (80, 24),
    examiner: ScriptedExaminer | None = None,
    **options: Any,
) -> AsyncIterator[Player]:
    """A learner before the blank."""
    options = {"still": True, "lesson": LESSON.id, "screen": 2} | options
    app = GrokApp(
        Options(**options),
        catalog=COURSE,
        journal=Journal(home),
        link=LabLink(),
        examiner=examiner or ScriptedExaminer(),
    )
    async with playing(app, size) as player:
        yield player


def answer(player: Player) -> CodeAnswer:
    found = player.page.card.answer
    assert isinstance(found, CodeAnswer)
    return found


def types(player: Player) -> list[str]:
    return [one["type"] for one in player.history("x-softmax")]


async def write(player: Player, text: str) -> None:
    """Paste lines in place of those there, and have them checked."""
    if not player.in_field:
        await player.press("tab", until=lambda: player.in_field)
    answer(player).field.select_all()
    player.app.post_message(events.Paste(text))
    await player.wait(lambda: answer(player).text == text)
    await player.leave_field()
    await player.press("enter")


async def test_the_blank_stands_in_its_function_and_takes_the_keys(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await player.sees("Write the softmax of `scores`.", "models/lookup/shares.py")
        await player.sees("def by_softmax(scores: Sequence[float]", "powers = list(scores)")
        assert player.in_field
        text = STARTER + "\nif x:\n    y"
        keys = ("enter", *"if x:", "enter", "y")
        await player.press(*keys, until=lambda: answer(player).text == text)
        await player.press("enter", "tab", *"z", until=lambda: answer(player).text.endswith("z"))
        assert answer(player).text.endswith("\n    y\n        z")


async def test_a_step_of_indentation_is_taken_back_at_once(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await player.press("enter", "tab", "tab", *"a")
        await player.wait(lambda: answer(player).text == STARTER + "\n        a")
        await player.press("backspace", "backspace")
        await player.wait(lambda: answer(player).text == STARTER + "\n    ")


async def test_keys_that_come_all_at_once_are_taken_in_their_order(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        keys = ("enter", *"if x:", "enter", *"y", "enter", "backspace", *"za", "left", "b")
        keys += ("home", "c", "end", "d", "up", "e")
        text = STARTER + "\nif x:\n    ye\nczbad"
        await player.press(*keys, until=lambda: answer(player).text.endswith("bad"))
        await player.wait(lambda: answer(player).text == text)


async def test_a_classic_mistake_is_explained_with_both_results_beside_each_other(
    tmp_path: Path,
) -> None:
    async with learner(tmp_path) as player:
        await write(player, RATIO)
        await player.wait(lambda: player.page.asks_how_sure)
        await player.press("3")
        await player.sees("✗ Not this. These are scores over their **sum**.")
        await player.sees("✓ it runs  ✗ the numbers", "should be (2,)", "yours (2,)")
        answered = player.history("x-softmax")[-1]
        assert answered["answer"]["code"] == RATIO
        assert (answered["answer"]["wrong"], answered["confidence"]) == ("ratio", 3)
        await write(player, RIGHT)
        await player.sees("✓ Right. The vote runs on these lines.")
        assert answer(player).field.read_only


async def test_enter_skips_how_sure_one_is(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await write(player, RATIO)
        await player.wait(lambda: player.page.asks_how_sure)
        await player.sees("enter skip this")
        await player.press("enter")
        await player.sees("✗ Not this. These are scores over their **sum**.")
        assert player.history("x-softmax")[-1]["confidence"] is None


async def test_what_is_no_python_is_told_and_is_no_try(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await write(player, "return (")
        await player.sees("Line 1 is not Python: `never closed`.")
        assert set(types(player)) == {"wrote"}
        assert answer(player).field._wrong == 1
        await player.press("tab", until=lambda: player.in_field)
        await player.press("a", until=lambda: answer(player).field._wrong == 0)


async def test_a_page_higher_than_the_screen_says_how_it_is_scrolled(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await write(player, RATIO)
        await player.say_how_sure(lambda: "answered" in types(player))
        await player.sees("✗ Not this.", "over their **sum**.", "↑↓ scroll", "e f your editor")
        assert "Write the softmax" not in player.text
        await player.press("pageup")
        await player.sees("Write the softmax of `scores`.", "1  return by_ratio(scores)")
    async with learner(tmp_path, size=(120, 40)) as player:
        await player.sees("These are scores over their **sum**.")
        assert "scroll" not in player.text


async def test_lines_that_have_not_changed_are_no_other_try(tmp_path: Path) -> None:
    examiner = ScriptedExaminer()
    async with learner(tmp_path, examiner=examiner) as player:
        await write(player, RATIO)
        await player.say_how_sure(lambda: "answered" in types(player))
        await player.sees("These are scores over their **sum**.")
        await player.leave_field()
        await player.press("enter")
        await player.sees("Nothing has changed since this try", "over their **sum**.")
        await write(player, "return (")
        await player.sees("is not Python")
        await write(player, RATIO + "\n")
        await player.sees("Nothing has changed since this try", "should be (2,)", "**sum**.")
        assert (types(player).count("answered"), examiner.asked.count(RATIO)) == (1, 1)
        await write(player, text_of("softmax", "known", "not-shared"))
        await player.wait(lambda: types(player).count("answered") == 2)


async def test_what_had_to_be_stopped_may_be_checked_again(tmp_path: Path) -> None:
    class Busy(ScriptedExaminer):
        async def examine(self, exercise: str, code: str) -> dict[str, Any]:
            if not self.asked:
                self.asked.append(code)
                return {"kind": "stopped", "wrong": "", "told": "It took too long."}
            return await super().examine(exercise, code)

    async with learner(tmp_path, examiner=Busy()) as player:
        await write(player, RIGHT)
        await player.say_how_sure(lambda: "answered" in types(player))
        await player.sees("It took too long.")
        await player.leave_field()
        await player.press("enter")
        await player.sees("✓ Right.")


async def test_it_is_kept_before_it_is_checked_and_is_there_again(tmp_path: Path) -> None:
    class Asleep(ScriptedExaminer):
        async def examine(self, exercise: str, code: str) -> dict[str, Any]:
            self.asked.append(code)
            return await asyncio.get_running_loop().create_future()

    examiner = Asleep()
    async with learner(tmp_path, examiner=examiner) as player:
        answer(player).field.put("# mine")
        await player.leave_field()
        player.page.takes_enter()
        await asyncio.wait_for(_until(lambda: "checking" in player.text), 5)
        written = player.history("x-softmax")[-1]
        assert (written["type"], written["text"], written["draft"]) == ("wrote", "# mine", True)
        for worker in player.app.workers:
            worker.cancel()
    async with learner(tmp_path) as player:
        assert answer(player).text == "# mine"


async def _until(condition: Any) -> None:
    while not condition():
        await asyncio.sleep(0.002)


async def test_a_draft_is_kept_when_the_page_is_left(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await player.press(*" # a", until=lambda: answer(player).text.endswith("# a"))
        await player.turn("n")
        await player.wait(lambda: types(player) == ["wrote"])
        await player.turn("p")
        assert answer(player).text == STARTER + " # a"


async def test_who_only_looks_writes_nothing_down(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await player.turn("n")
        assert types(player) == []


async def test_undo_and_beginning_anew(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await player.press(*"ab", until=lambda: answer(player).text == STARTER + "ab")
        await player.leave_field()
        await player.press("x", until=lambda: answer(player).text == STARTER)
        await player.press("u", until=lambda: answer(player).text == STARTER + "ab")
        await player.press("u", until=lambda: answer(player).text == STARTER)


async def test_hints_and_the_answer_which_is_the_very_source(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await player.leave_field()
        await player.press("h")
        await player.sees("First the powers, then their sum.")
        await player.press("r")
        await player.sees("This is the answer.", "largest = max(scores)", "return by_ratio(powers)")
        assert not answer(player).field.display


@pytest.mark.parametrize("strategy", STRATEGIES)
async def test_the_lesson_is_taken_to_its_end(tmp_path: Path, strategy: str) -> None:
    async with learner(tmp_path) as player:
        await player.play(strategy)
        assert isinstance(player.page, EndPage)


async def test_coming_back_every_try_is_shown_again(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await write(player, RATIO)
        await player.say_how_sure(lambda: "answered" in types(player))
        await player.sees("These are scores over their **sum**.")
    examiner = ScriptedExaminer()
    async with learner(tmp_path, examiner=examiner) as player:
        await player.sees("These are scores over their **sum**.", "should be (2,)")
        assert answer(player).text == RATIO
        assert not examiner.asked


# Written elsewhere


def editor(folder: Path, body: str) -> str:
    """A command that changes the file it is given."""
    path = folder / "an editor"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return f"'{path}'"


@contextmanager
def lent() -> Any:
    yield


async def test_the_lines_go_to_the_learners_editor_and_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(GrokApp, "suspend", lambda self: lent())
    monkeypatch.setenv("EDITOR", editor(tmp_path, 'printf "# by hand\\n" >> "$1"'))
    async with learner(tmp_path) as player:
        await player.leave_field()
        await player.press("e", until=lambda: answer(player).text == STARTER + "\n# by hand")
        await player.sees("Back from your editor.")
        kept = Path(os.environ["GROK_TUI_HOME"]) / "exercises" / "x-softmax.py"
        assert "#| Write the softmax of scores." in kept.read_text()
        await player.press("u", until=lambda: answer(player).text == STARTER)


@pytest.mark.parametrize(
    ("command", "told"),
    [("", "No editor is set"), ("/no/such/editor", "does not start"), ("false", "status 1")],
)
async def test_an_editor_that_is_none_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, told: str
) -> None:
    monkeypatch.setattr(GrokApp, "suspend", lambda self: lent())
    monkeypatch.setenv("EDITOR", command)
    async with learner(tmp_path) as player:
        await player.leave_field()
        await player.press("e")
        await player.sees(told)
        assert answer(player).text == STARTER


async def test_where_no_terminal_can_be_lent_a_file_is_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    async with learner(tmp_path) as player:
        await player.leave_field()
        await player.press("e")
        await player.sees("`f` puts the lines into a file")


async def test_a_file_is_watched_and_saving_it_checks_it(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await player.leave_field()
        path = Path(os.environ["GROK_TUI_HOME"]) / "exercises" / "x-softmax.py"
        await player.press("f", until=path.exists)
        await player.sees(path.name, "saving it has them checked here")
        path.write_text(path.read_text().replace(STARTER, RATIO))
        await player.say_how_sure(lambda: "answered" in types(player))
        await player.sees("These are scores over their **sum**.")
        path.write_text(path.read_text().replace(RATIO, RIGHT))
        await player.sees("✓ Right.")
        assert player.history("x-softmax")[-1]["answer"]["code"] == RIGHT


async def test_f_again_ends_the_watch(tmp_path: Path) -> None:
    examiner = ScriptedExaminer()
    async with learner(tmp_path, examiner=examiner) as player:
        await player.leave_field()
        path = Path(os.environ["GROK_TUI_HOME"]) / "exercises" / "x-softmax.py"
        await player.press("f", until=path.exists)
        await player.press("f")
        await player.sees("no longer watched")
        path.write_text("return 1")
        await player.press("h")
        await player.sees("First the powers")
        assert not examiner.asked


@pytest.mark.parametrize("ink", ["colour", "shade", "ascii"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
async def test_it_can_be_taken_in_every_ink_and_size(
    tmp_path: Path, ink: str, size: tuple[int, int]
) -> None:
    async with learner(tmp_path, size=size, ink=ink) as player:
        await write(player, RIGHT)
        await player.say_how_sure(lambda: "answered" in types(player))
        await player.sees("Right. The vote runs on these lines.")
        assert ink != "ascii" or player.text.isascii()
