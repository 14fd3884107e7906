"""Mazes in a frame of sixteen rooms, told as one stream: what is open, mouse, cheese, and a way.

     ┌─╴       a b c d
     └┬╴       e f g h       mouse h, cheese d: the way is g f b c d
     ╶┴╴       i j k l
               m n o p

Sixteen signs for the rooms `a` to `p`, row by row, as in `maze_words`; a room that is not there has
no passage. Then the room of the mouse and that of the cheese; a way names the rooms up to the
cheese, and a stop. A maze of 3x3 rooms can lie in four places of the frame, so that every name and
every place is met in practice; a large one of 4x4 fills it. All mazes of 3x3 that join all rooms
and have no loop are known (192); a fifth of them is never trained on, wherever it lies, but for
copies that are turned or mirrored.

Axes: B texts, S = 18 tokens of a maze, T tokens of a way, M mazes, N = 16 rooms.

>>> text, way = (torch.tensor([[SYMBOLS.index(s) for s in t]]) for t in (TEXT, "gfbcd."))
>>> [each.item() for each in walked(text, way)]
[True, True]
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import torch
from torch import Tensor

from models.layers.loss import IGNORED
from models.mazes.generators import wilson
from models.tasks import maze_words
from models.tasks.map import beside, boards, opened
from models.tasks.maze_words import FIRST_ROOM, SIGNS

FRAME = 4
ROOMS = "abcdefghijklmnop"
EDGE = FIRST_ROOM + len(ROOMS)
"""Begins and ends a way."""
SYMBOLS = SIGNS + ROOMS + "."
TOLD = len(ROOMS) + 2
"""Tokens of a maze, S."""
MOST, MOST_LARGE = 8, 15
"""Moves of the longest way in a maze of 3x3, and in a large one."""
LARGE_MAZES = 500

TEXT = " ┌─╴ └┬╴ ╶┴╴    hd"
"""The maze above."""

Kind = Literal["practice", "unseen", "large"]


@dataclass(frozen=True)
class Framed:
    """Mazes of a kind, and all their ways."""

    signs: Tensor
    """(M, N)."""
    away: Tensor
    """Moves to a room from another, (M, N, N), or very many."""
    onward: Tensor
    """The next room on the way to a room from another, or −1: (M, N, N)."""


@cache
def framed(kind: Kind) -> Framed:
    """All mazes of a kind: the small ones in each place of the frame."""
    is_open = _large() if kind == "large" else _small(kind == "unseen")  # (M, N, 4)
    mazes, rooms, _ = is_open.shape
    goals = torch.arange(rooms).repeat(mazes)
    board = boards(is_open.repeat_interleave(rooms, 0), goals, FRAME)
    there = beside(rooms, FRAME).expand(len(goals), -1, -1)  # (M · N, N, 4)
    turned = board.onward.clamp(min=0)[..., None]
    onward = there.gather(2, turned).squeeze(2).masked_fill(board.onward == IGNORED, -1)
    signs = (is_open << torch.arange(4)).sum(-1)
    shape = (mazes, rooms, rooms)
    return Framed(signs, board.away.view(shape), onward.view(shape))


def ways(
    count: int, kind: Kind, moves: Sequence[int], chance: torch.Generator
) -> tuple[Tensor, Tensor]:
    """Mazes (B, S) and the ways (B, T) to the cheese, each of one of some numbers of moves, all
    alike likely; behind a way there are stops."""
    pools, known = [_pairs(kind, many) for many in moves], framed(kind)
    chosen = torch.randint(len(pools), (count,), generator=chance)
    share = torch.rand(count, generator=chance)
    each = torch.stack([pool[(share * len(pool)).long()] for pool in pools])  # (pools, B, 3)
    maze, cheese, mouse = each[chosen, torch.arange(count)].unbind(1)
    rooms, here = [], mouse
    for _ in range(max(moves)):
        there = known.onward[maze, cheese, here]
        rooms.append((there + FIRST_ROOM).where(there >= 0, EDGE))
        here = there.where(there >= 0, here)
    told = torch.stack([mouse, cheese], 1) + FIRST_ROOM
    return torch.cat([known.signs[maze], told], 1), torch.stack(rooms, 1)


def walked(texts: Tensor, said: Tensor) -> tuple[Tensor, Tensor]:
    """Whether each way (B, T) through mazes (B, S) leads through passages alone, up to a stop, and
    whether it also ends at the cheese: (B,), (B,)."""
    here, cheese = _rooms(texts)
    fine = goes_on = torch.ones_like(here, dtype=torch.bool)
    for token in said.unbind(1):
        goes_on = goes_on & (token != EDGE)
        named = (_doors(texts, here) + FIRST_ROOM == token[:, None]).any(1)
        fine = fine & (named | ~goes_on)
        here = (token - FIRST_ROOM).where(goes_on & named, here)
    return fine, fine & (here == cheese)


def wandered(texts: Tensor, most: int, chance: torch.Generator) -> Tensor:
    """What a mouse says that goes on through any passage but back, up to the cheese: (B, T)."""
    here, cheese = _rooms(texts)
    before, rooms = torch.full_like(here, -1), []
    for _ in range(most):
        doors = _doors(texts, here)  # (B, 4)
        can = (doors >= 0) & (doors != before[:, None]) & (here != cheese)[:, None]
        goes_on = can.any(1)
        likely = can.float() + (~goes_on)[:, None]
        there = doors.gather(1, torch.multinomial(likely, 1, generator=chance))[:, 0]
        rooms.append((there + FIRST_ROOM).where(goes_on, EDGE))
        before, here = here.where(goes_on, before), there.where(goes_on, here)
    return torch.stack(rooms, 1)


def blindfolded(texts: Tensor) -> Tensor:
    """The same mouse and cheese (B, S), each in the maze of the text before."""
    return torch.cat([texts[:, : len(ROOMS)].roll(1, 0), texts[:, len(ROOMS) :]], 1)


def spelled(tokens: Tensor) -> str:
    """The tokens (T,) of a text as they are written."""
    return "".join(SYMBOLS[token] for token in tokens.tolist())


def _rooms(texts: Tensor) -> tuple[Tensor, Tensor]:
    """Where the mouse and the cheese of each text are, (B,) each."""
    told = texts[:, len(ROOMS) :] - FIRST_ROOM
    return told[:, 0], told[:, 1]


def _doors(texts: Tensor, here: Tensor) -> Tensor:
    """The room behind each side of a room (B,), or −1 where there is a wall: (B, 4)."""
    side = torch.arange(4, device=texts.device)
    is_open = texts.gather(1, here[:, None]) >> side & 1  # (B, 4)
    there = beside(len(ROOMS), FRAME).to(texts.device)[here]
    return there.masked_fill(is_open == 0, -1)


@cache
def _pairs(kind: Kind, moves: int) -> Tensor:
    """Every maze, cheese and mouse so many moves apart: (K, 3)."""
    return (framed(kind).away == moves).nonzero()


def _small(held_out: bool) -> Tensor:
    """The mazes of 3x3 that join all rooms, in each place of the frame: (M, N, 4)."""
    every = maze_words.mazes()
    chosen = (every.away >= 0).all((1, 2)) & (every.held_out == held_out)
    side = maze_words.SIDE
    is_open = (every.signs[chosen][..., None] >> torch.arange(4) & 1).bool()
    is_open = is_open.view(-1, side, side, 4)
    found = []
    for row in range(FRAME - side + 1):
        for column in range(FRAME - side + 1):
            frame = torch.zeros(len(is_open), FRAME, FRAME, 4, dtype=torch.bool)
            frame[:, row : row + side, column : column + side] = is_open
            found.append(frame.flatten(1, 2))
    return torch.cat(found)


def _large() -> Tensor:
    """Mazes that fill the frame, (M, N, 4)."""
    rng = random.Random("large mazes")
    return opened([wilson(FRAME, FRAME, rng) for _ in range(LARGE_MAZES)])
