"""Where the heads of a network look in one maze, and what speaks for it and against it.

A picture of weights is easily believed. So with it go the share that lies on the way of the mouse,
over many mazes and beside what equal shares would give, and how often the arrows are right without
each head.

Axes: L layers, H heads, T cells that ask and are looked at, B mazes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from models.ablation import without_heads
from models.labs.heads_inside import Off, switched_off
from models.labs.lab import Inside
from models.labs.map_asked import Asked, asked, thought
from models.layers.loss import IGNORED
from models.layers.multi_head import MultiHeadAttention
from models.networks.plain_map import PlainMap
from models.probe import at_rest, watching
from models.tasks.map import Boards, boards, opened

MANY = 100
"""Mazes over which the mean is taken."""


@dataclass(frozen=True)
class Fair:
    """What heads do over many mazes."""

    mazes: int
    right: float
    """The share of arrows that are right with all heads."""
    without: list[list[float]]
    """The same without each head, (L, H)."""
    on_route: list[list[float]]
    """How much of the weight of the mouse's cell lies on its way to the cheese, (L, H)."""
    uniform: float
    """How much of it would with equal shares: the share of all cells that are on the way."""
    board: Boards
    """The mazes, for whoever asks what is right without further heads."""

    @property
    def told(self) -> dict[str, Any]:
        """As a probe tells it."""
        return {
            "mazes": self.mazes,
            "many_right": self.right,
            "many_without": self.without,
            "on_route": self.on_route,
            "on_route_uniform": self.uniform,
        }


def attention_on(network: PlainMap, of: Asked, fair: Fair, off: Off = ()) -> Inside:
    """All weights in one maze (L, H, T, T), row t those of cell t, and how far to trust them.

    Weights and arrows are those of the network with the heads in `off` switched off.

    Values: the maze and the answer as `map_asked.thought` tells them; the `route` of the mouse,
    both ends included, empty where there is none; `layers`, `heads`; the share of each cell if all
    had the `uniform` one; of the `asked` cells of this maze, how many arrows are `right` and how
    many would be `without` each head (L, H); what `Fair` says of many mazes; and of the network as
    it is, the heads that are `off`, how many arrows are right `now`, and the share of those in many
    mazes (`many_now`).

    Raises:
        ValueError: if the network has no places for a maze of that size, or no such head.
    """
    network.check(of.maze.width, of.maze.height)
    told = of.board.seen.to(network.rows.device)
    with at_rest(network):
        whole = _right(network(told).cpu(), of.board)
    with switched_off(network, off):
        weights = weights_of(network, told)[:, 0]  # (L, H, T, T)
        with at_rest(network):
            logits = network(told).cpu()  # (1, T, 4)
            many = network(fair.board.seen.to(told.device)).cpu() if off else None  # (B, T, 4)
    cells = int((of.board.onward != IGNORED).sum())
    without = _without_each(network, told, of.board)
    values = {
        **thought(of, logits),
        "route": route(of),
        "layers": weights.shape[0],
        "heads": weights.shape[1],
        "uniform": 1 / weights.shape[-1],
        "asked": cells,
        "right": whole,
        "without": without,
        **fair.told,
        "off": [list(one) for one in off],
        "now": _right(logits, of.board),
        "many_now": fair.right if many is None else _share(many, fair.board),
    }
    return {"weights": weights.float().numpy()}, values


def weights_of(network: PlainMap, told: Tensor) -> Tensor:
    """The weights of every layer and head in mazes (B, T, 5): (L, B, H, T, T)."""
    names = [f"{path}.weights" for path in attentions(network)]
    with at_rest(network), watching(network, *names) as seen:
        network(told)
    return torch.stack([seen[name].cpu() for name in names])


def attentions(network: PlainMap) -> dict[str, int]:
    """The names of its attentions in the code, layer by layer, and how many heads each has."""
    return {
        name: part.heads
        for name, part in network.named_modules()
        if isinstance(part, MultiHeadAttention)
    }


def route(of: Asked) -> list[int]:
    """The cells from the mouse to the cheese by the right arrows, both included."""
    onward, cells = of.board.onward[0].tolist(), [of.start]
    while cells[-1] != of.cheese:
        if onward[cells[-1]] == IGNORED:
            return []
        cells.append(of.maze.step(cells[-1], onward[cells[-1]]))
    return cells


def fairly(network: PlainMap, seed: int) -> Fair:
    """What its heads do over many mazes, in each of which the mouse is as far off as it can be."""
    some = [asked({"size": network.side, "sample": f"fair {n}"}, seed) for n in range(MANY)]
    mazes, cheese = [one.maze for one in some], torch.tensor([one.cheese for one in some])
    board = boards(opened(mazes), cheese, network.side)
    told = board.seen.to(network.rows.device)
    on_way = torch.zeros(len(some), board.away.shape[1])  # (B, T)
    for row, one in zip(on_way, some, strict=True):
        row[route(one)] = 1.0
    start = torch.tensor([one.start for one in some])
    rows = weights_of(network, told)[:, torch.arange(len(some)), :, start]  # (B, L, H, T)
    shares = (rows * on_way[:, None, None]).sum(-1).mean(0)  # (L, H)
    with at_rest(network):
        right = _share(network(told).cpu(), board)
    count = int((board.onward != IGNORED).sum())
    without = _without_each(network, told, board)
    return Fair(
        mazes=len(some),
        right=right,
        without=[[one / count for one in layer] for layer in without],
        on_route=shares.tolist(),
        uniform=on_way.mean().item(),
        board=board,
    )


def _without_each(network: PlainMap, told: Tensor, board: Boards) -> list[list[int]]:
    """How many arrows are right without each head, (L, H)."""
    found = list[list[int]]()
    for path, heads in attentions(network).items():
        found.append([])
        for head in range(heads):
            with at_rest(network), without_heads(network, {path: [head]}):
                found[-1].append(_right(network(told).cpu(), board))
    return found


def _right(logits: Tensor, board: Boards) -> int:
    """How many arrows of (B, T, 4) are the right ones."""
    return int((logits.argmax(-1) == board.onward).sum())


def _share(logits: Tensor, board: Boards) -> float:
    """The same as a share of all arrows that can be right."""
    return _right(logits, board) / int((board.onward != IGNORED).sum())
