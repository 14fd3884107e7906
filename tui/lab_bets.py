"""Which bets of a lesson a run is to decide, whether they are placed, and how far off they were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from course.bets import Predict, Sketch
from course.lesson import Lab, Lesson, RunRef
from course.sketches import STEP, gaps
from models.specs.spec import LabSpec
from models.specs.studies import find_study
from tui.lab_run import LabRun
from tui.measures import Line, who
from tui.own_runs import off_default
from tui.session import Session
from tui.sketch_words import outcome
from tui.sketches import Drawn, along, in_result


def bets_on(lesson: Lesson, run: RunRef) -> list[Predict | Sketch]:
    """The bets of a lesson that such a run decides, and what is drawn before it of its lab."""
    found: list[Predict | Sketch] = []
    met = False
    for screen in lesson.screens:
        met = met or any(lab.run == run for lab in screen.blocks_of(Lab))
        question = screen.question
        if isinstance(question, Predict | Sketch):
            study = question.study if isinstance(question, Sketch) else ""
            drawn_before = bool(study) and not met and find_study(study).lab == run.lab
            if drawn_before or (not study and question.run == run):
                found.append(question)
    return found


def may_be_told(session: Session, lesson: Lesson, run: RunRef) -> bool:
    """Whether nobody's bet is spoiled by telling what the run is expected to show."""
    return all(session.questions.tried(bet, 0).answer is not None for bet in bets_on(lesson, run))


def drawn_on(session: Session, run: RunRef) -> tuple[Drawn, ...]:
    """What the learner drew of a run: a level, or a curve."""
    return tuple(session.sketches(run.lab, off_default(run)))


def is_of(bet: Drawn, line: Line, spec: LabSpec) -> bool:
    """Whether a drawing is of this curve; those over other values are of no curve of a chart."""
    return not bet.sketch.by_value and (bet.runner or spec.name, bet.metric) == (
        line.runner,
        line.metric,
    )


def came_out(bets: Sequence[Drawn], run: LabRun, metrics: Mapping[str, float]) -> list[str]:
    """How far each drawing was from what the run measured, a sentence each."""
    told = []
    for bet in bets:
        runner = bet.runner or run.spec.name
        measured: Mapping[float, float] = {}
        if bet.sketch.over == STEP:
            measured = along(run.curves.get((runner, bet.metric), ()), bet.sketch)
        else:
            measured = in_result(bet.sketch, metrics)
        if found := gaps(bet.sketch, bet.numbers, measured):
            how = outcome(bet.sketch, found)
            told.append(f"Your bet on {who(run.spec, runner)}: {how[0].lower()}{how[1:]}")
    return told
