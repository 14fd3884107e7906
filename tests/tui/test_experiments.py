"""Experiments done with keys to the network of one's own run, and what becomes of the tries."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from course.catalog import Catalog, Part
from course.solver import STRATEGIES
from models import protocol
from progress.journal import Journal
from tests.support.lab_link import LabLink, ablate, thought
from tests.support.lessons import EXPERIMENT, FIND_HEAD, LOOPS, SINGLE, read
from tests.support.player import Player, playing
from tui.app import GrokApp, Options
from tui.drawing.attention.heads import Heads
from tui.experiments.heads import scores_in
from tui.lesson_text import QuestionText
from tui.pages.experiment_answer import TRIED, ExperimentAnswer
from tui.pages.experiment_switches import SwitchBench
from tui.showable import faults

SWITCH = EXPERIMENT.replace(":draw: m in 1, 2, 3\n", "")


def gone(probe: protocol.Probe) -> protocol.Reply:
    return protocol.Failed(probe.run, "gone", "That run is no longer here.", False, probe.id)


@asynccontextmanager
async def learner(
    home: Path,
    body: str = SWITCH,
    size: tuple[int, int] = (80, 24),
    link: LabLink | None = None,
    **options: Any,
) -> AsyncIterator[Player]:
    """A learner before an experiment."""
    lesson = read("## One\n\nText.\n\n" + body + SINGLE + "## End\n\nText.\n")
    course = Catalog("C", (Part("P", (lesson.id,)),), {lesson.id: lesson}, {}, (lesson.id,))
    given = {"still": True, "lesson": lesson.id, "screen": 2, "confidence": False} | options
    app = GrokApp(Options(**given), catalog=course, journal=Journal(home), link=link or LabLink())
    async with playing(app, size) as player:
        yield player


def answer(player: Player) -> ExperimentAnswer:
    found = player.page.card.answer
    assert isinstance(found, ExperimentAnswer)
    return found


def board(player: Player) -> SwitchBench:
    bench = answer(player).bench
    assert isinstance(bench, SwitchBench)
    return bench


def answered(player: Player, name: str = "x-heads-off") -> list[dict[str, Any]]:
    return [e for e in player.history(name) if e["type"] == "answered"]


def outcomes(player: Player, name: str) -> list[str]:
    return [one["answer"]["outcome"] for one in answered(player, name)]


async def train(player: Player) -> None:
    """Have the networks, where there are none."""
    await player.sees("space train it")
    await player.press("space", until=lambda: answer(player).is_ready)


async def switch(player: Player, *heads: int) -> None:
    """Just these heads off, counted from 1."""
    view = board(player).view
    for number in range(4):
        while (before := view.cursor) != number:
            key = "right" if before < number else "left"
            await player.press(key, until=lambda b=before: view.cursor != b)
        if ((0, number) in view.off) != (number + 1 in heads):
            was = view.off
            await player.press("space", until=lambda w=was: view.off != w)
    await player.wait(lambda: answer(player).is_ready)


# Switching heads off


async def test_heads_are_switched_off_until_no_fewer_will_do(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await train(player)
        await switch(player, 1)
        await player.sees("head 1")
        await player.press("enter")
        await player.sees("Not this. 50.0 % are still right, of 100.0 %.")
        await switch(player, 1, 2, 4)
        await player.press("enter")
        await player.sees("Not this. Enough with 3 off; 2 can do it.")
        await switch(player, 2, 4)
        await player.press("enter")
        await player.sees("Right. 5.0 % are left without 2 of 4.")
        assert outcomes(player, "x-heads-off") == ["not-enough", "too-many", "right"]
        last = answered(player)[-1]["answer"]
        assert last["did"] == {"off": [[0, 1], [0, 3]]}
        assert last["measured"]["fewest"] == 2 and last["measured"]["accuracy"] == 0.05


async def test_only_what_was_tried_is_on_the_board(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await train(player)
        assert [off for off, _ in board(player).view.board.rows] == [frozenset()]
        await switch(player, 3)
        await player.sees("head 3")
        assert "head 2 " not in player.text.split("loss")[1]


async def test_the_fewest_are_those_of_ones_own_network(tmp_path: Path) -> None:
    def alone(probe: protocol.Probe) -> protocol.Reply:
        """The third head does it all."""
        reply = ablate(probe)
        assert isinstance(reply, protocol.ProbeResult)
        for row in reply.values["rows"]:
            row["accuracy"] = 0.1 if [0, 2] in row["off"] else 0.9
        return reply

    link = LabLink()
    link._probes["ablate"] = alone
    async with learner(tmp_path, link=link) as player:
        await train(player)
        await switch(player, 1, 3)
        await player.press("enter")
        await player.sees("Enough with 2 off; 1 can do it.")
        await switch(player, 3)
        await player.press("enter")
        await player.sees("Right. 10.0 % are left without 1 of 4.")


async def test_nothing_done_and_the_same_again_are_no_tries(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await train(player)
        await player.press("enter")
        await player.wait(lambda: player.app._notifications)
        await switch(player, 1)
        await player.press("enter", until=lambda: len(answered(player)) == 1)
        await player.press("enter")
        await player.wait(lambda: any(one.message == TRIED for one in player.app._notifications))
        assert len(answered(player)) == 1


async def test_what_is_said_in_passing_does_not_pile_up(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await train(player)
        for _ in range(3):
            await player.press("enter")
            await player.pilot.pause()
        assert len(player.app._notifications) == 1


async def test_how_sure_is_asked_before_the_verdict_and_the_answer_is_saved_first(
    tmp_path: Path,
) -> None:
    async with learner(tmp_path, confidence=True) as player:
        await train(player)
        await switch(player, 1, 2)
        await player.press("enter", until=lambda: player.page.asks_how_sure)
        assert not answered(player) and "Right." not in player.text
        await player.press("3", until=lambda: answered(player))
        assert answered(player)[0]["confidence"] == 3
        await player.sees("Right.")


async def test_what_was_tried_is_there_again_in_another_sitting(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await train(player)
        await switch(player, 1, 2, 3)
        await player.press("enter", until=lambda: answered(player))
    async with learner(tmp_path) as player:
        await player.sees("without heads 1 2 3: 0.0 % right", "Enough with 3 off; 2 can do it.")
        await train(player)
        await player.wait(lambda: board(player).did == {"off": [[0, 0], [0, 1], [0, 2]]})
        await player.press("enter")
        await player.wait(lambda: any(one.message == TRIED for one in player.app._notifications))


async def test_a_worker_that_dies_while_it_measures_takes_nothing_along(tmp_path: Path) -> None:
    link = LabLink()
    async with learner(tmp_path, link=link) as player:
        await train(player)
        await switch(player, 1, 2)
        link._probes["ablate"] = gone
        await player.press("enter")
        await player.sees("That run is no longer here.", "space train it")
        assert not answered(player)
        link._probes["ablate"] = ablate
        await player.press("space", until=lambda: answer(player).is_ready)
        assert board(player).did == {"off": [[0, 0], [0, 1]]}
        await player.press("enter")
        await player.sees("Right. 5.0 % are left without 2 of 4.")


async def test_whoever_turns_the_page_while_it_measures_finds_no_try_counted(
    tmp_path: Path,
) -> None:
    link = LabLink()
    async with learner(tmp_path, link=link) as player:
        await train(player)
        await switch(player, 1, 2, 3)
        link._probes["ablate"] = lambda probe: protocol.Advanced(probe.run, [])  # no answer
        await player.press("enter")
        await player.sees("measuring…")
        await player.turn("n")
        link._probes["ablate"] = ablate
        await player.turn("p")
        await player.wait(lambda: answer(player).is_ready)
        assert not answered(player)
        await switch(player, 1, 2)
        await player.press("enter")
        await player.sees("Right.")


async def test_the_answer_is_searched_for_in_the_very_network(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await player.press("h")
        await player.sees("Which heads do the same work?")
        await player.press("r")
        await player.sees("This is the answer.")
        await player.press("space")
        await player.sees("= without heads 1 2: 5.0 % right", "are left without 2 of 4.")
        assert "{{" not in player.text


async def test_where_no_set_is_enough_the_answer_says_so(tmp_path: Path) -> None:
    body = SWITCH.replace("accuracy < 0.4", "loss > 9")
    async with learner(tmp_path, body) as player:
        await train(player)
        await player.press("h", "r")
        await player.sees("= In your run no set of heads does it.")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_board_and_verdict_are_on_one_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    async with learner(tmp_path, size=size) as player:
        await train(player)
        for heads in ((1,), (1, 3), (1, 3, 4), (2, 3, 4)):
            await switch(player, *heads)
        await player.press("enter")
        await player.sees("Not this. Enough with 3 off", "[x] head 1", "without heads 2 3 4")


# Finding a head


async def test_the_head_that_does_it_is_found_and_every_other_explained(tmp_path: Path) -> None:
    async with learner(tmp_path, FIND_HEAD) as player:
        await train(player)
        for right, said in (
            (1, "Not this. That one does something else."),
            (2, "Not this. It does so in this text alone."),
            (-3, "Right. 90.0 % of its weight; 50.0 % without it."),
        ):
            await player.press(*["right" if right > 0 else "left"] * abs(right), "enter")
            await player.sees(said)
        assert outcomes(player, "x-one-back") == ["other-score", "one-text", "right"]


async def test_hints_have_their_key_where_heads_do_and_nothing_is_told_of_a_head(
    tmp_path: Path,
) -> None:
    async with learner(tmp_path, FIND_HEAD) as player:
        await train(player)
        assert not any(told in player.text for told in (".900", "prev", "even"))
        await player.press("h")
        await player.sees("Look below the diagonal.")
        await player.press("r")
        await player.sees("= head 1: 90.0 % of its weight is on the token before")


def test_a_score_in_one_text_is_the_weight_where_the_rule_points() -> None:
    rows = ((1.0, 0.0, 0.0), (0.25, 0.75, 0.0), (0.5, 0.25, 0.25))
    heads = Heads(("a", "b", "a"), ((rows,),))
    assert scores_in(heads, "prev") == [[(0.25 + 0.25) / 2]]
    assert scores_in(heads, "first") == [[(0.25 + 0.5) / 2]]
    assert scores_in(heads, "same") == [[0.25]]  # b followed a


# Loops


async def test_as_many_loops_are_made_as_the_maze_needs(tmp_path: Path) -> None:
    body = LOOPS.replace("m in 1, 2, 3", "m in 1")
    async with learner(tmp_path, body) as player:
        await train(player)
        meter = answer(player).bench.meter
        right = await meter.right()
        assert right is not None and right["loops"] > 1
        await player.press(*["right"] * (right["loops"] - 1))
        await player.press("enter")
        await player.sees(f"Not this. After {right['loops'] - 1} it is not there.")
        await player.press("up", "enter")
        await player.sees(f"Not this. It was there after {right['loops']} already.")
        await player.press(*["left"] * 4, "enter")
        away = (await meter.measure(right))[0]["away"]
        await player.sees(f"Right. {right['loops']} loops for {away:g} moves.")
        assert outcomes(player, "x-loops") == ["too-few", "too-many", "right"]
        asked = [one for one in player.app.labs._link.sent if isinstance(one, protocol.Probe)]
        assert [one.arguments["sample"] for one in asked] == [1], "all loops are asked for at once"


async def test_loops_that_are_played_stop_at_what_is_handed_in(tmp_path: Path) -> None:
    async with learner(tmp_path, LOOPS.replace("m in 1, 2, 3", "m in 1")) as player:
        await train(player)
        view = answer(player).bench.view
        await player.press("space", until=lambda: view.playing and view.loop)
        await player.press("enter")
        await player.sees("Not this.")
        assert not view.playing
        assert answered(player, "x-loops")[0]["answer"]["did"] == {"loops": view.loop}


async def test_a_maze_that_the_network_never_solves_is_not_asked_about(tmp_path: Path) -> None:
    def lost(probe: protocol.Probe) -> protocol.Reply:
        """In the first maze all arrows lead north, after any loops."""
        reply = thought(probe)
        assert isinstance(reply, protocol.ProbeResult)
        if probe.arguments["sample"] < 100:
            reply.values["arrows"] = [[0] * len(one) for one in reply.values["arrows"]]
        return reply

    link = LabLink()
    link._probes["thought"] = lost
    async with learner(tmp_path, LOOPS, link=link) as player:
        await train(player)
        right = await answer(player).bench.meter.right()
        assert right is not None
        await player.press(*["right"] * right["loops"], "enter")
        await player.sees("Right.")
        asked = [one.arguments for one in link.sent if isinstance(one, protocol.Probe)]
        assert asked[1]["sample"] == asked[0]["sample"] + 100


async def test_where_it_solves_no_maze_the_answer_says_so(tmp_path: Path) -> None:
    def lost(probe: protocol.Probe) -> protocol.Reply:
        reply = thought(probe)
        assert isinstance(reply, protocol.ProbeResult)
        reply.values["arrows"] = [[0] * len(one) for one in reply.values["arrows"]]
        return reply

    link = LabLink()
    link._probes["thought"] = lost
    async with learner(tmp_path, LOOPS, link=link) as player:
        await train(player)
        await player.press("h", "r")
        await player.sees("= In your run the mouse never arrives")


async def test_before_the_first_loop_there_is_nothing_to_hand_in(tmp_path: Path) -> None:
    async with learner(tmp_path, LOOPS) as player:
        await train(player)
        await player.press("enter")
        await player.wait(lambda: player.app._notifications)
        assert not answered(player, "x-loops")


# All of them


@pytest.mark.parametrize("body", [SWITCH, FIND_HEAD, LOOPS])
@pytest.mark.parametrize("strategy", STRATEGIES)
async def test_everybody_gets_through(tmp_path: Path, body: str, strategy: str) -> None:
    async with learner(tmp_path, body, confidence=True) as player:
        await player.take_page(strategy)
        [question] = read(body).questions
        assert any(e["type"] in ("answered", "revealed") for e in player.history(question.id))


@pytest.mark.parametrize(
    ("body", "said"), [(SWITCH, "every smaller set"), (FIND_HEAD, "In another"), (LOOPS, "arrow")]
)
async def test_help_says_what_can_be_done(tmp_path: Path, body: str, said: str) -> None:
    async with learner(tmp_path, body, (120, 60)) as player:
        await train(player)
        assert said in player.page.help_text
        await player.press("question_mark")
        await player.sees("An experiment", "hands in what is on the screen")


# Whether it can be done here


@pytest.mark.parametrize(
    ("body", "old", "new", "said"),
    [
        (SWITCH, ":lab: heads", ":lab: letters", "the lab letters has no heads to show"),
        (
            SWITCH,
            ":runner: four",
            ":runner: five",
            "the lab heads has no team five: there is: four, one, two",
        ),
        (SWITCH, ":lab: heads", ":lab: heads width=5", "must be one of"),
        (SWITCH, ":lab: heads", ":lab: headz", "no lab is called headz: did you mean heads?"),
        (FIND_HEAD, ":lab: lap", ":lab: heads", "the heads of the lab heads are not scored"),
        (FIND_HEAD, "score: prev", "score: previous", "no score is called previous: did you mean"),
        (LOOPS, ":lab: map", ":lab: heads", "no network of the lab heads answers in every cell"),
        (LOOPS, ":lab: map", ":lab: map\n:size: 100", "expected a whole number from 2 to 41"),
        (LOOPS, ":sample: {{m}}", ":sample: x{{m}}", "sample x1: expected a whole number"),
    ],
)
def test_what_cannot_be_done_is_a_fault_of_the_lesson(
    body: str, old: str, new: str, said: str
) -> None:
    found = faults(read(body.replace(old, new)))
    assert any(said in fault.text for fault in found), found


def test_what_can_be_done_has_no_fault() -> None:
    for body in (SWITCH, FIND_HEAD, LOOPS):
        assert not faults(read(body))


def test_in_words_it_names_the_run_and_for_instructors_every_outcome() -> None:
    [question] = read(SWITCH).questions
    text = "\n".join(QuestionText(question, 78, notes=True).lines())
    assert "Do it to the network of your run (grok-tui lab heads):" in text
    for said in ("off == heads: All {{heads}} off", "too-many: Enough with", "not-enough:"):
        assert said in text
