"""A small causal network, its probe as the interface gets it, and the same numbers by hand."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import nn

from models.arrays import pack
from models.labs.attention_inside import attention_of
from models.layers.blocks import Block
from models.networks.gpt import GPT, Shape
from models.probe import look
from models.protocol import Probe, ProbeResult
from models.training import seeded
from tui.drawing.attention.attended import Attended, Taken
from tui.drawing.attention.weights import Weights
from tui.moments import head_of_probe

NAMES = "abcdefgh"
TEXT = "hagdbefcah"


def network(positions: str = "learned", context: int = 10) -> GPT:
    """One layer of two heads with 6 channels each, whose weights are large."""
    with seeded(3):
        shape = Shape(
            vocabulary=8, context=context, width=12, heads=2, layers=1, positions=positions
        )
        model = GPT(shape)
        for weight in model.parameters():
            nn.init.normal_(weight, std=0.5)
    return model


def encoded(text: str) -> torch.Tensor:
    """Its tokens, (1, T)."""
    return torch.tensor([[NAMES.index(letter) for letter in text]])


def probe(model: GPT, text: str = TEXT, **arguments: Any) -> ProbeResult:
    """What the worker would answer."""
    arrays, values = attention_of(model, encoded(text), arguments=arguments, logit_names=NAMES)
    values |= {
        "tokens": list(text),
        "called": ["letter", "letter"],
        "selected": "drawn at random",
        "without": "Right in 90.0 % of 10 texts; with equal shares in 20.0 %, without this head in"
        " 30.0 %.",
    }
    return ProbeResult("", 0, {name: pack(array) for name, array in arrays.items()}, values)


def answering(model: GPT, text: str = TEXT) -> Any:
    """A scripted worker's answer to every probe of it."""

    def answer(asked: Probe) -> ProbeResult:
        told = {name: asked.arguments.get(name) for name in ("rows", "columns", "row")}
        place = {name: asked.arguments.get(name, 0) for name in ("layer", "head")}
        found = probe(model, text, **told, **place)
        return ProbeResult(asked.run, asked.id, found.arrays, found.values)

    return answer


def seen(answer: ProbeResult) -> tuple[Weights, Attended]:
    """The probe as views have it."""
    weights, inside = head_of_probe(answer, "after")
    assert inside is not None
    return weights, inside


def taken(model: GPT, row: int, column: int, text: str = TEXT, **arguments: Any) -> Taken:
    """One cell of it."""
    return Taken(*seen(probe(model, text, **arguments)), row, column)


@dataclass(frozen=True)
class ByHand:
    """The same from the parameters alone, in double precision; no code of ours but the network's
    feed-forward layer, which is held anyway."""

    q: Any
    k: Any
    bias: Any
    scores: Any
    weights: Any
    effects: Any
    """(T, S, A)"""
    logits: Any


def by_hand(model: GPT, head: int = 0, text: str = TEXT) -> ByHand:
    """Layer 0 of the network, step by step."""
    p = {name: weight.detach().double().numpy() for name, weight in model.named_parameters()}
    tokens = encoded(text)
    streams = look(model.double(), tokens)[1]
    model.float()
    x = streams["stream"][0].double().numpy()
    y = normed(x) * p["blocks.0.norm_attend.weight"] + p["blocks.0.norm_attend.bias"]
    three = y @ p["blocks.0.attend.in_proj_weight"].T + p["blocks.0.attend.in_proj_bias"]
    mine = slice(6 * head, 6 * head + 6)
    q, k, v = (part[:, mine] for part in np.split(three, 3, 1))
    count = len(text)
    distance = np.abs(np.subtract.outer(np.arange(count), np.arange(count)))
    block = model.blocks[0]
    assert isinstance(block, Block)
    is_alibi = type(block.attend.relative).__name__ == "ALiBi"
    bias = -(2.0 ** (-8 * (head + 1) / 2)) * distance * is_alibi
    scores = q @ k.T / math.sqrt(6) + bias
    powers = np.exp(scores) * np.tri(count)
    weights = powers / powers.sum(1, keepdims=True)
    last = streams["blocks.0.stream"][0].double().numpy()
    size = np.sqrt(last.var(1) + 1e-5)
    written = v @ p["blocks.0.attend.out_proj.weight"][:, mine].T
    centred = written - written.mean(1, keepdims=True)
    spoken = (centred * p["norm.weight"]) @ p["unembed.weight"].T
    effects = weights[:, :, None] * spoken[None] / size[:, None, None]
    logits = (normed(last) * p["norm.weight"] + p["norm.bias"]) @ p["unembed.weight"].T
    return ByHand(q, k, bias, scores, weights, effects, logits)


def normed(x: Any) -> Any:
    """Mean 0 and variance 1, token by token."""
    return (x - x.mean(1, keepdims=True)) / np.sqrt(x.var(1, keepdims=True) + 1e-5)
