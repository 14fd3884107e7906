"""Where the heads of a network look in one maze, and what speaks for it and against it.

A picture of weights is easily believed. So with it go the share that lies on the way of the mouse,
over many mazes and beside what equal shares would give, and how often the arrows are right without
each head.

The plain transformer has layers of its own heads. The looped map has one attention, used in each
loop: its loops count as layers, and a head of it that is switched off is so in all of them.

Axes: L layers or loops, H heads, T cells that ask and are looked at, B mazes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from models.ablation import without_heads
from models.labs.heads_inside import Off, switched_off
from models.labs.lab import Inside
from models.labs.map_asked import Asked, asked, thought
from models.layers.loss import IGNORED
from models.layers.masks import doors
from models.layers.multi_head import MultiHeadAttention
from models.networks.map import DIRECTIONS, MapSolver
from models.networks.plain_map import PlainMap
from models.probe import at_rest, recording
from models.tasks.map import Boards, beside, boards, opened

MANY, AT_ONCE = 100, 10
"""Mazes over which the mean is taken, and of which all weights are held at once."""

Network = PlainMap | MapSolver
Run = Callable[[Tensor], Tensor]
"""Mazes (B, T, 5) in, logits (B, T, 4) out."""


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
    """How much of it would with equal shares of all that a head may look at: of all cells, or of
    those that the mask of doors leaves it. A mouse that is as far off as it can be has one door as
    a rule, and that is its way: then doors leave nothing else."""
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


def attention_on(network: Network, of: Asked, fair: Fair, off: Off = (), loops: int = 0) -> Inside:
    """All weights in one maze, and how far to trust them.

    The array `weights` is (L, H, T, T), row t those of cell t. Through doors a cell looks at itself
    and at most one other, so of the looped map, after each of `loops` loops, only the weight that
    each cell gives itself is told, as `own` (L, H, T); the rest is that of the cell behind the door
    in direction h.

    Weights and arrows are those of the network with the heads in `off` switched off.

    Values: the maze and the answer as `map_asked.thought` tells them; the `route` of the mouse,
    both ends included, empty where there is none; `layers`, `heads`; the share of each cell if all
    had the `uniform` one; of the `asked` cells of this maze, how many arrows are `right` and how
    many would be `without` each head (L, H), or (1, H) of the looped map; what `Fair` says of many
    mazes; and of the network as it is, the heads that are `off`, how many arrows are right `now`,
    and the share of those in many mazes (`many_now`).

    Raises:
        ValueError: if the network has no places for a maze of that size, or no such head.
    """
    if isinstance(network, PlainMap):
        network.check(of.maze.width, of.maze.height)
    run, many = passing(network, of.maze.width, loops), passing(network, fair.board.width, loops)
    told = of.board.seen.to(next(network.parameters()).device)
    with at_rest(network):
        whole = _right(run(told).cpu(), of.board)
    with switched_off(network, off):
        weights = weights_of(network, told, of.maze.width, loops)[:, 0]  # (L, H, T, T)
        with at_rest(network):
            logits = run(told).cpu()  # (1, T, 4)
            now = many(fair.board.seen.to(told.device)).cpu() if off else None  # (B, T, 4)
    cells = int((of.board.onward != IGNORED).sum())
    without = _without_each(network, run, told, of.board)
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
        "many_now": fair.right if now is None else _share(now, fair.board),
    }
    if isinstance(network, MapSolver):
        return {"own": weights.diagonal(dim1=-2, dim2=-1).float().numpy()}, values
    return {"weights": weights.float().numpy()}, values


def passing(network: Network, width: int, loops: int = 0) -> Run:
    """One pass over mazes with `width` cells in a row, of the looped map with so many loops."""
    if isinstance(network, PlainMap):
        return network

    def run(told: Tensor) -> Tensor:
        sides, here = told[..., :DIRECTIONS], told[..., DIRECTIONS]
        return network(sides, here.argmax(-1), width, loops)

    return run


def weights_of(network: Network, told: Tensor, width: int = 0, loops: int = 0) -> Tensor:
    """The weights of every layer or loop and head in mazes (B, T, 5): (L, B, H, T, T)."""
    names = [f"{path}.weights" for path in attentions(network)]
    with at_rest(network), recording(network, *names) as seen:
        passing(network, width, loops)(told)
    return torch.stack([each.cpu() for name in names for each in seen[name]])


def attentions(network: nn.Module) -> dict[str, int]:
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


def fairly(network: Network, seed: int, side: int, loops: int = 0) -> Fair:
    """What its heads do over many mazes with `side` cells a side, in each of which the mouse is as
    far off as it can be."""
    some = [asked({"size": side, "sample": f"fair {n}"}, seed) for n in range(MANY)]
    mazes, cheese = [one.maze for one in some], torch.tensor([one.cheese for one in some])
    board = boards(opened(mazes), cheese, side)
    told = board.seen.to(next(network.parameters()).device)
    on_way = torch.zeros(len(some), board.away.shape[1])  # (B, T)
    for row, one in zip(on_way, some, strict=True):
        row[route(one)] = 1.0
    start = torch.tensor([one.start for one in some])
    shares = torch.cat(  # (B, L, H)
        [
            _on_way(weights_of(network, told[part], side, loops), start[part], on_way[part])
            for part in torch.arange(len(some)).split(AT_ONCE)
        ]
    )
    run = passing(network, side, loops)
    with at_rest(network):
        right = _share(run(told).cpu(), board)
    count = int((board.onward != IGNORED).sum())
    without = _without_each(network, run, told, board)
    return Fair(
        mazes=len(some),
        right=right,
        without=[[one / count for one in layer] for layer in without],
        on_route=shares.mean(0).tolist(),
        uniform=_if_uniform(network, board, start, on_way),
        board=board,
    )


def _on_way(weights: Tensor, start: Tensor, on_way: Tensor) -> Tensor:
    """How much of the weight of the mouse's cell (B,) lies on its way (B, T): (B, L, H)."""
    rows = weights[:, torch.arange(len(start)), :, start]  # (B, L, H, T)
    return (rows * on_way[:, None, None]).sum(-1)


def _if_uniform(network: Network, board: Boards, start: Tensor, on_way: Tensor) -> float:
    """The same with equal shares of all that a head may look at."""
    if isinstance(network, PlainMap):
        return on_way.mean().item()
    allowed = doors(board.is_open, board.width)[None].float()  # (1, B, H, T, T)
    return _on_way(allowed / allowed.sum(-1, keepdim=True), start, on_way).mean().item()


def _without_each(network: nn.Module, run: Run, told: Tensor, board: Boards) -> list[list[int]]:
    """How many arrows are right without each head of each attention in the code, (L, H)."""
    found = list[list[int]]()
    for path, heads in attentions(network).items():
        found.append([])
        for head in range(heads):
            with at_rest(network), without_heads(network, {path: [head]}):
                found[-1].append(_right(run(told).cpu(), board))
    return found


def _right(logits: Tensor, board: Boards) -> int:
    """How many arrows of (B, T, 4) lead nearer: from one cell several do, if a maze has rings."""
    away, arrows = board.away, logits.argmax(-1)  # (B, T)
    there = away[:, beside(away.shape[1], board.width)]  # (B, T, 4)
    nearer = board.is_open & (there == away[..., None] - 1)
    return int(nearer.gather(2, arrows[..., None]).sum())


def _share(logits: Tensor, board: Boards) -> float:
    """The same as a share of all arrows that can be right."""
    return _right(logits, board) / int((board.onward != IGNORED).sum())
