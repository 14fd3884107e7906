"""The lab of speakers: who is compared with whom, and what is seen of them, checked by hand."""

from __future__ import annotations

import functools
import math
import random

import pytest
import torch

from models.labs.speak import SpeakLab
from models.labs.speak_inside import POSSIBLE, RIGHT, WRONG, marks, predicted, told_of
from models.labs.speakers import Blocks, gpt, lstm
from models.layers.size import parameters
from models.lens import logit_lens
from models.networks.gpt import GPT
from models.probe import at_rest
from models.protocol import Report
from models.specs.speak import SPEC
from models.specs.spec import Value
from models.tasks.grammar import WORDS, chance_of, drawn
from models.tasks.speech import encode, spelled

SMALL: dict[str, Value] = {"steps": 20, "layers": 1, "sentences": 100}


@functools.cache
def ran(**knobs: Value) -> SpeakLab:
    lab = SpeakLab(SPEC.settings({**SMALL, **knobs}), 0, "cpu")
    for _ in lab.train():
        pass
    return lab


@pytest.mark.parametrize("layers", [1, 2, 6])
def test_gpt_and_lstm_are_of_one_size(layers: int) -> None:
    blocks = Blocks(layers=layers, norm="pre", dropout=0.0)
    assert parameters(lstm(blocks)) == pytest.approx(parameters(gpt(blocks)), rel=0.05)


def test_all_read_the_same_sentences_in_the_same_order_and_the_control_shuffled_ones() -> None:
    lab = ran()
    by_name = {racer.name: racer for racer in lab.racers}
    batches = {
        name: racer.batch(8, torch.Generator().manual_seed(1))[1] for name, racer in by_name.items()
    }
    assert torch.equal(batches["gpt"], batches["lstm"])
    for told, mixed in zip(batches["gpt"], batches["shuffled"], strict=True):
        assert sorted(spelled(told)) == sorted(spelled(mixed))
        assert chance_of(spelled(told)) > 0
    assert not torch.equal(batches["gpt"], batches["shuffled"])


def test_an_untrained_speaker_is_near_the_loss_of_a_guess() -> None:
    first = next(
        unit for unit in SpeakLab(SPEC.settings(SMALL), 0).train() if isinstance(unit, Report)
    )
    assert first.metrics["loss"] == pytest.approx(math.log(len(WORDS)), abs=0.1)


def test_what_the_lab_measures_is_what_the_network_says() -> None:
    lab = ran()
    assert lab.result is not None
    metrics, network = lab.result.metrics, lab.racers[0].network
    reads, _ = encode(lab.racers[0].learned)
    with at_rest(network):
        shares = network(reads).log_softmax(-1)
    nats, words = 0.0, 0
    for row, sentence in enumerate(lab.racers[0].learned):
        for place, word in enumerate(sentence):
            nats -= float(shares[row, place, WORDS.index(word)])
            words += 1
    assert metrics["gpt.known"] == pytest.approx(nats / words, rel=1e-4)
    assert metrics["grammar.recited"] == pytest.approx(
        sum(chance_of(one) for one in set(lab.racers[0].learned))
    )


def test_what_could_have_come_is_told_from_what_could_not() -> None:
    words = ["two", "mice", "creep", "to", "the", "hole", "."]
    said = ["the", "mice", "run", "to", "the", "milk", "and"]
    assert marks(words, said) == [POSSIBLE, RIGHT, POSSIBLE, RIGHT, RIGHT, WRONG, POSSIBLE]


def test_what_is_foretold_is_the_likeliest_word_and_how_sure_the_network_is() -> None:
    network = ran().racers[0].network
    words = drawn(1, random.Random(3))[0]
    told = predicted(network, words)
    with at_rest(network):
        shares = network(encode([words])[0])[0].softmax(-1)
    for place, (said, share) in enumerate(zip(told["said"], told["shares"], strict=True)):
        best = shares[place].max()
        assert said == WORDS[int(shares[place].argmax())]
        assert share == pytest.approx(float(best), abs=1e-4)


def test_a_sentence_that_is_said_is_right_or_not_and_recited_or_not() -> None:
    right, wrong = ("two", "mice", "creep", "to", "the", "hole", "."), ("two", "two", ".")
    assert told_of(right, [right]) == {"words": list(right), "grammatical": True, "recited": True}
    assert told_of(wrong, [right])["grammatical"] is told_of(wrong, [right])["recited"] is False


def test_the_lens_ends_in_what_the_network_says_and_tells_how_sure_it_is_of_what_comes() -> None:
    lab = ran(layers=2)
    text = "the cats run to the milk ."
    arrays, values = lab.probe("lens", {"text": text})
    network = lab.racers[0].network
    assert isinstance(network, GPT)
    reads = encode([text.split()])[0][:, :7]
    shares = logit_lens(network, reads)[:, 0].softmax(-1)
    assert arrays["shares"].shape == (3, 7)
    assert arrays["shares"] == pytest.approx(shares.max(-1).values.numpy(), abs=1e-6)
    assert values["says"][-1] == spelled(network(reads)[0].argmax(-1))
    milk = shares[-1, 5, WORDS.index("milk")]
    assert arrays["right"][-1, 5] == pytest.approx(float(milk), abs=1e-6)
    assert values["open"] == [5, 14, 4, 1, 1, 2, 2]
    with pytest.raises(ValueError, match="LSTM"):
        lab.probe("lens", {"runner": "lstm"})
    with pytest.raises(ValueError, match="no word dragon"):
        lab.probe("lens", {"text": "the dragon"})


def test_the_gradient_is_counted_and_clipped_in_both_ways() -> None:
    lab = ran()
    free, said = lab.probe("gradient", {"at": 1000.0})
    assert said["cut"] == 0 and said["angles"]["value"] == pytest.approx(0, abs=0.1)
    assert sum(free["raw"]) == said["count"] == parameters(lab.racers[0].network)
    most = said["edge"] / 4
    cut, told = lab.probe("gradient", {"at": most})
    assert (cut["raw"] == free["raw"]).all() and told["cut"] > 0
    assert told["lengths"]["norm"] == pytest.approx(most, rel=1e-3)
    assert told["angles"]["norm"] == pytest.approx(0, abs=0.1) and told["angles"]["value"] > 1
    reach = [abs(place - 20) for place, count in enumerate(cut["value"]) if count]
    assert max(reach) <= 20 // 4 + 1 and sum(cut["value"]) == told["count"]
    with pytest.raises(ValueError, match="more than 0"):
        lab.probe("gradient", {"at": 0.0})


def test_looking_changes_nothing() -> None:
    lab = ran()
    network = lab.racers[0].network
    before = [weight.detach().clone() for weight in network.parameters()]
    for what in ("gradient", "lens", "attention"):
        lab.probe(what, {})
    assert all(torch.equal(a, b) for a, b in zip(before, network.parameters(), strict=True))
    assert all(weight.grad is None for weight in network.parameters())


@pytest.mark.parametrize(
    "knobs",
    [{"smoothing": 0.1}, {"dropout": 0.5}, {"clip": "value", "clip_at": 0.001}, {"decay": 5.0}],
)
def test_each_knob_changes_what_is_learned(knobs: dict[str, Value]) -> None:
    plain, other = ran(rivals=False), ran(rivals=False, **knobs)
    assert plain.result is not None and other.result is not None
    assert plain.result.metrics["gpt.known"] != other.result.metrics["gpt.known"]
