"""Shannon's Theseus: a mouse that learns a maze with one arrow a square.

Every square holds the direction by which it was last left, and nothing else is remembered. In the
machine of 1950 those were relays under the floor. Exploring, the mouse turns on from a square's
arrow, a quarter turn to the left at a time, until no wall is in the way, and goes. Having found
the cheese once, it goes by the arrows. (Shannon, "Presentation of a maze-solving machine", Macy
Conference 1951.)

Why the arrows lead to the cheese: each square's arrow was set at its last departure, and the
square it points to was left after that. So the departures grow later along the arrows, no square
comes twice, and the only square that was never left is the one with the cheese. The route has no
loop. It is not always the shortest: in a maze with several ways round it is whichever way the
mouse happened to go.

How it notices that the arrows no longer lead anywhere is our own rule: a square met twice in one
run is explored from again.
"""

from __future__ import annotations

import random

from models.mazes.maze import DIRECTIONS, Maze
from models.mazes.trace import ARROW, Step, Trace


class Theseus:
    """A mouse and its arrows. `maze` may be replaced between runs: the arrows stay."""

    def __init__(self, maze: Maze, rng: random.Random) -> None:
        self.maze = maze
        self.arrows: dict[int, int] = {}
        """Square -> the direction by which it was last left."""
        self._found = False
        self._rng = rng

    @property
    def patience(self) -> int:
        """More moves than exploring can take before the cheese is found, if a way leads there.

        Taking the open ways in turn, a mouse has used all passages in both directions within
        (longest distance + 1) times their number. (Yanovski, Wagner and Bruckstein 2003, "A
        distributed ant algorithm for efficiently patrolling a network".)
        """
        both_directions = sum(mask.bit_count() for mask in self.maze.passages)
        return both_directions * (self.maze.cells + 1)

    def run(self, start: int, goal: int, budget: int) -> Trace:
        """Walk from `start` until the cheese is found or the moves are used up."""
        trusted = set(self.arrows) if self._found else set()
        arrows = tuple((cell, ARROW[d]) for cell, d in sorted(self.arrows.items()))
        steps = [Step(None, arrows, "the arrows of the runs before")] if arrows else []
        here, moves = start, 0
        while here != goal and moves < budget and self.maze.passages[here]:
            direction, note = self._choose(here, here in trusted)
            trusted.discard(here)
            self.arrows[here] = direction
            mark = ((here, ARROW[direction]),)
            here = self.maze.step(here, direction)
            steps.append(Step(here, mark, note))
            moves += 1
        self._found = here == goal
        name = "Theseus, going by its arrows" if arrows else "Theseus, exploring"
        return Trace(self.maze, start, goal, tuple(steps), name)

    def _choose(self, here: int, trusted: bool) -> tuple[int, str]:
        """The way out of `here`, and why."""
        if here not in self.arrows:
            # A relay that was never set stands as it happens to stand.
            direction, note = self._rng.choice(DIRECTIONS), "a new square: any open way"
        elif trusted and self.maze.is_open(here, self.arrows[here]):
            return self.arrows[here], "goes by the arrow"
        elif trusted:
            direction, note = self._left(self.arrows[here]), "a wall is new: turns on"
        else:
            direction, note = self._left(self.arrows[here]), "was here before: turns on"
        while not self.maze.is_open(here, direction):
            direction = self._left(direction)
        return direction, note

    @staticmethod
    def _left(direction: int) -> int:
        return (direction + 3) % 4
