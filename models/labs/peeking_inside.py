"""What shows whether a language model peeks, and what it is worth when there is nothing to see.

    ahead    the weight that a token gives to those after it, the mean of all that ask
    moved    how far logits move when a later token is exchanged: 0 for who cannot see it

Axes: B texts, T tokens, V vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from torch import Tensor, nn

from models.layers.multi_head import MultiHeadAttention
from models.layers.relative import Relative
from models.networks.encoder import Tagger
from models.probe import at_rest, watching


class AddedMask(Relative):
    """A mask of 0 and 1 that is *added* to the scores, as torch does with one of floats.

    `torch.triu(torch.ones(T, T), 1)` has a 1 wherever j > i. Added, it does not hide the future:
    it makes the future e times as likely to be looked at. So it stands in no layer of ours.
    """

    def bias(self, q: Tensor, k: Tensor) -> Tensor:
        """1 on what comes later, 0 elsewhere: (H, T, S)."""
        return q.new_ones(q.shape[-3], q.shape[-2], k.shape[-2]).triu(1)


def add_mask(network: Tagger) -> Tagger:
    """The network, with such a mask in every attention."""
    for part in network.modules():
        if isinstance(part, MultiHeadAttention):
            part.relative = AddedMask()
    return network


@contextmanager
def masked(network: nn.Module, causal: bool) -> Iterator[None]:
    """The network with a causal mask, or without one, in the passes made inside."""
    encoder = _tagger(network).encoder
    was, encoder.causal = encoder.causal, causal
    try:
        yield
    finally:
        encoder.causal = was


def ahead(network: nn.Module, texts: Tensor) -> float:
    """The weight on what comes later, of texts (B, T): the mean of all rows, heads and layers.

    The last token has nothing after it; its row counts as all others.
    """
    parts = network.named_modules()
    names = [f"{name}.weights" for name, part in parts if isinstance(part, MultiHeadAttention)]
    with at_rest(network), watching(network, *names) as seen:
        network(texts)
    return sum(seen[name].triu(1).sum(-1).mean().item() for name in names) / len(names)


def moved(network: nn.Module, texts: Tensor) -> float:
    """How far the logits at all other places move at most when the last token of each text
    (B, T) is exchanged for another of the vocabulary."""
    other = texts.clone()
    other[:, -1] = (other[:, -1] + 1) % _tagger(network).encoder.token.num_embeddings
    with at_rest(network):
        gap = network(texts)[:, :-1] - network(other)[:, :-1]  # (B, T - 1, V)
    return gap.abs().max().item()


def _tagger(network: nn.Module) -> Tagger:
    assert isinstance(network, Tagger)
    return network
