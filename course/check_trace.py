"""Whether a table can be filled in, and its wrong numbers be told from the right ones."""

from __future__ import annotations

from course.arithmetic import ArithmeticProblem, evaluate, format_number
from course.findings import Findings, draws_of
from course.marking import mark, solution
from course.trace import Cell, Trace
from course.trace_marking import near, values_of
from course.variants import Variant


def check_trace(path: str, question: Trace, found: Findings) -> None:
    """Report the first combination of drawn numbers with which something is not as it should be."""
    for drawn in draws_of(question):
        told = ", ".join(f"{name} = {format_number(value)}" for name, value in drawn.items())
        here = f"{question.id} ({told})" if told else question.id
        try:
            values = values_of(question, drawn)
        except ArithmeticProblem as problem:
            found.error(path, question.line, f"{here}: {problem}")
            return
        shown = Variant(question, 0, (), values)
        if not mark(shown, solution(shown)).correct:
            found.error(path, question.line, f"{here}: its own answer is marked wrong")
            return
        faults = [_check_cell(path, here, cell, values, found) for cell in question.asked]
        if any(faults):
            return


def _check_cell(
    path: str, here: str, cell: Cell, values: dict[str, float], found: Findings
) -> bool:
    """Whether a wrong number of a cell has no value, or is one that is known already; reported."""
    seen: dict[float, str] = {}
    for also in cell.also:
        where = f"{here}: {cell.name}: “{also.expression}”"
        try:
            value = float(evaluate(also.expression, values))
        except ArithmeticProblem as problem:
            found.error(path, also.line, f"{where}: {problem}")
            return True
        if near(cell, values[cell.name], value):
            text = f"{where} gives the right answer {format_number(value)}"
            found.error(path, also.line, text)
            return True
        if taken := next((text for other, text in seen.items() if near(cell, other, value)), ""):
            text = f"{where} gives {format_number(value)}, as “{taken}” does: only that is said"
            found.warn(path, also.line, text)
            return True
        seen[value] = also.expression
    return False
