"""`grok-tui study`: the list of studies, or one of them trained here without the screen."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from models.runs import KeptRuns
from models.specs.studies import STUDIES
from models.specs.study import Point, Study
from progress import paths
from tui.commands.arguments import add_where_and_how, named, whole_number
from tui.commands.outcome import Failure, WrongUsage, print_json

if TYPE_CHECKING:
    from tui.commands.lab_meter import Meter
    from tui.study_run import StudyRun

COMMAND = "grok-tui study"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `grok-tui study`."""
    parser.epilog = "runs that are kept are not made again; exit status: 1 if a run failed"
    add = parser.add_argument
    add("study", metavar="NAME", nargs="?", help="which study; without it, the list of studies")
    add(
        "--seeds",
        metavar="N",
        type=whole_number(0),
        nargs="+",
        default=[],
        help="from these seeds instead of the study's own",
    )
    add_where_and_how(parser)


def run(options: argparse.Namespace) -> int:
    """List the studies, or train what is missing of one; 0 if every run came to its end."""
    if options.study is None:
        return _list(options)
    study = named(options.study, STUDIES, "study", COMMAND)
    from tui.commands.study_report import as_json, as_text

    one = known(study, tuple(dict.fromkeys(options.seeds)))
    _train(one, options.device, quiet=options.json)
    if options.json:
        print_json(as_json(one))
    else:
        print(as_text(one))
    return 1 if one.troubles else 0


def known(study: Study, seeds: tuple[int, ...] = ()) -> StudyRun:
    """A study with the points that are kept already."""
    from tui.study_run import StudyRun

    one = StudyRun(study, study.points(seeds))
    one.take(KeptRuns(paths.runs()).listed()[0])
    return one


def _list(options: argparse.Namespace) -> int:
    from tui.commands.study_report import listed

    if options.seeds:
        raise WrongUsage("--seeds are those of a study, so it needs the NAME of one", COMMAND)
    answer, words = listed([known(study) for study in STUDIES.values()])
    if options.json:
        print_json(answer)
    else:
        print(words)
    return 0


def _train(one: StudyRun, device: str, *, quiet: bool) -> None:
    """Train the points that are missing, with a progress bar on a terminal."""
    from tui.commands.lab_meter import Meter

    os.environ.setdefault("TORCH_CPP_LOG_LEVEL", "ERROR")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    if one.complete:
        return
    one.begin()
    with Meter(sys.stderr, one.study.name, shown=not quiet and sys.stderr.isatty()) as meter:
        while (point := one.next_point) is not None:
            _train_point(one, point, device, meter)


def _train_point(one: StudyRun, point: Point, device: str, meter: Meter) -> None:
    """Train one point to its end and keep it.

    Raises:
        Failure: if torch is not installed here.
    """
    from models.protocol import Report
    from models.run_here import begin
    from models.troubles import Trouble
    from tui.lab_run import LabRun
    from tui.study_words import where

    seen_of = LabRun(one.study.spec, dict(point.knobs), point.seed, "")
    one.train(point, seen_of)
    try:
        run = begin(one.study.lab, point.knobs, point.seed, device)
        run.keep(paths.runs(), point.seed, one.study.name)
        try:
            for seen in run:
                if isinstance(seen, Report):
                    seen_of.report = seen
                    meter.show_whole(where(one.study, point), seen, one.share)
        finally:
            run.stop()  # so that it is kept as stopped where it is not over
    except Trouble as trouble:
        if trouble.kind == "torch":
            raise Failure(str(trouble)) from None
        one.failed(str(trouble))
        return
    one.done(run.finished().metrics)
