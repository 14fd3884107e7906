"""Whether a question still means what course.lock says it means."""

from __future__ import annotations

from course.catalog import Catalog
from course.findings import Findings
from course.lesson import Lesson, Question
from course.lock import Lock, Locked, digest

WRITE = "grok-tui author check --write-lock"


def check_lock(catalog: Catalog, lock: Lock, found: Findings) -> None:
    """Checks 3 and 4 against the lock; only the course's own lessons are in it."""
    known: set[str] = set()
    for lesson in catalog.own:
        for question in lesson.questions:
            known.add(question.id)
            entry = lock.entries.get(question.id)
            if entry is None:
                text = f"{question.id} is not in course.lock yet: {WRITE}"
                found.error(lesson.path, question.line, text)
            else:
                _compare(lesson, question, entry, found)
    broken = set(catalog.broken)
    for name, entry in lock.entries.items():
        if name not in known and entry.lesson not in broken:
            found.error(lock.path, entry.line, _vanished(name, entry, catalog, lock))


def _compare(lesson: Lesson, question: Question, entry: Locked, found: Findings) -> None:
    same = digest(question) == entry.digest
    if question.rev < entry.rev:
        text = f"{question.id} has rev {question.rev}, but had {entry.rev} before"
    elif question.rev > entry.rev:
        text = f"{question.id} has a new rev: {WRITE}"
    elif not same:
        text = (
            f"{question.id} has changed. If its meaning has, write `:rev: {entry.rev + 1}`; "
            f"if only its words have: {WRITE}"
        )
    else:
        return
    found.error(lesson.path, question.line, text)


def _vanished(name: str, entry: Locked, catalog: Catalog, lock: Lock) -> str:
    """What to say of an id that no question has any more; ids are kept in people's records."""
    for lesson in catalog.own:
        for question in lesson.questions:
            if question.id not in lock.entries and digest(question) == entry.digest:
                return f"{name} seems to be called {question.id} now; ids are permanent"
    return f"{name} of lesson {entry.lesson} is gone. If that is meant: {WRITE}"
