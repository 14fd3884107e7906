"""The lab of reversal: what is asked of each, how it is judged, and where everyone looks."""

from __future__ import annotations

import functools
from typing import Any

import pytest
import torch
from torch.nn.functional import cross_entropy

from models.labs.answering import Answering
from models.labs.lab import Look
from models.labs.reversal import MIRRORED, ReversalLab
from models.labs.reversal_inside import mirrored
from models.probe import look
from models.specs.reversal import LENGTHS, RUNNERS, SPEC, practised
from models.specs.spec import Value
from models.tasks.reversal import EDGE, lengths_of
from tests.support.small_races import run_through

RACERS = list(RUNNERS)


def begun(**knobs: Value) -> ReversalLab:
    return ReversalLab(SPEC.settings({"steps": 20, "width": 8, **knobs}), 0)


@functools.cache
def ran() -> tuple[ReversalLab, list[Any]]:
    return run_through(begun)


def racer_of(lab: ReversalLab, name: str) -> Answering:
    racer = lab._named(name)
    assert isinstance(racer, Answering)
    return racer


def judged(lab: ReversalLab, **changed: float) -> tuple[bool, bool]:
    met = practised(lab.whole("missing"))
    metrics = {f"{name}.at{n}": 1.0 if n in met else 0.0 for name in RACERS for n in LENGTHS} | {
        "bag.accuracy": 0.02
    }
    return lab.judge(metrics | {name.replace("_", "."): v for name, v in changed.items()})


def test_nobody_trains_on_the_length_that_is_left_out() -> None:
    for missing, lengths in ((6, {3, 4, 5, 7, 8, 9}), (0, {3, 4, 5, 6, 7, 8, 9})):
        lab = begun(missing=missing)
        for racer in lab.racers:
            strings, _ = racer.draw(500, torch.Generator().manual_seed(1))
            assert set(lengths_of(strings).tolist()) == lengths


def test_all_are_asked_the_same_and_see_the_same_strings() -> None:
    lab = begun()
    assert [racer.name for racer in lab.racers] == RACERS
    texts = [lab._texts(racer, "unseen", 5)[0] for racer in lab.racers]
    assert all(torch.equal(text, texts[0]) for text in texts)
    assert [racer_of(lab, name).batch for name in RACERS] == [64, 64, 4, 64]


def test_without_the_control_nobody_lacks_positions() -> None:
    lab = begun(control=False)
    assert [racer.name for racer in lab.racers] == RACERS[:-1]


@pytest.mark.parametrize("name", ["encoder", "writer"])
def test_the_loss_is_that_of_the_digits_and_of_the_end_that_is_written(name: str) -> None:
    racer = racer_of(begun(), name)
    strings = torch.tensor([[1, 2, 3, 4], [7, 8, EDGE, EDGE]])
    answers = torch.tensor([[4, 3, 2, 1], [8, 7, EDGE, EDGE]])
    logits, right = racer.taught(strings, answers)
    asked = {"encoder": [4, 3, 2, 1, 8, 7], "writer": [4, 3, 2, 1, EDGE, 8, 7, EDGE]}[name]
    assert right[right >= 0].tolist() == asked
    kept = logits[right >= 0]
    expected = cross_entropy(kept, torch.tensor(asked))
    assert racer.is_right(logits, right).tolist() == [
        logits[at].argmax(-1)[right[at] >= 0].tolist() == right[at][right[at] >= 0].tolist()
        for at in (0, 1)
    ]
    ours = cross_entropy(logits.flatten(0, 1), right.flatten(), ignore_index=-100)
    assert torch.allclose(ours, expected)


def test_a_decoder_on_its_own_goes_on_from_what_it_has_said() -> None:
    lab, _ = ran()
    racer = racer_of(lab, "writer")
    network: Any = racer.network
    with torch.no_grad():
        network.unembed.bias[EDGE] += 1.0  # so that some come to an end and some do not
    strings, answers = lab._texts(racer, "unseen", 20)
    said, ended = racer.said(strings, answers), []
    for string, told in zip(strings, said, strict=True):
        written = [EDGE]
        for _ in range(answers.shape[1] + 1):
            with torch.no_grad():
                logits = network(string[string != EDGE][None], torch.tensor([written]))[0, -1]
            is_over = EDGE in written[1:]
            written.append(EDGE if is_over else int(logits.argmax()))
        ended.append(written[-1] == EDGE)
        assert (told.tolist() == written[1:-1]) == ended[-1]
    with torch.no_grad():
        network.unembed.bias[EDGE] -= 1.0
    assert any(ended)


def test_who_goes_on_after_the_last_digit_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    racer = racer_of(begun(), "writer")
    strings, answers = torch.tensor([[1, 2, 3]]), torch.tensor([[3, 2, 1]])
    for end, right in ((EDGE, 1.0), (4, 0.0)):
        says = iter([3, 2, 1, end])
        step = lambda *given, says=says: torch.eye(11)[[next(says)]]  # noqa: E731
        monkeypatch.setattr(racer.network, "step", step)
        assert racer.accuracy(strings, answers) == right


