"""A trace played up to some step, forwards and backwards: what stands on each square now."""

from __future__ import annotations

from dataclasses import dataclass

from models.mazes.trace import FRONTIER, SEEN, Step, Trace


@dataclass(frozen=True)
class _Before:
    """What one step changed, so that it can be taken back."""

    mouse: int
    marks: tuple[tuple[int, str], ...]
    walked: bool
    looked: int


class Board:
    """The state of a trace after `at` steps.

    Going one step either way costs as much as that step marks, whatever the maze's size.
    """

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.at = 0
        self.mouse = trace.start
        self.moves = 0
        self.looked_at = 0
        """How many squares have been looked at without anybody walking there."""
        self.marks: dict[int, str] = {}
        self.visits = [0] * trace.maze.cells
        self.visits[trace.start] = 1
        self._crossed: dict[tuple[int, int], int] = {}
        self._undo: list[_Before] = []

    @property
    def finished(self) -> bool:
        """Whether the last step has been played."""
        return self.at >= len(self.trace.steps)

    @property
    def note(self) -> str:
        """What the trace says of the step just played."""
        return self.trace.steps[self.at - 1].note if self.at else ""

    @property
    def searches(self) -> bool:
        """Whether this trace looks at squares before anybody walks."""
        return any(step.mouse is None and _looks(step) for step in self.trace.steps)

    @property
    def arrived(self) -> bool:
        """Whether the mouse stands on the cheese."""
        return self.mouse == self.trace.cheese

    def count(self, mark: str) -> int:
        """How many squares bear a mark."""
        return sum(found == mark for found in self.marks.values())

    @property
    def waiting(self) -> int:
        """How many squares a search will look at next."""
        return self.count(FRONTIER)

    def step(self) -> frozenset[int]:
        """Play one step; the squares that changed."""
        if self.finished:
            return frozenset()
        step = self.trace.steps[self.at]
        before = tuple((cell, self.marks.get(cell, "")) for cell, _ in step.marks)
        looked = _looks(step) if step.mouse is None else 0
        self._undo.append(_Before(self.mouse, before, step.mouse is not None, looked))
        self.looked_at += looked
        changed = {cell for cell, _ in step.marks}
        self._mark(step.marks)
        if step.mouse is not None:
            changed |= {self.mouse, step.mouse}
            self._cross(self.mouse, step.mouse, 1)
            self.mouse = step.mouse
            self.visits[self.mouse] += 1
            self.moves += 1
        self.at += 1
        return frozenset(changed)

    def back(self) -> frozenset[int]:
        """Take one step back; the squares that changed."""
        if not self.at:
            return frozenset()
        before = self._undo.pop()
        changed = {cell for cell, _ in before.marks}
        self._mark(before.marks)
        if before.walked:
            changed |= {self.mouse, before.mouse}
            self._cross(self.mouse, before.mouse, -1)
            self.visits[self.mouse] -= 1
            self.mouse = before.mouse
            self.moves -= 1
        self.looked_at -= before.looked
        self.at -= 1
        return frozenset(changed)

    def go(self, at: int) -> None:
        """Play or take back until `at` steps have been played."""
        at = max(0, min(at, len(self.trace.steps)))
        while self.at < at:
            self.step()
        while self.at > at:
            self.back()

    def crossed(self, here: int, there: int) -> bool:
        """Whether the mouse has gone from one of these squares to the other."""
        return self._crossed.get((min(here, there), max(here, there)), 0) > 0

    def _cross(self, here: int, there: int, times: int) -> None:
        way = (min(here, there), max(here, there))
        self._crossed[way] = self._crossed.get(way, 0) + times

    def _mark(self, marks: tuple[tuple[int, str], ...]) -> None:
        for cell, mark in marks:
            if mark:
                self.marks[cell] = mark
            else:
                self.marks.pop(cell, None)


def _looks(step: Step) -> int:
    return sum(mark == SEEN for _, mark in step.marks)
