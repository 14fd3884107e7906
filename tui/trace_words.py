"""A table to be filled in, as plain text."""

from __future__ import annotations

from collections.abc import Mapping

from course.arithmetic import format_number
from course.trace import Trace

BLANK = "____"


def table(trace: Trace, values: Mapping[str, float]) -> list[str]:
    """The table with what is given, and a blank for each cell to be filled in."""
    texts = {
        (cell.row, cell.column): format_number(values[cell.name]) if cell.given else BLANK
        for cell in trace.cells
    }
    rows = [["", *trace.columns]] if any(trace.columns) else []
    for row, head in enumerate(trace.rows):
        rows.append([head, *(texts.get((row, at), "") for at in range(len(trace.columns)))])
    wide = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return [
        "  ".join(
            text.rjust(wide[at]) if at else text.ljust(wide[at]) for at, text in enumerate(row)
        ).rstrip()
        for row in rows
    ]


def answers(trace: Trace, texts: list[str]) -> list[str]:
    """Each cell with what belongs into it."""
    return [f"{trace.label(cell)}: {text}" for cell, text in zip(trace.asked, texts, strict=True)]
