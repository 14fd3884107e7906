"""From a fence to the table it holds.

A `:given:` row is shown, a `:row:` is to be filled in: `NAME, words = EXPRESSION | EXPRESSION`,
one expression for each column, or one with `#` in it for every column: `#` is the number of the
column, and `e2` the second cell of row e. What follows a row is about it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from course.arithmetic import ArithmeticProblem, names_in
from course.fences import Fence, Setting
from course.lesson import Diagnosis, Tolerance
from course.operations import FUNCTIONS
from course.problems import Problems
from course.settings import read_also, read_draws, read_number, read_tolerance
from course.trace import Cell, Trace

MAX_COLUMNS = 6
MAX_ROWS = 9

_ROW = re.compile(r"(?P<name>[A-Za-z_]\w*)\s*(?:,(?P<words>.*))?=(?P<rest>[^=]*)", re.ASCII)
_OWN_COLUMN = re.compile(r"(\{\{[^}]*)#([^}]*\}\})")


@dataclass
class _Row:
    """A row as its author wrote it, with the settings that follow it."""

    setting: Setting
    name: str
    words: str
    expressions: list[str]
    """One for each column; empty where there is no cell."""
    about: list[Setting] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """The name of each column's cell; a cell that is alone is called like its row."""
        alone = sum(map(bool, self.expressions)) == 1
        return [self.name if alone else f"{self.name}{i + 1}" for i in range(len(self.expressions))]


def read_trace(fence: Fence, common: dict[str, Any], explanation: str, found: Problems) -> Trace:
    """The table in a fence."""
    draw = fence.one("draw")
    draws = read_draws(draw, found) if draw else {}
    columns = _columns(fence, found)
    rows, tolerance = _rows(fence, max(1, len(columns)), found)
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        cells += _cells(row, number, [*draws, *(one.name for one in cells)], tolerance, found)
    _check(fence, rows, cells, draws, found)
    return Trace(
        **common,
        columns=columns or ("",),
        rows=tuple(row.words or row.name for row in rows),
        cells=tuple(cells),
        explanation=explanation,
        draws=draws,
    )


def cell_names(trace: Trace) -> list[str]:
    """What may stand in braces in its texts: drawn numbers, cells, and `e#` for a row of them."""
    rows = {re.sub(r"\d+$", "#", cell.name) for cell in trace.cells}
    return [*trace.draws, *(cell.name for cell in trace.cells), *sorted(rows)]


def _columns(fence: Fence, found: Problems) -> tuple[str, ...]:
    setting = fence.one("columns")
    if setting is None:
        return ()
    heads = tuple(head.strip() for head in setting.value.split("|"))
    if not 1 < len(heads) <= MAX_COLUMNS:
        found.report(setting.line, f"expected 2 to {MAX_COLUMNS} columns, as cat | dog")
    return heads


def _rows(fence: Fence, width: int, found: Problems) -> tuple[list[_Row], Tolerance | None]:
    """The rows with what is said of each, and the tolerance of those that have none."""
    rows: list[_Row] = []
    tolerance = None
    for setting in fence.settings:
        if setting.name in ("given", "row") and setting.value:
            if row := _row(setting, width, found):
                rows.append(row)
        elif setting.name in ("why", "also", "tolerance") and setting.value:
            if rows:
                rows[-1].about.append(setting)
            elif setting.name == "tolerance":
                tolerance = read_tolerance(setting, found)
            else:
                found.report(setting.line, f":{setting.name}: follows the :row: that it is about")
    return rows, tolerance


def _row(setting: Setting, width: int, found: Problems) -> _Row | None:
    match = _ROW.fullmatch(setting.value)
    if match is None:
        found.report(setting.line, "expected `NAME, words = EXPRESSION | EXPRESSION`")
        return None
    if match["name"] in (*FUNCTIONS, "answer", "and", "or"):
        found.report(setting.line, f"the name {match['name']} is taken")
    expressions = spread(match["rest"], width)
    if len(expressions) > width:
        many = "column" if width == 1 else "columns"
        text = f"{len(expressions)} cells, but {width} {many}: name them in :columns:"
        found.report(setting.line, text)
    words = (match["words"] or "").strip()
    return _Row(setting, match["name"], words, expressions[:width])


