"""Whether everything that a lesson shows exists here: its labs, knobs, metrics, studies and views.

The reader of lessons does not know what there is to refer to. The interface does, and a lesson
that it could not show is broken like one that cannot be read.
"""

from __future__ import annotations

from dataclasses import replace

from course.catalog import Catalog
from course.check_labs import check_references
from course.code import Code
from course.experiment import Experiment
from course.findings import ERROR, Findings, draws_of
from course.lesson import Lesson, View
from course.problems import LessonErrors, Problem, did_you_mean
from course.spot import Spot
from course.variants import Variant
from models.exercises.catalog import EXERCISES
from models.specs.catalog import LABS
from models.specs.studies import STUDIES
from tui.experiments.settings import experiment_fault
from tui.spots import no_square, spot_fault, view_of
from tui.views import VIEWS, view_fault


def faults(lesson: Lesson) -> list[Problem]:
    """What the lesson refers to that is not there, by line."""
    found = Findings()
    check_references(lesson, LABS, VIEWS, STUDIES, found)
    problems = [
        Problem(one.path, one.line, one.text) for one in found.sorted() if one.level == ERROR
    ]
    views = (view for screen in lesson.screens for view in screen.blocks_of(View))
    for view in views:
        if view.name in VIEWS and (text := view_fault(view)):
            problems.append(Problem(lesson.path, view.line, text))
    for question in lesson.questions:
        if isinstance(question, Spot):
            problems += _spot_faults(lesson, question)
        if isinstance(question, Experiment):
            problems += _experiment_faults(lesson, question)
        if isinstance(question, Code):
            problems += _code_faults(lesson, question)
    return sorted(problems)


def _spot_faults(lesson: Lesson, question: Spot) -> list[Problem]:
    """What keeps somebody from pointing, with the first numbers for which that is so."""
    for values in draws_of(question):
        shown = Variant(question, 0, (), values)
        view = view_of(shown)
        if text := spot_fault(view) or no_square(shown, view):
            return [Problem(lesson.path, view.line, text)]
    return []


def _experiment_faults(lesson: Lesson, question: Experiment) -> list[Problem]:
    """What keeps somebody from doing it, with the first numbers for which that is so."""
    for values in draws_of(question):
        if text := experiment_fault(Variant(question, 0, (), values)):
            return [Problem(lesson.path, question.line, text)]
    return []


def _code_faults(lesson: Lesson, question: Code) -> list[Problem]:
    """Whether the exercise exists, and whether each of its wrong versions is explained."""
    exercise = EXERCISES.get(question.exercise)
    if exercise is None:
        text = f"no exercise {question.exercise}: {did_you_mean(question.exercise, EXERCISES)}"
        return [Problem(lesson.path, question.line, text)]
    told = {one.expression for one in question.wrong}
    problems = [
        Problem(lesson.path, one.line, f"{name}: {did_you_mean(name, exercise.wrong)}")
        for one in question.wrong
        if (name := one.expression) not in exercise.wrong
    ]
    problems += [
        Problem(lesson.path, question.line, f"{question.id} does not explain :wrong: {name}")
        for name in exercise.wrong
        if name not in told
    ]
    return problems


def showable(catalog: Catalog) -> Catalog:
    """The catalog with an instructor's lessons that cannot be shown among the broken ones.

    The course's own lessons are checked when it is built.
    """
    own = {lesson.id for lesson in catalog.own}
    broken = {
        lesson.id: LessonErrors(problems, lesson.id, lesson.title)
        for lesson in catalog.lessons.values()
        if lesson.id not in own and (problems := faults(lesson))
    }
    if not broken:
        return catalog
    return replace(
        catalog,
        lessons={name: one for name, one in catalog.lessons.items() if name not in broken},
        order=tuple(name for name in catalog.order if name not in broken),
        broken={**catalog.broken, **broken},
    )
