"""The blank of an exercise in its file: what stands around it, and the file with it filled in."""

from __future__ import annotations

import ast
import textwrap
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePath

from models.exercises.exercise import Exercise
from models.sources import sources

MODELS = Path(__file__).parent.parent


@dataclass(frozen=True)
class Blank:
    """A file taken apart at its blank. Lines are counted from 0; ends are the line after the last.

    `indent` is how far the blank is moved in: what is written into it begins at the margin.
    """

    path: str
    lines: tuple[str, ...]
    function: tuple[int, int]
    begin: int
    end: int
    indent: int

    @property
    def reference(self) -> str:
        """What really stands there, from the margin on."""
        return textwrap.dedent("\n".join(self.lines[self.begin : self.end]))

    @property
    def above(self) -> tuple[str, ...]:
        """The function up to the blank."""
        return self.lines[self.function[0] : self.begin]

    @property
    def below(self) -> tuple[str, ...]:
        """The function after the blank."""
        return self.lines[self.end : self.function[1]]

    def filled(self, text: str) -> str:
        """The whole file with this in its blank."""
        own = textwrap.indent(text, " " * self.indent).split("\n")
        return "\n".join((*self.lines[: self.begin], *own, *self.lines[self.end :])) + "\n"

    def own_line(self, number: int, text: str) -> int:
        """Which line of `text` is line `number` (from 1) of the filled file; 0 if it is none."""
        own = number - self.begin
        return own if 0 < own <= text.count("\n") + 1 else 0


@lru_cache(maxsize=32)
def _read(file: str) -> tuple[str, str]:
    path = sources().get(file, MODELS / f"{file}.py")
    shown = PurePath("models") / path.relative_to(MODELS)
    return shown.as_posix(), path.read_text(encoding="utf-8")


def blank_of(exercise: Exercise) -> Blank:
    """Where the lines of an exercise stand in its file.

    Raises:
        LookupError: if they are not there, in words.
    """
    path, source = _read(exercise.file)
    lines = tuple(source.rstrip("\n").split("\n"))
    top, bottom = _function(source, exercise, path)
    inside = range(top, bottom)
    begin = next((number for number in inside if exercise.first in lines[number]), None)
    if begin is None or begin + exercise.lines > bottom:
        raise LookupError(f"{path}: {exercise.function} has no line “{exercise.first}”")
    end = begin + exercise.lines
    indent = min(len(line) - len(line.lstrip()) for line in lines[begin:end] if line.strip())
    return Blank(path, lines, (top, bottom), begin, end, indent)


def _function(source: str, exercise: Exercise, path: str) -> tuple[int, int]:
    """From which line on a function stands in its file, and where it ends."""
    body: list[ast.stmt] = ast.parse(source).body
    found: ast.stmt | None = None
    for name in exercise.function.split("."):
        kinds = ast.FunctionDef | ast.ClassDef
        found = next((one for one in body if isinstance(one, kinds) and one.name == name), None)
        if not isinstance(found, kinds):
            raise LookupError(f"{path}: there is no {exercise.function}")
        body = found.body
    assert found is not None and found.end_lineno is not None
    return found.lineno - 1, found.end_lineno
