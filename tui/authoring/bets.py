"""Every bet is run over its seeds, and must come out as its lesson says (checks 12 and 13)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TYPE_CHECKING

from course.bets import Predict, Sketch
from course.findings import ERROR, WARNING, Finding
from course.lesson import Claim, Lab, Lesson, RunRef
from course.lock import digest
from course.measured import Measured, MeasuredRun
from course.runs import OutcomeProblem, claim_verdict, outcome
from models.specs.catalog import find_lab
from models.specs.spec import Value
from tui.own_runs import off_default

if TYPE_CHECKING:
    from models.run import Run

AT_ONCE = 2
"""How many runs go on at the same time; a run takes one core."""
FAIR_SHARE = 0.25
"""Of a lesson's minutes, how much may go by waiting for its runs."""

NOTHING = Measured()


@dataclass(frozen=True)
class OneRun:
    """One run to be done. `knobs` are those off their defaults, by name."""

    lab: str
    knobs: tuple[tuple[str, Value], ...]
    seed: int

    def __str__(self) -> str:
        turned = "".join(f" {name}={value}" for name, value in self.knobs)
        return f"{self.lab}{turned}, seed {self.seed}"


@dataclass(frozen=True)
class Done:
    """What a run came to; `trouble` says why it did not."""

    metrics: dict[str, float]
    seconds: float = 0.0
    """Of one core; unlike those on the clock they do not count what else the machine does."""
    trouble: str = ""


Results = dict[OneRun, Done]


def bets_of(lessons: Iterable[Lesson]) -> Iterator[tuple[Lesson, Predict]]:
    """Every bet with its lesson."""
    for lesson in lessons:
        for question in lesson.questions:
            if isinstance(question, Predict):
                yield lesson, question


def sketches_of(lessons: Iterable[Lesson]) -> Iterator[Sketch]:
    """Every prediction that is drawn of a run."""
    for lesson in lessons:
        for question in lesson.questions:
            if isinstance(question, Sketch) and question.run.lab:
                yield question


def runs_of(lessons: Iterable[Lesson]) -> list[OneRun]:
    """The runs that the bets of these lessons need, each once, the longest labs first."""
    every = list(lessons)
    wanted = {
        one_run(ref, seed)
        for _, bet in bets_of(every)
        for ref in (bet.run, bet.baseline)
        if ref is not None
        for seed in bet.seeds
    }
    wanted |= {one_run(one.run, seed) for one in sketches_of(every) for seed in one.seeds}
    return sorted(wanted, key=lambda run: (-find_lab(run.lab).seconds, str(run)))


def one_run(ref: RunRef, seed: int) -> OneRun:
    """A run that a lesson speaks of, with one seed."""
    return OneRun(ref.lab, tuple(sorted(off_default(ref).items())), seed)


def measure(runs: Sequence[OneRun], tell: Callable[[str], None]) -> Results:
    """Do all runs, two at a time, each in a process of its own."""
    results: Results = {}
    with ProcessPoolExecutor(
        AT_ONCE, mp_context=get_context("spawn"), max_tasks_per_child=1
    ) as pool:
        waiting = {pool.submit(train, run): run for run in runs}
        for number, future in enumerate(as_completed(waiting), start=1):
            run = waiting[future]
            results[run] = future.result()
            tell(f"run {number} of {len(runs)}: {run}, {results[run].seconds:.0f} s")
    return results


def train(run: OneRun) -> Done:
    """Do one run in this process."""
    from models.troubles import Trouble

    try:
        result = trained(run).finished()
    except Trouble as trouble:
        return Done({}, trouble=str(trouble))
    return Done(dict(result.metrics), result.cpu_seconds)


def trained(run: OneRun) -> Run:
    """One run, trained to its end in this process.

    Raises:
        Trouble: if it cannot be.
    """
    os.environ.setdefault("TORCH_CPP_LOG_LEVEL", "ERROR")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    from models.run_here import begin

    going = begin(run.lab, dict(run.knobs), run.seed, "cpu")
    for _ in going:
        pass
    return going


def judge(lessons: Sequence[Lesson], results: Results) -> tuple[list[Finding], Measured]:
    """Whether every bet and claim comes out the same on all seeds, and what there is to keep."""
    found: list[Finding] = []
    branches: dict[str, tuple[str, str]] = {}
    for lesson, bet in bets_of(lessons):
        faults = list(_bet_faults(bet, results))
        found += [Finding(lesson.path, line, ERROR, text) for line, text in faults]
        if not faults:
            branches[bet.id] = (_expected(bet), digest(bet))
    runs = kept_runs(results)
    measured = Measured(branches, runs)
    for lesson in lessons:
        found += _claims_at_odds(lesson, measured)
        found += check_time([lesson], measured)
    return found, measured


