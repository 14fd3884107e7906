"""A pass step by step: shapes as hooks see them, parameters that add up in every network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from models.labs.trace_inside import shapes_of
from models.networks import encoder, first_letter, gpt, tower
from models.trace import ROOT, Step, trace

ROW = torch.tensor([[3, 1, 4, 1, 5, 2]])
SHAPE = tower.Shape(vocabulary=10, answers=10, context=8, depth=2)


def networks() -> dict[str, nn.Module]:
    return {
        "tower": tower.Tower(SHAPE),
        "tower, post-norm, flat": tower.Tower(
            tower.Shape(
                vocabulary=10, answers=10, context=6, norm="post", feed_forward=False, depth=1
            )
        ),
        "tagger": encoder.Tagger(
            encoder.Shape(vocabulary=10, answers=3, context=9, width=8, heads=2, layers=1)
        ),
        "gpt": gpt.GPT(gpt.Shape(vocabulary=10, context=7, width=8, heads=2, layers=2)),
        "first letter": first_letter.FirstLetter(first_letter.Shape(length=6, width=8)),
    }


def steps_at(steps: list[Step], code: str) -> list[Step]:
    return [step for step in steps if code in step.code]


@pytest.mark.parametrize("name", networks())
def test_the_parameters_of_all_steps_are_those_of_the_network(name: str) -> None:
    network = networks()[name]
    steps = trace(network, ROW)
    assert sum(step.parameters for step in steps) == sum(p.numel() for p in network.parameters())
    assert all(step.shapes for step in steps)


def test_shapes_are_those_that_hooks_see() -> None:
    network, passed = tower.Tower(SHAPE), {}

    def keep(name: str) -> Any:
        return lambda part, given, made: passed.setdefault(name, []).append(tuple(made.shape))

    for name in ("scores", "weights", "q"):
        for block in network.blocks:
            getattr(block.attend, name).register_forward_hook(keep(name))
    for block in network.blocks:
        block.think.hidden.register_forward_hook(keep("hidden"))
    steps = trace(network, ROW)
    for name, code in (("scores", "scores = self.scores("), ("weights", "weights = self.weights(")):
        assert [step.shapes[0] for step in steps_at(steps, code)] == passed[name]
    assert [s.shapes[0] for s in steps_at(steps, "hidden = self.hidden(")] == passed["hidden"]
    assert [s.shapes[0] for s in steps_at(steps, "q, k, v =")] == passed["q"]


def test_a_step_takes_the_parameters_of_the_layer_that_it_calls() -> None:
    network = tower.Tower(SHAPE)
    steps = trace(network, ROW)
    (answer,) = steps_at(steps, "return self.answer(")
    assert answer.parameters == sum(p.numel() for p in network.answer.parameters())
    counted = [step.parameters for step in steps_at(steps, "linear(x, weight, bias)")]
    assert counted == [3 * 32 * 32 + 3 * 32] * 2
    assert [s.parameters for s in steps_at(steps, "return self.linear2")] == [32 * 128 + 32] * 2


def test_parameters_that_are_used_again_are_counted_once() -> None:
    network = tower.Tower(SHAPE)
    network.blocks[1] = network.blocks[0]
    steps = trace(network, ROW)
    assert [s.parameters for s in steps_at(steps, "return self.linear2")] == [32 * 128 + 32, 0]
    assert sum(step.parameters for step in steps) == sum(p.numel() for p in network.parameters())


def test_a_step_is_the_line_that_stands_in_the_file() -> None:
    for step in trace(tower.Tower(SHAPE), ROW):
        rows = (ROOT / step.file).read_text(encoding="utf-8").split("\n")
        standing = " ".join(" ".join(rows[step.line - 1 : step.last]).split("#")[0].split())
        squeezed = "".join(step.code.split()).replace("'", '"')
        assert "".join(standing.split()) == squeezed
        assert not step.axes or step.axes in " ".join(rows[step.line - 1 : step.last])
        name = step.function.rpartition(".")[2]
        assert any(row.strip().startswith(f"def {name}(") for row in rows)
        assert any(step.says in row for row in rows)


def test_the_axes_of_a_comment_are_as_many_as_the_tensor_has() -> None:
    for step in trace(tower.Tower(SHAPE), ROW):
        if step.axes and "..." not in step.axes:
            assert step.axes.count(",") + 1 == len(step.shapes[0])


def test_looking_changes_nothing() -> None:
    network = tower.Tower(SHAPE).train()
    before = network(ROW)
    trace(network, ROW)
    assert torch.equal(network(ROW), before) and network.training
    assert not any(part._forward_hooks for part in network.modules())


def test_a_lab_answers_in_plain_data() -> None:
    import json

    arrays, values = shapes_of(tower.Tower(SHAPE), ROW)
    assert not arrays and json.loads(json.dumps(values))["parameters"] == values["parameters"]
    assert Path(values["steps"][0]["file"]).parts[0] in ("layers", "networks")
