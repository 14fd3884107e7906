"""The lab of laps: who learns what, how it is judged, and what can be asked of its heads."""

from __future__ import annotations

import functools
from itertools import pairwise
from typing import Any

import pytest
import torch

from models.head_scores import RULES
from models.labs import race
from models.labs.elsewhere import saying_of
from models.labs.lab import Look
from models.labs.lap import LapLab
from models.labs.lap_inside import attentions, back, blind_to_first, from_place, rules, scored
from models.labs.lap_judged import Runner
from models.layers.loss import IGNORED
from models.networks.attention_only import AttentionOnly, Shape
from models.probe import look
from models.protocol import Report
from models.specs.lap import HEADS, LENGTHS, RUNNERS, SPEC
from models.specs.spec import Value
from models.transplant import with_heads_of
from tests.support.small_races import run_through

TEXT = torch.tensor([[16, 0, 1, 2, 0, 1, 2, 0]])


def begun(seed: int = 0, **knobs: Value) -> LapLab:
    small: dict[str, Value] = {"steps": 20, "width": 16}
    return LapLab(SPEC.settings({**small, **knobs}), seed)


@functools.cache
def ran() -> tuple[LapLab, list[Any]]:
    return run_through(begun)


def judged(only: int = 8, **changed: float) -> tuple[bool, bool]:
    """The verdict on numbers that hold, but for those that are changed: `mixed_at4=0.9`."""
    metrics = {f"{name}.at{n}": 1.0 for name in RUNNERS for n in LENGTHS}
    metrics |= {f"fixed.at{n}": 0.05 for n in LENGTHS if n != only}
    metrics |= {"mixed.without_1": 0.99}
    metrics |= {f"mixed.without_layer_{n}": 0.2 for n in (1, 2)}
    metrics |= {name.replace("_", ".", 1): value for name, value in changed.items()}
    return begun(only=only).judge(metrics)


def test_whoever_learns_from_the_same_loops_sees_the_same_texts() -> None:
    lab = begun()
    assert [racer.name for racer in lab.racers] == list(RUNNERS)
    texts = {racer.name: lab._texts(racer, "unseen", 8)[0] for racer in lab.racers}
    for name in ("two", "one", "graded"):
        assert torch.equal(texts[name], texts["mixed"])
    loops = {len(set(text[1:])) for text in texts["fixed"].tolist()}
    assert loops == {8} and HEADS["one"] == 1


def test_only_what_can_be_known_is_learned_except_where_all_is_graded() -> None:
    lab = begun(only=5)
    for racer in lab.racers:
        draw = racer.practice or racer.draw
        _, answers = draw(40, torch.Generator().manual_seed(0))
        assert ((answers == IGNORED).any()) == (racer.name != "graded")
        _, asked = racer.draw(40, torch.Generator().manual_seed(0))
        assert (asked == IGNORED).any(), "everyone is judged on what can be known"


def test_right_is_the_mean_share_of_a_text() -> None:
    racer = begun().racers[0]
    assert isinstance(racer, Runner)
    logits = torch.nn.functional.one_hot(torch.tensor([[1, 2, 3], [1, 2, 3]]), 5).float()
    answers = torch.tensor([[IGNORED, 2, 4], [IGNORED, IGNORED, 3]])
    assert racer.is_right(logits, answers).tolist() == [0.5, 1.0]


@pytest.mark.parametrize(
    ("only", "changed", "expected"),
    [
        (8, {}, (True, True)),
        (5, {}, (True, True)),
        (8, {"mixed_at4": 0.98}, (False, True)),
        (8, {"one_at8": 0.98}, (False, True)),
        (8, {"mixed_at10": 0.5}, (True, True)),
        (8, {"fixed_at8": 0.9}, (False, True)),
        (8, {"mixed_without_1": 0.9}, (False, True)),
        (8, {"fixed_at4": 0.7}, (True, True)),
        (8, {"fixed_at4": 0.9}, (True, False)),
        (8, {"fixed_at5": 0.3}, (True, False)),
        (8, {"mixed_without_layer_2": 0.5}, (True, False)),
        (6, {"fixed_at3": 0.7}, (True, True)),
        (6, {"fixed_at4": 0.7}, (True, False)),
    ],
)
def test_the_claims_and_the_controls(
    only: int, changed: dict[str, float], expected: tuple[bool, bool]
) -> None:
    assert judged(only, **changed) == expected


