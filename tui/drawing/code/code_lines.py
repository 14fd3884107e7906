"""Python in colours: what each line of a file is made of, as pieces with the role of each."""

from __future__ import annotations

import io
import keyword
import tokenize
from collections.abc import Iterator

Mark = tuple[int, int, int, str]
"""Line from 0, first column, the column after the last, and a role."""

PLAIN, WORD, DEFINED, STRING, NUMBER, COMMENT = (
    "plain",
    "code-word",
    "code-defined",
    "code-string",
    "code-number",
    "dim",
)
_ALONE = {tokenize.COMMENT: COMMENT, tokenize.NUMBER: NUMBER, tokenize.STRING: STRING}


def highlighted(source: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Each line as pieces: a text and its role. Together the texts are the line.

    >>> highlighted("def f(x):\\n    return 2 * x  # twice")[0][:3]
    (('def', 'code-word'), (' ', 'plain'), ('f', 'code-defined'))
    """
    lines = source.split("\n")
    marks: list[list[tuple[int, int, str]]] = [[] for _ in lines]
    for line, begin, end, role in _marks(source, lines):
        marks[line].append((begin, end, role))
    return tuple(tuple(_pieces(*pair)) for pair in zip(lines, marks, strict=True))


def _pieces(line: str, marks: list[tuple[int, int, str]]) -> Iterator[tuple[str, str]]:
    at = 0
    for begin, end, role in marks:
        if begin > at:
            yield line[at:begin], PLAIN
        yield line[begin:end], role
        at = end
    if at < len(line):
        yield line[at:], PLAIN


def _marks(source: str, lines: list[str]) -> Iterator[Mark]:
    """What is not plain, in order. What cannot be read any further stays plain."""
    before = ""
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            role = _role(token.type, token.string, before)
            if role:
                yield from _spread(token, lines, role)
            if token.type == tokenize.NAME:
                before = token.string
    except (tokenize.TokenError, SyntaxError):
        return


def _role(kind: int, text: str, before: str) -> str:
    if kind == tokenize.NAME:
        if before in ("def", "class"):
            return DEFINED
        return WORD if keyword.iskeyword(text) else ""
    name = tokenize.tok_name[kind]
    return STRING if name.startswith("FSTRING") else _ALONE.get(kind, "")


def _spread(token: tokenize.TokenInfo, lines: list[str], role: str) -> Iterator[Mark]:
    """A token line by line: a long string goes over several."""
    (first, begin), (last, end) = token.start, token.end
    for line in range(first - 1, last):
        start = begin if line == first - 1 else 0
        yield line, start, end if line == last - 1 else len(lines[line]), role
