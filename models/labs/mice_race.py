"""One maze, and everyone's way through it: who sees one cell, who is told the maze, who searches.

    right   the right-hand rule      sees its own cell, and learns nothing
    mouse   the GRU mouse            sees its own cell and where the cheese is, and remembers
    plain   the plain transformer    is told the whole maze, and has an arrow for each cell
    map     the looped map           likewise
    bfs     breadth-first search     is told the whole maze, and looks at it in waves

Axes: M moves, N numbers of memory, T cells.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import nn

from models.labs.crossings import Crossing, looked_at, path_of
from models.labs.lab import Inside
from models.labs.learner import table
from models.labs.map_asked import Asked, thought
from models.labs.map_readers import Reader
from models.mazes.solvers import breadth_first, distances
from models.mazes.walkers import budget_for, right_hand
from models.networks.mouse import Mouse
from models.probe import at_rest, recording
from models.tasks.imitation import PATIENCE, trial

THERE, WALL, ROUND, LOST = "there", "wall", "round", "lost"
"""How a way ends: at the cheese, before a wall, where it has been before and will do the same
again, or nowhere within four moves for each cell."""


def race(of: Asked, mouse: nn.Module | None, readers: Mapping[str, Reader], seed: int) -> Inside:
    """Everyone's way through a maze. Array `memory` (M, N): what the mouse has in mind before each
    of its moves, where there is a mouse.

    Values: the maze; `away`, the moves from each cell to the cheese, −1 where no way leads there;
    and `contestants`, each with a `name`, the `path` of its cells, its start first, and how that
    `ends`. Who is told the maze says its `arrows` for all cells, with the `confidence` in each; the
    search says how many cells it `looked` at, and the `wave` in which it came to each (−1: never).
    Who cannot be asked about such a maze says `why`, and has no path.
    """
    contestants, arrays = [_right_hand(of, seed)], dict[str, np.ndarray]()
    if mouse is not None:
        contestants.append(_mouse(of, mouse, arrays))
    contestants += [_reader(of, name, reader) for name, reader in readers.items()]
    contestants.append(_search(of))
    return arrays, {**of.told, "away": of.away, "contestants": contestants}


def _right_hand(of: Asked, seed: int) -> dict[str, Any]:
    rng = random.Random(f"right {seed}")
    trace = right_hand(of.maze, of.start, of.cheese, rng, budget_for(of.maze))
    ends = THERE if trace.arrived or of.start == of.cheese else LOST
    return {"name": "right", "path": path_of(trace), "ends": ends}


def _search(of: Asked) -> dict[str, Any]:
    trace = breadth_first(of.maze, of.start, of.cheese)
    path = path_of(trace)
    away = distances(of.maze, of.start)
    last = len(path) - 1 if path[-1] == of.cheese else max(away)
    wave = [moves if moves <= last else -1 for moves in away]
    ends = THERE if path[-1] == of.cheese else LOST
    return {"name": "bfs", "path": path, "ends": ends, "wave": wave, "looked": looked_at(trace)}


def _reader(of: Asked, name: str, reader: Reader) -> dict[str, Any]:
    told = of.board.seen.to(next(reader.network.parameters()).device)
    try:
        logits = reader.answers(told, of.maze.width).cpu()  # (1, T, 4)
    except ValueError as error:
        return {"name": name, "path": [], "ends": "", "why": str(error)}
    thinks = thought(of, logits)
    arrows = thinks["arrows"][-1]
    path, ends = _followed(of, arrows)
    said = {"arrows": arrows, "confidence": thinks["confidence"][-1]}
    return {"name": name, "path": path, "ends": ends, **said}


def _followed(of: Asked, arrows: Sequence[int]) -> tuple[list[int], str]:
    """The way by the arrows, up to the cheese, a wall or a cell that comes a second time."""
    path, seen = [of.start], {of.start}
    while (here := path[-1]) != of.cheese:
        if not of.maze.is_open(here, arrows[here]):
            return path, WALL
        path.append(of.maze.step(here, arrows[here]))
        if path[-1] in seen:
            return path, ROUND
        seen.add(path[-1])
    return path, THERE


def _mouse(of: Asked, mouse: nn.Module, arrays: dict[str, np.ndarray]) -> dict[str, Any]:
    """The mouse's walk; what it has in mind on the way is put into `arrays`."""
    assert isinstance(mouse, Mouse)
    if of.maze.width != of.maze.height:
        why = "the mouse senses distances as shares of the side of a square maze"
        return {"name": "mouse", "path": [], "ends": "", "why": why}
    device = str(next(mouse.parameters()).device)
    mazes = table([Crossing(of.maze, of.start, of.cheese, 0)], device)
    put = torch.tensor([[0], [of.start], [of.cheese]], device=device)
    with at_rest(mouse), recording(mouse, "state") as seen:
        path = trial(mouse, mazes, put, PATIENCE * mazes.cells)[:, 0].tolist()
    ends = THERE if of.cheese in path else LOST
    if ends == THERE:
        path = path[: path.index(of.cheese) + 1]
    states = seen["state"][: len(path) - 1]
    if states:
        arrays["memory"] = torch.cat(states).float().cpu().numpy()  # (M, N)
    return {"name": "mouse", "path": path, "ends": ends}
