"""What can be seen in a speaker: what it predicts, what it says, its lens, and its gradient.

Axes: T words of a sentence, L blocks, V words there are, K bins of a histogram.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from models.clipping import WAYS, angle, clip
from models.labs.lab import Inside
from models.layers.loss import cross_entropy
from models.lens import logit_lens
from models.networks.gpt import GPT
from models.probe import at_rest
from models.tasks.grammar import WORDS, chance_of, options_along
from models.tasks.speech import NUMBERS, Sentence, encode

RIGHT, POSSIBLE, WRONG = "right", "possible", "wrong"
"""The word that came was predicted; another one that could have come was; one that could not."""
BINS = 41
"""Of a histogram, an odd number, so that one of them has 0 in its middle."""


def predicted(network: nn.Module, words: Sequence[str]) -> dict[str, Any]:
    """What a network holds for the likeliest at each word of a sentence, from those before it.

    `words`, and for each what was `said`, how sure it was (`shares`), and the `marks`.
    """
    device = next(network.parameters()).device
    reads, _ = encode([words])
    with at_rest(network):
        shares = network(reads[:, : len(words)].to(device))[0].softmax(-1).cpu()  # (T, V)
    best = shares.max(-1)
    said = [WORDS[place] for place in best.indices.tolist()]
    return {
        "words": list(words),
        "said": said,
        "shares": [round(share, 4) for share in best.values.tolist()],
        "marks": marks(words, said),
    }


def marks(words: Sequence[str], said: Sequence[str]) -> list[str]:
    """Of what was said before each word of a sentence: right, possible or wrong."""
    return [
        RIGHT if guess == word else POSSIBLE if guess in options else WRONG
        for word, guess, options in zip(words, said, options_along(words), strict=True)
    ]


def told_of(words: Sentence, learned: Collection[Sentence]) -> dict[str, Any]:
    """A sentence that was said: whether the grammar knows it, and whether it was learned from."""
    return {
        "words": list(words),
        "grammatical": chance_of(words) > 0,
        "recited": words in learned,
    }


def lens_of(network: nn.Module, words: Sentence) -> Inside:
    """What a GPT would say after the embedding and after each block, word by word of a sentence.

    Arrays (L + 1, T): `shares`, how sure it would be of what it says, and `right`, how sure of the
    word that comes. Values: what it `says` (L + 1, T), the `words` that it reads and the `truth`,
    those that come (T); `open`, how many words could come there (T); `marks` (L + 1, T).

    Raises:
        ValueError: if the network is no GPT.
    """
    if not isinstance(network, GPT):
        raise ValueError("the lens reads the stream of a GPT; an LSTM has none")
    reads, _ = encode([words])
    reads = reads[:, : len(words)].to(network.token.weight.device)
    shares = logit_lens(network, reads)[:, 0].softmax(-1).cpu()  # (L + 1, T, V)
    best = shares.max(-1)
    says = [[WORDS[place] for place in row] for row in best.indices.tolist()]
    values = {
        "words": [WORDS[place] for place in reads[0].tolist()],
        "truth": list(words),
        "says": says,
        "open": [len(options) for options in options_along(words)],
        "marks": [marks(words, row) for row in says],
    }
    truth = torch.tensor([NUMBERS[word] for word in words])
    right = shares.gather(-1, truth.expand(len(says), -1)[..., None])[..., 0]
    return {"shares": best.values.numpy(), "right": right.numpy()}, values


def gradients_of(
    network: nn.Module, batch: tuple[Tensor, Tensor], smoothing: float, most: float
) -> Inside:
    """The gradient of the loss of a batch, raw and clipped to `most` by norm and by value.

    Arrays `raw`, `norm` and `value` (K,): how many of its numbers lie in each of K equal bins from
    −`edge` to `edge`, the largest of the raw ones. Values: of each the `lengths` and the `angles`
    to the raw one, in degrees; how many numbers were `cut` by value; `count`, how many there are.
    """
    if not most > 0 or not math.isfinite(most):
        raise ValueError(f"a gradient is clipped to more than 0, not to {most}")
    weights = list(network.parameters())
    device = weights[0].device
    reads, targets = (part.to(device) for part in batch)
    training = network.training
    network.eval()
    try:
        loss = cross_entropy(network(reads), targets, smoothing)
        raw = list(torch.autograd.grad(loss, weights))
    finally:
        network.train(training)
    edge = max(float(g.abs().max()) for g in raw) or 1.0
    found = {"raw": raw, **{by: [g.clone() for g in raw] for by in WAYS}}
    for by in WAYS:
        clip(found[by], by, most)
    arrays = {name: _histogram(gradient, edge) for name, gradient in found.items()}
    flat = {name: torch.cat([g.flatten() for g in gradient]) for name, gradient in found.items()}
    values = {
        "edge": edge,
        "most": most,
        "lengths": {name: float(g.norm()) for name, g in flat.items()},
        "angles": {name: angle(raw, found[name]) for name in WAYS},
        "cut": int((flat["raw"].abs() > most).sum()),
        "count": flat["raw"].numel(),
        "loss": loss.item(),
    }
    return {name: array.numpy() for name, array in arrays.items()}, values


def _histogram(gradient: Sequence[Tensor], edge: float) -> Tensor:
    flat = torch.cat([g.flatten() for g in gradient]).float().cpu()
    return torch.histc(flat, BINS, -edge, edge)
