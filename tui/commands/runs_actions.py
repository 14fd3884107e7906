"""What `grok-tui runs` can do with kept runs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from models.run_files import ALL
from models.runs import KeptRuns
from models.specs.catalog import LABS
from progress import paths
from progress.trouble import shown
from tui.commands.kept_run import KeptOutcome, as_json, command_of
from tui.commands.outcome import Failure, WrongUsage, did_you_mean
from tui.commands.runs_table import folded, table
from tui.film import Reel
from tui.kept_words import spec_of

if TYPE_CHECKING:
    from models.run import Run

COMMAND = "grok-tui runs"
Answer = tuple[dict[str, Any], str]
"""What an action has to say, for machines and for people."""


def list_(options: argparse.Namespace) -> Answer:
    runs = KeptRuns(paths.runs())
    found, notes = runs.listed()
    size = runs.size()
    if options.lab is not None:
        if options.lab not in {*LABS, *(kept.lab for kept in found)}:
            raise WrongUsage(
                f"there is no lab {options.lab!r}{did_you_mean(options.lab, LABS)}", COMMAND
            )
        found = [kept for kept in found if kept.lab == options.lab]
    answer = {
        "folder": str(runs.folder),
        "bytes": size,
        "runs": [as_json(kept) for kept in found],
        "notes": notes,
    }
    count = "One run" if len(found) == 1 else f"{len(found)} runs"
    if found:
        alone = [kept for kept in found if not kept.study or options.lab]
        words = [*table(alone), ""] if alone else []
        words += folded([kept for kept in found if kept not in alone])
        words.append(f"{count}; {bytes_said(size)} in {shown(runs.folder)}.")
    else:
        of = f" of {options.lab}" if options.lab else ""
        words = [f"No run{of} is kept yet. `grok-tui lab NAME` trains one, and so does the course."]
    if size > ALL:
        words.append(
            "That is more than 1 GB: new runs are kept without what they show on the way until "
            f"`{COMMAND} delete ID` makes room."
        )
    return answer, "\n".join([*words, *notes])


def show(options: argparse.Namespace) -> Answer:
    opened = KeptRuns(paths.runs()).open(options.id)
    outcome = KeptOutcome.of(opened)
    happened = Reel.of(outcome.spec, outcome.curves, (), ()).bookmarks
    answer = as_json(opened.kept) | {
        "curves": [
            {"runner": c.runner, "metric": c.metric, "steps": c.steps, "values": c.values}
            for c in opened.curves
        ],
        "moments": [{"runner": m.runner, "step": m.step, "name": m.name} for m in opened.moments],
        "milestones": [{"step": m.step, "runner": m.runner, "text": m.text} for m in happened],
        "notes": [opened.note] if opened.note else [],
    }
    wide = max((len(f"{mark.step:,}") for mark in happened), default=0)
    told = [f"  step {mark.step:>{wide},}  {mark.text}" for mark in happened]
    words = [outcome.as_text(), *(["On the way:", *told] if told else []), opened.note]
    return answer, "\n".join(filter(None, words))


def compare(options: argparse.Namespace) -> Answer:
    from tui.commands.runs_compare import compared

    ids = list(dict.fromkeys(options.ids))
    if len(ids) < 2:
        raise WrongUsage("comparing takes two runs or more", COMMAND)
    runs = KeptRuns(paths.runs())
    return compared([runs.open(run) for run in ids], options.curve)


def resume(options: argparse.Namespace) -> Answer:
    from models import run_here
    from models.resuming import why_not
    from tui.commands.training import trained

    runs = KeptRuns(paths.runs())
    kept = runs.summary(options.id)
    if why := why_not(kept):
        anew = "" if kept.state == "going" else f" That is `{command_of(kept)}`."
        raise Failure(f"{why}{anew}")

    def again() -> Run:
        return run_here.resume(runs, kept.id, options.device)

    outcome = trained(again, spec_of(kept), kept.seed, quiet=options.json)
    answer = outcome.as_json() | {"resumed": kept.id}
    return answer, f"{outcome.as_text()}\nIt went on from {kept.id}."


def delete(options: argparse.Namespace) -> Answer:
    runs = KeptRuns(paths.runs())
    ids = list(dict.fromkeys(options.ids))
    for run in ids:
        runs.place(run)  # all of them are there, or none is deleted
    named = ", ".join(ids)
    if not options.yes and not _sure(f"Delete {named} for good? [y/N] ", options.json):
        return {"deleted": [], "bytes": 0}, "Nothing was deleted."
    size = sum(runs.delete(run) for run in ids)
    free = "is" if size < 1000 else "are"
    words = f"Deleted {named}; {bytes_said(size)} {free} free again."
    return {"deleted": ids, "bytes": size}, words


def _sure(question: str, json: bool) -> bool:
    """Ask on the terminal.

    Raises:
        WrongUsage: if nobody is there to answer.
    """
    if json or not sys.stdin.isatty():
        raise WrongUsage("deleting asks first, and nobody can answer here: add --yes", COMMAND)
    try:
        return input(question).strip().lower() in ("y", "yes")
    except EOFError:
        return False


def bytes_said(size: int) -> str:
    """A number of bytes as one says it."""
    for unit, name in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if size >= unit:
            return f"{size / unit:.1f} {name}"
    return f"{size} bytes"


ACTIONS: dict[str, Callable[[argparse.Namespace], Answer]] = {
    "list": list_,
    "show": show,
    "compare": compare,
    "resume": resume,
    "delete": delete,
}
