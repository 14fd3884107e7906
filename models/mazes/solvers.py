"""Finding the shortest way with the whole map in view: breadth-first search and A*.

Both look at the map first and only then walk, so the moves of their traces are the shortest
possible; what differs is how many cells they look at.
"""

from __future__ import annotations

import heapq
from collections import deque

from models.mazes.maze import Maze
from models.mazes.trace import FRONTIER, PATH, SEEN, Step, Trace


def distances(maze: Maze, goal: int) -> list[int]:
    """How many moves each cell is from `goal`; -1 where no way leads there."""
    away = [-1] * maze.cells
    away[goal] = 0
    queue = deque([goal])
    while queue:
        here = queue.popleft()
        for there in maze.neighbours(here):
            if away[there] < 0:
                away[there] = away[here] + 1
                queue.append(there)
    return away


def shortest_path(maze: Maze, start: int, goal: int) -> list[int]:
    """The cells of a shortest path, both ends included; empty where there is none."""
    away = distances(maze, goal)
    if away[start] < 0:
        return []
    path = [start]
    while path[-1] != goal:
        path.append(min(maze.neighbours(path[-1]), key=away.__getitem__))
    return path


def manhattan(maze: Maze, here: int, there: int) -> int:
    """Moves from one cell to another if there were no walls: never more than with them."""
    rows = here // maze.width - there // maze.width
    columns = here % maze.width - there % maze.width
    return abs(rows) + abs(columns)


def breadth_first(maze: Maze, start: int, goal: int) -> Trace:
    """Search in waves, everything one move away, then two, then three; then walk the path."""
    came_from: dict[int, int | None] = {start: None}
    away = {start: 0}
    steps = [Step(None, ((start, FRONTIER),), "the search begins where the mouse stands")]
    queue = deque([start])
    while queue:
        here = queue.popleft()
        marks = [(here, SEEN)]
        if here != goal:
            for there in maze.neighbours(here):
                if there not in came_from:
                    came_from[there], away[there] = here, away[here] + 1
                    queue.append(there)
                    marks.append((there, FRONTIER))
        steps.append(Step(None, tuple(marks), _moves(away[here]) + " from the start"))
        if here == goal:
            break
    return Trace(maze, start, goal, (*steps, *_walk(came_from, goal)), "breadth-first search")


def a_star(maze: Maze, start: int, goal: int) -> Trace:
    """Search the cell with the smallest sum of moves made and moves at least to go; then walk.

    The guess of the moves to go is the Manhattan distance. It never guesses too much (it is
    admissible), which is why the path found is a shortest one, and a neighbour's guess differs by
    at most one move (it is consistent), which is why no cell need be looked at twice. (Hart,
    Nilsson and Raphael 1968.)
    """
    came_from: dict[int, int | None] = {start: None}
    made = {start: 0}
    steps = [Step(None, ((start, FRONTIER),), "the search begins where the mouse stands")]
    to_go = manhattan(maze, start, goal)
    heap = [(to_go, to_go, start)]
    seen: set[int] = set()
    while heap:
        _, to_go, here = heapq.heappop(heap)
        if here in seen:
            continue
        seen.add(here)
        marks = [(here, SEEN)]
        if here != goal:
            for there in maze.neighbours(here):
                if there not in made or made[here] + 1 < made[there]:
                    came_from[there], made[there] = here, made[here] + 1
                    guess = manhattan(maze, there, goal)
                    heapq.heappush(heap, (made[there] + guess, guess, there))
                    marks.append((there, FRONTIER))
        note = f"{_moves(made[here])} made + at least {to_go} to go = {made[here] + to_go}"
        steps.append(Step(None, tuple(marks), note))
        if here == goal:
            break
    return Trace(maze, start, goal, (*steps, *_walk(came_from, goal)), "A* search")


def _walk(came_from: dict[int, int | None], goal: int) -> list[Step]:
    """The walk along the path that a search found; no steps if it found none."""
    if goal not in came_from:
        return []
    path = [goal]
    while (before := came_from[path[-1]]) is not None:
        path.append(before)
    path.reverse()
    return [
        Step(there, ((there, PATH),) if n else ((path[0], PATH), (there, PATH)), "along the path")
        for n, there in enumerate(path[1:])
    ]


def _moves(count: int) -> str:
    return "1 move" if count == 1 else f"{count} moves"
