"""Train every study and write what came of it to docs/studies.md.

`python -m benchmarks.studies [STUDY]`. A study is trained again only if its points have changed
since (each section ends with a digest of them), or with `--again`. Runs that the lessons' bets were
tried on already are taken from there. That the labs themselves still measure what they did is the
business of `benchmarks.labs`.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import sys
from collections.abc import Callable

from benchmarks.labs import ROOT, kept
from course.catalog import HERE
from course.measured import MEASURED_FILE, read_measured
from models.protocol import Finished
from models.specs.studies import STUDIES, find_study
from models.specs.study import Point, Study, full_name
from tui.drawing.studies.study import describe
from tui.drawing.training.results import said, written
from tui.study_run import StudyRun
from tui.study_words import picture_of, value_text

PAGE = ROOT / "docs" / "studies.md"

HEAD = """# What the studies found

A study trains one lab again and again, with one knob turned from run to run or from other seeds.
Every row below is one run, on one core with one thread; shares are of 1,000 cases that nobody
trained on. Where there are few seeds, read the rows as what happened in these runs.

`python -m benchmarks.studies` writes this page and trains the studies whose points have changed;
`grok-tui study NAME` trains one anywhere. CPU-seconds are those of a shared machine.
"""

Train = Callable[[Study, Point], Finished]
Runs = dict[Point, Finished]


def train(study: Study, point: Point) -> Finished:
    """One run of a study, to its end."""
    from models.run_here import begin

    if (done := measured(study, point)) is not None:
        return done
    run = begin(study.lab, point.knobs, point.seed, "cpu")
    for _ in run:
        pass
    return run.finished()


def measured(study: Study, point: Point) -> Finished | None:
    """A run that was made for the lessons, its time the mean over its seeds."""
    usual = {knob.name: knob.default for knob in study.spec.knobs}
    off = {name: value for name, value in point.knobs.items() if value != usual[name]}
    run = read_measured(HERE / MEASURED_FILE).run(study.lab, off)
    if run is None or point.seed not in run.seeds:
        return None
    numbers, took = run.of(point.seed), run.seconds
    return Finished("", 0, took, took, "cpu", numbers, reached=True, control_failed=True)


def digest(study: Study) -> str:
    """A mark of everything that is trained and shown."""
    mark = hashlib.sha256(repr((study.lab, study.runners, study.metrics)).encode())
    for point in study.points():
        mark.update(repr((point.value, point.seed, sorted(point.knobs.items()))).encode())
    return mark.hexdigest()[:16]


def section(study: Study, runs: Runs, mark: str) -> str:
    """What the page says about one study."""
    fixed = ", ".join(f"{name} = {written(value)}" for name, value in study.knobs.items())
    lines = [f"## {study.name}: {study.title}", "", study.summary, ""]
    lines += [f"Lab `{study.lab}`{f' with {fixed}' if fixed else ''}.", ""]
    for metric in study.metrics:
        one = StudyRun(study, study.points(), results={p: r.metrics for p, r in runs.items()})
        lines += [f"**{study.heading(metric)}**: {describe(picture_of(one, metric))}", ""]
    lines += _table(study, runs)
    total = sum(run.cpu_seconds for run in runs.values())
    lines += ["", f"{total:.0f} CPU-seconds in all.", ""]
    return "\n".join([*lines, f"<!-- {study.name} {_versions()} digest {mark} -->", ""])


def _table(study: Study, runs: Runs) -> list[str]:
    """A row for each run, a column for each number of each runner."""
    several = len(study.metrics) > 1
    heads = [] if study.over_seeds else [study.x]
    heads += ["seed", "CPU-seconds"]
    shown = [(runner, metric) for metric in study.metrics for runner in study.runners]
    for runner, metric in shown:
        heads.append(study.who(runner) + (f": {study.heading(metric)}" if several else ""))
    rows = [heads, ["---"] * len(heads)]
    for point, run in runs.items():
        row = [] if study.over_seeds else [value_text(point.value)]
        row += [str(point.seed), f"{run.cpu_seconds:.1f}"]
        for runner, metric in shown:
            value = run.metrics.get(full_name(runner, metric))
            row.append("–" if value is None else said(value, study.form))
        rows.append(row)
    return [f"| {' | '.join(row)} |" for row in rows]


def _versions() -> str:
    import torch

    return f"python {platform.python_version()}, torch {torch.__version__}, {platform.machine()}"


def update(
    page: str,
    names: list[str],
    train: Train,
    say: Callable[[str], object],
    *,
    again: bool = False,
    write: Callable[[str], object] = lambda page: None,
) -> str:
    """The page with the studies called `names` looked after; it is written after each of them."""
    sections = kept(page)
    for name in names:
        study = STUDIES[name]
        mark = digest(study)
        if not again and sections.get(name, ("", ""))[1] == mark:
            say(f"{name}: nothing has changed")
            continue
        runs: Runs = {}
        for point in study.points():
            run = runs[point] = train(study, point)
            where = f"{study.over} {value_text(point.value)} seed {point.seed}"
            say(f"{name} {where}: {run.cpu_seconds:.1f} CPU-seconds")
        sections[name] = (section(study, runs, mark), mark)
        page = "\n".join([HEAD, *(sections[one][0] for one in STUDIES if one in sections)])
        write(page)
    return page


def main() -> int:
    """Look after the study named on the command line, or all."""
    parser = argparse.ArgumentParser(prog="benchmarks.studies", description=__doc__)
    parser.add_argument("study", nargs="*", help="only these")
    parser.add_argument("--again", action="store_true", help="also where nothing has changed")
    options = parser.parse_args()
    try:
        names = [find_study(name).name for name in options.study] or list(STUDIES)
    except LookupError as error:
        parser.error(str(error))
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    import torch

    torch.set_num_threads(1)
    made: dict[tuple[str, Point], Finished] = {}

    def once(study: Study, point: Point) -> Finished:
        """A run that two studies have in common is made once."""
        key = (study.lab, Point(0, point.seed, point.knobs))
        if key not in made:
            made[key] = train(study, point)
        return made[key]

    page = PAGE.read_text("utf-8") if PAGE.exists() else ""
    update(
        page,
        names,
        once,
        lambda line: print(line, flush=True),
        again=options.again,
        write=lambda text: PAGE.write_text(text, "utf-8"),
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
