"""The lab of three families: what each is asked, how it is judged, who may look at whom."""

from __future__ import annotations

import functools
from typing import Any

import pytest
import torch

from models.labs.answering import Writing
from models.labs.families import FamiliesLab
from models.labs.families_judged import at_random, commoner, judged
from models.labs.lab import Look
from models.labs.race import Racer
from models.layers.loss import IGNORED
from models.specs.families import LONGEST, MOVES, RUNNERS, SPEC, WRITERS
from models.specs.spec import Value
from models.tasks.maze_words import EDGE, TOLD, blindfolded
from tests.support.small_races import run_through

UNSEEN = 40


def begun(**knobs: Value) -> FamiliesLab:
    return FamiliesLab(SPEC.settings({"steps": 20, "width": 8, **knobs}), 0)


@functools.cache
def ran() -> tuple[FamiliesLab, list[Any]]:
    return run_through(begun, UNSEEN)


def writer(lab: FamiliesLab, name: str) -> Writing:
    racer = lab._named(name)
    assert isinstance(racer, Writing)
    return racer


def verdict(**changed: float) -> tuple[bool, bool]:
    lab = begun()
    told = {"encoder_accuracy": 0.9, "encoder_blind": 0.5}
    told |= {f"{name}_accuracy": 0.9 for name in WRITERS} | {
        f"{name}_blind": 0.2 for name in WRITERS
    }
    shares = {name.replace("_", "."): share for name, share in {**told, **changed}.items()}
    for racer in lab.racers:
        blind = shares.pop(f"{racer.name}.blind")
        racer.accuracy = lambda *given, blind=blind: blind  # type: ignore[method-assign]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("models.labs.race.UNSEEN", 4)
        return lab.judge(shares)


def test_nobody_trains_on_a_maze_on_which_it_is_judged() -> None:
    lab = begun()
    for racer in lab.racers:
        assert racer.practice is not None
        trained, judged_on = (
            {tuple(text[:9]) for text in draw(2000, torch.Generator().manual_seed(1))[0].tolist()}
            for draw in (racer.practice, racer.draw)
        )
        assert len(trained) > 500 and len(judged_on) > 200 and not trained & judged_on


def test_all_who_write_see_the_same_mazes_and_the_two_alike_begin_alike() -> None:
    lab = begun()
    assert [racer.name for racer in lab.racers] == list(RUNNERS)
    texts = [lab._texts(lab._named(name), "unseen", 5)[0] for name in WRITERS]
    assert all(torch.equal(text, texts[0]) for text in texts)
    forced, unforced = (lab._named(name).network.state_dict() for name in WRITERS[1:])
    assert all(torch.equal(forced[name], unforced[name]) for name in forced)


@pytest.mark.parametrize("name", WRITERS)
def test_whole_ways_are_right_as_often_with_teacher_forcing_as_without(name: str) -> None:
    lab, _ = ran()
    racer = writer(lab, name)
    texts, answers = lab._texts(racer, "unseen", 200)
    logits, wanted = racer.taught(texts, answers)
    forced = racer.is_right(logits, wanted)
    free = (racer.said(texts, answers) == answers).all(1)
    assert torch.equal(forced, free)


@pytest.mark.parametrize("name", WRITERS)
def test_each_token_is_said_after_the_right_ones_alone(name: str) -> None:
    lab, _ = ran()
    racer = writer(lab, name)
    texts, answers = lab._texts(racer, "unseen", 3)
    logits, wanted = racer.taught(texts, answers)
    begins = torch.full((3, 1), EDGE)
    for many in range(answers.shape[1] + 1):
        before = torch.cat([begins, answers[:, :many]], 1)
        assert torch.allclose(racer.told(texts, before)[:, -1], logits[:, many], atol=1e-5)
        right = torch.cat([answers, begins], 1)[:, many]
        is_over = (before[:, 1:] == EDGE).any(1)
        assert torch.equal(wanted[:, many], right.masked_fill(is_over, IGNORED))


def test_who_is_not_forced_learns_from_its_own_words() -> None:
    lab, _ = ran()
    racer = writer(lab, "unforced")
    texts, answers = lab._texts(racer, "unseen", 20)
    own = racer.spoken(texts, answers.shape[1])
    logits, wanted = racer.lesson(texts, answers)
    assert torch.equal(logits, racer.told(texts, racer.after_edge(own)))
    assert torch.equal(wanted, racer.wanted(answers))
    assert not torch.equal(own, answers)
    forced = writer(lab, "translator")
    assert torch.equal(forced.lesson(texts, answers)[0], forced.taught(texts, answers)[0])


@pytest.mark.parametrize("name", WRITERS)
def test_by_itself_it_goes_on_from_what_it_has_said(name: str) -> None:
    lab, _ = ran()
    racer = writer(lab, name)
    texts, _ = lab._texts(racer, "unseen", 10)
    said = racer.spoken(texts, 9)
    likeliest = racer.told(texts, racer.after_edge(said)).argmax(-1)[:, :-1]
    over = (racer.after_edge(said) == EDGE)[:, 1:-1].cumsum(1) > 0
    assert torch.equal(said[:, 0], likeliest[:, 0])
    assert torch.equal(said[:, 1:], likeliest[:, 1:].masked_fill(over, EDGE))


