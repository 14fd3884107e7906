"""An exercise as plain text: the function with its blank, and what really stands there."""

from __future__ import annotations

from collections.abc import Iterator

from course.code import Code
from models.exercises.blank import blank_of
from models.exercises.catalog import EXERCISES

BLANK = "# your lines"


def code_text(question: Code) -> Iterator[str]:
    """The file by its name, and the function with a mark where lines are missing."""
    blank = blank_of(EXERCISES[question.exercise])
    yield f"  {blank.path}"
    missing = f"{' ' * blank.indent}{BLANK} ({blank.end - blank.begin})"
    for line in (*blank.above, missing, *blank.below):
        yield f"  {line}".rstrip()


def solution_text(question: Code) -> Iterator[str]:
    """What stands in the file."""
    for line in blank_of(EXERCISES[question.exercise]).reference.split("\n"):
        yield f"  {line}".rstrip()
