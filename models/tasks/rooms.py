"""Walks through nine rooms, three by three, with a door between any two side by side.

    a b c
    d e f        a b c f e d g h i e        each room is next to the one before, and the mouse
    g h i                                   never goes straight back

A walk begins in any room and goes on to any other that it may, each as likely. So who knows the
rules still cannot name the next room: there are up to three. What is left to foresee is known
exactly (`floor`), and whether a walk is legal can be seen from the walk alone (`legal`).

Axes: B walks, T rooms of a walk, N = 9 rooms.

>>> legal(encode("abehg")[None]).tolist(), legal(encode("abaeg")[None]).tolist()
([[True, True, True, True]], [[True, False, False, False]])

From `a` through `b` the mouse goes on to `c` or `e`, each in one case of two:

>>> [ROOMS[room] for room in onward(encode("ab")[None])[0].nonzero()[:, 0]]
['c', 'e']
"""

from __future__ import annotations

import torch
from torch import Tensor

ROOMS = "abcdefghi"
SIDE = 3


def _doors() -> Tensor:
    """Whether a door leads from a room to another, (N, N)."""
    room = torch.arange(len(ROOMS))
    place = torch.stack([room // SIDE, room % SIDE], 1)  # (N, 2): row and column
    return (place[:, None] - place).abs().sum(-1) == 1


DOORS = _doors()


def encode(text: str) -> Tensor:
    """The numbers of some rooms: (T,)."""
    return torch.tensor([ROOMS.index(room) for room in text])


def spelled(walk: Tensor) -> str:
    """The rooms of a walk (T,)."""
    return "".join(ROOMS[room] for room in walk.tolist())


def onward(walks: Tensor) -> Tensor:
    """Where one may go on to from walks (B, T) of at least one room: (B, N)."""
    open_doors = DOORS[walks[:, -1]]  # (B, N)
    if walks.shape[1] == 1:
        return open_doors
    return open_doors.scatter(1, walks[:, -2:-1], False)


def drawn(count: int, length: int, chance: torch.Generator) -> Tensor:
    """Walks of so many rooms, (B, T)."""
    walks = torch.randint(len(ROOMS), (count, 1), generator=chance)
    while walks.shape[1] < length:
        step = torch.multinomial(onward(walks).float(), 1, generator=chance)  # (B, 1)
        walks = torch.cat([walks, step], 1)
    return walks


def legal(walks: Tensor) -> Tensor:
    """Which steps of walks (B, T) lead through a door and not straight back: (B, T − 1)."""
    through = DOORS[walks[:, :-1], walks[:, 1:]]  # (B, T - 1)
    through[:, 1:] &= walks[:, 2:] != walks[:, :-2]
    return through


def floor(length: int) -> tuple[list[float], float]:
    """What nobody can do better than, before the walk is seen: the loss of each step, in nats,
    and the share of steps that is named rightly.

    Exact: it goes through every pair of rooms that can stand last, with its probability. Who may
    go on to n rooms loses ln n, and names the right one in one case of n.
    """
    last = torch.eye(len(ROOMS), dtype=torch.float64) / len(ROOMS)  # (N, N): the room before, now
    allowed = DOORS.expand(len(ROOMS), -1, -1)  # (N, N, N): before, now, next
    losses, named = [], []
    for _ in range(length - 1):
        count = allowed.sum(-1).to(last)  # (N, N)
        losses.append((last * count.log()).sum().item())
        named.append((last / count).sum().item())
        last = (last[..., None] * allowed / count[..., None]).sum(0)
        back = torch.eye(len(ROOMS), dtype=torch.bool)[:, None]  # (N, 1, N)
        allowed = DOORS.expand(len(ROOMS), -1, -1) & ~back
    return losses, sum(named) / len(named)