def test_the_share_that_is_done_grows_while_heads_are_switched_off() -> None:
    reports = [seen for seen in ran()[1] if isinstance(seen, Report)]
    assert all(a.fraction <= b.fraction for a, b in pairwise(reports))
    training = [one for one in reports if one.phase.startswith("training")]
    assert training[-1].fraction == pytest.approx(0.7) and reports[-1].fraction == 1.0


def test_the_worst_of_a_group_counts() -> None:
    lab, _ = ran()
    assert lab.result is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("models.labs.race.UNSEEN", 40)
        each = [lab.probe("switched", {"off": [[n, h]]})[1] for n in (0, 1) for h in range(4)]
        layer = lab.probe("switched", {"off": [[1, h] for h in range(4)]})[1]
    assert lab.result.metrics["mixed.without_1"] == min(one["accuracy"] for one in each)
    assert lab.result.metrics["mixed.without_layer_2"] == layer["accuracy"]


def test_the_lengths_are_drawn_once_it_is_over() -> None:
    lab, seen = ran()
    assert lab.result is not None
    last = seen[-1]
    assert isinstance(last, Look) and last.name == "lengths"
    assert last.data["lengths"] == list(LENGTHS) and set(last.data["curves"]) == set(RUNNERS)
    expected = [lab.result.metrics[f"fixed.at{n}"] for n in LENGTHS]
    assert last.data["curves"]["fixed"] == pytest.approx(expected, abs=1e-4)


def test_the_film_shows_the_heads_with_their_scores_while_they_form() -> None:
    lab, seen = ran()
    looks = [one for one in seen if isinstance(one, Look) and one.name == "heads"]
    assert [one.step for one in looks if one.runner == "two"] == [0, 10, 20]
    data = looks[0].data
    assert set(data["scores"]) == set(data["equal"]) == set(RULES)
    texts, _ = lab._texts(lab.racers[0], "probed", 16)
    assert data["scores"] == scored(lab.racers[0].untrained, texts, RULES)


def test_heads_are_switched_off_and_the_network_is_judged_anew() -> None:
    lab = begun()
    racer = lab.racers[0]
    every = [[n, h] for n in (0, 1) for h in range(4)]
    whole = lab.probe("switched", {})[1]
    none = lab.probe("switched", {"runner": "mixed", "off": every})[1]
    assert whole["off"] == [] and none["off"] == every and none["runner"] == "mixed"
    assert whole["accuracy"] == racer.accuracy(*lab._texts(racer, "unseen", 1000))
    assert whole["loss"] != none["loss"]
    assert lab.probe("switched", {})[1] == whole, "nothing stays off"
    with pytest.raises(ValueError, match="no head 1"):
        lab.probe("switched", {"runner": "one", "off": [[0, 1]]})
    with pytest.raises(ValueError, match="no loops of 11"):
        lab.probe("switched", {"length": 11})


def test_a_head_of_another_network_is_tried_in_a_copy() -> None:
    lab = begun()
    whole = lab.probe("switched", {})[1]
    taken = lab.probe("switched", {"taken": [[0, 1, "fixed"]]})[1]
    assert taken["taken"] == [[0, 1, "fixed"]]
    assert taken["loss"] == pytest.approx(whole["loss"]), "both were drawn from the same seed"
    for racer in lab.racers:
        for _ in range(5):
            racer.pupil.advance()
    taken = lab.probe("switched", {"taken": [[0, 1, "fixed"]]})[1]
    whole = lab.probe("switched", {})[1]
    assert taken["loss"] != whole["loss"]
    assert lab.probe("switched", {})[1] == whole, "the network itself has kept its head"
    with pytest.raises(ValueError, match="of another size"):
        lab.probe("switched", {"taken": [[0, 0, "two"]]})
    with pytest.raises(ValueError, match="nobody called cat"):
        lab.probe("switched", {"taken": [[0, 0, "cat"]]})


