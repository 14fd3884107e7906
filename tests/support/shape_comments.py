"""Trailing shape comments, `# (B, H, T, S)`, and whether they say what is so.

A shape comment begins with a list of dimensions in parentheses; words may follow. A dimension is
a letter, a number, or made from these: `3C`, `2 * C`, `D/2`, `T + 1`; `...`, once, stands for
any axes. One list holds for every tensor of the statement; several, `(B, N), (B, T, C)`, for one
each.
"""

from __future__ import annotations

import ast
import io
import os
import re
import textwrap
import tokenize
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from models.shapes import Seen, Shape, statements

ATOM = r"(?:\d+\s*[A-Za-z]?|[A-Za-z])"
DIMENSION = rf"{ATOM}(?:\s*[-+*/−·×]\s*{ATOM})*"
AXES = rf"(?:\.\.\.|{DIMENSION})"
FIRST = rf"\(\s*{AXES}\s*"
LIST = re.compile(rf"\(\)|{FIRST}(?:,\s*{AXES}\s*)*,?\s*\)")
NEXT = re.compile(rf"\s*(?:,|and)\s*({LIST.pattern})")
MEANT = re.compile(rf"{FIRST}[,)]")
PLAIN = str.maketrans("−·×", "-**")

Dimensions = tuple[str, ...]


@dataclass(frozen=True)
class Comment:
    """What a comment says of the statement that begins at line `statement`."""

    file: Path
    line: int
    statement: int
    says: tuple[Dimensions, ...]

    @property
    def where(self) -> str:
        return f"{os.path.relpath(self.file)}:{self.line}"


def comments(source: str, file: Path) -> list[Comment]:
    """The shape comments of a file.

    Raises:
        ValueError: at a comment that is meant as a shape and cannot be read or checked.
    """
    found = []
    lines, known = source.splitlines(), statements(source)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT:
            continue
        line = token.start[0]
        try:
            if says := read(token.string.lstrip("# ")):
                its = [s for s in known if s.first <= line <= s.last]
                if not its:
                    raise ValueError("stands on no assignment and on no return")
                text = textwrap.dedent("\n".join(lines[its[0].first - 1 : its[0].last]))
                whole = ast.parse(text).body
                if len(whole) > 1 or hasattr(whole[0], "body"):
                    raise ValueError("stands on a line with more than one statement")
                found.append(Comment(file, line, its[0].first, says))
        except ValueError as error:
            raise ValueError(f"{os.path.relpath(file)}:{line}: {token.string} {error}") from None
    return found


def read(text: str) -> tuple[Dimensions, ...]:
    """The lists of dimensions that a comment begins with; none if it is about something else."""
    first = LIST.match(text)
    if not first:
        if (meant := MEANT.match(text)) and re.search(r"[A-Z]|\.\.\.", meant[0]):
            raise ValueError("cannot be read: write letters, numbers, 3C, 2 * C, D/2 or T + 1")
        return ()
    if not re.search(r"[A-Z,.]|\(\)", first[0]):  # (a) or (1), as in a list of points
        return ()
    lists, end = [first[0]], first.end()
    while more := NEXT.match(text, end):
        lists.append(more[1])
        end = more.end()
    if re.match(r"\s*(->|→)", text[end:]):
        raise ValueError("says two shapes: say that of the result")
    return tuple(tuple(d.strip() for d in each[1:-1].split(",") if d.strip()) for each in lists)


@dataclass
class Letters:
    """What the letters stand for in one call, and where that was first said."""

    size: dict[str, int]
    since: dict[str, int] = field(default_factory=dict)

    def fault(self, says: Dimensions, shape: Shape, line: int) -> str | None:
        """What is wrong with a shape, after the words "is (2, 3)"; None if nothing is."""
        says, shape = _without_dots(says, shape)
        if len(says) != len(shape):
            return ""
        # Plain letters first: (3C, C) is known as soon as C is.
        for size, dimension in sorted(zip(shape, says, strict=True), key=lambda at: len(at[1])):
            unknown = sorted(set(re.findall("[A-Za-z]", dimension)) - self.size.keys())
            if len(unknown) > 1:
                return f"; nothing says what {' and '.join(unknown)} are in {dimension}"
            if unknown:
                (letter,) = unknown
                tried = [size] if dimension == letter else range(1, 4 * size + 5)
                fits = (n for n in tried if self.value(dimension, {letter: n}) == size)
                if (found := next(fits, None)) is None:
                    return f"; {size} is no {dimension}"
                self.size[letter], self.since[letter] = found, line
            elif (expected := self.value(dimension)) != size:
                names = re.findall("[A-Za-z]", dimension)
                if not names:
                    return ""
                since = self.since.get(names[0])
                told = f"was {expected} at line {since}" if since else f"should be {expected}"
                return f"; {dimension} is {size} here and {told}"
        return None

    def value(self, dimension: str, also: Mapping[str, int] | None = None) -> Fraction | int:
        """A dimension as a number."""
        exact = {letter: Fraction(n) for letter, n in {**self.size, **(also or {})}.items()}
        product = re.sub(r"(\d)\s*([A-Za-z])", r"\1*\2", dimension.translate(PLAIN))
        return eval(product, {"__builtins__": {}}, exact)


def _without_dots(says: Dimensions, shape: Shape) -> tuple[Dimensions, Shape]:
    if "..." not in says:
        return says, shape
    before, after = says.index("..."), len(says) - says.index("...") - 1
    if before + after > len(shape):
        return says, ()
    return says[:before] + says[before + 1 :], shape[:before] + shape[len(shape) - after :]


def faults(
    comments: Iterable[Comment], seen: Iterable[Seen], letters: Mapping[str, int]
) -> list[str]:
    """What the comments say that was not so, a sentence each.

    `letters` are sizes that hold in every call; another letter holds in the call it is met in.
    """
    at: dict[tuple[Path, int], list[Comment]] = {}
    for comment in comments:
        at.setdefault((comment.file, comment.statement), []).append(comment)
    calls: dict[int, Letters] = {}
    found = []
    for one in seen:
        in_call = calls.setdefault(one.call, Letters(dict(letters)))
        for comment in at.get((one.file, one.line), ()):
            found += _faults_of(comment, one.shapes, in_call)
    return list(dict.fromkeys(found))


def _faults_of(comment: Comment, shapes: tuple[Shape, ...], letters: Letters) -> list[str]:
    says = comment.says if len(comment.says) > 1 else comment.says * len(shapes)
    if not shapes or len(says) != len(shapes):
        said = ", ".join(map(_written, comment.says))
        there = ", ".join(map(str, shapes)) or "no tensor"
        return [f"{comment.where}: says {said}, is {there}"]
    return [
        f"{comment.where}: says {_written(dimensions)}, is {shape}{wrong}"
        for dimensions, shape in zip(says, shapes, strict=True)
        if (wrong := letters.fault(dimensions, shape, comment.line)) is not None
    ]


def _written(dimensions: Dimensions) -> str:
    return f"({dimensions[0]},)" if len(dimensions) == 1 else f"({', '.join(dimensions)})"


def unmet(comments: Iterable[Comment], seen: Iterable[Seen]) -> list[str]:
    """Where the comments stand that nothing put to the test."""
    met = {(one.file, one.line) for one in seen}
    return [each.where for each in comments if (each.file, each.statement) not in met]
