"""Every matrix of one block, one after the other, from the words to the answer.

Each step says what it is made of, so that whoever shows it can take any cell apart:

    given      a number of a learned table
    sum        a + b
    product    Σ_c a[i, c] · b[c, j] (+ bias[j])
    scale      a / √D
    softmax    e^a over the sum of its row
    norm       (a − mean of its row) / σ of its row · gain[j] + bias[j]
    bend       max(0, a)

Axes: T words, C channels, F hidden channels, V vocabulary.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import torch
from torch import Tensor

from models.labs.lab import Inside
from models.layers.feed_forward import FeedForward
from models.layers.norm import LayerNorm, layer_norm
from models.networks.hidden_word import HiddenWord
from models.probe import at_rest


@dataclass(frozen=True)
class Step:
    """One matrix of the walk, and how it is made."""

    name: str
    kind: str
    of: tuple[str, ...]
    """The arrays it is made of: of a product left, right and bias; of a norm a, gain and bias."""
    columns: str
    """What stands side by side: `C`, `F`, `T` or `V`."""
    formula: str
    title: str
    says: str
    """What there is to see, in a sentence."""
    file: str = ""
    """Where the network does it, by the name of the file without `.py`; empty if it does not: the
    softmax of the answer is left to whoever asks."""
    line: str = ""
    """What only that line holds, of those before it."""


STEPS = (
    Step(
        "words",
        "given",
        (),
        "C",
        "E[word]",
        "the words",
        "Each word has a row of learned numbers, the same wherever it stands.",
        "hidden_word",
        "self.block(self.place(self.word(words)))",
    ),
    Step(
        "places",
        "given",
        (),
        "C",
        "P[place]",
        "the places",
        "Each place has a row of learned numbers, the same whatever word stands there.",
        "positions",
        "return x + self.weight[",
    ),
    Step(
        "x",
        "sum",
        ("words", "places"),
        "C",
        "x = E[word] + P[place]",
        "word and place",
        "Word and place are added: six numbers for both.",
        "positions",
        "return x + self.weight[",
    ),
    Step(
        "q",
        "product",
        ("x", "w_q", "b_q"),
        "C",
        "Q = x W_Q + b_Q",
        "the queries",
        "What each word asks with.",
        "multi_head",
        "return linear(x, weight, bias).chunk",
    ),
    Step(
        "k",
        "product",
        ("x", "w_k", "b_k"),
        "C",
        "K = x W_K + b_K",
        "the keys",
        "What each word is found by. Same x, another matrix.",
        "multi_head",
        "return linear(x, weight, bias).chunk",
    ),
    Step(
        "v",
        "product",
        ("x", "w_v", "b_v"),
        "C",
        "V = x W_V + b_V",
        "the values",
        "What each word has to give. Same x, a third matrix.",
        "multi_head",
        "return linear(x, weight, bias).chunk",
    ),
    Step(
        "raw",
        "product",
        ("q", "k_turned"),
        "T",
        "Q Kᵀ",
        "the products",
        "Each row is a word that asks, each column one that answers.",
        "attention",
        "scores = q /",
    ),
    Step(
        "scores",
        "scale",
        ("raw",),
        "T",
        "Q Kᵀ / √D",
        "the scores",
        "All divided by the same number: no order changes, the softmax gets softer.",
        "attention",
        "scores = q /",
    ),
    Step(
        "weights",
        "softmax",
        ("scores",),
        "T",
        "softmax of each row",
        "the weights",
        "Each row sums to 1, trained or not. Columns may sum to anything.",
        "multi_head",
        "weights = self.weights(scores.softmax",
    ),
    Step(
        "context",
        "product",
        ("weights", "v"),
        "C",
        "weights V",
        "the mixtures",
        "Each row is a mixture of all values by the weights of that row.",
        "multi_head",
        "return self.drop(weights) @ v",
    ),
    Step(
        "said",
        "product",
        ("context", "w_o", "b_o"),
        "C",
        "mixture W_O + b_O",
        "what is said",
        "The mixture, once more through a matrix.",
        "multi_head",
        "return self.out_proj(merge(",
    ),
    Step(
        "added",
        "sum",
        ("x", "said"),
        "C",
        "x + said",
        "add",
        "A word keeps what it had, and gets the mixture on top of it.",
        "blocks",
        "x = x + said",
    ),
    Step(
        "normed",
        "norm",
        ("added", "g_1", "b_1"),
        "C",
        "(a − mean) / σ · gain + bias",
        "and norm",
        "Each row is brought to mean 0 and σ 1, then stretched and shifted, as was learned.",
        "norm",
        "return functional.layer_norm(",
    ),
    Step(
        "wide",
        "product",
        ("normed", "w_1", "c_1"),
        "F",
        "x W_1 + b_1",
        "feed-forward: widen",
        "Each word on its own: no row sees another.",
        "feed_forward",
        "self.bend(self.linear1(x))",
    ),
    Step(
        "bent",
        "bend",
        ("wide",),
        "F",
        "max(0, x)",
        "feed-forward: bend",
        "What is below nought is dropped.",
        "feed_forward",
        "self.bend(self.linear1(x))",
    ),
    Step(
        "narrow",
        "product",
        ("bent", "w_2", "c_2"),
        "C",
        "x W_2 + b_2",
        "feed-forward: narrow",
        "Back to as many numbers as before.",
        "feed_forward",
        "return self.linear2(hidden)",
    ),
    Step(
        "summed",
        "sum",
        ("normed", "narrow"),
        "C",
        "x + narrow",
        "add",
        "Added to what the word had.",
        "blocks",
        "x = x + said",
    ),
    Step(
        "out",
        "norm",
        ("summed", "g_2", "b_2"),
        "C",
        "(a − mean) / σ · gain + bias",
        "and norm",
        "This is what the block hands on: as many rows and columns as it was given.",
        "norm",
        "return functional.layer_norm(",
    ),
    Step(
        "logits",
        "product",
        ("out", "e_turned"),
        "V",
        "x Eᵀ",
        "un-embed",
        "Each row against each word of the table it was read from.",
        "hidden_word",
        "return (hidden @ x)",
    ),
    Step(
        "answer",
        "softmax",
        ("logits",),
        "V",
        "softmax of each row",
        "the answer",
        "Each row sums to 1. Only the row of the gap was ever asked and graded.",
    ),
)
"""The walk, in order."""


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