def test_a_head_comes_from_the_same_network_of_a_run_that_stands_beside() -> None:
    lab, other = begun(), LapLab(begun().settings, 1)
    arguments = {"runner": "one", "taken": [[1, 0, "lap-2"]], "beside": {"lap-2": other}}
    mixed = lab.probe("switched", arguments)[1]
    mine, theirs = (one._named("one").network for one in (lab, other))
    by_hand = with_heads_of(mine, theirs, {attentions(mine)[1]: [0]})
    cases = lab._texts(lab._named("one"), "unseen", race.UNSEEN)
    assert mixed["loss"] == lab._runner("one").judged(by_hand, cases)["loss"]
    with pytest.raises(ValueError, match="nobody called lap-2"):
        lab.probe("switched", {**arguments, "beside": {}})


def test_a_patched_head_says_what_it_says_in_another_loop_as_long() -> None:
    lab = begun()
    layer = [[1, head] for head in range(4)]
    arrays, values = lab.probe("heads", {"elsewhere": layer, "length": 5})
    whole, _ = lab.probe("heads", {"length": 5})
    assert values["there"][0] == "^" and len(set(values["there"])) == 6
    assert (arrays["weights"][0] == whole["weights"][0]).all(), "the first layer is its own"
    racer, texts = lab.racers[0], lab._cases(lab.racers[0], "unseen", race.UNSEEN, {"length": 5})
    assert isinstance(racer, Runner)
    with saying_of(racer.network, texts[0].roll(-1, 0), layer):
        assert values["loss"] == pytest.approx(racer.judged(racer.network, texts)["loss"])
        crossed = texts[0], texts[1].roll(-1, 0)
        assert values["other"] == racer.judged(racer.network, crossed)["accuracy"]


def test_the_scores_of_all_heads_come_with_what_equal_shares_are_worth() -> None:
    lab = begun()
    arrays, values = lab.probe("heads", {"runner": "two", "length": 5, "off": [[1, 0]]})
    assert arrays["weights"].shape == (2, 2, 17, 17)
    assert values["loop"] == 5 and len(set(values["tokens"][1:])) == 5
    assert set(values["scores"]) == set(values["equal"]) == {*RULES, "back"}
    texts, _ = lab._cases(lab.racers[2], "unseen", 1000, {"length": 5})
    assert values["scores"] == scored(lab.racers[2].network, texts[:64], rules(8))
    assert lab.probe("heads", {})[1]["donors"] == ["fixed", "graded"]
    assert values["donors"] == []


def test_a_rule_points_so_many_tokens_back_from_one_on() -> None:
    found = back(3, 5)(TEXT)[0]
    assert found.nonzero().tolist() == [[5, 2], [6, 3], [7, 4]]
    assert rules(4)["back"](TEXT)[0].nonzero().tolist() == found.nonzero().tolist()
    some = from_place(RULES["first"], 2, 4)(TEXT)[0]
    assert some.nonzero().tolist() == [[2, 0], [3, 0]]


def test_a_layer_can_be_kept_from_looking_at_the_start() -> None:
    torch.manual_seed(0)
    network = AttentionOnly(Shape(vocabulary=17, context=8, width=8, heads=2))
    with blind_to_first(network, 1):
        _, seen = look(network, TEXT)
    weights = seen["blocks.1.attend.weights"]
    assert (weights[..., 1:, 0] == 0).all() and (weights[..., 0, 0] == 1).all()
    assert weights.sum(-1).allclose(torch.ones(()))
    assert (seen["blocks.0.attend.weights"][..., 1:, 0] > 0).all()


def test_what_is_said_is_told_where_something_is_asked() -> None:
    _, values = begun().probe("attention", {"length": 8, "layer": 1, "head": 3})
    assert values["said"][:9] == values["right"][:9] == [""] * 9
    assert all(values["said"][9:]) and all(values["right"][9:])
    assert (
        values["layers"] == 2
        and values["heads"] == 4
        and "the landmarks in 1,000 texts" in values["without"]
    )
