"""What is open, what is passed, what is missing, and what is asked again.

The rule: a lesson is passed when every objective has one answer that was right without help.
What was helped is asked once more; helped again, it counts as passed with help. Nothing here
can trap anybody: every question can be revealed, and both kinds of passing open the next
lesson. Everything is decided from plain mappings: question id -> history (see `standing`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from course.catalog import Catalog
from course.lesson import Lesson, Observe, Screen
from course.standing import (
    SETTLED,
    History,
    Standing,
    asking_round,
    changed,
    current,
    last_option_left,
    may_reveal,
    misses_before_reveal,
    standing,
)

__all__ = [
    "BETWEEN",
    "LessonProgress",
    "Standing",
    "Stop",
    "asking_round",
    "changed",
    "current",
    "last_option_left",
    "lesson_state",
    "may_reveal",
    "misses_before_reveal",
    "progress",
    "route",
    "standing",
    "trial",
    "what_is_missing",
]

NAMED, LONG = 2, 120
"""Missing lessons that are named at most, and minutes that are told in hours."""
BETWEEN = 3
"""How many other questions stand between an answer that was helped and its asking again."""


@dataclass(frozen=True)
class Stop:
    """One screen on the way through a lesson. Round 1 asks its question again."""

    screen_index: int
    screen: Screen
    round: int = 0


@dataclass(frozen=True)
class LessonProgress:
    """Each objective is `open`, `unaided` or `helped`; `passed` is "", `unaided` or `helped`."""

    objectives: dict[str, str]
    passed: str
    missing: tuple[str, ...]


def route(lesson: Lesson, histories: Mapping[str, History]) -> tuple[Stop, ...]:
    """The lesson's screens in order, with what was helped asked again further on.

    An asking again follows at least three other questions, or all that are left if those are
    fewer: what closes the lesson stays behind it. It never comes between a bet and what is seen
    of it.
    """
    after: dict[int, list[Stop]] = {}
    for index, screen in enumerate(lesson.screens):
        question = screen.question
        if question is not None and asking_round(question, histories.get(question.id, ())) == 1:
            place = _again_after(lesson, index)
            after.setdefault(place, []).append(Stop(index, screen, 1))
    stops: list[Stop] = []
    for index, screen in enumerate(lesson.screens):
        stops.append(Stop(index, screen))
        stops.extend(after.get(index, ()))
    return tuple(stops)


def progress(lesson: Lesson, histories: Mapping[str, History]) -> LessonProgress:
    """Which objectives are met, whether that passes the lesson, and what is missing.

    An objective counts as helped only when none of its questions has anything left to try:
    as long as one is open, it may still be met unaided.
    """
    states: dict[str, str] = {}
    missing: list[str] = []
    pages = {
        (stop.screen.question.id, stop.round): number
        for number, stop in enumerate(route(lesson, histories), start=1)
        if stop.screen.question is not None
    }
    for objective in lesson.objectives:
        asked = [q for q in lesson.questions if q.objective == objective]
        found = {q.id: standing(q, histories.get(q.id, ())) for q in asked}
        states[objective] = _objective_state(list(found.values()))
        if asked and states[objective] == "open":
            missing.append(_missing(lesson.objectives[objective], found, pages))
    counting = [states[q.objective] for q in lesson.questions if q.objective in states]
    passed = "helped" if "helped" in counting else "unaided"
    return LessonProgress(states, "" if missing else passed, tuple(missing))


def trial(lesson: Lesson, histories: Mapping[str, History]) -> tuple[Stop, ...]:
    """The checkpoints by which a lesson can be tested out of; none if it cannot be.

    The rule that passes a lesson is the same: between them the checkpoints ask for every
    objective. A trial asks each of them once, so none may have been tried yet; what is right
    without help already is not asked again. What happened in a run only its run can tell.
    """
    stops, standings, met = [], [], set()
    for index, screen in enumerate(lesson.screens):
        question = screen.question
        if question is not None and question.checkpoint and not question.of_a_run:
            found = standing(question, histories.get(question.id, ()))
            standings.append(found)
            met.add(question.objective)
            if found is Standing.UNSEEN:
                stops.append(Stop(index, screen))
    wanted = {q.objective for q in lesson.questions} & set(lesson.objectives)
    fresh = all(found in (Standing.UNSEEN, Standing.RIGHT) for found in standings)
    return tuple(stops) if wanted and wanted <= met and fresh else ()


def _objective_state(found: Sequence[Standing]) -> str:
    if Standing.RIGHT in found:
        return "unaided"
    return "helped" if found and all(one in SETTLED for one in found) else "open"


def _missing(
    words: str, found: Mapping[str, Standing], pages: Mapping[tuple[str, int], int]
) -> str:
    """One sentence on an open objective: what to do, and on which screen of the route."""
    fresh = [q for q, one in found.items() if one in (Standing.UNSEEN, Standing.TRIED)]
    if fresh:
        return f"“{words}”: the question on screen {pages[fresh[0], 0]} is still to be answered."
    again = next(q for q, one in found.items() if one is Standing.AIDED)
    return f"“{words}”: a question is asked once more, on screen {pages[again, 1]}."


def _again_after(lesson: Lesson, asked: int) -> int:
    """The index of the screen after which the question of screen `asked` comes again."""
    last = len(lesson.screens) - 1
    others = [i for i in range(asked + 1, last + 1) if lesson.screens[i].question is not None]
    if len(others) < BETWEEN:
        return others[-1] if others else last
    place = others[BETWEEN - 1]
    for index, screen in enumerate(lesson.screens):
        question = screen.question
        if isinstance(question, Observe) and index > place:
            bet = next(i for i, s in enumerate(lesson.screens) if _asks(s, question.of))
            if bet <= place:
                place = index
    return place


def _asks(screen: Screen, question_id: str) -> bool:
    return screen.question is not None and screen.question.id == question_id


def lesson_state(
    catalog: Catalog, lesson_id: str, passed: Mapping[str, str], opened: Collection[str]
) -> str:
    """`passed`, `helped` (passed with help), `open` or `locked`."""
    if lesson_id in passed:
        return "helped" if passed[lesson_id] == "helped" else "passed"
    if lesson_id in opened or not _barring(catalog, lesson_id, passed):
        return "open"
    return "locked"


def what_is_missing(
    catalog: Catalog, lesson_id: str, passed: Mapping[str, str], opened: Collection[str]
) -> str:
    """What a locked lesson waits for, and how long that takes, in one sentence; else empty."""
    if lesson_state(catalog, lesson_id, passed, opened) != "locked":
        return ""
    wanted: set[str] = set()
    look_at = _barring(catalog, lesson_id, passed)
    while look_at:
        one = look_at.pop()
        if one not in wanted:
            wanted.add(one)
            look_at += _barring(catalog, one, passed)
    wanted.discard(lesson_id)
    lessons = [catalog.lessons[one] for one in catalog.order if one in wanted]
    titles = [f"“{lesson.title}”" for lesson in lessons]
    first = f"{' and '.join(titles)} first"
    if len(titles) > NAMED:
        first = f"{len(titles)} lessons first, beginning with {titles[0]}"
    minutes = sum(lesson.minutes for lesson in lessons)
    long = f"{minutes} minutes" if minutes < LONG else f"{round(minutes / 60)} hours"
    return f"Pass {first}: about {long}."


def _barring(catalog: Catalog, lesson_id: str, passed: Mapping[str, str]) -> list[str]:
    """The lessons that must be passed before this one opens.

    One that cannot be read, or asks nothing that counts, cannot be passed: it bars nobody.
    """
    lesson = catalog.lessons.get(lesson_id)
    if lesson is None:
        return []
    return [
        required
        for required in lesson.requires
        if required not in passed
        and required in catalog.lessons
        and any(question.objective for question in catalog.lessons[required].questions)
    ]
