"""What a lab page says in words and numbers: before a run, while it goes, and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from models.specs.spec import LabSpec, Value
from tui.drawing.inline import inline
from tui.drawing.training.dashboard import Progress
from tui.drawing.training.results import columns, fitting, results, written
from tui.lab_run import LabRun, Phase

if TYPE_CHECKING:
    from course.measured import MeasuredRun

Lines = list[Content]
Knobs = Mapping[str, Value]

_MARK = 2
"""Columns of the mark before a row, and of the space after it."""


def turned(spec: LabSpec, knobs: Knobs) -> str:
    """The knobs that stand elsewhere than their default, as words; empty if none does."""
    off = off_default(spec, knobs)
    return ", ".join(f"{name} = {written(value)}" for name, value in off.items())


def off_default(spec: LabSpec, knobs: Knobs) -> dict[str, Value]:
    """The knobs that stand elsewhere than their default."""
    return {name: value for name, value in knobs.items() if value != spec.knob(name).default}


def warning(text: str, width: int) -> Lines:
    """Something that went wrong, with an empty line after it."""
    return [*Content.styled(text, "bold $text-warning").wrap(width), Content("")]


def before(
    spec: LabSpec,
    text: str,
    knobs: Knobs,
    further: Sequence[str],
    width: int,
    *,
    claim: bool = True,
) -> Lines:
    """What the lab claims and what must fail; then `further` sentences.

    The claim is made for the knobs at their default, so it is left out where one is turned; and
    without `claim`, as long as there is a bet on it to be placed.
    """
    off = turned(spec, knobs)
    parts = [text or spec.summary]
    if claim and not off:
        parts += [f"**The claim.** {spec.goal}", f"**The control.** {spec.control}"]
    lines = [Content.styled(spec.title, "bold $text-accent"), Content("")]
    for part in parts:
        lines += [*inline(part).wrap(width), Content("")]
    told = [f"Turned: {off}."] if off else []
    return [*lines, *Content.styled(" ".join([*told, *further]), "$foreground-muted").wrap(width)]


def by_authors(spec: LabSpec, text: str, run: MeasuredRun, width: int) -> Lines:
    """What the authors measured, said to be theirs, where the lab cannot run."""
    head, *rows = columns(results(spec, run.of(run.seeds[0])))
    lines = [Content.styled(spec.title, "bold $text-accent"), Content("")]
    lines += [*inline(text or spec.summary).wrap(width), Content("")]
    lines += inline(f"**What the authors measured**, with seed {run.seeds[0]}:").wrap(width)
    lines.append(Content.styled(head, "$foreground-muted"))
    lines += [Content.styled(row, "bold" if i == 0 else "") for i, row in enumerate(rows)]
    return [line.truncate(width) for line in lines]


def next_run(spec: LabSpec, knobs: Knobs, seed: int, width: int) -> Lines:
    """That the knobs have been turned since the run that is shown."""
    now = turned(spec, knobs) or "every knob at its default"
    told = f"The table is of the run before. a runs it with {now}, seed {seed}."
    return [Content(""), *Content.styled(told, "$text-accent").wrap(width)]


def results_of(
    spec: LabSpec,
    metrics: Mapping[str, float],
    knobs: Knobs,
    run: LabRun | None,
    width: int,
    marks: Mapping[str, Content] | None = None,
    more: Sequence[Content] = (),
) -> Lines:
    """The table, what it says of the claim, and how it came about.

    With `marks` each row begins with the mark that its runner has on the chart above; `more` says
    what else is on it.
    """
    lines = [*_table(results(spec, metrics), marks or {}, width), *more, Content("")]
    off = turned(spec, knobs)
    if run is not None and run.result is not None:
        if not off:
            lines += inline(_verdict(spec, run.result.reached, run.result.control_failed)).wrap(
                width
            )
        result = run.result
        worked = f"{result.steps:,} {spec.counts}, {result.seconds:.0f} s"
        told = f"{worked} on {result.device}, seed {run.seed}"
        told += f", {off}." if off else "."
    else:
        told = f"From your last run{f' with {off}' if off else ''}."
    lines += Content.styled(told, "$foreground-muted").wrap(width)
    return [line.truncate(width) for line in lines]


def _table(rows: Sequence[Sequence[str]], marks: Mapping[str, Content], width: int) -> Lines:
    rows = fitting(rows, width - (_MARK if marks else 0))
    head, *told = columns(rows)
    lines = [Content.styled(head, "$foreground-muted")]
    lines += [Content.styled(row, "bold" if i == 0 else "") for i, row in enumerate(told)]
    if not marks:
        return lines
    names = ["", *(row[0] for row in rows[1:])]
    return [
        Content.assemble(marks.get(name, Content(" ")), " ", line)
        for name, line in zip(names, lines, strict=True)
    ]


def progress_of(run: LabRun) -> Progress:
    """How far a run is, for the dashboard line."""
    if run.report is None:
        return Progress(run.phase.value, share=0.0)
    phase, step, seconds = run.first
    return Progress(
        f"{'held' if run.held else 'paused'}: {phase}" if run.phase is Phase.PAUSED else phase,
        run.report.step,
        run.report.steps,
        run.elapsed - seconds,
        step,
        run.device,
        0,
        run.fraction,
        run.elapsed,
    )


def _verdict(spec: LabSpec, reached: bool, control_failed: bool) -> str:
    if reached:
        return f"**It held, and the control failed as it must.** {spec.goal}"
    if not control_failed:
        return f"**The control did not fail, so this shows nothing.** {spec.control}"
    return f"**Not reached this time.** {spec.goal} a runs it again, k changes the seed."
