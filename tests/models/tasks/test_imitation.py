"""Practice and trials, with mice whose choices are known beforehand."""

from __future__ import annotations

import math
import random

import pytest
import torch
from torch import Tensor

from models.mazes.explorer import explore
from models.mazes.generators import random_ends, wilson
from models.mazes.trace import Trace
from models.tasks.imitation import Practice, moves_needed, trial
from models.tasks.mouse import SENSES, Mazes


class Indifferent:
    """Likes every open way alike, and counts its moves as its memory."""

    def start(self, mice: int) -> Tensor:
        return torch.zeros(mice, 1)

    def __call__(self, senses: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        return torch.zeros(len(senses), 4), state + 1


class RightHand:
    """The right-hand rule as a network without weights: what the senses hold is enough for it."""

    def start(self, mice: int) -> Tensor:
        return torch.zeros(mice, 0)

    def __call__(self, senses: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        heading = senses[:, 10:].argmax(-1)
        liking = torch.stack([3 - (h + 1 - torch.arange(4)) % 4 for h in heading.tolist()])
        return liking.float(), state


def mazes(count: int = 30) -> tuple[Mazes, Tensor, list[Trace]]:
    rng = random.Random(0)
    made = [wilson(5, 5, rng) for _ in range(count)]
    ends = [random_ends(maze, rng) for maze in made]
    traces = [explore(m, *end, rng, 100) for m, end in zip(made, ends, strict=True)]
    return Mazes(made), torch.tensor([[n, *end] for n, end in enumerate(ends)]).T, traces


def chance(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_the_loss_of_an_indifferent_mouse_is_that_of_guessing() -> None:
    practice = Practice(Indifferent(), mazes()[0], 64, chance())
    loss = practice.loss(40, helped=0.0).item()
    assert 0 < loss < math.log(4)
    ways = 1.92  # 24 passages, two ends each, over 25 cells
    assert loss == pytest.approx(math.log(ways), abs=0.2)


def test_practice_goes_on_from_call_to_call() -> None:
    practice = Practice(Indifferent(), mazes()[0], 64, chance())
    for calls in range(1, 4):
        practice.loss(3, helped=1.0)
        moves = practice.mice.moves
        assert moves.max() == 3 * calls or calls == 3
        assert practice.state.squeeze(1).equal(moves.float()), "a mouse put again forgets"


def test_led_by_the_explorer_mice_find_the_cheese() -> None:
    practice = Practice(Indifferent(), mazes()[0], 64, chance())
    practice.loss(40, helped=1.0)
    assert practice.mice.moves.max() < 40, "every mouse was put again at least once"


def test_the_same_chance_gives_the_same_loss() -> None:
    table = mazes()[0]
    losses = [Practice(Indifferent(), table, 8, chance(s)).loss(9, 0.5).item() for s in (3, 3, 4)]
    assert losses[0] == losses[1] != losses[2]


def test_a_trial_ends_at_the_cheese() -> None:
    table, put, _ = mazes()
    path = trial(RightHand(), table, put, 100)
    assert path.shape == (101, 30) and path[0].equal(put[1])
    made = moves_needed(path, put[2])
    assert None not in made, "in a maze without loops the right hand arrives"
    for n, moves in enumerate(made):
        assert moves is not None
        assert (path[moves:, n] == put[2, n]).all() and (path[:moves, n] != put[2, n]).all()


def test_a_lost_mouse_needed_no_number_of_moves() -> None:
    path = torch.tensor([[0, 0], [1, 5], [2, 0], [2, 5]])
    assert moves_needed(path, torch.tensor([2, 7])) == [2, None]


def test_the_senses_are_as_many_as_the_module_says() -> None:
    table, put, _ = mazes()
    seen: list[int] = []

    class Counting(Indifferent):
        def __call__(self, senses: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
            seen.append(senses.shape[1])
            return super().__call__(senses, state)

    trial(Counting(), table, put, 2)
    assert seen == [SENSES, SENSES]
