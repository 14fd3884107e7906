"""Looking at who looks at whom: what is asked of the worker, and what a lesson then shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from course.lesson import View
from models import protocol
from models.arrays import pack
from models.specs.catalog import LABS
from tests.support.lab_link import alignment, attention
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import READY, ScriptedLink
from tests.tui.panels.test_inside_panels import BEGUN, DONE, page, starts
from tui.panels.attention_panel import AttentionPanel
from tui.views import VIEWS, view_fault, view_in_words


def link(script: Any = DONE, **probes: Any) -> ScriptedLink:
    return ScriptedLink(
        script, probes={"alignment": alignment, "attention": attention(), **probes}, at_once=True
    )


def asked(link: ScriptedLink) -> list[tuple[str, Any, Any]]:
    probes = [request for request in link.sent if isinstance(request, protocol.Probe)]
    return [(one.what, one.arguments["when"], one.arguments["sample"]) for one in probes]


async def test_the_alignment_of_a_trained_translator(tmp_path: Path) -> None:
    worker = link()
    async with page(tmp_path, "alignment", worker, lab="alignment") as (pilot, panel):
        await sees(pilot, "There are no trained networks in memory")
        await pilot.press("space")
        # The cursor stands where the first move looks most.
        await sees(pilot, "The first move, E, takes 71.1 % from pippip, the last word")
        await sees(pilot, "Equal shares would be 25.0 %; on its own it says E: right")
        assert "Drawn at random. Right in 99.0 % of 1,000" in screen_text(pilot.app)
        await pilot.press("down", "left")
        await sees(pilot, "The second move, W, takes 71.1 % from sample0, the third word")
        await sees(pilot, "on its own it says E, but W is right")
        await pilot.press("m")
        await sees(pilot, "takes 71.1 % from sample1, the third word")
        await pilot.press("b")
        await sees(pilot, "takes 25.0 % from sample1, the third word")
        assert "before training" in screen_text(pilot.app)
        assert asked(worker) == [
            ("alignment", "after", 0),
            ("alignment", "after", 1),
            ("alignment", "before", 1),
        ]
        assert panel.sentence.startswith("The second move, W, takes 25.0 %")


async def test_what_was_asked_for_once_is_not_asked_again(tmp_path: Path) -> None:
    worker = link()
    async with page(tmp_path, "alignment", worker, lab="alignment") as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "71.1 %")
        await pilot.press("b")
        await sees(pilot, "before training")
        await pilot.press("b")
        await sees(pilot, "after training")
        assert len(asked(worker)) == 2 and panel.has_picture


async def test_a_look_before_training_needs_no_trained_network(tmp_path: Path) -> None:
    worker = link(BEGUN)
    async with page(tmp_path, "alignment", worker, lab="alignment", when="before") as (pilot, _):
        await pilot.press("space")
        await sees(pilot, "takes 25.0 % from")
        (start,) = starts(worker)
        assert not start.keep and start.knobs["steps"] == 20


async def test_the_picture_before_stays_until_the_next_is_here(tmp_path: Path) -> None:
    def slow(probe: protocol.Probe) -> protocol.Reply:
        return READY if probe.arguments["sample"] else alignment(probe)

    worker = link(alignment=slow)
    async with page(tmp_path, "alignment", worker, lab="alignment") as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "71.1 %")
        await pilot.press("m")
        await wait_until(pilot, lambda: len(asked(worker)) == 2)
        assert "sample0" in screen_text(pilot.app) and not panel.has_picture


async def test_one_list_of_tokens_asks_and_answers(tmp_path: Path) -> None:
    seen = attention()
    seen.values.update(called=["pair", "pair"], said="q", right="d")
    worker = link(attention=seen)
    async with page(tmp_path, "attention-grid", worker, lab="recall") as (pilot, panel):
        await pilot.press("space")
        # The last row is the one that answers.
        await sees(pilot, "The last pair, W, takes 10.0 % from K, the first pair")
        await sees(pilot, "on its own it says q, but d is right")
        assert asked(worker) == [("attention", "after", 0)]
        rows = screen_text(pilot.app).split("\n")
        assert sum("✗" in row for row in rows) == 1 and isinstance(panel, AttentionPanel)


async def test_numbers_on_the_screen_are_those_of_the_network(tmp_path: Path) -> None:
    from models.labs.catalog import load_lab

    lab: Any = load_lab("alignment")(LABS["alignment"].settings({"turns": 3}), 0, "cpu")

    def inside(probe: protocol.Probe) -> protocol.Reply:
        arrays, values = lab.probe(probe.what, probe.arguments)
        packed = {name: pack(array) for name, array in arrays.items()}
        return protocol.ProbeResult(probe.run, probe.id, packed, values)

    worker = link(BEGUN, alignment=inside)
    settings = {"lab": "alignment turns=3", "when": "before"}
    async with page(tmp_path, "alignment", worker, **settings) as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        assert isinstance(panel, AttentionPanel)
        for row, weights in enumerate(weights_by_hand(lab)):
            for column, weight in enumerate(weights):
                panel.grid.move_to(row, column)
                await sees(pilot, f"takes {100 * weight:.1f} % from")
            assert f"{sum(weights):.3f}" in screen_text(pilot.app)


def weights_by_hand(lab: Any) -> list[list[float]]:
    """The weights, word by word, from the parameters of the translator alone."""
    import torch

    network = lab.racers[0].network
    source, target = lab._texts(lab.racers[0], "sample 0", 1, "longest")
    moves = target[0, : int((target != 0).sum()) + 1].tolist()
    rows = []
    with torch.no_grad():
        memory, state = network.reader(network.read(source))
        for said in [0, *moves[:-1]]:
            scores = []
            for words in memory[0]:
                judged = network.attend.query(state[0]) + network.attend.key(words)
                scores.append(float(network.attend.judge(judged.tanh())))
            rows.append(torch.tensor(scores).double().softmax(0).tolist())
            _, state = network.step(torch.tensor([said]), state, memory)
    return rows


@pytest.mark.parametrize(
    ("name", "settings", "said"),
    [
        ("alignment", {}, ""),
        ("alignment", {"lab": "recall pairs=4", "when": "before", "sample": "2"}, ""),
        ("attention-grid", {"lab": "letters"}, ""),
        ("attention-grid", {"lab": "mouse"}, "the lab mouse has no weights to show: there is"),
        ("alignment", {"lab": "alignmant"}, "no lab is called alignmant: did you mean alignment?"),
        ("alignment", {"lab": "alignment turn=3"}, "has no knob turn: did you mean turns?"),
        ("alignment", {"when": "now"}, "when now: there is: after, before"),
        ("alignment", {"sample": "-1"}, "sample -1: expected a whole number from 0 up"),
    ],
)
def test_what_a_lesson_sets_is_checked(name: str, settings: dict[str, str], said: str) -> None:
    assert set(settings) <= VIEWS[name]
    found = view_fault(View(name, settings))
    assert said in found and bool(said) == bool(found)


def test_a_lesson_that_is_read_says_what_would_be_seen() -> None:
    said = view_in_words(View("alignment", {"when": "before"}))
    assert "in the lab alignment, before training: a row for each move that asks, a column" in said
    said = view_in_words(View("attention-grid", {"lab": "recall pairs=4"}))
    assert "a row for each pair" in said and "from the row of the question at the end" in said


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40), (200, 60)])
async def test_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with page(tmp_path, "alignment", link(), size, lab="alignment") as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        await sees(pilot, "The first move, E, takes 71.1 %")
        picture = panel.picture
        for y in range(picture.content_size.height):
            assert picture.render_line(y).cell_length == picture.content_size.width
