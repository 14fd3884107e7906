"""The lab of positions: who is told what, how it is judged, and the shuffle test."""

from __future__ import annotations

import functools
from dataclasses import replace

import numpy as np
import pytest
import torch

from models.labs.lab import Look
from models.labs.positions import SHAPE, PositionsLab
from models.labs.positions_inside import compared, partners, shuffle_test
from models.layers.positions import POSITIONS
from models.networks.encoder import Encoder
from models.specs.positions import LENGTHS, SPEC
from models.specs.spec import Value
from tests.support.small_races import run_through

DOG = ("dog", "bites", "man"), ("man", "bites", "dog")
BOY = (
    ("the", "man", "did", "it", "said", "the", "boy"),
    ("the", "man", "said", "the", "boy", "did", "it"),
)


def begun(**knobs: Value) -> PositionsLab:
    small: dict[str, Value] = {"steps": 20, "length": 10}
    return PositionsLab(SPEC.settings({**small, **knobs}), 0)


@functools.cache
def ran() -> tuple[PositionsLab, list[object]]:
    return run_through(begun)


def judged(**changed: float) -> tuple[bool, bool]:
    lab = begun()
    metrics = {f"{racer.name}.accuracy": 0.99 for racer in lab.racers}
    metrics |= {"learned.at80": 0.3, "sinusoidal.at80": 0.3, "alibi.at80": 1.0}
    metrics |= {"bag.accuracy": 0.18}
    return lab.judge({**metrics, **{name.replace("_", "."): v for name, v in changed.items()}})


def test_all_begin_with_the_same_weights_and_see_the_same_texts() -> None:
    lab = begun()
    assert [racer.name for racer in lab.racers] == [*POSITIONS, "bag"]
    tokens = [racer.network.encoder.token.weight for racer in lab.racers]  # type: ignore[union-attr]
    assert all(torch.equal(one, tokens[0]) for one in tokens)
    texts = [lab._texts(racer, "unseen", 5)[0] for racer in lab.racers]
    assert all(torch.equal(text, texts[0]) for text in texts)


def test_without_a_mask_there_is_no_control_of_its_own() -> None:
    assert [racer.name for racer in begun(causal=False).racers] == list(POSITIONS)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, (True, True)),
        ({"rotary_accuracy": 0.97}, (False, True)),
        ({"learned_at80": 0.6}, (False, True)),
        ({"alibi_at80": 0.8}, (False, True)),
        ({"bag_accuracy": 0.4}, (True, False)),
    ],
)
def test_the_claim_and_its_control(changed: dict[str, float], expected: tuple[bool, bool]) -> None:
    assert judged(**changed) == expected


def test_only_without_positions_and_mask_does_every_token_keep_its_output_when_shuffled() -> None:
    lab, _ = ran()
    assert lab.result is not None
    found = lab.result.metrics
    assert found["bag.moved"] < 1e-5 and found["bag.mean"] < 1e-5
    assert found["bag.stayed"] > 0.1
    for kind in POSITIONS:
        assert found[f"{kind}.moved"] > 0.01 and found[f"{kind}.mean"] > 0.001


def test_attention_alone_is_equivariant_to_a_millionth() -> None:
    torch.manual_seed(0)
    encoder = Encoder(replace(SHAPE, positions="none"))
    texts = torch.randint(16, (8, 12))
    gaps = shuffle_test(encoder, texts, torch.randperm(12))
    assert gaps["moved"] < 5e-6 and gaps["mean"] < 5e-6 and gaps["stayed"] > 1


def test_the_lengths_are_looked_at_and_the_last_look_has_the_numbers_of_the_result() -> None:
    lab, units = ran()
    looks = [unit for unit in units if isinstance(unit, Look)]
    assert [(look.name, look.step) for look in looks] == [("lengths", 0), ("lengths", 20)]
    assert looks[-1].data["lengths"] == list(LENGTHS)
    assert lab.result is not None
    for name, curve in looks[-1].data["curves"].items():
        measured = [lab.result.metrics[f"{name}.at{length}"] for length in LENGTHS]
        assert curve == pytest.approx(measured, abs=1e-4)


def test_the_learned_table_says_how_many_of_its_rows_were_trained() -> None:
    lab, _ = ran()
    before, _ = lab.probe("places", {"when": "before"})
    after, values = lab.probe("places", {"when": "after"})
    assert before["places"].shape == (81, 32) and values["trained"] == 11
    changed = np.abs(after["places"] - before["places"]).max(1) > 0
    assert changed[:11].all() and not changed[11:].any()


def test_two_sentences_of_the_same_words_are_one_bag() -> None:
    for one, other in (DOG, BOY):
        arrays, values = compared(one, other, "none", False, SHAPE, 0)
        assert arrays["word"].max() < 1e-5 and values["mean"] < 1e-5
        moved = [one[n] != other[n] for n in range(len(one))]
        assert ((arrays["place"] > 0.5) == moved).all()


@pytest.mark.parametrize("kind", ["learned", "sinusoidal", "rotary", "alibi"])
def test_with_positions_the_same_words_are_another_sentence(kind: str) -> None:
    arrays, values = compared(*BOY, kind, True, SHAPE, 0)
    assert arrays["word"][2:].min() > 0.01 and values["mean"] > 0.01


def test_under_a_causal_mask_what_begins_alike_is_read_alike_and_the_rest_is_not() -> None:
    arrays, values = compared(*BOY, "none", True, SHAPE, 0)
    assert arrays["word"][:2].max() < 1e-5 < arrays["word"][2:].min()
    assert values["mean"] > 0.01 and values["there"] == [0, 1, 5, 6, 2, 3, 4]


def test_symmetric_distances_do_not_tell_a_sentence_from_its_mirror() -> None:
    arrays, _ = compared(*DOG, "alibi", False, SHAPE, 0)
    assert arrays["word"].max() < 1e-5


def test_sentences_of_other_words_are_refused() -> None:
    with pytest.raises(ValueError, match="are not the same words"):
        partners(["dog"], ["cat"])


def test_the_attention_of_each_runner_can_be_looked_at() -> None:
    lab, _ = ran()
    arrays, values = lab.probe("attention", {"runner": "alibi", "layer": 1, "head": 2})
    assert arrays["weights"].shape == (11, 11) and values["layers"] == 2 and values["heads"] == 4
    assert values["tokens"][-1] == "?" and values["right"] in values["tokens"]
    assert not arrays["allowed"][0, 1:].any()