def test_tokens_are_counted_where_something_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    lab = begun()
    racer = writer(lab, "translator")
    texts, answers = lab._texts(racer, "unseen", 50)
    wrong = answers.clone()
    wrong[:, 0] = 0  # a sign in place of the first room
    ends = torch.full((50, 3), EDGE)
    monkeypatch.setattr(racer, "spoken", lambda *given: torch.cat([wrong, ends], 1))
    found = judged(racer, texts, answers)
    tokens = int((answers != EDGE).sum()) + 50
    assert found["translator.free"] == pytest.approx(1 - 50 / tokens)
    assert found["translator.legal"] == found["translator.arrives"] == 0.0
    monkeypatch.setattr(racer, "spoken", lambda *given: torch.cat([answers, ends], 1))
    found = judged(racer, texts, answers)
    assert {found[f"translator.{name}"] for name in ("free", "legal", "arrives")} == {1.0}


def test_the_baselines_are_counted() -> None:
    assert commoner(torch.tensor([1, 0, 0, 0])) == 0.75 == commoner(torch.tensor([0, 1, 1, 1]))
    lab = begun()
    texts, _ = lab._texts(lab._named("decoder"), "unseen", 1000)
    assert 0.4 < at_random(texts, 0) < 0.6


@pytest.mark.parametrize(
    ("changed", "held", "failed"),
    [
        ({}, True, True),
        ({"encoder_accuracy": 0.84}, False, True),
        ({"decoder_accuracy": 0.79}, False, True),
        ({"translator_accuracy": 0.79}, False, True),
        ({"unforced_accuracy": 0.1}, True, True),
        ({"encoder_blind": 0.66}, True, False),
        ({"decoder_blind": 0.41}, True, False),
    ],
)
def test_all_do_their_part_and_none_with_another_maze(
    changed: dict[str, float], held: bool, failed: bool
) -> None:
    assert verdict(**changed) == (held, failed)


def test_blind_is_the_same_question_with_another_maze() -> None:
    lab, _ = ran()
    assert lab.result is not None
    for racer in lab.racers:
        texts, answers = lab._texts(racer, "unseen", UNSEEN)
        expected = racer.accuracy(blindfolded(texts), answers)
        assert lab.result.metrics[f"{racer.name}.blind"] == expected


def test_the_writers_are_judged_by_their_moves() -> None:
    lab, seen = ran()
    assert lab.result is not None
    looks = [one for one in seen if isinstance(one, Look)]
    assert [(one.name, one.step) for one in looks] == [("per-length", 0), ("per-length", 20)]
    told = looks[-1].data
    assert told["lengths"] == list(MOVES) and told["called"] == "moves"
    assert told["seen"] == [moves <= LONGEST for moves in MOVES] and list(told["shares"]) == [
        *WRITERS
    ]
    for name in WRITERS:
        expected = [round(lab.result.metrics[f"{name}.at{n}"], 4) for n in MOVES]
        assert told["shares"][name] == expected
    assert lab.probe("lengths", {"runners": ["decoder"]})[1]["shares"].keys() == {"decoder"}


def masks(lab: FamiliesLab, moves: int) -> dict[str, dict[str, Any]]:
    _, values = lab.probe("masks", {"moves": moves})
    return {
        one["who"]: {mask["place"]: mask for mask in one["masks"]} for one in values["families"]
    }


@pytest.mark.parametrize("moves", [1, 3])
def test_the_masks_are_those_of_the_networks(moves: int) -> None:
    found = masks(ran()[0], moves)
    assert {who: set(one) for who, one in found.items()} == {
        "encoder": {"self"},
        "decoder": {"self"},
        "encoder-decoder": {"source", "self", "read"},
    }
    every = torch.ones(TOLD, TOLD).int().tolist()
    assert found["encoder"]["self"]["allowed"] == every
    assert found["encoder-decoder"]["source"]["allowed"] == every
    whole = TOLD + 1 + moves
    assert found["decoder"]["self"]["allowed"] == torch.ones(whole, whole).tril().int().tolist()
    both = found["encoder-decoder"]
    assert both["self"]["allowed"] == torch.ones(moves + 1, moves + 1).tril().int().tolist()
    assert both["read"]["allowed"] == torch.ones(moves + 1, TOLD).int().tolist()
    assert both["read"]["asks"][0] == "." and both["read"]["answers"] == both["source"]["asks"]


@pytest.mark.parametrize(
    ("runner", "layer", "shape"),
    [
        ("encoder", 1, (TOLD, TOLD)),
        ("decoder", 0, (TOLD + 5, TOLD + 5)),
        ("translator", 0, (TOLD, TOLD)),
        ("translator", 1, (5, 5)),
        ("translator", 2, (5, TOLD)),
        ("unforced", 2, (5, TOLD)),
    ],
)
def test_every_look_is_told_with_its_own_rows(
    runner: str, layer: int, shape: tuple[int, int]
) -> None:
    arrays, values = ran()[0].probe("attention", {"runner": runner, "layer": layer, "sample": 1})
    assert arrays["weights"].shape == shape == (len(values["asks"]), len(values["answers"]))
    assert values["without"] and values["selected"]
    if runner != "encoder" and (runner, layer) != ("translator", 0):
        assert len(values["said"]) == len(values["right"]) == shape[0]
        assert values["right"][-1] == "." and values["right"][-2] in values["asks"]


def test_a_way_of_nine_moves_is_not_to_be_had() -> None:
    with pytest.raises(ValueError, match="1 to 8"):
        begun().probe("masks", {"moves": 9})


def test_the_encoder_is_a_racer_like_any_other() -> None:
    encoder = begun()._named("encoder")
    assert type(encoder) is Racer and not encoder.exams
