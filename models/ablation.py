"""Silencing a head, or giving it what another text had: does it matter what one saw?

    silent     mixture_h = 0
    average    mixture_h = the mean of what the head says in another pass
    equal      weights = 1/S                whatever the attention would choose
    patched    here = elsewhere      at a place, for some heads or tokens

A map of weights shows where a head looks, not whether it counts; here the output is the judge.
Silence is foreign to the layers that come after, which have never met it; the average is what
they know, without the news. (Michel et al. 2019, "Are sixteen heads really better than one?",
section 2; Vig et al. 2020, "Investigating gender bias in language models using causal mediation
analysis", section 3.)

Axes: B batch, H heads, T tokens that ask, S tokens that answer, D = C/H.

It is the values that are replaced. If they are all the same vector, a head says that vector,
wherever it looks, because its weights sum to one. `out_proj.bias` belongs to no head and stays:

>>> attend = MultiHeadAttention(width=2, heads=2)
>>> _ = nn.init.constant_(attend.out_proj.bias, 5.0)
>>> with torch.no_grad(), without_heads(attend, {"": [0, 1]}):
...     attend(torch.ones(1, 1, 2))
tensor([[[5., 5.]]])
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial

import torch
from torch import Tensor, nn

from models.layers.multi_head import MultiHeadAttention
from models.probe import replacing

Heads = Mapping[str, Collection[int]]
"""Heads by the name of their attention in the code: `{"blocks.0.attend": [1, 3]}`."""


@contextmanager
def without_heads(model: nn.Module, heads: Heads) -> Iterator[None]:
    """Silence heads in the passes made inside.

    Raises:
        LookupError: if there is no such attention, or no such head.
    """
    with ExitStack() as stack:
        for name, chosen in heads.items():
            attend = _attention(model, name)
            silence = attend.out_proj.weight.new_zeros(1, attend.heads, 1, 1)
            stack.enter_context(_putting(silence, model, _place(name, "v"), chosen))
        yield


def equal_shares(model: nn.Module, weights: str) -> AbstractContextManager[None]:
    """Let everyone look at all tokens alike, 1/S each, where attention passes its `weights`.

    What is right without any choosing, the choosing was not needed for. For attention without a
    mask.
    """
    return replacing(model, weights, lambda shares: torch.full_like(shares, 1 / shares.shape[-1]))


def averaged(model: nn.Module, weights: str) -> AbstractContextManager[None]:
    """Let every head look where the heads look on the average, where attention passes its
    `weights`: the picture that is drawn where nobody asks for one head."""
    return replacing(model, weights, lambda shares: shares.mean(1, keepdim=True).expand_as(shares))


@contextmanager
def with_equal_shares(model: nn.Module, heads: Heads) -> Iterator[None]:
    """Let heads look at all tokens alike, wherever they may look, in the passes made inside.

    Raises:
        LookupError: if there is no such attention, or no such head.
    """
    with ExitStack() as stack:
        for name, chosen in heads.items():
            _attention(model, name)
            place = _place(name, "scores")
            stack.enter_context(replacing(model, place, partial(_levelled, chosen=chosen)))
        yield


def patched(
    model: nn.Module,
    seen: Mapping[str, Tensor],
    name: str,
    *,
    heads: Collection[int] | None = None,
    tokens: Collection[int] | None = None,
) -> AbstractContextManager[None]:
    """Put what passed a place elsewhere, `seen` by `look`, in its place in the passes made inside.

    For some heads (of q, k, v, scores, weights) and tokens (those that ask), or all if None. One
    text is put into each of several. What passes several times is replaced each time.

    Raises:
        LookupError: if there is no such place, head or token, or it was not seen.
        ValueError: in a pass, if what was seen does not fit what comes.
    """
    return _putting(_seen(seen, name), model, name, heads, tokens)


def _putting(
    there: Tensor,
    model: nn.Module,
    name: str,
    heads: Collection[int] | None = None,
    tokens: Collection[int] | None = None,
) -> AbstractContextManager[None]:
    """Put a tensor, or what is chosen of it, in place of what passes; an axis of 1 fits any."""
    chosen = _among(there, -3, "head", heads) & _among(there, -2, "token", tokens)

    def exchange(here: Tensor) -> Tensor:
        try:
            return torch.where(chosen.to(here.device), there.to(here).expand_as(here), here)
        except RuntimeError:
            was, now = tuple(there.shape), tuple(here.shape)
            raise ValueError(f"{was} does not fit what passes {name}: {now}") from None

    return replacing(model, name, exchange)


def _levelled(scores: Tensor, chosen: Collection[int]) -> Tensor:
    """Scores of chosen heads that no longer differ where looking is allowed."""
    level = torch.zeros_like(scores).masked_fill(scores == -math.inf, -math.inf)
    return torch.where(_among(scores, -3, "head", chosen), level, scores)


def _attention(model: nn.Module, name: str) -> MultiHeadAttention:
    parts = {n: p for n, p in model.named_modules() if isinstance(p, MultiHeadAttention)}
    if name not in parts:
        known = ", ".join(parts) or "none"
        raise LookupError(f"no attention with heads is called {name}: there are {known}")
    return parts[name]


def _place(attention: str, what: str) -> str:
    """The name of a place in an attention; that may be the model itself, whose name is empty."""
    return f"{attention}.{what}".removeprefix(".")


def _seen(seen: Mapping[str, Tensor], name: str) -> Tensor:
    if name not in seen:
        raise LookupError(f"nothing was seen at {name}, only at {', '.join(seen) or 'no place'}")
    return seen[name]


def _among(x: Tensor, axis: int, what: str, wanted: Collection[int] | None) -> Tensor:
    """True at the wanted indices of an axis, everywhere if None, ready to be broadcast to x.

    Wherever there are heads they are the third axis from the end, and tokens the second; the
    first axis of all is the batch.
    """
    count = x.shape[axis] if x.ndim > -axis else 0
    chosen = torch.full((count or 1,), wanted is None, device=x.device)
    for index in wanted or ():
        if not 0 <= index < count:
            raise LookupError(f"no {what} {index}: there are {count}, counted from 0")
        chosen[index] = True
    return chosen.view(-1, *[1] * (-axis - 1))
