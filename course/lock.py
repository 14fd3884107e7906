"""course.lock: what each question means, so that a changed meaning cannot pass unseen.

One line a question: its `rev`, and a digest of what is asked (type, options, right answers,
expressions, conditions; not the wording of the prompt, hints or explanations). Case, spaces
and punctuation of options do not count.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.bets import Bets, Predict, Sketch
from course.code import Code
from course.experiment import Experiment
from course.lesson import Lesson, Multi, Numeric, Observe, Option, Order, Question, Single
from course.spot import Spot
from course.trace import Trace

LOCK_FILE = "course.lock"
HEAD = """\
# What each question means: its rev, and a digest of what is asked.
# Written by: grok-tui author check --write-lock
"""


@dataclass(frozen=True)
class Locked:
    """What the lock knows of one question, and the line it stands on."""

    lesson: str
    rev: int
    digest: str
    line: int = 0


@dataclass(frozen=True)
class Lock:
    """The whole lock: question id -> entry."""

    path: str
    entries: Mapping[str, Locked]


def read_lock(path: Path) -> Lock:
    """The lock in a file; empty if there is none.

    Raises:
        ValueError: if the file is no lock.
    """
    if not path.exists():
        return Lock(str(path), {})
    text = path.read_text(encoding="utf-8")
    entries: dict[str, Locked] = {}
    try:
        for lesson, questions in tomllib.loads(text).items():
            for name, entry in questions.items():
                entries[name] = Locked(lesson, int(entry["rev"]), str(entry["digest"]))
    except (tomllib.TOMLDecodeError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path} is no lock: {error}; write it anew") from None
    for number, line in enumerate(text.splitlines(), start=1):
        name = line.partition("=")[0].strip().strip('"')
        if name in entries:
            found = entries[name]
            entries[name] = Locked(found.lesson, found.rev, found.digest, number)
    return Lock(str(path), entries)


def write_lock(path: Path, lessons: Iterable[Lesson]) -> None:
    """Write the lock of these lessons."""
    parts = [HEAD]
    for lesson in sorted(lessons, key=lambda one: one.id):
        lines = [
            f'"{question.id}" = {{ rev = {question.rev}, digest = "{digest(question)}" }}'
            for question in lesson.questions
        ]
        parts.append("\n".join([f'["{lesson.id}"]', *lines]) + "\n")
    path.write_text("\n".join(parts), encoding="utf-8")


def digest(question: Question) -> str:
    """Twelve hexadecimal digits that change when the question's meaning does."""
    text = json.dumps(_meaning(question), sort_keys=True, ensure_ascii=True)
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


def _meaning(question: Question) -> list[Any]:
    kind = type(question).__name__
    match question:
        case Observe(options=options, of=of):
            return [kind, of, _options(options)]
        case Single(options=options) | Multi(options=options):
            return [kind, _options(options)]
        case Bets(options=options, true_if=true_if):
            return [kind, _options(options), true_if]
        case Predict(options=options, run=run, baseline=baseline):
            runs = [[one.lab, one.knobs] if one else None for one in (run, baseline)]
            outcomes = [[one.condition, one.branch] for one in question.outcomes]
            return [kind, _options(options), runs, outcomes]
        case Sketch(run=run, study=study, measure=measure, over=over, xs=xs):
            about = [run.lab, run.knobs, study, measure, over, xs]
            return [kind, about, question.range]
        case Order(steps=steps, distractors=distractors, before=before):
            return [kind, _options(steps), _options(distractors), before]
        case Numeric(answer=answer, draws=draws, tolerance=tolerance):
            return [kind, answer, draws, [tolerance.absolute, tolerance.relative]]
        case Code(exercise=exercise):
            return [kind, exercise]
        case Experiment(task=task, run=run, settings=settings, draws=draws):
            return [kind, task, run.lab, run.knobs, settings, draws]
        case Spot(view=view, where=where, draws=draws):
            return [kind, view.name, view.settings, where, draws]
        case Trace(cells=cells, draws=draws):
            return [kind, draws, [[cell.name, cell.expression, cell.given] for cell in cells]]
    return [kind]


def _options(options: Iterable[Option]) -> list[list[Any]]:
    """Options in their order, since answers are recorded by number."""
    return [[_bare(option.text), option.correct, option.branch] for option in options]


def _bare(text: str) -> str:
    return re.sub(r"[\s*_`.,;:!?'\"“”’]+", " ", text.casefold()).strip()
