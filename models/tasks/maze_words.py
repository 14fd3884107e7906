"""Mazes of nine rooms, told as text: what is open, where the mouse and the cheese are, a way.

    ╶ ┬ ┐ ┌ ┘ ╵ └ ─ ╴   a i   b e d g h i .

Nine signs for the rooms `a` to `i`, row by row, drawn as passages: ┐ leads on to the south and to
the west. Then the room of the mouse and that of the cheese. A way names the rooms that the mouse
walks through, up to the cheese, and a stop. No maze has a loop, so there is one way or none.

All mazes with at most two walls too many are known (1,552); a fifth of them, always the same, is
never trained on.

Axes: B texts, S = 11 tokens of a maze, T tokens of a way, M mazes, N = 9 rooms.

>>> text, way = (torch.tensor([[SYMBOLS.index(s) for s in t]]) for t in ("╶┬┐┌┘╵└─╴ai", "bedghi."))
>>> arrives(text, way).item(), "".join(spelled(way[0]))
(True, 'bedghi.')
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import torch
from torch import Tensor

from models.chance import number
from models.mazes.generators import with_wall_moved
from models.mazes.maze import EAST, SOUTH, Maze
from models.mazes.solvers import distances

SIDE = 3
ROOMS = "abcdefghi"
SIGNS = " ╵╶└╷│┌├╴┘─┴┐┤┬┼"
"""What leads out of a room, by four bits: north, east, south, west."""
FIRST_ROOM = len(SIGNS)
EDGE = FIRST_ROOM + len(ROOMS)
"""Begins and ends a way."""
SYMBOLS = SIGNS + ROOMS + "."
TOLD = len(ROOMS) + 2
"""Tokens of a maze, S."""
MOST = 8
"""Moves of the longest way there is."""
NO_WAY = -1
PASSAGES = (6, 7, 8)
"""How many passages a maze has: eight join all rooms, and two of them may be walled up."""
_HELD_OUT = 5
"""One maze in so many is never trained on."""


@dataclass(frozen=True)
class Mazes:
    """All mazes at once."""

    signs: Tensor
    """(M, N)."""
    away: Tensor
    """Moves from a room to another, or −1: (M, N, N)."""
    onward: Tensor
    """The next room on the way from a room to another, or −1: (M, N, N)."""
    held_out: Tensor
    """Which are never trained on: (M,)."""

    def pairs(self, held_out: bool, moves: int) -> Tensor:
        """Every maze, room and other room so many moves away, or `NO_WAY`: (K, 3)."""
        wanted = (self.away == moves) & (self.held_out == held_out)[:, None, None]
        return wanted.nonzero()


@cache
def mazes() -> Mazes:
    """Every maze of nine rooms with six to eight passages and no loop."""
    found = [maze for count in PASSAGES for maze in _without_loops(count)]
    away = torch.tensor([_away(maze) for maze in found])  # (M, N, N), by goal first
    onward = torch.full_like(away, NO_WAY)
    for at, maze in enumerate(found):
        for room in range(maze.cells):
            for there in maze.neighbours(room):
                nearer = (away[at, :, there] >= 0) & (away[at, :, there] < away[at, :, room])
                onward[at, room, nearer] = there
    order = torch.randperm(len(found), generator=torch.Generator().manual_seed(number("held out")))
    held_out = torch.zeros(len(found), dtype=torch.bool)
    held_out[order[: len(found) // _HELD_OUT]] = True
    return Mazes(torch.tensor([maze.passages for maze in found]), away.mT, onward, held_out)


def asked(count: int, held_out: bool, chance: torch.Generator) -> tuple[Tensor, Tensor]:
    """Mazes (B, S), in half of which a way leads to the cheese, and whether one does (B,)."""
    can = torch.rand(count, generator=chance) < 0.5
    reached = _drawn(count, held_out, range(1, MOST + 1), chance)
    cut_off = _drawn(count, held_out, (NO_WAY,), chance)
    return _told(reached.where(can[:, None], cut_off)), can.long()


def ways(
    count: int, held_out: bool, moves: Sequence[int], chance: torch.Generator
) -> tuple[Tensor, Tensor]:
    """Mazes (B, S) and the ways (B, T) to the cheese, each of one of some numbers of moves, all
    alike likely; behind a way there are stops."""
    drawn = _drawn(count, held_out, moves, chance)
    maze, here, cheese = drawn.unbind(1)
    rooms = []
    for _ in range(max(moves)):
        there = mazes().onward[maze, here, cheese]
        rooms.append((there + FIRST_ROOM).where(there >= 0, EDGE))
        here = there.where(there >= 0, here)
    return _told(drawn), torch.stack(rooms, 1)


def legal(texts: Tensor, said: Tensor) -> Tensor:
    """Whether all that is said (B, T) of mazes (B, S) up to a stop leads through passages: (B,)."""
    return _walked(texts, said)[0]


def arrives(texts: Tensor, said: Tensor) -> Tensor:
    """Whether it also ends at the cheese: (B,)."""
    fine, last = _walked(texts, said)
    return fine & (last == texts[:, len(ROOMS) + 1] - FIRST_ROOM)


def wandered(texts: Tensor, most: int, chance: torch.Generator) -> Tensor:
    """What a mouse says that goes on through any passage but back, up to the cheese: (B, T)."""
    here, cheese = texts[:, len(ROOMS)] - FIRST_ROOM, texts[:, len(ROOMS) + 1] - FIRST_ROOM
    before, rooms = torch.full_like(here, NO_WAY), []
    for _ in range(most):
        doors = _doors(texts).gather(1, here[:, None, None].expand(-1, 1, len(ROOMS)))[:, 0]
        doors = doors & (torch.arange(len(ROOMS)) != before[:, None]) & (here != cheese)[:, None]
        goes_on = doors.any(1)
        likely = doors.float() + (~goes_on)[:, None]
        there = torch.multinomial(likely, 1, generator=chance)[:, 0]
        rooms.append((there + FIRST_ROOM).where(goes_on, EDGE))
        before, here = here.where(goes_on, before), there.where(goes_on, here)
    return torch.stack(rooms, 1)


def blindfolded(texts: Tensor) -> Tensor:
    """The same mouse and cheese (B, S), each in the maze of the text before."""
    return torch.cat([texts[:, : len(ROOMS)].roll(1, 0), texts[:, len(ROOMS) :]], 1)


def spelled(tokens: Tensor) -> list[str]:
    """The tokens (T,) of a text as they are written."""
    return [SYMBOLS[token] for token in tokens.tolist()]


def _walked(texts: Tensor, said: Tensor) -> tuple[Tensor, Tensor]:
    """Whether each step leads through a passage, and the last room: (B,), (B,)."""
    doors, row = _doors(texts), torch.arange(len(texts), device=texts.device)
    here = texts[:, len(ROOMS)] - FIRST_ROOM
    fine = torch.ones_like(here, dtype=torch.bool)
    goes_on = fine
    for token in said.unbind(1):
        goes_on = goes_on & (token != EDGE)
        room = token - FIRST_ROOM
        is_room = (room >= 0) & (room < len(ROOMS))
        opens = is_room & doors[row, here, room.clamp(0, len(ROOMS) - 1)]
        fine = fine & (opens | ~goes_on)
        here = room.where(goes_on & opens, here)
    return fine, here


def _doors(texts: Tensor) -> Tensor:
    """Whether a passage leads from a room to another: (B, N, N)."""
    room = torch.arange(len(ROOMS), device=texts.device)
    step = room - room[:, None]  # (N, N)
    signs = texts[:, : len(ROOMS), None]  # (B, N, 1)
    ways = torch.stack([signs >> bit & 1 for bit in range(4)], -1).bool()  # (B, N, 1, 4)
    is_step = torch.stack([step == way for way in (-SIDE, 1, SIDE, -1)], -1)  # (N, N, 4)
    return (ways & is_step).any(-1)


def _drawn(count: int, held_out: bool, moves: Sequence[int], chance: torch.Generator) -> Tensor:
    """Mazes with a room for the mouse and one for the cheese, so many moves apart: (B, 3)."""
    pools = [_pairs(held_out, many) for many in moves]
    chosen = torch.randint(len(pools), (count,), generator=chance)
    share = torch.rand(count, generator=chance)
    each = [pool[(share * len(pool)).long()] for pool in pools]  # (B, 3) of every pool
    return torch.stack(each)[chosen, torch.arange(count)]


@cache
def _pairs(held_out: bool, moves: int) -> Tensor:
    return mazes().pairs(held_out, moves)


def _told(drawn: Tensor) -> Tensor:
    """The text of each maze, mouse and cheese (B, 3): (B, S)."""
    maze, rooms = drawn[:, 0], drawn[:, 1:]
    return torch.cat([mazes().signs[maze], FIRST_ROOM + rooms], 1)


def _without_loops(count: int) -> list[Maze]:
    """The mazes with so many passages, of which none can be left out without cutting rooms off."""
    closed = Maze(SIDE, SIDE, (0,) * SIDE**2)
    east = [(room, EAST) for room in range(closed.cells) if room % SIDE < SIDE - 1]
    south = [(room, SOUTH) for room in range(closed.cells - SIDE)]
    found = []
    for passages in combinations(east + south, count):
        maze = closed
        for room, direction in passages:
            maze = with_wall_moved(maze, room, direction)
        parts = {
            tuple(there >= 0 for there in distances(maze, room)) for room in range(closed.cells)
        }
        if len(parts) == closed.cells - count:
            found.append(maze)
    return found


def _away(maze: Maze) -> list[list[int]]:
    return [distances(maze, goal) for goal in range(maze.cells)]
