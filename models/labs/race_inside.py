"""What can be seen inside a racer: how far back its answer reaches, and what it has in mind.

Axes: B batch, T tokens, N numbers in a state, A numbers in an answer.
"""

from __future__ import annotations

from copy import deepcopy

import torch
from torch import Tensor, nn

from models.labs.lab import Inside
from models.layers.recurrent import Recurrent
from models.probe import at_rest, places, recording
from models.reach import reach_of_tokens

FORGET = "memory.cell.forget_gate"


class _AtTheLast(nn.Module):
    """A network that answers once, (B, T) -> (B, A), as one that answers at every token."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, tokens: Tensor) -> Tensor:
        """The same answer at every token: (B, T) -> (B, T, A)."""
        return self.network(tokens)[:, None].expand(-1, tokens.shape[1], -1)  # (B, T, A)


def reach_of_answer(network: nn.Module, texts: Tensor) -> Tensor:
    """How strongly the answer depends on each token, by its distance from the last: (T,).

    Of a network (B, T) -> (B, A), for texts (B, T). In double precision: what fades by half at
    each of 200 steps is still a number.
    """
    whole = _AtTheLast(deepcopy(network).cpu().double())
    name = next(n for n, part in whole.named_modules() if isinstance(part, nn.Embedding))
    return reach_of_tokens(whole, texts.cpu(), name=name)


def states_of(network: nn.Module, texts: Tensor) -> Inside:
    """The states (2, T, N) that two texts (2, T) leave behind, token by token.

    With them `distance` (T,), the length of their difference, and of an LSTM `forget` (2, T),
    the mean of its forget gates.

    Raises:
        ValueError: if the network has no state.
    """
    if not isinstance(getattr(network, "memory", None), Recurrent):
        raise ValueError("it remembers nothing: it looks at the whole text at once")
    watched = [name for name in ("memory.stream", FORGET) if name in places(network)]
    with at_rest(network), recording(network, *watched) as seen:
        said = network(texts).argmax(-1)
    (states,) = seen["memory.stream"]  # (2, T, N)
    arrays = {"states": states, "distance": (states[0] - states[1]).norm(dim=-1)}
    if FORGET in seen:
        arrays["forget"] = torch.stack([gate.mean(-1) for gate in seen[FORGET]], 1)  # (2, T)
    values = {"tokens": texts.tolist(), "said": said.tolist()}
    return {name: array.float().cpu().numpy() for name, array in arrays.items()}, values
