"""The loss: how surprised a network is by the right answer, in nats.

    p = softmax(logits)
    q = 1 − ε + ε/V for the right answer, ε/V for each of the others
    loss = − Σ q ln p,  the mean over all answers that are scored

Without smoothing (ε = 0) this is −ln p of the right answer: 0 if the network was sure of it, ln V
if it guesses. It serves the next token as well as a class; only the leading axes differ.

Smoothing asks the network to leave a share ε to all answers alike, so being sure is punished. Its
loss cannot reach 0: the best there is, p = q, costs − Σ q ln q, the `floor`. (Szegedy et al. 2016,
"Rethinking the Inception architecture for computer vision", section 7; Vaswani et al. 2017,
section 5.4, trained with ε = 0.1.)

By hand, V = 2 and p = (3/4, 1/4): −ln 3/4 = 0.288, and with ε = 0.2, so that q = (0.9, 0.1),
−0.9 ln 3/4 − 0.1 ln 1/4 = 0.398. The floor is −0.9 ln 0.9 − 0.1 ln 0.1 = 0.325.

>>> logits, right = torch.tensor([[3.0, 1.0]]).log(), torch.tensor([0])
>>> [round(cross_entropy(logits, right, smoothing).item(), 3) for smoothing in (0.0, 0.2)]
[0.288, 0.398]
>>> round(floor(vocabulary=2, smoothing=0.2), 3)
0.325

Axes: ... any leading axes (B texts and T tokens, or B pictures), V answers to choose from.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional

IGNORED = -100
"""A target that is not scored: padding, or a token that nobody could foresee."""


def cross_entropy(logits: Tensor, targets: Tensor, smoothing: float = 0.0) -> Tensor:
    """The mean loss of logits (..., V) whose right answers are targets (...), V > target ≥ 0.

    Raises:
        ValueError: if the shapes differ; on a CPU also if a target is neither in the vocabulary
            nor `IGNORED`, or none is scored. (A GPU would have to be waited for.)
    """
    if logits.shape[:-1] != targets.shape:
        raise ValueError(
            f"logits {tuple(logits.shape)} need targets {tuple(logits.shape[:-1])}, "
            f"not {tuple(targets.shape)}"
        )
    if targets.device.type == "cpu":
        _check(targets, logits.shape[-1])
    flat = logits.flatten(0, -2) if logits.ndim > 1 else logits[None]
    return functional.cross_entropy(
        flat, targets.flatten(), ignore_index=IGNORED, label_smoothing=smoothing
    )


def floor(vocabulary: int, smoothing: float) -> float:
    """− Σ q ln q: the least that the smoothed loss can be."""
    others = smoothing / vocabulary
    shares = [1 - smoothing + others] + [others] * (vocabulary - 1)
    return -sum(q * math.log(q) for q in shares if q)


def _check(targets: Tensor, vocabulary: int) -> None:
    """Say what is wrong with a target before an index error does."""
    scored = targets[targets != IGNORED]
    if not scored.numel():
        raise ValueError(f"every target is {IGNORED}, so there is nothing to score")
    low, high = (int(n) for n in torch.aminmax(scored))
    if low < 0 or high >= vocabulary:
        wrong = low if low < 0 else high
        raise ValueError(
            f"a target is {wrong}, but the vocabulary has {vocabulary} entries, 0 to "
            f"{vocabulary - 1}; what is not to be scored must be {IGNORED}"
        )
