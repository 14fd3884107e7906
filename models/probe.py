"""Looking inside a network, and reaching in, without changing it.

A network names the places worth looking at with `nn.Identity()` members, which pass on what they
are given: `self.weights = nn.Identity()` in the code is `"attend.weights"` here. Hooks belong to
the network and not to the caller, so both functions always take theirs away again; nothing that
was seen stays with the network.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import torch
from torch import Tensor, nn


def places(model: nn.Module) -> tuple[str, ...]:
    """The names of the places where one can look."""
    return tuple(name for name, part in model.named_modules() if isinstance(part, nn.Identity))


@contextmanager
def watching(model: nn.Module, *names: str) -> Iterator[dict[str, Tensor]]:
    """What passes the named places (all of them if none is named) in the passes made inside.

    Copies, without gradient, of the last pass: looking changes nothing.

    Raises:
        LookupError: if there is no such place.
    """
    seen: dict[str, Tensor] = {}

    def keep(name: str) -> Callable[[Tensor], None]:
        return lambda passing: seen.__setitem__(name, passing.detach().clone())

    with _hooks(model, {name: keep(name) for name in names or places(model)}):
        yield seen


@contextmanager
def replacing(model: nn.Module, name: str, by: Callable[[Tensor], Tensor]) -> Iterator[None]:
    """Pass on `by(what comes)` at a place, in the passes made inside: an experiment, not a look.

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


def look(model: nn.Module, *inputs: Tensor) -> tuple[Tensor, dict[str, Tensor]]:
    """The output of one pass of its own, at rest, and what passed every place on the way."""
    with at_rest(model), watching(model) as seen:
        return model(*inputs), seen


@contextmanager
def _hooks(model: nn.Module, hooks: dict[str, Callable[[Tensor], Tensor | None]]) -> Iterator[None]:
    """Call a function with what passes each place; what it returns, if anything, is passed on."""
    with ExitStack() as stack:
        for name, function in hooks.items():
            if name not in places(model):
                known = ", ".join(places(model)) or "none"
                raise LookupError(f"no place called {name} to look at: there are {known}")

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
