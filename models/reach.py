"""How far back a network reaches: the gradient of an output, by the distance of the input.

    reach(k) = ‖∂ y_t / ∂ x_{t−k}‖ = √(sum of the squares of the Jacobian)     k = 0 … t

In a recurrent network the way back is a product of k Jacobians: if they shrink, so does the reach,
k times over, and nothing further away can be learned; if they grow, it explodes. Attention reaches
every token in one step. (Bengio et al. 1994, "Learning long-term dependencies with gradient
descent is difficult", section III; Pascanu et al. 2013, "On the difficulty of training recurrent
neural networks", section 2.1.)

Axes: B batch, T tokens, C channels of an input, O numbers in an output.

A memory that halves, h_t = ½ h_{t−1} + x_t, reaches (½)^k:

>>> def halving(x: Tensor) -> Tensor:
...     states = [torch.zeros_like(x[:, 0])]
...     for x_t in x.unbind(1):
...         states.append(states[-1] / 2 + x_t)
...     return torch.stack(states[1:], 1)
>>> reach(halving, torch.zeros(1, 4, 1))
tensor([1.0000, 0.5000, 0.2500, 0.1250])
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn

from models.probe import at_rest


def reach(network: Callable[[Tensor], Tensor], x: Tensor, t: int = -1) -> Tensor:
    """The reach from place t back to each distance, the mean over a batch: (T,), or (t + 1,).

    `network` makes outputs (B, T, O) of x (B, T, C), each text by itself. It is run once, and back
    once for each of the O numbers; the gradients of weights are left alone.

    Raises:
        LookupError: if there is no such place.
    """
    places = x.shape[1]
    if not -places <= t < places:
        raise LookupError(f"no place {t}: there are {places}")
    t %= places
    with torch.enable_grad():
        x = x.detach().requires_grad_()
        outputs = network(x)[:, t].sum(0).unbind()
    square = torch.zeros_like(x[..., 0])  # (B, T)
    for output in outputs:
        (gradient,) = torch.autograd.grad(output, x, retain_graph=True)  # (B, T, C)
        square += gradient.square().sum(-1)
    return square.sqrt().mean(0)[: t + 1].flip(0)


def reach_of_tokens(model: nn.Module, tokens: Tensor, t: int = -1, name: str = "token") -> Tensor:
    """The same for a model that reads tokens (B, T): x is what the embedding `name` makes of them.

    The model is at rest meanwhile.

    Raises:
        LookupError: if there is no such place, or no such embedding.
    """
    embedding = dict(model.named_modules()).get(name)
    if not isinstance(embedding, nn.Embedding):
        raise LookupError(f"no embedding is called {name}")

    def read(x: Tensor) -> Tensor:
        handle = embedding.register_forward_hook(lambda part, given, passing: x)
        try:
            return model(tokens)
        finally:
            handle.remove()

    with at_rest(model):
        return reach(read, embedding(tokens), t)