def kept_runs(results: Results) -> tuple[MeasuredRun, ...]:
    """Runs that differ only in their seed, put together."""
    groups: dict[tuple[str, tuple[tuple[str, Value], ...]], list[OneRun]] = {}
    for run in sorted(results, key=str):
        if not results[run].trouble:
            groups.setdefault((run.lab, run.knobs), []).append(run)
    kept = []
    for (lab, knobs), runs in groups.items():
        done = [results[run] for run in runs]
        names = {name: None for one in done for name in one.metrics}
        metrics = {name: tuple(_finite(one.metrics.get(name)) for one in done) for name in names}
        seconds = sum(one.seconds for one in done) / len(done)
        seeds = tuple(run.seed for run in runs)
        kept.append(MeasuredRun(lab, dict(knobs), seeds, metrics, seconds))
    return tuple(kept)


def check_time(lessons: Iterable[Lesson], measured: Measured = NOTHING) -> list[Finding]:
    """Whether the runs of a lesson leave time for its words; by their specs where unmeasured."""
    found = []
    for lesson in lessons:
        labs = [lab.run for screen in lesson.screens for lab in screen.blocks_of(Lab)]
        seconds = sum(_seconds(ref, measured) for ref in labs)
        share = seconds / (60 * lesson.minutes)
        if share > FAIR_SHARE:
            level = ERROR if share > 1 else WARNING
            text = (
                f"its runs take {seconds / 60:.1f} of its {lesson.minutes} minutes: make them "
                "smaller, or say how long the lesson really takes"
            )
            found.append(Finding(lesson.path, 1, level, text))
    return found


def _bet_faults(bet: Predict, results: Results) -> Iterator[tuple[int, str]]:
    """Line and text of whatever keeps a bet from coming out as its [x] says."""
    expected = _expected(bet)
    for seed in bet.seeds:
        run = results[one_run(bet.run, seed)]
        base = results[one_run(bet.baseline, seed)] if bet.baseline else None
        trouble = run.trouble or (base.trouble if base else "")
        if trouble:
            yield bet.line, f"{bet.id}, seed {seed}: {trouble}"
            continue
        try:
            branch = outcome(bet, run.metrics, base.metrics if base else None)
        except OutcomeProblem as problem:
            yield bet.line, f"seed {seed}: {problem}"
            continue
        if branch != expected:
            line = next((one.line for one in bet.outcomes if one.branch == branch), bet.line)
            yield (
                line,
                f"{bet.id}: with seed {seed} the run decides for {{{branch}}}, not for the "
                f"{{{expected}}} that is marked [x]",
            )


def _expected(bet: Predict) -> str:
    return next(option.branch for option in bet.options if option.correct)


def _claims_at_odds(lesson: Lesson, measured: Measured) -> Iterator[Finding]:
    """Claims that not all seeds mark alike; a learner's stamp is then a matter of luck."""
    default = [run for run in measured.runs if not run.knobs]
    seeds = sorted({seed for run in default for seed in run.seeds})
    for screen in lesson.screens:
        for claim in screen.blocks_of(Claim):
            verdicts = {seed: _verdict(claim, default, seed) for seed in seeds}
            told = {seed: verdict for seed, verdict in verdicts.items() if verdict != "unknown"}
            if len(set(told.values())) > 1:
                which = ", ".join(f"{verdict} with seed {seed}" for seed, verdict in told.items())
                yield Finding(lesson.path, claim.line, WARNING, f"{claim.id} is {which}")


def _verdict(claim: Claim, runs: Iterable[MeasuredRun], seed: int) -> str:
    metrics = {
        f"run.{run.lab}.{name}": value
        for run in runs
        if seed in run.seeds
        for name, value in run.of(seed).items()
    }
    return claim_verdict(claim, metrics)


def _seconds(ref: RunRef, measured: Measured) -> float:
    run = measured.run(ref.lab, off_default(ref))
    return run.seconds if run is not None else find_lab(ref.lab).seconds


def _finite(value: float | None) -> float | None:
    return value if value is not None and value == value and abs(value) != float("inf") else None