@pytest.mark.parametrize(
    ("changed", "held", "failed"),
    [
        ({}, True, True),
        ({"encoder_at5": 0.98}, False, True),
        ({"writer_at9": 0.98}, False, True),
        ({"writer_at6": 0.21}, False, True),
        ({"encoder_at10": 0.21}, False, True),
        ({"few_at5": 0.1}, True, True),
        ({"bag_accuracy": 0.11}, True, False),
    ],
)
def test_what_was_met_is_right_and_what_was_not_is_not(
    changed: dict[str, float], held: bool, failed: bool
) -> None:
    assert judged(begun(), **changed) == (held, failed)


def test_where_no_length_is_left_out_the_one_beyond_is_still_not_met() -> None:
    assert judged(begun(missing=0)) == (True, True)
    assert judged(begun(missing=0), encoder_at6=0.5) == (False, True)


def test_everyone_is_judged_by_length_and_the_picture_says_what_was_judged() -> None:
    lab, seen = ran()
    assert lab.result is not None
    looks = [one for one in seen if isinstance(one, Look) and one.name == "per-length"]
    assert [one.step for one in looks] == [0, 20]
    last = looks[-1].data
    assert last["lengths"] == list(LENGTHS) and last["count"] == 40
    assert [n for n, met in zip(LENGTHS, last["seen"], strict=True) if met] == [3, 4, 5, 7, 8, 9]
    assert last["shares"] == {
        name: [round(lab.result.metrics[f"{name}.at{n}"], 4) for n in LENGTHS] for name in RACERS
    }


def test_the_probe_of_the_lengths_is_the_result_or_is_judged_on_the_spot(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("models.labs.race.UNSEEN", 40)
    lab, _ = ran()
    _, told = lab.probe("lengths", {"runners": ["writer"]})
    kept, lab.result = lab.result, None
    _, anew = lab.probe("lengths", {"runners": ["writer"]})
    lab.result = kept
    assert told == anew and list(told["shares"]) == ["writer"]


def test_the_mirror_is_the_digit_as_far_from_the_end() -> None:
    lab, _ = ran()
    assert lab.result is not None
    for name, place, metric in (
        ("encoder", "encoder.blocks.0.attend", "encoder.mirror1"),
        ("encoder", "encoder.blocks.1.attend", "encoder.mirror2"),
        ("writer", "blocks.0.read", "writer.mirror"),
    ):
        racer = racer_of(lab, name)
        strings, answers = lab._texts(racer, "unseen", 40, f"at{MIRRORED}")
        begins = torch.full((40, 1), EDGE)
        inputs = (strings,) if name == "encoder" else (strings, torch.cat([begins, answers], 1))
        weights = look(racer.network, *inputs)[1][f"{place}.weights"]
        each = [weights[:, :, t, MIRRORED - 1 - t].mean().item() for t in range(MIRRORED)]
        assert lab.result.metrics[metric] == pytest.approx(sum(each) / MIRRORED, abs=1e-5)


def test_equal_shares_have_an_equal_share_in_the_mirror() -> None:
    assert mirrored(torch.full((2, 3, 8, 8), 1 / 8)) == pytest.approx(1 / 8)
    assert mirrored(torch.eye(8).flip(-1)[None, None]) == 1.0


@pytest.mark.parametrize(
    ("layer", "shape", "asks", "answers", "right"),
    [
        (0, (5, 5), "31415", "31415", None),
        (1, (6, 6), "·51413", "·51413", "51413·"),
        (2, (6, 5), "·51413", "31415", "51413·"),
    ],
)
def test_each_look_of_an_encoder_decoder_is_told_with_its_own_rows(
    layer: int, shape: tuple[int, int], asks: str, answers: str, right: str | None
) -> None:
    lab, _ = ran()
    asked = {"runner": "writer", "string": "31415", "layer": layer, "head": 1}
    arrays, values = lab.probe("attention", asked)
    assert arrays["weights"].shape == shape
    assert values["asks"] == list(asks) and values["answers"] == list(answers)
    assert values.get("right") == (None if right is None else list(right))
    assert values["layers"] == 3 and values["selected"] == "given" and values["without"]
    if layer == 1:
        assert not arrays["allowed"][0, 1:].any() and arrays["allowed"][-1].all()


def test_what_the_look_at_the_source_adds_leads_to_the_digit_that_is_said() -> None:
    lab, _ = ran()
    network: Any = racer_of(lab, "writer").network
    arrays, values = lab.probe("attention", {"runner": "writer", "string": "27", "layer": 2})
    assert values["logit_names"] == [*"0123456789", "·"]
    said = [values["logit_names"][row.argmax()] for row in arrays["logits"]]
    with torch.no_grad():
        logits = network(torch.tensor([[2, 7]]), torch.tensor([[EDGE, 7, 2]]))[0]
    assert values["said"] == said
    assert torch.allclose(torch.tensor(arrays["logits"]), logits, atol=1e-5)
    assert abs(arrays["effects"]).max() > 0


@pytest.mark.parametrize("string", ["", "abc", "1234567890123"])
def test_a_string_that_nobody_can_read(string: str) -> None:
    with pytest.raises(ValueError, match="digits"):
        begun().probe("attention", {"string": string})


def test_before_training_can_be_looked_at_later() -> None:
    lab, _ = ran()
    before, told = lab.probe("attention", {"when": "before"})
    fresh, _ = begun().probe("attention", {})
    assert (before["weights"] == fresh["weights"]).all() and "without" not in told
