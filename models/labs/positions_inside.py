"""What shows whether a network knows where its tokens stand: shuffle them and compare.

    moves with them     f(P x) = P f(x)        equivariant: every token keeps its own output
    does not notice     mean f(P x) = mean f(x)    invariant: what is the same for all orders

Axes: B texts, T tokens, C channels, L lengths.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from models.chance import seeded
from models.labs.lab import Inside
from models.networks.encoder import Encoder, Shape
from models.probe import at_rest


def shuffle_test(encoder: nn.Module, texts: Tensor, order: Tensor) -> dict[str, float]:
    """How far the outputs for shuffled texts (B, T) are from those before, at most.

    `order` (T,) says which token comes to each place. `moved`: of each token, wherever it stands
    now. `stayed`: at each place, whoever stands there now. `mean`: of all tokens together.
    """
    with at_rest(encoder):
        before, after = encoder(texts), encoder(texts[:, order])  # (B, T, C)
    gaps = {
        "moved": after - before[:, order],
        "stayed": after - before,
        "mean": after.mean(1) - before.mean(1),
    }
    return {name: gap.abs().max().item() for name, gap in gaps.items()}


def partners(one: Sequence[str], other: Sequence[str]) -> list[int]:
    """Where each word of a sentence stands in another of the same words; the first of two alike
    is the first there.

    Raises:
        ValueError: if they are not the same words.

    >>> partners("the dog bites the man".split(), "the man bites the dog".split())
    [0, 4, 2, 3, 1]
    """
    if sorted(one) != sorted(other):
        raise ValueError(f"“{' '.join(one)}” and “{' '.join(other)}” are not the same words")
    left = {word: [n for n, there in enumerate(other) if there == word] for word in one}
    return [left[word].pop(0) for word in one]


def compared(
    one: Sequence[str], other: Sequence[str], kind: str, causal: bool, shape: Shape, seed: int
) -> Inside:
    """Two sentences of the same words, read by an encoder whose weights are drawn by lot.

    `word` (T,): how far the outputs of a word in the two are apart. `place` (T,): how far the
    outputs at a place are. In the values `mean`: how far the mean outputs are, and `size`: the
    mean length of an output, to compare all these with.
    """
    there = partners(one, other)
    words = sorted(set(one))
    with seeded(seed):
        encoder = Encoder(
            Shape(
                vocabulary=len(words),
                answers=1,
                context=len(one),
                width=shape.width,
                heads=shape.heads,
                layers=shape.layers,
                positions=kind,
                causal=causal,
            )
        )
    texts = torch.tensor([[words.index(word) for word in text] for text in (one, other)])
    with at_rest(encoder):
        first, second = encoder(texts)  # (T, C) each
    arrays = {
        "word": (first - second[there]).norm(dim=-1),
        "place": (first - second).norm(dim=-1),
    }
    values = {
        "one": list(one),
        "other": list(other),
        "there": there,
        "mean": (first.mean(0) - second.mean(0)).norm().item(),
        "size": first.norm(dim=-1).mean().item(),
        "positions": kind,
        "causal": causal,
    }
    return {name: array.numpy().astype(np.float32) for name, array in arrays.items()}, values
