"""What `author check` has to say, kept in order of file and line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from course.bets import Bets, Predict, Sketch
from course.catalog import Catalog
from course.code import Code
from course.experiment import Experiment
from course.lesson import (
    Claim,
    Diagnosis,
    Lesson,
    Multi,
    Numeric,
    Option,
    Order,
    Prose,
    Single,
    Words,
)
from course.problems import Problem
from course.spot import Spot
from course.trace import Trace

ERROR = "error"
WARNING = "warning"
MAX_DRAWS = 500
"""How many combinations of drawn numbers are tried at most."""


@dataclass(frozen=True, order=True)
class Finding:
    """One thing to put right (`error`) or to look at (`warning`)."""

    path: str
    line: int
    level: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.level}: {self.text}"


class Findings:
    """Findings as they come in."""

    def __init__(self) -> None:
        self._found: set[Finding] = set()

    def error(self, path: str, line: int, text: str) -> None:
        """Something that must be put right."""
        self._found.add(Finding(path, line, ERROR, text))

    def warn(self, path: str, line: int, text: str) -> None:
        """Something that is worth a look."""
        self._found.add(Finding(path, line, WARNING, text))

    def problem(self, problem: Problem) -> None:
        """A fault that the reader found."""
        self.error(problem.path, problem.line, problem.text)

    def sorted(self) -> list[Finding]:
        """All of them, by file and line."""
        return sorted(self._found)


def line_of(path: str, text: str) -> int:
    """The first line of a file that holds `text`; 1 if none does."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return 1
    return next((number for number, line in enumerate(lines, 1) if text in line), 1)


def lessons_of(catalog: Catalog) -> Iterator[Lesson]:
    """The lessons that can be read, in order."""
    return (catalog.lessons[lesson_id] for lesson_id in catalog.order)


def options_of(question: object) -> tuple[Option, ...]:
    """The options, or steps and distractors, of a question."""
    match question:
        case Single() | Multi() | Predict() | Bets():
            return question.options
        case Order(steps=steps, distractors=distractors):
            return steps + distractors
    return ()


def diagnoses_of(question: object) -> tuple[Diagnosis, ...]:
    """The wrong answers that a question recognises, each once as it stands in the file."""
    match question:
        case Numeric(also=also):
            return also
        case Spot(also=also):
            return also
        case Code(wrong=wrong):
            return wrong
        case Experiment(also=also, outcomes=outcomes):
            return also + outcomes
        case Trace(cells=cells):
            return tuple({one.line: one for cell in cells for one in reversed(cell.also)}.values())
    return ()


def texts_of(lesson: Lesson) -> Iterator[tuple[int, str, str]]:
    """Everything a lesson says: line, kind (`prose`, `prompt`, `wrong option` ...), text."""
    for screen in lesson.screens:
        yield from ((screen.line, "note", note) for note in screen.notes)
        for block in screen.blocks:
            match block:
                case Prose():
                    yield block.line, "prose", block.markdown
                case Claim():
                    yield block.line, "claim", block.text
                    yield block.line, "explanation", block.explanation
        question = screen.question
        if question is None:
            continue
        yield question.line, "prompt", question.prompt
        yield from ((question.line, "hint", hint) for hint in question.hints)
        for option in options_of(question):
            yield option.line, "option" if option.correct else "wrong option", option.text
            yield option.line, "explanation", option.explanation
        if isinstance(question, Numeric | Sketch | Words | Trace | Spot | Code | Experiment):
            yield question.line, "explanation", question.explanation
        yield from ((one.line, "explanation", one.explanation) for one in diagnoses_of(question))
        if isinstance(question, Spot):
            yield question.line, "explanation", question.otherwise
        if isinstance(question, Trace):
            yield from {(cell.line, "explanation", cell.why): None for cell in question.asked}


def draws_of(question: Numeric | Trace | Spot | Experiment) -> Iterator[dict[str, float]]:
    """Every combination of drawn numbers, or an even sample of them if there are many."""
    names = list(question.draws)
    count = 1
    for choices in question.draws.values():
        count *= len(choices)
    step = max(1, count // MAX_DRAWS)
    for number, values in enumerate(product(*question.draws.values())):
        if number % step == 0:
            yield dict(zip(names, values, strict=True))
        if number > MAX_DRAWS * step:
            return
