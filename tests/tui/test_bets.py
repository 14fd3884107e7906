"""Several bets at once: sealed as they were ticked, undecided until runs have decided each."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from course.bets import Bets
from course.catalog import Catalog, Part
from progress import events
from progress.journal import Journal
from tests.support.lab_link import LabLink
from tests.support.lessons import BETS, SINGLE, read
from tests.support.player import Player, playing
from tui.app import GrokApp, Options
from tui.drawing.questions.question import LETTERS
from tui.session import Session

RUNS = BETS.replace("run.race.longest_ratio < 1.2", "run.mice.random.arrival > 0.5").replace(
    "run.lap.final_loss < run.lap.floor", "run.letters.accuracy > 0.9"
)
LESSON = read("\n".join(("## One\n\nText.\n", RUNS, SINGLE, "## End\n\nText.\n")))
COURSE = Catalog("C", (Part("P", (LESSON.id,)),), {LESSON.id: LESSON}, {}, (LESSON.id,))
QUESTION = LESSON.question("b-before")
assert isinstance(QUESTION, Bets)
FIRST, SECOND = (option.text for option in QUESTION.options)


@asynccontextmanager
async def learner(home: Path) -> AsyncIterator[Player]:
    """A learner before the bets."""
    app = GrokApp(
        Options(still=True, lesson=LESSON.id, screen=2),
        catalog=COURSE,
        journal=Journal(home),
        link=LabLink(),
    )
    async with playing(app) as player:
        yield player


def letter(player: Player, option: int) -> str:
    """The key of an option, by its number in the lesson file."""
    return LETTERS[player.session.questions.variant(QUESTION, 0).order.index(option)]


async def test_what_is_ticked_is_sealed_and_nothing_says_whether_it_is_right(
    tmp_path: Path,
) -> None:
    async with learner(tmp_path) as player:
        await player.sees("you may tick none or all", "enter seal")
        await player.press(letter(player, 1), "enter")
        await player.sees("Sealed.", "your bet", "The lap tells.", "The race tells.")
        assert "✓" not in player.text and "Right" not in player.text
        await player.press(letter(player, 0))
        await player.sees("enter next")
        assert player.session.bets_kept(QUESTION) == [(FIRST, False, None), (SECOND, True, None)]
        await player.turn("enter")
        assert player.screen.index == 2
    async with learner(tmp_path) as player:
        await player.sees("Sealed.", "your bet")
        assert player.text.count("your bet") == 1


async def test_none_may_be_ticked_and_all_may_be_skipped(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await player.turn("n")
        assert player.session.bets_kept(QUESTION) == []
        await player.turn("p")
        await player.press("enter", "enter")
        await player.sees("Sealed.")
        assert [bet for _, bet, _ in player.session.bets_kept(QUESTION)] == [False, False]


def test_the_learners_own_runs_decide_each_bet(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        session = Session(COURSE, journal)
        session.questions.bet(LESSON, QUESTION, 0, [0])
        journal.append(
            events.RunFinished(
                lab="mice",
                knobs={},
                seed=0,
                metrics={"random.arrival": 0.4},
                reached=True,
                device="CPU",
                seconds=1.0,
                steps=1,
            )
        )
        assert session.bets_kept(QUESTION) == [(FIRST, True, False), (SECOND, False, None)]
