"""Which shapes went through the lines of a file while something ran.

Python can be asked to report every line before it is executed (`sys.settrace`). When the next
line of a function is reported, the assignment before it has been made, and the shapes of its
targets can be read; what a function returns is reported too. Anything with a tuple called `shape`
counts, so that this file knows nothing of torch.

    output, seen = watched(lambda: model(x), [Path("models/layers/attention.py")])
    beside = {(s.file, s.line): s.shapes for s in seen}  # the last execution of each line
"""

from __future__ import annotations

import ast
import inspect
import opcode
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, TypeVar

Shape = tuple[int, ...]
Result = TypeVar("Result")


@dataclass(frozen=True)
class Statement:
    """An assignment or a return, by its first and last line."""

    first: int
    last: int
    targets: tuple[CodeType, ...] | None
    """Expressions that read what was assigned; None for a return."""


@dataclass(frozen=True)
class Seen:
    """One execution of an assignment or a return."""

    file: Path
    line: int
    """The first line of the statement."""
    call: int
    """The same for all that was executed in one call of a function; another for the next call."""
    shapes: tuple[Shape, ...]
    """Of every tensor in what was assigned or returned, in order; empty where there was none."""


def statements(source: str) -> list[Statement]:
    """The assignments and the returns of a file, in order.

    >>> [(s.first, s.last) for s in statements("a = 1\\nb = c = (\\n  a\\n)\\nprint(b)")]
    [(1, 1), (2, 4)]
    """
    found = [
        Statement(node.lineno, node.end_lineno or node.lineno, _targets(node))
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Return) and node.value
    ]
    return sorted(found, key=lambda statement: statement.first)


def _targets(
    node: ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Return,
) -> tuple[CodeType, ...] | None:
    """The targets as expressions, but for those with a call in them: it would be made twice."""
    if isinstance(node, ast.Return):
        return None
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return tuple(
        compile(f"({ast.unparse(target)})", "<target>", "eval")
        for target in targets
        if not any(isinstance(part, ast.Call | ast.NamedExpr) for part in ast.walk(target))
    )


def shapes(value: object) -> tuple[Shape, ...]:
    """The shape of a tensor, or of each one in a list or tuple, however deep.

    >>> import numpy
    >>> shapes([numpy.zeros((2, 3)), (numpy.zeros(4), "no tensor")])
    ((2, 3), (4,))
    """
    shape = getattr(value, "shape", None)
    if isinstance(shape, tuple):
        return (tuple(shape),)
    parts = value if isinstance(value, list | tuple) else ()
    return tuple(shape for part in parts for shape in shapes(part))


def watched(
    call: Callable[[], Result], files: Iterable[Path], into: list[Seen] | None = None
) -> tuple[Result, list[Seen]]:
    """What `call()` returns, and what was assigned and returned in `files` meanwhile, in order.

    Who wants to know while it runs how far it is gives a list to be filled, `into`. Whoever was
    following the lines before (a debugger, say) goes on afterwards.
    """
    watch = _Watch(files, [] if into is None else into)
    before = sys.gettrace()
    sys.settrace(watch.enter)
    try:
        result = call()
    finally:
        sys.settrace(before)
    return result, watch.seen


class _Watch:
    """Follows every call of a function that stands in one of the files."""

    def __init__(self, files: Iterable[Path], seen: list[Seen]) -> None:
        self.seen = seen
        self._files = {os.path.realpath(file): (file, _by_line(file)) for file in files}
        self._real: dict[str, str] = {}
        self._calls: dict[FrameType, _Call] = {}
        self._count = 0

    def enter(self, frame: FrameType, event: str, given: object) -> Any:
        """Reported when a call begins, and when a generator goes on after a yield."""
        name = frame.f_code.co_filename
        real = self._real.get(name) or self._real.setdefault(name, os.path.realpath(name))
        # A comprehension or lambda stands inside a statement, and is no statement itself.
        if real not in self._files or frame.f_code.co_name in _PARTS:
            return None
        if frame not in self._calls:
            self._count += 1
            self._calls[frame] = _Call(*self._files[real], self._count, self.seen)
        call = self._calls[frame]

        def follow(frame: FrameType, event: str, given: Any) -> Any:
            if call.follow(frame, event, given):
                del self._calls[frame]
            return follow

        return follow


class _Call:
    """One call, and which statement of it is being executed."""

    def __init__(
        self, file: Path, by_line: dict[int, Statement], number: int, seen: list[Seen]
    ) -> None:
        self.file, self.by_line, self.number, self.seen = file, by_line, number, seen
        self.current: Statement | None = None
        self.returning: Statement | None = None

    def follow(self, frame: FrameType, event: str, given: Any) -> bool:
        """Take in one report; whether it was the last of this call."""
        if event == "line":
            self._line(frame)
        elif event == "exception" and given[0] is not StopIteration:  # that one ends any loop
            self.current = self.returning = None
        elif event == "return" and not _is_yield(frame):
            self._assigned(frame)
            if self.returning:
                self._saw(self.returning, given)
            return True
        return False

    def _line(self, frame: FrameType) -> None:
        """A line is about to be executed: of the same statement, or of the next."""
        statement = self.by_line.get(frame.f_lineno)
        if statement is self.current:
            return
        self._assigned(frame)
        self.current = statement
        if statement and statement.targets is None:
            self.returning = statement

    def _assigned(self, frame: FrameType) -> None:
        """The statement so far is done: read what it assigned."""
        if self.current and self.current.targets is not None:
            self._saw(self.current, [_read(target, frame) for target in self.current.targets])

    def _saw(self, statement: Statement, value: object) -> None:
        try:
            found = shapes(value)
        except Exception:  # raised here, it would go through the code that is watched
            found = ()
        self.seen.append(Seen(self.file, statement.first, self.number, found))


_PARTS = {"<genexpr>", "<listcomp>", "<setcomp>", "<dictcomp>", "<lambda>"}


def _by_line(file: Path) -> dict[int, Statement]:
    found = statements(file.read_text(encoding="utf-8"))
    return {line: each for each in found for line in range(each.first, each.last + 1)}


def _read(target: CodeType, frame: FrameType) -> object:
    """What a target now holds; nothing where it cannot be read again."""
    try:
        return eval(target, frame.f_globals, frame.f_locals)
    except Exception:
        return None


def _is_yield(frame: FrameType) -> bool:
    """Whether a call that is reported as returning is only a generator that pauses."""
    paused = frame.f_code.co_flags & (inspect.CO_GENERATOR | inspect.CO_COROUTINE)
    at = opcode.opname[frame.f_code.co_code[frame.f_lasti]]
    return bool(paused) and at in ("YIELD_VALUE", "RESUME")  # since Python 3.13 the one after it
