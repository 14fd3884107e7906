"""Whether the exercises of lessons do what is said of them: each is tried as a learner would."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence

from course.code import Code
from course.findings import ERROR, Finding
from course.lesson import Lesson
from models.exercises.blank import blank_of
from models.exercises.catalog import EXERCISES
from models.exercises.examined import KNOWN, RIGHT, Examined
from models.exercises.exercise import Exercise
from tui.examiner import Examiner

Tell = Callable[[str], None]


def check_exercises(lessons: Sequence[Lesson], tell: Tell) -> list[Finding]:
    """Try the solution, the start and every wrong version of each exercise in some lessons."""
    asked = [
        (lesson, question)
        for lesson in lessons
        for question in lesson.questions
        if isinstance(question, Code)
    ]
    return asyncio.run(_tried(asked, tell)) if asked else []


def versions(exercise: Exercise) -> Iterator[tuple[str, str, str]]:
    """Every version of an exercise: what it is, its text, and what it must come to.

    That is `RIGHT`, the name of a wrong version, or nothing for what must only fail.
    """
    yield "the solution", blank_of(exercise).reference, RIGHT
    yield "the starter", exercise.starter, ""
    for name, text in exercise.wrong.items():
        yield f"the wrong version {name}", text, name


def fault(what: str, wanted: str, kind: str, wrong: str, told: str) -> str:
    """What is wrong about how a version came out; empty if nothing is."""
    came = f"{kind} {wrong}".strip()
    said = f": {told}" if told else ""
    if wanted == RIGHT:
        return "" if kind == RIGHT else f"{what} fails ({came}){said}"
    if kind == RIGHT:
        return f"{what} passes"
    if wanted and (kind, wrong) != (KNOWN, wanted):
        return f"{what} is not recognised ({came}){said}"
    return f"{what} cannot be checked{said}" if kind == "unchecked" else ""


async def _tried(asked: Sequence[tuple[Lesson, Code]], tell: Tell) -> list[Finding]:
    examiner, found = Examiner(), []
    try:
        for lesson, question in asked:
            tell(f"trying exercise {question.exercise}")
            for what, text, wanted in versions(EXERCISES[question.exercise]):
                plain = await examiner.examine(question.exercise, text)
                came = Examined(**plain)
                if said := fault(what, wanted, came.kind, came.wrong, came.told):
                    text = f"{question.id}: {said}"
                    found.append(Finding(lesson.path, question.line, ERROR, text))
    finally:
        await examiner.close()
    return found
