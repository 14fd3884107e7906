"""Without torch the course goes on: what the authors measured is told, and said to be theirs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest

from course.bets import Predict
from course.catalog import Catalog, read_catalog
from course.lock import digest
from course.measured import MEASURED_FILE, Measured, MeasuredRun, write_measured
from progress.journal import Journal
from tests.support.player import Player
from tests.support.scripted_worker import READY, ScriptedLink
from tui.app import GrokApp, Options

LESSON = """\
+++
format = 1
id = "one"
title = "One"
minutes = 10
[objectives]
"one.o" = "see it"
+++
:::{predict} p-places
:run: letters
:answer-from: control.accuracy < 0.5 => less
:answer-from: control.accuracy >= 0.5 => same
:seeds: 0 1 2

How often?
- [x] {less} less often than the other
  > It sees a bag.
- [ ] {same} as often
  > It does not see the order.
:::

:::{lab} letters
The words of this lab.
:::

:::{observe} o-places of p-places
:objective: one.o
:hint: none because it is a test

What did you see?
- [x] less
  > Yes.
- [ ] more
  > No.
:::

:::{claim} c-places
:confirmed-if: run.letters.control.accuracy < 0.3
:busted-if: run.letters.control.accuracy > 0.5

"Places matter."

> Without them {{ run.letters.control.accuracy | percent }}.
:::
"""
MISSING = "torch is not installed here."


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    """A course of one lesson, and what its authors measured."""
    (tmp_path / "lessons").mkdir()
    (tmp_path / "lessons" / "one.md").write_text(LESSON)
    catalog = read_catalog(tmp_path)
    bet = catalog.lessons["one"].question("p-places")
    metrics = {"accuracy": (0.998, 1.0), "control.accuracy": (0.141, 0.15)}
    run = MeasuredRun("letters", {}, (0, 1), metrics, 6.0)
    measured = Measured({"p-places": ("less", digest(bet))}, (run,))
    write_measured(tmp_path / MEASURED_FILE, measured)
    return catalog


@asynccontextmanager
async def learner(catalog: Catalog, home: Path, missing: str = MISSING) -> AsyncIterator[Player]:
    """A learner in the lesson, whose worker is up and says what is missing."""
    link = ScriptedLink(ready=msgspec.structs.replace(READY, torch="", missing=missing))
    app = GrokApp(
        Options(still=True, lesson="one"), catalog=catalog, journal=Journal(home), link=link
    )
    async with app.run_test(size=(80, 24)) as pilot:
        player = Player(pilot)
        await player.wait(lambda: player.ready() and link.state == "ready")
        yield player


async def test_the_authors_numbers_stand_in_and_are_called_theirs(
    catalog: Catalog, tmp_path: Path
) -> None:
    async with learner(catalog, tmp_path / "home") as player:
        await player.turn("n")
        await player.sees(MISSING, "The words of this lab.", "What the authors measured", "99.8 %")
        await player.turn("n")
        await player.sees("cannot run here", "with the seeds 0 to 2", "less often than the other")
        await player.turn("n")
        await player.sees("CONFIRMED by the authors' run", "Without them 14 %.")


async def test_nothing_of_theirs_is_told_where_the_lab_can_run(
    catalog: Catalog, tmp_path: Path
) -> None:
    async with learner(catalog, tmp_path / "home", missing="") as player:
        for said in ("The words of this lab.", "has not been run yet", "not measured yet"):
            await player.turn("n")
            await player.sees(said)
            assert "authors" not in player.text


async def test_a_bet_that_was_changed_since_is_not_told(catalog: Catalog, tmp_path: Path) -> None:
    file = tmp_path / "lessons" / "one.md"
    file.write_text(LESSON.replace("as often\n", "just as often\n"))
    changed = read_catalog(tmp_path)
    bet = changed.lessons["one"].question("p-places")
    assert isinstance(bet, Predict)
    async with learner(changed, tmp_path / "home") as player:
        assert player.session.authors.branch(bet) == ""
        await player.turn("n")
        await player.turn("n")
        await player.sees("has not been run yet")
