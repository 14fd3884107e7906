"""Some lines in the blank of an exercise, tried: are they right, a classic mistake, or another.

It runs what the learner wrote, so it runs in a process of its own: see `models.checks.examiner`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

from models.checks import told
from models.checks.case import Case, Check
from models.checks.compare import Outcome, outcome_of, same
from models.exercises import examined as found
from models.exercises.blank import Blank, blank_of
from models.exercises.examined import Examined
from models.exercises.exercise import Exercise

FILE = "<the exercise>"


@dataclass(frozen=True)
class Tried:
    """What one version did in every case, and what it raised there."""

    outcomes: tuple[Outcome, ...]
    raised: tuple[BaseException | None, ...]
    keeps: bool
    """Whether it keeps the promise of the exercise."""
    broke: BaseException | None = None
    """What it raised where only the promise was looked at."""

    def same_as(self, other: Tried) -> bool:
        """Whether both did the same throughout."""
        return all(map(same, self.outcomes, other.outcomes))


def check_of(exercise: Exercise) -> Check:
    """How an exercise is checked. Imports torch where it needs it."""
    module = import_module(f"models.checks.{exercise.name.replace('-', '_')}")
    check: Check = module.CHECK
    return check


def examine(exercise: Exercise, text: str, guard: Callable[[], object] = lambda: None) -> Examined:
    """What becomes of this text in the blank. `guard` is called before any of it runs."""
    if not text.strip():
        return Examined(found.EMPTY, told="Write the missing lines first.")
    blank, check = blank_of(exercise), check_of(exercise)
    try:
        compile(blank.filled(text), FILE, "exec")
    except (SyntaxError, ValueError) as error:
        return told.no_python(error, blank, text)
    target = attempt(blank, blank.reference, check)
    known = {name: attempt(blank, wrong, check) for name, wrong in exercise.wrong.items()}
    guard()
    own = attempt(blank, text, check)
    for trouble in (*own.raised, own.broke):
        if because := told.stopped(trouble):
            line, _ = told.raised(trouble, blank, text, FILE)
            return Examined(found.STOPPED, told=because, line=line)
    return _judged(exercise, blank, text, own, target, known)


def attempt(blank: Blank, text: str, check: Check) -> Tried:
    """Run a version in every case."""
    outcomes: list[Outcome] = []
    raised: list[BaseException | None] = []
    module = _build(blank, text)
    for case in check.cases:
        outcome, error = _run(case, module)
        outcomes.append(outcome)
        raised.append(error)
    return Tried(tuple(outcomes), tuple(raised), *_keeps(check, module))


def _build(blank: Blank, text: str) -> ModuleType:
    """The file with `text` in its blank, run as a module."""
    module = ModuleType("the_exercise")
    sys.modules[module.__name__] = module  # dataclasses look themselves up there
    exec(compile(blank.filled(text), FILE, "exec"), module.__dict__)
    return module


def _run(case: Case, module: ModuleType) -> tuple[Outcome, BaseException | None]:
    try:
        return outcome_of(case.run(module)), None
    except (Exception, SystemExit) as error:
        return Outcome({}, {}, type(error).__name__), error


def _keeps(check: Check, module: ModuleType) -> tuple[bool, BaseException | None]:
    try:
        return check.keeps(module), None
    except (Exception, SystemExit) as error:
        return False, error


def _judged(
    exercise: Exercise,
    blank: Blank,
    text: str,
    own: Tried,
    target: Tried,
    known: dict[str, Tried],
) -> Examined:
    cases = check_of(exercise).cases
    tries = list(zip(cases, target.outcomes, own.outcomes, own.raised, strict=True))
    # Where it does not run is told first, even if other numbers came out before.
    broken = next((one for one in tries if one[3] and not one[1].raised), None)
    missed = broken or next((one for one in tries if not same(one[1], one[2])), None)
    case, wanted, given, error = missed or (*tries[0][:3], own.broke)
    steps = told.steps(target.outcomes, own.outcomes, exercise.promise, own.keeps)
    sides = told.sides(case.title, wanted, given)
    if missed is None and own.keeps:
        return Examined(found.RIGHT, steps=steps, sides=sides)
    name = next((name for name, one in known.items() if own.same_as(one)), "")
    where = case.title if case is not cases[0] else ""
    line, words = told.raised(error, blank, text, FILE, where) if error else (0, "")
    if name:
        return Examined(found.KNOWN, name, words, line, steps, sides)
    if error:
        return Examined(found.ERROR, "", words, line, steps, sides)
    if missed is None:
        return Examined(found.OTHER, "", told.broken(exercise.promise), 0, steps, sides)
    words = told.difference(case.title, wanted, given, own.keeps, exercise.promise)
    return Examined(found.OTHER, "", words, 0, steps, sides)
