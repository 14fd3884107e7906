"""What a lab tells of its attention adds up to what the network says, and is cut as asked."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from models.labs.attention_inside import attention_of, fairly, place_of
from models.networks.first_letter import FirstLetter
from models.networks.first_letter import Shape as LetterShape
from models.networks.gpt import GPT, Shape
from models.probe import look
from models.training import seeded
from tests.support.attribution import parts

TOKENS = torch.tensor([[3, 1, 4, 1, 5]])
NAMES = "abcdefg"


def gpt(positions: str = "learned", fused: bool = False) -> GPT:
    """Weights are large and biases are not zero, so that every part counts."""
    with seeded(0):
        shape = Shape(
            vocabulary=7,
            context=5,
            width=12,
            heads=3,
            layers=2,
            positions=positions,
            fused=fused,
        )
        model = GPT(shape).double()
        for weight in model.parameters():
            nn.init.normal_(weight, std=0.5)
    return model


def inside(model: nn.Module, **arguments: Any) -> Any:
    return attention_of(model, TOKENS, arguments=arguments, logit_names=NAMES)


@pytest.mark.parametrize("positions", ["learned", "rotary", "alibi"])
@pytest.mark.parametrize("fused", [False, True])
def test_cells_of_all_heads_and_the_rest_are_the_logits(positions: str, fused: bool) -> None:
    model = gpt(positions, fused)
    logits, _ = look(model, TOKENS)
    cells = sum(
        inside(model, layer=layer, head=head)[0]["effects"].sum(1)
        for layer in range(2)
        for head in range(3)
    )
    for row in range(5):
        for name in (0, 6):
            made = parts(model, TOKENS, row, name)
            rest = made.embedding + made.bias.sum(0) + made.think.sum(0) + made.norm
            assert float(rest) + cells[row, name] == pytest.approx(float(logits[0, row, name]))


def test_of_one_layer_the_rest_is_what_it_says_without_its_heads() -> None:
    with seeded(0):
        layer = FirstLetter(LetterShape(length=5, width=8, alphabet=7)).double()
    arrays, _ = inside(layer)
    with torch.no_grad():
        silent = layer.answer(
            layer.letter(TOKENS)[0, -1] + layer.place[-1] + layer.attend.out_proj.bias
        )
    assert np.allclose(arrays["effects"][-1].sum(0) + silent.numpy(), arrays["logits"])
    assert (arrays["effects"][:-1] == 0).all()  # these rows are never asked


@pytest.mark.parametrize("positions", ["learned", "rotary", "alibi"])
def test_each_step_of_the_arithmetic_follows_from_the_one_before(positions: str) -> None:
    arrays, values = inside(gpt(positions), layer=1, head=2)
    q, k, v = (arrays[name] for name in "qkv")
    raw = np.einsum("td,sd->ts", q, k)
    assert np.allclose(arrays["raw"], raw) and values["scale"] == 2.0
    free = raw / 2.0 + arrays.get("bias", 0.0)
    assert ("bias" in arrays) == (positions == "alibi")
    scores = np.where(arrays["allowed"], free, -np.inf)
    assert np.allclose(arrays["scores"], scores)
    weights = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)
    assert np.allclose(arrays["weights"], weights)
    assert np.allclose(arrays["logsums"], np.log(np.exp(scores).sum(1)))
    assert np.allclose(arrays["lifted"], np.log(np.exp(free).sum(1)))
    assert (arrays["allowed"] == np.tri(5, dtype=bool)).all()
    assert (arrays["visible"] == [1, 2, 3, 4, 5]).all()
    larger = (scores[:, None] > scores[:, :, None]).sum(-1)
    assert (arrays["ranks"] == larger + 1).all()
    assert v.shape == (5, 4) and arrays["effects"].shape == (5, 5, 7)
    said = {name: values[name] for name in ("layer", "head", "layers", "heads")}
    assert said == {"layer": 1, "head": 2, "layers": 2, "heads": 3}
    assert values["sums"] == pytest.approx([1] * 5) and values["uniform"] == 0.2
    assert values["logit_names"] == list(NAMES)


def test_a_window_is_cut_from_the_whole() -> None:
    model = gpt("alibi")
    whole, _ = inside(model, head=1)
    cut, values = inside(model, head=1, row=3, rows=[2, 5], columns=[1, 3])
    for name in ("weights", "scores", "raw", "allowed", "bias", "ranks"):
        assert (cut[name] == whole[name][2:5, 1:3]).all(), name
    assert (cut["q"] == whole["q"][2:5]).all() and (cut["v"] == whole["v"][1:3]).all()
    assert (cut["effects"] == whole["effects"][3:4, 1:3]).all()
    assert (cut["logits"] == whole["logits"][3:4]).all()
    assert (cut["logsums"] == whole["logsums"][2:5]).all()
    assert (values["row"], values["rows"], values["columns"]) == (3, [2, 5], [1, 3])
    assert len(values["sums"]) == 3 and values["uniform"] == 0.2


def test_of_a_long_text_as_much_is_told_as_of_a_short_one() -> None:
    with seeded(0):
        model = GPT(Shape(vocabulary=7, context=200, width=12, heads=3, layers=1)).double()
        tokens = torch.randint(7, (1, 200))
    arrays, values = attention_of(model, tokens, arguments={}, logit_names=NAMES)
    assert values["rows"] == values["columns"] == [136, 200]
    assert arrays["weights"].shape == arrays["ranks"].shape == (64, 64)
    _, seen = look(model, tokens)
    weights = seen["blocks.0.attend.weights"][0, 0].numpy()
    assert (arrays["weights"] == weights[136:, 136:]).all()
    assert values["sums"] == pytest.approx([1] * 64)
    # 200 rows make 40 patches of 5; row i may look at i + 1.
    times = weights * np.arange(1, 201)[:, None]
    assert (arrays["overview"] == times.reshape(40, 5, 40, 5).max((1, 3))).all()
    whole = attention_of(
        model, tokens, arguments={"rows": [0, 200], "columns": [0, 200]}, logit_names=NAMES
    )
    # So many effects are told of one row alone.
    assert whole[0]["effects"].shape == (1, 200, 7) and whole[1]["row"] == 199


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"layer": 2}, "no layer 2: there are 2"),
        ({"head": 3}, "no head 3: there are 3"),
        ({"head": "first"}, "no head first"),
        ({"row": 5}, "no row 5: there are 5"),
        ({"rows": [0, 6]}, "no rows 0 to 6"),
        ({"columns": [3, 3]}, "no columns 3 to 3"),
    ],
)
def test_what_is_not_there_cannot_be_looked_at(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        inside(gpt(), **arguments)


def test_a_picture_is_held_against_equal_shares_and_against_nothing() -> None:
    model = gpt()
    logits, _ = look(model, TOKENS)
    told = fairly(
        model,
        place_of(model, {"layer": 1, "head": 0}),
        lambda: float(torch.equal(model(TOKENS), logits)),
        "10 texts",
    )
    assert told["accuracy"] == 1 and told["uniform_accuracy"] == told["without_accuracy"] == 0
    assert told["without"] == (
        "Right in 100.0 % of 10 texts; with equal shares in 0.0 %, without this head in 0.0 %."
    )
