"""The list of kept runs as a table."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from models.kept import Kept
from tui.commands.lab_report import paper
from tui.drawing.training.results import columns, written
from tui.kept_words import ended, first_numbers, off_default, when


def table(found: Sequence[Kept]) -> list[str]:
    """A line for each run, and one below it for the knobs that were turned."""
    _, ink = paper()
    heads = ["run", "when", "seed", "steps", "it was", "what it measured"]
    rows = [heads, *(_row(kept) for kept in found)]
    lines = _aligned(rows)
    room = shutil.get_terminal_size((100, 24)).columns
    told = [lines[0]]
    for kept, line in zip(found, lines[1:], strict=True):
        told.append(line[:room])
        if off := off_default(kept):
            turned = ", ".join(f"{name} = {written(value)}" for name, value in off.items())
            told.append(f"{'':{len(max((k.id for k in found), key=len))}}  {turned}")
    return [ink.words(line) for line in told]


def folded(found: Sequence[Kept]) -> list[str]:
    """A line for each study instead of one for each of its runs; an empty one after them."""
    _, ink = paper()
    studies: dict[str, list[Kept]] = {}
    for kept in found:
        studies.setdefault(kept.study, []).append(kept)
    lines = [
        f"{len(runs)} more of the study {name}, the newest {when(runs[0])}: grok-tui study {name}"
        for name, runs in studies.items()
    ]
    return [*map(ink.words, lines), ""] if lines else []


def _row(kept: Kept) -> list[str]:
    return [
        kept.id,
        when(kept),
        str(kept.seed),
        f"{kept.steps:,}",
        ended(kept),
        first_numbers(kept),
    ]


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Numbers to the right, words to the left."""
    numbers = columns([["", *row[2:4]] for row in rows])
    words = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for (run, began, _, _, claim, measured), number in zip(rows, numbers, strict=True):
        first = f"{run:<{words[0]}}  {began:<{words[1]}}{number}"
        lines.append(f"{first}  {claim:<{words[4]}}  {measured}".rstrip())
    return lines
