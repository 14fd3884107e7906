"""The direct way from an attention to the answer: what it writes, straight to the logits.

    logits = J · said + rest        J = ∂logits/∂said, all else held

What an attention says is added to the stream, and passes the last norm and the answer layer on
its way to the logits. If every norm divides by the σ it has in this pass, and what other layers
make of the change is left out (their words are held as they are), that way is a straight line,
whatever the network is built like: J follows from one pass backwards. (Elhage et al. 2021, "A
mathematical framework for transformer circuits", sections on the residual stream and on OV
circuits.)

Axes: T tokens, C channels, A answers.

A network that answers with what its attention says, and nothing else, has J = 1:

>>> attend = MultiHeadAttention(width=2)
>>> slopes, logits = read_by(attend, "", torch.ones(1, 1, 2))
>>> slopes.tolist()
[[[1.0, 0.0], [0.0, 1.0]]]
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import torch
from torch import Tensor, nn

from models.layers.feed_forward import FeedForward
from models.layers.multi_head import MultiHeadAttention
from models.layers.norm import LayerNorm, RMSNorm
from models.probe import at_rest

EPSILON = 1e-5
"""What the norms of `models.layers.norm` add before they take the root."""


def read_by(network: nn.Module, path: str, *inputs: Any) -> tuple[Tensor, Tensor]:
    """How the logits depend on what the attention at `path` says at each token, and the logits.

    For one text. J is (T, A, C), the logits (A,) of a network that answers once, (T, A) of one that
    answers at each token. Where nothing is read, as at the tokens of a text that is answered at
    its last, J is 0.
    """
    with _straight(network, path) as said:
        logits = network(*inputs)[0]  # (A,) or (T, A)
        (spoken,) = said
        # A token's word reaches the answer at that token alone: nothing passes between tokens.
        answers = logits.reshape(-1, logits.shape[-1]).sum(0)  # (A,)
        each = torch.eye(len(answers), dtype=answers.dtype, device=answers.device)
        (slopes,) = torch.autograd.grad(
            answers, spoken, each, is_grads_batched=True, allow_unused=True
        )
    if slopes is None:
        slopes = spoken.new_zeros(len(each), *spoken.shape)
    return slopes[:, 0].transpose(0, 1), logits.detach()


@contextmanager
def _straight(network: nn.Module, path: str) -> Iterator[list[Tensor]]:
    """In the pass made inside, a straight line leads from what the attention at `path` says (kept
    in the list) to the answer."""
    said: list[Tensor] = []

    def begin(part: nn.Module, given: object, out: Tensor) -> Tensor:
        said.append(out.detach().requires_grad_())
        return said[-1]

    with at_rest(network), torch.enable_grad(), ExitStack() as stack:
        for name, part in network.named_modules():
            if name == path:
                hook: Any = begin
            elif isinstance(part, MultiHeadAttention | FeedForward):
                hook = _hold
            elif isinstance(part, LayerNorm | RMSNorm):
                hook = _norm_held
            else:
                continue
            stack.callback(part.register_forward_hook(hook).remove)
        yield said


def _hold(part: nn.Module, given: object, out: Tensor) -> Tensor:
    """What another layer says stays as it is."""
    return out.detach()


def _norm_held(part: LayerNorm | RMSNorm, given: tuple[Tensor], out: Tensor) -> Tensor:
    """The norm with its divisor held: the same numbers, and a straight line."""
    (x,) = given
    if isinstance(part, LayerNorm):
        x = x - x.mean(-1, keepdim=True)
    size = (x.square().mean(-1, keepdim=True) + EPSILON).sqrt().detach()  # (..., 1)
    y = part.weight * x / size
    return y + part.bias if isinstance(part, LayerNorm) else y
