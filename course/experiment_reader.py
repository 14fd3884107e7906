"""From a fence to the experiment in it."""

from __future__ import annotations

from typing import Any

from course.choices import take_tags
from course.experiment import GOAL, SEEDS, TASKS, Experiment, Task
from course.fences import KINDS, Fence, Setting
from course.lesson import Diagnosis, RunRef
from course.problems import Problems, did_you_mean
from course.settings import read_also_where, read_draws, read_known, read_run, read_seeds

STRANGE = "is not measured here"
_NO_TASK = Task({}, "", {})


def read_experiment(
    fence: Fence, common: dict[str, Any], explanation: str, found: Problems
) -> Experiment:
    """The experiment in a fence. Besides what every one has, it takes what its task takes."""
    named, lab = fence.one("task"), fence.one("lab")
    draw, seeds = fence.one("draw"), fence.one("seeds")
    name = named.value if named else ""
    if named and name not in TASKS:
        found.report(named.line, f"nothing to do is called {name}: {did_you_mean(name, TASKS)}")
    task = TASKS.get(name, _NO_TASK)
    if name in TASKS:
        _check_settings(fence, task, found)
    if "until" in task.settings and (until := fence.one("until")):
        read_known(until.value, until.line, GOAL, STRANGE, found)
    return Experiment(
        **common,
        task=name,
        run=read_run(lab.value, lab.line, found) if lab else RunRef(""),
        settings={one.name: one.value for one in fence.settings if one.name in task.settings},
        outcomes=tuple(_outcome(s, found) for name in task.wrong if (s := fence.one(name))),
        also=read_also_where(fence, task.measured, STRANGE, found),
        explanation=explanation,
        draws=read_draws(draw, found) if draw else {},
        seeds=read_seeds(seeds, found) if seeds else SEEDS,
    )


def _check_settings(fence: Fence, task: Task, found: Problems) -> None:
    """Report settings that the task does not take, and what it misses."""
    known = KINDS[fence.kind].options | task.settings | set(task.wrong)
    given = [one.name for one in fence.settings]
    for one in fence.settings:
        if one.name not in known:
            text = f"{{experiment}} has no option :{one.name}: here — "
            found.report(one.line, text + did_you_mean(one.name, known))
    for name in (*sorted(task.required), *task.wrong):
        if name not in given:
            found.report(fence.line, f"{{experiment}} needs :{name}:")


def _outcome(setting: Setting, found: Problems) -> Diagnosis:
    """`:NAME: explanation #mc:tag`: what is said when it comes to that."""
    text, tags = take_tags(setting.value, setting.line, found)
    return Diagnosis(setting.name, text, tags, setting.line)
