"""All checks of a course together: what its files say, how its screens look, how its bets end."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from course.catalog import Catalog, read_catalog
from course.check import Finding, check
from course.findings import ERROR, WARNING
from course.glossary import Term, read_glossary
from course.lesson import Lesson
from course.lock import LOCK_FILE, Lock, read_lock, write_lock
from course.measured import MEASURED_FILE, Measured, merged, read_measured, write_measured
from course.problems import LessonErrors
from models.specs.catalog import LABS
from models.specs.studies import STUDIES
from tui.authoring import bets
from tui.authoring.exercises import check_exercises
from tui.authoring.experiments import check_experiments
from tui.authoring.render import as_events, check_screens
from tui.authoring.report import Report, counted, near
from tui.commands.outcome import Failure
from tui.showable import faults
from tui.views import VIEWS

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Scope:
    """What is to be checked: a course, and which of its lessons are asked about."""

    catalog: Catalog
    path: Path | None

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        """The lessons that are asked about and can be read, in order."""
        every = (self.catalog.lessons[name] for name in self.catalog.order)
        return tuple(one for one in every if self.covers(one.path))

    @property
    def home(self) -> Path:
        """The folder beside whose lessons is kept what was measured."""
        if self.path is None or all(one in self.catalog.own for one in self.lessons):
            return Path(self.catalog.path).parent
        return self.path if self.path.is_dir() else self.path.parent

    @property
    def measured(self) -> Measured:
        """What was measured before, for these lessons and the course."""
        homes = dict.fromkeys((Path(self.catalog.path).parent, self.home))
        return read_measured(*(home / MEASURED_FILE for home in homes))

    def covers(self, path: str) -> bool:
        """Whether a file is asked about."""
        return self.path is None or Path(path).resolve().is_relative_to(self.path.resolve())


def check_course(
    path: Path | None, *, run: bool = False, lock: bool = False, tell: Tell = lambda text: None
) -> Report:
    """Check the course, or the lessons at `path` as parts of it.

    Args:
        path: a lesson, a folder of lessons, or None for the whole course.
        run: whether to run every bet over its seeds and keep what was measured, to try every
            version of every exercise, and to do every experiment.
        lock: whether to write down first what each question means now.
        tell: is told what is being done.

    Raises:
        Failure: if there is nothing to check, or the lock cannot be read or written.
    """
    began = time.perf_counter()
    scope = scope_of(path)
    if lock:
        write_the_lock(scope.catalog)
    known = (LABS, VIEWS, _lock_of(scope.catalog), STUDIES, _glossary())
    found = check(scope.catalog, *known, scope.lessons)
    found += [
        Finding(problem.path, problem.line, ERROR, problem.text)
        for lesson in scope.lessons
        for problem in faults(lesson)
    ]
    sound = tuple(one for one in scope.lessons if not faults(one))
    found += bets.check_time(sound)
    screens = sum(len(one.screens) for one in sound)
    tell(f"looking at {counted(screens, 'screen')} in every ink")
    found += check_screens(scope.catalog, sound, as_events(scope.measured))
    done = 0
    if run:
        judged, done = _run_bets(scope, sound, tell)
        found += judged + check_exercises(sound, tell) + check_experiments(sound, tell)
    else:
        found += _not_measured(scope, sound)
    inside = sorted({one for one in found if scope.covers(one.path)})
    names = tuple(one.id for one in scope.lessons)
    return Report(tuple(inside), names, screens, time.perf_counter() - began, done)


def _glossary() -> tuple[Term, ...]:
    """The words of the course.

    Raises:
        Failure: if their file cannot be read.
    """
    try:
        return read_glossary()
    except LessonErrors as errors:
        raise Failure(str(errors)) from None


def scope_of(path: Path | None) -> Scope:
    """The course, and in it what is at `path`.

    Raises:
        Failure: if there is nothing there, or the course file cannot be read.
    """
    if path is not None and not path.exists():
        raise Failure(f"There is no lesson or folder {path}.")
    try:
        catalog = read_catalog()
        if path is not None and not _within(path, Path(catalog.path).parent):
            catalog = read_catalog(extra=path)
    except LessonErrors as errors:
        raise Failure(str(errors)) from None
    scope = Scope(catalog, path)
    broken = [p.path for errors in catalog.broken.values() for p in errors.problems]
    if not scope.lessons and not any(map(scope.covers, broken)):
        raise Failure(f"There is no lesson in {path}: a lesson is a file that ends in .md.")
    return scope


def write_the_lock(catalog: Catalog) -> None:
    """Write down what each question of the course means now.

    Raises:
        Failure: if a lesson of the course cannot be read; its questions would be forgotten.
    """
    home = Path(catalog.path).parent
    for errors in catalog.broken.values():
        for problem in errors.problems:
            if _within(Path(problem.path), home):
                raise Failure(f"The lock is left as it is: {problem}")
    try:
        write_lock(home / LOCK_FILE, catalog.own)
    except OSError as error:
        raise _not_written(home / LOCK_FILE, error) from None


def _not_written(path: Path, error: OSError) -> Failure:
    return Failure(f"{near(str(path))} cannot be written: {error.strerror}.")


def _within(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def _lock_of(catalog: Catalog) -> Lock:
    try:
        return read_lock(Path(catalog.path).parent / LOCK_FILE)
    except ValueError as error:
        raise Failure(str(error)) from None


def _run_bets(scope: Scope, lessons: Sequence[Lesson], tell: Tell) -> tuple[list[Finding], int]:
    """Run every bet, judge it, and keep what was measured; the findings and how many runs."""
    runs = bets.runs_of(lessons)
    results = bets.measure(runs, tell)
    found, measured = bets.judge(lessons, results)
    place = scope.home / MEASURED_FILE
    asked = {bet.id for _, bet in bets.bets_of(lessons)}
    others = {bet.id for _, bet in bets.bets_of(scope.catalog.lessons.values())} - asked
    try:
        write_measured(place, merged(read_measured(place), measured, others))
    except OSError as error:
        raise _not_written(place, error) from None
    tell(f"what was measured is kept in {near(str(place))}")
    return found, len(runs)


def _not_measured(scope: Scope, lessons: Sequence[Lesson]) -> list[Finding]:
    """Bets that nobody has run as they stand now."""
    text = "has not been run as it stands now: grok-tui author check --run"
    return [
        Finding(lesson.path, bet.line, WARNING, f"{bet.id} {text}")
        for lesson, bet in bets.bets_of(lessons)
        if not scope.measured.branch(bet)
    ]
