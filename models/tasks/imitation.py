"""Learning to walk by being told: practice with a teacher, and trials without.

The mice walk where they themselves choose to go, and at every cell the explorer says where it
would have gone from there. So they practise in the places that their own mistakes lead to.
(Ross, Gordon and Bagnell 2011, "A reduction of imitation learning and structured prediction to
no-regret online learning".)

Axes: T moves, B mice, 4 directions.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Protocol

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from models.checkpoint import copy_into
from models.tasks.mouse import Mazes, Mice

PATIENCE = 4
"""A mouse may make this many moves for every cell of its maze."""
PLACES = ("maze", "here", "cheese", "last", "moves", "visited")
"""What there is to know of `Mice`."""


class Walker(Protocol):
    """A network that walks: what it senses and remembers -> how much it likes each direction."""

    def start(self, mice: int) -> Tensor: ...

    def __call__(self, senses: Tensor, state: Tensor) -> tuple[Tensor, Tensor]: ...


class Practice:
    """Mice that practise all the time; those that find the cheese are put into another maze."""

    def __init__(self, walker: Walker, mazes: Mazes, mice: int, chance: torch.Generator) -> None:
        self.walker, self.mazes, self.chance = walker, mazes, chance
        self.mice = Mice(mazes, mazes.draw(mice, chance))
        self.state = walker.start(mice)
        self.agreed = torch.zeros(())
        """The share of the moves of the last loss that are those which the explorer would make."""

    def tensors(self) -> dict[str, Tensor]:
        """Where the mice are, what they have seen, and what they remember, by names."""
        mice = {name: getattr(self.mice, name) for name in PLACES}
        return {**mice, "memory": self.state.detach()}

    def restore(self, tensors: Mapping[str, Tensor]) -> None:
        """Put the mice where others of as many mazes and mice were.

        Raises:
            CheckpointError: if the tensors are not of such mice.
        """
        own = {name: tensor.clone() for name, tensor in self.tensors().items()}
        copy_into(own, tensors)
        self.state = own.pop("memory")
        for name, tensor in own.items():
            setattr(self.mice, name, tensor)

    def loss(self, moves: int, helped: float) -> Tensor:
        """Walk `moves` moves; how badly the mice foresaw the explorer's choices, in nats.

        A mouse goes where the explorer says with probability `helped`, else where it chooses
        itself, by chance in proportion to its probabilities. What the mice remember is carried
        over from call to call; the gradient reaches back to the beginning of this one.
        """
        mice, count = self.mice, len(self.mice.here)
        device = self.state.device
        said, choices = [], []
        # argmax(logits + Gumbel noise) is a draw from softmax(logits).
        gumbel = -(-torch.rand(moves, count, 4, generator=self.chance).log()).log()
        gumbel, taken_along = gumbel.to(device), torch.rand(moves, count, generator=self.chance)
        taken_along = (taken_along < helped).to(device)
        puts = self.mazes.draw(moves * count, self.chance).view(3, moves, count)
        self.state = self.state.detach()
        for t in range(moves):
            senses, is_open = mice.look()
            logits, self.state = self.walker(senses, self.state)
            logits = logits.masked_fill(~is_open, -math.inf)
            said.append(mice.advice())
            choices.append(logits)
            own = (logits.detach() + gumbel[t]).argmax(-1)
            mice.go(torch.where(taken_along[t], said[-1], own))
            ended = mice.found | (mice.moves >= PATIENCE * self.mazes.cells)
            mice.put_again(ended, puts[:, t])
            self.state = self.state * ~ended[:, None]
        liked, told = torch.cat(choices), torch.cat(said)  # (T·B, 4), (T·B,)
        self.agreed = (liked.argmax(-1) == told).float().mean()
        return cross_entropy(liked, told)


@torch.no_grad()
def trial(walker: Walker, mazes: Mazes, put: Tensor, moves: int) -> Tensor:
    """Every mouse goes where it likes best, `moves` times: the cells it comes through (T + 1, B).

    A mouse that stands on its cheese stays there.
    """
    mice = Mice(mazes, put)
    state = walker.start(len(mice.here))
    path = [mice.here]
    for _ in range(moves):
        senses, is_open = mice.look()
        logits, state = walker(senses, state)
        there = mice.found
        mice.go(logits.masked_fill(~is_open, -math.inf).argmax(-1))
        mice.here = torch.where(there, mice.cheese, mice.here)
        path.append(mice.here)
    return torch.stack(path)


def moves_needed(path: Tensor, cheese: Tensor) -> list[int | None]:
    """How many moves each mouse of a trial needed; `None` for those that did not arrive."""
    there = path == cheese  # (T + 1, B)
    first = there.int().argmax(0).tolist()
    return [n if found else None for n, found in zip(first, there.any(0).tolist(), strict=True)]
