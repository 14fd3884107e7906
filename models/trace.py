"""One pass through a network, step by step: which lines ran, what came out, which weights it took.

A step is a line of `models/layers` or `models/networks` that made a tensor: one whose shape the
code says in a comment, or one that puts weights to use. Shapes are those of the tensors that
passed (`models.shapes`). Weights are counted where a function of torch was first handed them, so
that the steps of a pass through all of a network add up to all of its weights.

>>> import torch
>>> from models.networks.tower import Shape, Tower
>>> tower = Tower(Shape(vocabulary=10, answers=10, context=8, width=4, heads=2, depth=1))
>>> steps = trace(tower, torch.tensor([[1, 2, 3]]))
>>> steps[0].code, steps[0].shapes, steps[0].parameters
('return x + self.weight[before:after]', ((1, 3, 4),), 32)
>>> sum(step.parameters for step in steps) == sum(p.numel() for p in tower.parameters())
True
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from torch import Size, Tensor, nn
from torch.overrides import TorchFunctionMode

from models.probe import at_rest
from models.shapes import Seen, Shape, watched
from models.sources import sources

ROOT = Path(__file__).parent
_AXES = re.compile(r"#\s*(\([^)]*\))")


@dataclass(frozen=True)
class Step:
    """A line that made something."""

    file: str
    """Below `models`: layers/attention.py."""
    line: int
    last: int
    """The first and the last line of the statement, counted from 1."""
    function: str
    """Where it stands: the name of the class and the function."""
    says: str
    """The first line of what that function says of itself."""
    code: str
    """The statement on one line, without its comment."""
    axes: str
    """What the comment calls the axes, such as (B, T, C); empty where there is none."""
    shapes: tuple[Shape, ...]
    """Of each tensor that it made, read from the tensors."""
    parameters: int
    """Weights that it put to use for the first time."""


def trace(network: nn.Module, *inputs: Any) -> list[Step]:
    """The steps of one pass at rest, in the order in which they were done."""
    files = list(sources().values())
    seen: list[Seen] = []
    used = _FirstUse({str(file) for file in files}, seen)
    with at_rest(network), used:
        watched(lambda: network(*inputs), files, seen)
    weights = used.by_statement()
    weighty = {(seen[number].file, seen[number].line) for number in weights}
    steps = []
    for number, one in enumerate(seen):
        line = _lines(one.file)[one.line]
        parameters = weights.get(number, 0)
        if not one.shapes or not (line.axes or (one.file, one.line) in weighty):
            continue
        again = number and (seen[number - 1].file, seen[number - 1].line) == (one.file, one.line)
        if again and not parameters:
            continue
        name = one.file.relative_to(ROOT).as_posix()
        steps.append(
            Step(
                name,
                one.line,
                line.last,
                line.function,
                line.says,
                line.code,
                line.axes,
                one.shapes,
                parameters,
            )
        )
    return steps


class _FirstUse(TorchFunctionMode):
    """Notes for each weight the line that first hands it to torch, and how many were done then."""

    def __init__(self, files: set[str], seen: list[Seen]) -> None:
        super().__init__()
        self._files, self._seen = files, seen
        self._known: set[int] = set()
        self._uses: list[tuple[str, int, int, int]] = []

    def __torch_function__(
        self, function: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        """Note the weights among what a tensor is made of; the function is left as it is."""
        made = function(*args, **(kwargs or {}))
        # To ask a weight for its shape or its length is not to use it.
        if isinstance(made, Tensor | tuple | list) and not isinstance(made, Size):
            for weight in _weights((args, kwargs or {})):
                if id(weight) not in self._known and (place := self._place()):
                    self._known.add(id(weight))
                    self._uses.append((*place, len(self._seen), weight.numel()))
        return made

    def _place(self) -> tuple[str, int] | None:
        """The line in the files that is being executed, the innermost one."""
        frame = sys._getframe(2)
        while frame is not None and frame.f_code.co_filename not in self._files:
            frame = frame.f_back  # type: ignore[assignment]
        return None if frame is None else (frame.f_code.co_filename, frame.f_lineno)

    def by_statement(self) -> dict[int, int]:
        """How many weights each statement that was seen put to use, by its number."""
        found: dict[int, int] = {}
        for file, line, after, count in self._uses:
            for number in range(after, len(self._seen)):
                one = self._seen[number]
                if str(one.file) == file and one.line <= line <= _lines(one.file)[one.line].last:
                    found[number] = found.get(number, 0) + count
                    break
        return found


def _weights(given: Any) -> Iterator[nn.Parameter]:
    if isinstance(given, nn.Parameter):
        yield given
    elif isinstance(given, dict):
        yield from _weights(tuple(given.values()))
    elif isinstance(given, list | tuple):
        for part in given:
            yield from _weights(part)


@dataclass(frozen=True)
class _Line:
    last: int
    function: str
    says: str
    code: str
    axes: str


@cache
def _lines(file: Path) -> dict[int, _Line]:
    """The statements of a file by their first line."""
    source = file.read_text(encoding="utf-8")
    rows = source.split("\n")
    return dict(_within(ast.parse(source), "", "", rows))


def _within(
    node: ast.AST, function: str, says: str, rows: list[str]
) -> Iterator[tuple[int, _Line]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.ClassDef):
            name = f"{function}.{child.name}".removeprefix(".")
            told = (ast.get_docstring(child) or says).split("\n")[0]
            yield from _within(child, name, told, rows)
            continue
        if isinstance(child, ast.stmt):
            last = child.end_lineno or child.lineno
            code = " ".join(ast.unparse(child).split("\n")[0].split())
            comments = [_AXES.search(row) for row in rows[child.lineno - 1 : last]]
            axes = next((found[1] for found in comments if found), "")
            yield child.lineno, _Line(last, function, says, code, axes)
        yield from _within(child, function, says, rows)
