"""Whether the experiments of lessons can be done: everything is tried on a run of each seed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from course.experiment import RIGHT, Experiment
from course.findings import ERROR, WARNING, Finding, draws_of
from course.lesson import Lesson
from course.variants import Variant
from models.protocol import ProbeResult
from tui.authoring.bets import AT_ONCE, OneRun, one_run, trained
from tui.experiments.meters import METERS
from tui.experiments.settings import settings_of

if TYPE_CHECKING:
    from models.run import Run

Tell = Callable[[str], None]
Outcomes = dict[str, int]
"""How many of all tries came to each outcome."""


@dataclass(frozen=True)
class Tried:
    """What came of one experiment on one run, with what was drawn for it, in words."""

    id: str
    drawn: str
    outcomes: Outcomes


@dataclass(frozen=True)
class Done:
    """All experiments on one run; `trouble` says why they could not be done."""

    tried: tuple[Tried, ...] = ()
    trouble: str = ""


def check_experiments(lessons: Sequence[Lesson], tell: Tell) -> list[Finding]:
    """Do each experiment of some lessons in every way, on a run of each of its seeds."""
    asked = [(lesson, one) for lesson in lessons for one in experiments_of(lesson)]
    wanted: dict[OneRun, list[Experiment]] = {}
    for _, one in asked:
        for seed in one.seeds:
            wanted.setdefault(one_run(one.run, seed), []).append(one)
    done = _on_each(wanted, tell) if wanted else {}
    return [finding for lesson, one in asked for finding in judge(lesson.path, one, done)]


def experiments_of(lesson: Lesson) -> list[Experiment]:
    """The experiments of a lesson, in order."""
    return [question for question in lesson.questions if isinstance(question, Experiment)]


def judge(path: str, question: Experiment, done: Mapping[OneRun, Done]) -> Iterator[Finding]:
    """On every seed something is right; what nothing comes to on any of them is worth a look."""
    came: set[str] = set()
    for seed in question.seeds:
        found = done[one_run(question.run, seed)]
        if found.trouble:
            yield Finding(
                path, question.line, ERROR, f"{question.id}, seed {seed}: {found.trouble}"
            )
        for one in found.tried:
            if one.id == question.id:
                came |= set(one.outcomes)
                if RIGHT not in one.outcomes:
                    text = (
                        f"{question.id}, seed {seed}{one.drawn}: nothing that can be done is right"
                    )
                    yield Finding(path, question.line, ERROR, text)
    for name, wrong in question.wrong.items():
        if came and name not in came:
            text = f"{question.id}: nothing comes to this on any seed: {wrong.expression}"
            yield Finding(path, wrong.line, WARNING, text)


def do(run: OneRun, questions: Sequence[Experiment]) -> Done:
    """Train in this process, and do everything to what was trained."""
    from models.troubles import Trouble

    try:
        going = trained(run)
        return Done(tuple(asyncio.run(_everything(going, one)) for one in _shown(questions)))
    except Trouble as trouble:
        return Done(trouble=str(trouble))


def _shown(questions: Sequence[Experiment]) -> Iterator[Variant]:
    for question in questions:
        yield from (Variant(question, 0, (), values) for values in draws_of(question))


async def _everything(run: Run, shown: Variant) -> Tried:
    question = shown.question
    assert isinstance(question, Experiment)

    async def ask(what: str, arguments: dict[str, Any]) -> ProbeResult:
        from models.arrays import pack

        arrays, values = run.probe(what, arguments)
        return ProbeResult("", 0, {name: pack(one) for name, one in arrays.items()}, values)

    meter = METERS[question.task](question, settings_of(shown), ask)
    outcomes: Outcomes = {}
    for sample in meter.samples:
        meter.sample = sample
        for did in await meter.tries():
            outcome = (await meter.answer(did))["outcome"]
            outcomes[outcome] = outcomes.get(outcome, 0) + 1
    drawn = "".join(f", {name} = {value:g}" for name, value in shown.values.items())
    return Tried(question.id, drawn, outcomes)


def _on_each(wanted: Mapping[OneRun, Sequence[Experiment]], tell: Tell) -> dict[OneRun, Done]:
    """Each run in a process of its own, two at a time."""
    done: dict[OneRun, Done] = {}
    with ProcessPoolExecutor(
        AT_ONCE, mp_context=get_context("spawn"), max_tasks_per_child=1
    ) as pool:
        waiting = {pool.submit(do, run, questions): run for run, questions in wanted.items()}
        for number, future in enumerate(as_completed(waiting), start=1):
            run = waiting[future]
            done[run] = future.result()
            tell(f"experiments on run {number} of {len(wanted)}: {run}")
    return done
