"""The course and what the learner has done of it, for commands that only look."""

from __future__ import annotations

from pathlib import Path

from course.catalog import read_catalog
from course.lesson import Lesson
from course.problems import LessonErrors
from progress import paths
from progress.journal import Journal
from tui.commands.outcome import Failure, WrongUsage, did_you_mean
from tui.session import Session


def look(extra: Path | None = None) -> Session:
    """The course, and `extra` lessons, with the record of this home. Nothing will be written.

    Raises:
        Failure: if course.toml itself cannot be read.
    """
    journal = Journal(paths.journals())
    journal.refresh()
    try:
        catalog = read_catalog(extra=extra)
    except LessonErrors as errors:
        raise Failure(_told("The course cannot be read", errors)) from None
    if len(catalog.own) < len(catalog.lessons):
        from tui.showable import showable

        catalog = showable(catalog)
    return Session(catalog, journal)


def find_lesson(session: Session, name: str, command: str) -> Lesson:
    """The lesson with this id, or with this number in the course (from 1).

    Raises:
        WrongUsage: if there is none, with the one that was probably meant.
        Failure: if its file cannot be read, with everything that is wrong with it.
    """
    catalog = session.catalog
    if name in catalog.broken:
        raise Failure(_told(f"The lesson {name} cannot be read", catalog.broken[name]))
    if name.isdecimal() and 0 < int(name) <= len(catalog.order):
        name = catalog.order[int(name) - 1]
    if name not in catalog.lessons:
        known = [*catalog.order, *catalog.broken]
        raise WrongUsage(f"there is no lesson {name!r}{did_you_mean(name, known)}", command)
    return catalog.lessons[name]


def _told(what: str, errors: LessonErrors) -> str:
    return "\n".join([f"{what}:", *map(str, errors.problems)])
