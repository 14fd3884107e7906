"""Every matrix of one block, one after the other, from the words to the answer.

`models.labs.walk_steps` says what each is made of.

Axes: T words, C channels, F hidden channels, V vocabulary.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict

import torch
from torch import Tensor

from models.labs.lab import Inside
from models.labs.walk_steps import STEPS, Step
from models.layers.feed_forward import FeedForward
from models.layers.norm import LayerNorm, layer_norm
from models.networks.hidden_word import HiddenWord
from models.probe import at_rest


def walk_of(
    network: HiddenWord, words: Tensor, tokens: Sequence[str], vocabulary: Sequence[str]
) -> Inside:
    """All matrices for one sentence, words (1, T); `steps` says how each is made, `labels` what
    stands side by side, and `gap` which row answers."""
    divisor = math.sqrt(network.word.weight.shape[1])
    with at_rest(network):
        arrays = _weights(network)
        arrays["words"] = network.word(words[0])  # (T, C)
        arrays["places"] = network.place(torch.zeros_like(arrays["words"])[None])[0]  # (T, C)
        for step in STEPS:
            if step.kind != "given":
                arrays[step.name] = _made(step, [arrays[name] for name in step.of], divisor)
            if step.name == "k":
                arrays["k_turned"] = arrays["k"].mT  # (C, T)
    width, hidden = network.word.weight.shape[1], arrays["wide"].shape[1]
    labels = {
        "T": list(tokens),
        "C": [str(number + 1) for number in range(width)],
        "F": [str(number + 1) for number in range(hidden)],
        "V": list(vocabulary),
    }
    values = {
        "steps": [asdict(step) | {"of": list(step.of)} for step in STEPS],
        "labels": labels,
        "divisor": divisor,
        "gap": int((words[0] == network.gap).int().argmax()),
    }
    return {name: array.detach().float().cpu().numpy() for name, array in arrays.items()}, values


def _weights(network: HiddenWord) -> dict[str, Tensor]:
    """What is learned, each matrix as it stands to the right of x."""
    block = network.block
    attend, think = block.attend, block.think
    first, second = block.norm_attend, block.norm_think
    assert isinstance(think, FeedForward)
    assert isinstance(first, LayerNorm) and isinstance(second, LayerNorm)
    w_q, w_k, w_v = (matrix.mT for matrix in attend.in_proj_weight.chunk(3))  # (C, C)
    b_q, b_k, b_v = attend.in_proj_bias.chunk(3)  # (C,)
    found = {"w_q": w_q, "w_k": w_k, "w_v": w_v, "b_q": b_q, "b_k": b_k, "b_v": b_v}
    found |= {"w_o": attend.out_proj.weight.mT, "b_o": attend.out_proj.bias}
    found |= {"g_1": first.weight, "b_1": first.bias}
    found |= {"w_1": think.linear1.weight.mT, "c_1": think.linear1.bias}
    found |= {"w_2": think.linear2.weight.mT, "c_2": think.linear2.bias}
    found |= {"g_2": second.weight, "b_2": second.bias}
    return found | {"e_turned": network.word.weight.mT}


def _made(step: Step, of: Sequence[Tensor], divisor: float) -> Tensor:
    """The matrix of a step."""
    if step.kind == "sum":
        return of[0] + of[1]
    if step.kind == "product":
        product = of[0] @ of[1]
        return product + of[2] if len(of) > 2 else product
    if step.kind == "scale":
        return of[0] / divisor
    if step.kind == "softmax":
        return of[0].softmax(-1)
    if step.kind == "norm":
        return layer_norm(of[0], of[1], of[2])
    return of[0].relu()
