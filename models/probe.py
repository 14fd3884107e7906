"""Looking inside a network, and reaching in, without changing it.

A network names the places worth looking at with `nn.Identity()` members, which pass on what they
are given: `self.weights = nn.Identity()` in the code is `"attend.weights"` here. Hooks belong to
the network and not to the caller, so every function takes its own away again; nothing that was
seen stays with the network.

Axes of what is seen: questions q, keys k and values v (B, H, T, D), scores and weights
(B, H, T, S), stream (B, T, C); so head h of any of the first five is `seen[name][:, h]`. Weights
are seen as the softmax made them, before dropout: their rows sum to one in training, too.

>>> x, double = torch.tensor([1.0, 2.0]), nn.Sequential(nn.Identity())
>>> with replacing(double, "0", lambda x: 2 * x), watching(double) as seen:
...     double(x), seen
(tensor([2., 4.]), {'0': tensor([2., 4.])})
>>> double(x)
tensor([1., 2.])
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import torch
from torch import Tensor, nn

from models.layers.multi_head import MultiHeadAttention


def places(model: nn.Module) -> tuple[str, ...]:
    """The names of the places where one can look."""
    return tuple(name for name, part in model.named_modules() if isinstance(part, nn.Identity))


@contextmanager
def recording(model: nn.Module, *names: str) -> Iterator[dict[str, list[Tensor]]]:
    """All that passes the named places (all places if none is named) in the passes made inside.

    Copies, without gradient, in order: looking changes nothing. A part that runs several times
    in a pass, once a token or once a loop, is seen each time.

    Raises:
        LookupError: if there is no such place.
    """
    seen: dict[str, list[Tensor]] = {}

    def keep(name: str) -> Callable[[Tensor], None]:
        return lambda passing: seen.setdefault(name, []).append(passing.detach().clone())

    with _hooks(model, {name: keep(name) for name in names or places(model)}):
        yield seen


@contextmanager
def watching(model: nn.Module, *names: str) -> Iterator[dict[str, Tensor]]:
    """The same, but of each place only what passed it last."""
    seen: dict[str, Tensor] = {}

    def keep(name: str) -> Callable[[Tensor], None]:
        return lambda passing: seen.__setitem__(name, passing.detach().clone())

    with _hooks(model, {name: keep(name) for name in names or places(model)}):
        yield seen


@contextmanager
def replacing(model: nn.Module, name: str, by: Callable[[Tensor], Tensor]) -> Iterator[None]:
    """Pass on `by(what comes)` at a place, in the passes made inside: an experiment, not a look.

    Of several at one place the outer comes first; who watches further inside sees the result.

    Raises:
        LookupError: if there is no such place.
    """
    with _hooks(model, {name: by}):
        yield


@contextmanager
def at_rest(model: nn.Module) -> Iterator[None]:
    """Without gradients and in evaluation, in the passes made inside; afterwards as before."""
    training = {part: part.training for part in model.modules()}
    model.eval()
    try:
        with torch.no_grad():
            yield
    finally:
        for part, was in training.items():
            part.training = was


@contextmanager
def written_out(model: nn.Module) -> Iterator[None]:
    """Attention by the code that writes its weights down, where a kernel does it otherwise."""
    parts = [part for part in model.modules() if isinstance(part, MultiHeadAttention)]
    fused = [part for part in parts if part.fused]
    for part in fused:
        part.fused = False
    try:
        yield
    finally:
        for part in fused:
            part.fused = True


def look(model: nn.Module, *inputs: Any) -> tuple[Tensor, dict[str, Tensor]]:
    """The output of one pass of its own, at rest, and what passed every place on the way."""
    with at_rest(model), watching(model) as seen:
        return model(*inputs), seen


@contextmanager
def _hooks(model: nn.Module, hooks: dict[str, Callable[[Tensor], Tensor | None]]) -> Iterator[None]:
    """Call a function with what passes each place; what it returns, if anything, is passed on."""
    known = places(model)
    with ExitStack() as stack:
        for name, function in hooks.items():
            if name not in known:
                there = ", ".join(known) or "none"
                raise LookupError(f"no place called {name} to look at: there are {there}")
            # A fused kernel passes neither of these.
            if name.split(".")[-1] in ("scores", "weights"):
                stack.enter_context(written_out(model))

            def hook(
                part: nn.Module,
                given: object,
                passing: Tensor,
                function: Callable[[Tensor], Tensor | None] = function,
            ) -> Tensor | None:
                return function(passing)

            handle = model.get_submodule(name).register_forward_hook(hook)
            stack.callback(handle.remove)
        yield
