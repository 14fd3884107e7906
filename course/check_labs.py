"""Whether the labs, knobs, metrics, studies, views and links that a lesson speaks of exist."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from course.arithmetic import names_in
from course.bets import Bets, Predict, Sketch
from course.experiment import Experiment
from course.findings import Findings, texts_of
from course.lesson import Claim, Lab, Lesson, RunRef, Study, View
from course.placeholders import RUN
from course.problems import did_you_mean
from course.runs import BASELINE

_LINK = re.compile(r"(?<!`)!?\[[^\]`]*\]\((?P<to>[^)\s`]*)\)")
_CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)


class Named(Protocol):
    """Something with a name."""

    @property
    def name(self) -> str:
        """What it is called."""


class KnobLike(Named, Protocol):
    """A knob that can read its value from text."""

    def parse(self, text: str) -> object:
        """The value that `text` names; a ValueError says what may be given."""


class LabLike(Protocol):
    """As much of a lab's spec as a lesson can refer to."""

    @property
    def knobs(self) -> Sequence[KnobLike]:
        """Its knobs."""

    @property
    def metrics(self) -> Sequence[Named]:
        """What it measures."""


class StudyLike(Protocol):
    """As much of a study as a lesson can refer to."""

    @property
    def over(self) -> str:
        """The knob that it turns."""

    @property
    def values(self) -> Sequence[object]:
        """What that is turned to."""

    @property
    def runners(self) -> Sequence[str]:
        """Who is measured."""

    @property
    def metrics(self) -> Sequence[str]:
        """In which numbers."""


Labs = Mapping[str, LabLike]
Studies = Mapping[str, StudyLike]


def check_references(
    lesson: Lesson,
    labs: Labs,
    views: Mapping[str, frozenset[str]],
    studies: Studies,
    found: Findings,
) -> None:
    """Check 15."""
    for screen in lesson.screens:
        for block in screen.blocks:
            match block:
                case View():
                    _check_view(lesson.path, block, views, found)
                case Lab():
                    _check_run(lesson.path, block.line, block.run, labs, found)
                case Study():
                    _check_study(lesson.path, block.line, block.name, studies, found)
                case Claim():
                    names = names_in(block.confirmed_if) | names_in(block.busted_if)
                    _check_measured(lesson.path, block.line, names, labs, found)
                case Bets():
                    names = frozenset[str]().union(*map(names_in, block.true_if))
                    _check_measured(lesson.path, block.line, names, labs, found)
                case Predict():
                    _check_bet(lesson.path, block, labs, found)
                case Experiment():
                    _check_run(lesson.path, block.line, block.run, labs, found)
                case Sketch() if block.study:
                    _check_study_sketch(lesson.path, block, studies, found)
                case Sketch():
                    _check_run(lesson.path, block.line, block.run, labs, found)
                    lab, line = block.run.lab, block.line
                    for name in {block.measure_at(x): x for x in block.xs or (0.0,)}:
                        _check_metric(lesson.path, line, lab, name, labs, found)
    for line, _, text in texts_of(lesson):
        filled_in = [match["name"] for match in RUN.finditer(text)]
        _check_measured(lesson.path, line, filled_in, labs, found)
        _check_links(lesson.path, line, text, found)


def _check_study(path: str, line: int, name: str, studies: Studies, found: Findings) -> None:
    if name not in studies:
        text = f"no study is called {name}: {did_you_mean(name, studies)}"
        found.error(path, line, text)


def _check_study_sketch(path: str, sketch: Sketch, studies: Studies, found: Findings) -> None:
    """A curve over the knob of a study stands over values that it measures."""
    _check_study(path, sketch.line, sketch.study, studies, found)
    study = studies.get(sketch.study)
    if study is None:
        return
    if sketch.over != study.over:
        text = f"the study {sketch.study} goes over {study.over}, not over {sketch.over}"
        found.error(path, sketch.line, text)
    elif strange := [f"{x:g}" for x in sketch.xs if x not in study.values]:
        values = " ".join(str(value) for value in study.values)
        text = f"the study {sketch.study} goes over {values}, and not over {', '.join(strange)}"
        found.error(path, sketch.line, text)
    known = [f"{runner}.{metric}" for runner in study.runners for metric in study.metrics]
    if sketch.measure not in known:
        text = f"{sketch.study} does not measure {sketch.measure}"
        found.error(path, sketch.line, f"{text}: {did_you_mean(sketch.measure, known)}")


def _check_view(
    path: str, view: View, views: Mapping[str, frozenset[str]], found: Findings
) -> None:
    if view.name not in views:
        text = f"no view is called {view.name}: {did_you_mean(view.name, views)}"
        found.error(path, view.line, text)
        return
    for setting in view.settings:
        if setting not in views[view.name]:
            known = did_you_mean(setting, views[view.name])
            text = f"the view {view.name} has no setting {setting}: {known}"
            found.error(path, view.line, text)


def _check_run(path: str, line: int, run: RunRef, labs: Labs, found: Findings) -> None:
    lab = labs.get(run.lab)
    if lab is None:
        text = f"no lab is called {run.lab}: {did_you_mean(run.lab, labs)}"
        found.error(path, line, text)
        return
    knobs = {knob.name: knob for knob in lab.knobs}
    for name, value in run.knobs.items():
        if name not in knobs:
            text = f"the lab {run.lab} has no knob {name}: {did_you_mean(name, knobs)}"
            found.error(path, line, text)
            continue
        try:
            knobs[name].parse(value)
        except ValueError as fault:
            found.error(path, line, f"the lab {run.lab}: {fault}")


def _check_bet(path: str, predict: Predict, labs: Labs, found: Findings) -> None:
    for run in filter(None, (predict.run, predict.baseline)):
        _check_run(path, predict.line, run, labs, found)
    for outcome in predict.outcomes:
        for name in sorted(names_in(outcome.condition)):
            run = predict.run
            if name.startswith(BASELINE) and predict.baseline is not None:
                run = predict.baseline
            metric = name.removeprefix(BASELINE)
            _check_metric(path, outcome.line, run.lab, metric, labs, found)


def _check_measured(
    path: str, line: int, names: Iterable[str], labs: Labs, found: Findings
) -> None:
    """Names such as `run.mouse.arrival`."""
    for name in sorted(set(names)):
        _, lab, metric = name.split(".", 2)
        if lab not in labs:
            found.error(path, line, f"{name}: no lab is called {lab}: {did_you_mean(lab, labs)}")
        else:
            _check_metric(path, line, lab, metric, labs, found)


def _check_metric(path: str, line: int, lab: str, metric: str, labs: Labs, found: Findings) -> None:
    if lab in labs:
        known = [one.name for one in labs[lab].metrics]
        if metric not in known:
            text = f"the lab {lab} does not measure {metric}: {did_you_mean(metric, known)}"
            found.error(path, line, text)


def _check_links(path: str, line: int, text: str, found: Findings) -> None:
    for match in _LINK.finditer(_CODE.sub("", text)):
        if match[0].startswith("!"):
            found.error(path, line, f"“{match[0]}”: pictures are not shown; use a {{view}}")
        elif not match["to"].startswith(("https://", "http://")) and "/" in match["to"]:
            found.error(path, line, f"“{match[0]}”: a link must begin with https://")
