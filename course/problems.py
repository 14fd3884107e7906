"""What is wrong with a lesson: where, and what was expected there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in a file, at a line counted from 1."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


class LessonErrors(Exception):
    """Everything that keeps a lesson from being read.

    `lesson_id` and `title` are what could be made out in spite of the faults; else empty.
    """

    def __init__(self, problems: Iterable[Problem], lesson_id: str = "", title: str = "") -> None:
        self.problems = tuple(sorted(problems))
        self.lesson_id = lesson_id
        self.title = title
        super().__init__("\n".join(map(str, self.problems)))


@dataclass
class Problems:
    """The faults found so far in one file."""

    path: str
    found: list[Problem] = field(default_factory=list)

    def report(self, line: int, text: str) -> None:
        """Note a fault and go on reading."""
        self.found.append(Problem(self.path, line, text))


FEW = 50
"""More names than these are counted, not listed."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """What to say after an unknown word: the nearest known one, or a few that there are."""
    names = sorted(set(known))
    near = get_close_matches(word, names, n=1, cutoff=0.6)
    if near:
        return f"did you mean {near[0]}?"
    if len(names) > FEW:
        return f"there are {len(names)}, and none is like it"
    return f"there is: {', '.join(names)}" if names else "there is none"
