"""Writing: a language model is asked for the next token, again and again.

    shares = softmax(logits at the last place)
    token  ~ shares                              drawn, not the likeliest

Each token is drawn as often as the network holds it for likely: the likeliest each time would be
one and the same text, and soon go in circles. (Holtzman et al. 2020, "The curious case of neural
text degeneration", section 3.)

Axes: B texts, S tokens begun, T tokens so far, V vocabulary.

A network that knows what comes after each of three tokens, and is as good as sure of it:

>>> after = nn.Embedding.from_pretrained(100 * torch.eye(3).roll(1, dims=1))
>>> written(after, torch.tensor([[0], [2]]), 5, torch.Generator().manual_seed(0)).tolist()
[[0, 1, 2, 0, 1], [2, 0, 1, 2, 0]]
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from models.probe import at_rest


def written(network: nn.Module, begun: Tensor, length: int, chance: torch.Generator) -> Tensor:
    """Texts (B, length) that go on from those begun (B, S).

    `network`: (B, T) -> logits (B, T, V). `chance`: what the draws are made with.
    """
    texts = begun
    with at_rest(network):
        while texts.shape[1] < length:
            shares = network(texts)[:, -1].softmax(-1).cpu()  # (B, V)
            token = torch.multinomial(shares, 1, generator=chance)  # (B, 1)
            texts = torch.cat([texts, token.to(texts.device)], 1)
    return texts
