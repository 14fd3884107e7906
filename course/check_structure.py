"""Whether the course hangs together: ids, prerequisites, objectives, and a way to every end."""

from __future__ import annotations

from collections.abc import Iterable

from course.bets import Predict
from course.catalog import Catalog
from course.findings import Findings, lessons_of, line_of
from course.lesson import Claim, Lesson, Observe, Question
from course.problems import did_you_mean
from course.solver import STRATEGIES, Trapped, solve

ITEMS_PER_OBJECTIVE = 2


def check_structure(catalog: Catalog, lessons: Iterable[Lesson], found: Findings) -> None:
    """Checks 3 and 5 of the course, and 6, 7 and 16 of each of these lessons."""
    _check_ids(catalog, found)
    _check_requires(catalog, found)
    for lesson in lessons:
        _check_objectives(lesson, found)
        _check_hints(lesson, found)
        _check_bets(lesson, found)
        _check_way_through(lesson, found)


def _check_ids(catalog: Catalog, found: Findings) -> None:
    """Question and claim ids name one thing in the whole course, and so do objectives."""
    seen: dict[str, str] = {}
    objectives: dict[str, str] = {}
    for lesson in lessons_of(catalog):
        blocks: list[Question | Claim] = [*lesson.questions]
        blocks += [claim for screen in lesson.screens for claim in screen.blocks_of(Claim)]
        for block in blocks:
            if block.id in seen:
                found.error(
                    lesson.path, block.line, f"the id {block.id} is taken in {seen[block.id]}"
                )
            seen[block.id] = lesson.path
        for name in lesson.objectives:
            if name in objectives:
                text = f"the objective {name} is taken in {objectives[name]}"
                found.error(lesson.path, line_of(lesson.path, name), text)
            objectives[name] = lesson.path


def _check_requires(catalog: Catalog, found: Findings) -> None:
    """What is required exists, comes earlier, and leads in no circle."""
    known = set(catalog.lessons) | set(catalog.broken)
    for place, lesson in enumerate(lessons_of(catalog)):
        line = line_of(lesson.path, "requires")
        for required in lesson.requires:
            if required not in known:
                text = f"requires {required}: no such lesson, {did_you_mean(required, known)}"
                found.error(lesson.path, line, text)
            elif required in catalog.broken:
                found.error(lesson.path, line, f"requires {required}, which cannot be read")
            elif circle := _circle(catalog, lesson.id, required):
                found.error(lesson.path, line, f"requires itself: {' requires '.join(circle)}")
            elif catalog.order.index(required) > place:
                found.warn(lesson.path, line, f"requires {required}, which comes later")


def _circle(catalog: Catalog, start: str, required: str) -> list[str]:
    """The ids on the way from `start` over `required` back to `start`; empty if there is none."""
    ways = [[start, required]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        if way[-1] == start:
            return way
        lesson = catalog.lessons.get(way[-1])
        if lesson is not None and way[-1] not in seen:
            seen.add(way[-1])
            ways += [[*way, one] for one in lesson.requires]
    return []


def _check_objectives(lesson: Lesson, found: Findings) -> None:
    if not lesson.objectives:
        found.error(lesson.path, 1, "a lesson needs objectives: without one it cannot be passed")
    for name in lesson.objectives:
        items = [question for question in lesson.questions if question.objective == name]
        line = line_of(lesson.path, name)
        if len(items) < ITEMS_PER_OBJECTIVE:
            text = f"the objective {name} has {len(items)} of {ITEMS_PER_OBJECTIVE} questions"
            found.error(lesson.path, line, text)
        if not any(question.checkpoint for question in items):
            found.error(lesson.path, line, f"no question on {name} is a :checkpoint:")


def _check_hints(lesson: Lesson, found: Findings) -> None:
    for question in lesson.questions:
        if question.marked and not (question.hints or question.no_hint_because):
            text = f"{question.id} has no hint: write one, or `:hint: none because` and why"
            found.error(lesson.path, question.line, text)


def _check_bets(lesson: Lesson, found: Findings) -> None:
    """A bet teaches by what is seen after it; a question without an objective by nothing."""
    seen = {question.of for question in lesson.questions if isinstance(question, Observe)}
    for question in lesson.questions:
        if isinstance(question, Predict):
            if question.id not in seen:
                found.warn(lesson.path, question.line, f"no {{observe}} follows {question.id}")
        elif question.marked and not question.objective:
            found.warn(lesson.path, question.line, f"{question.id} counts for no objective")


def _check_way_through(lesson: Lesson, found: Findings) -> None:
    for strategy in STRATEGIES:
        try:
            solve(lesson, strategy)
        except (Trapped, ValueError) as trap:
            found.error(lesson.path, 1, f"answering “{strategy}” does not get through: {trap}")