def spread(text: str, width: int) -> list[str]:
    """The expression of each column: as listed, or one with `#` in it for all of them."""
    parts = [part.strip() for part in text.split("|")]
    if len(parts) == 1 and "#" in parts[0]:
        parts *= width
    parts = [part.replace("#", str(column + 1)) for column, part in enumerate(parts)]
    return parts + [""] * (width - len(parts))


def _cells(
    row: _Row, number: int, before: list[str], tolerance: Tolerance | None, found: Problems
) -> list[Cell]:
    """The cells of a row. Each may speak of what is named `before` it."""
    why, also = "", []
    for setting in row.about:
        match setting.name:
            case "why":
                why = setting.value
            case "tolerance":
                tolerance = read_tolerance(setting, found)
            case _:
                also.append(setting)
    given = row.setting.name == "given"
    known = list(before)
    cells = []
    for column, (name, text) in enumerate(zip(row.names, row.expressions, strict=True)):
        if not text:
            continue
        read_number(text, row.setting.line, known, found)
        cells.append(
            Cell(
                name,
                number,
                column,
                text,
                given,
                _own_column(why, column),
                tuple(_alsos(also, column, len(row.expressions), known, found)),
                tolerance,
                row.setting.line,
            )
        )
        known.append(name)
    told = {one.line for cell in cells for one in cell.also}
    for setting in also if not found.found else ():
        if setting.line not in told:
            found.report(setting.line, "true of no column: it may speak of cells before its own")
    return cells


def _alsos(
    settings: Sequence[Setting], column: int, width: int, known: Collection[str], found: Problems
) -> list[Diagnosis]:
    """The wrong numbers that are recognised in one column."""
    diagnoses = []
    for setting in settings:
        expression, arrow, said = setting.value.partition("=>")
        parts = spread(expression, width)
        if "#" not in expression and "|" not in expression:
            parts = [expression.strip()] * width
        own = parts[column] if column < len(parts) else ""
        if arrow and (not own or ("#" in expression and not _is_known(own, known))):
            continue
        one = read_also(replace(setting, value=f"{own} {arrow}{said}"), known, found)
        if one is not None:
            diagnoses.append(
                Diagnosis(
                    one.expression,
                    _own_column(one.explanation, column),
                    one.misconceptions,
                    one.line,
                )
            )
    return diagnoses


def _is_known(expression: str, known: Collection[str]) -> bool:
    """Whether an expression for every column has a meaning in this one."""
    try:
        return names_in(expression) <= set(known)
    except ArithmeticProblem:
        return True


def _own_column(text: str, column: int) -> str:
    """A text in which `{{e#}}` is the cell of this column."""
    return _OWN_COLUMN.sub(rf"\g<1>{column + 1}\g<2>", text)


def _check(
    fence: Fence,
    rows: Sequence[_Row],
    cells: Sequence[Cell],
    draws: Mapping[str, Any],
    found: Problems,
) -> None:
    """Report what no single row shows."""
    if len(rows) > MAX_ROWS:
        found.report(rows[MAX_ROWS].setting.line, f"expected at most {MAX_ROWS} rows")
    if rows and all(cell.given for cell in cells):
        found.report(fence.line, "nothing is to be filled in: expected a :row:")
    names = [*draws]
    for cell in cells:
        if cell.name in names:
            found.report(cell.line, f"the name {cell.name} is taken")
        names.append(cell.name)
    asked = {cell.name for cell in cells if not cell.given}
    for row in rows:
        own = [cell for cell in cells if cell.line == row.setting.line]
        kinds = {setting.name for setting in row.about}
        if row.setting.name == "row" and "why" not in kinds:
            found.report(row.setting.line, "expected a :why: below this: how one comes by it")
        if row.setting.name == "given":
            if row.about:
                found.report(row.about[0].line, "what is given needs no more said of it")
            if any(_speaks_of(cell, asked) for cell in own):
                found.report(row.setting.line, "what is given depends on what is to be filled in")


def _speaks_of(cell: Cell, names: Collection[str]) -> bool:
    try:
        return not names_in(cell.expression).isdisjoint(names)
    except ArithmeticProblem:
        return False
