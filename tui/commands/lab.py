"""`grok-tui lab`: the list of labs, or one of them trained here and now without the screen."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from models.specs.catalog import LABS
from models.specs.spec import LabSpec, Value
from tui.commands.arguments import add_where_and_how, named, whole_number
from tui.commands.outcome import WrongUsage, did_you_mean, print_json

if TYPE_CHECKING:
    from models.run import Run

COMMAND = "grok-tui lab"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `grok-tui lab`."""
    parser.epilog = "exit status: 0 if the goal was reached and the control failed, 1 if not"
    add = parser.add_argument
    add("lab", metavar="NAME", nargs="?", help="which lab; without it, the list of labs")
    add("--seed", type=whole_number(0), default=0, help="where chance begins (default 0)")
    add(
        "--set",
        metavar="KNOB=VALUE",
        dest="knobs",
        action="append",
        default=[],
        help="turn a knob, as in --set hidden=32; may be given more than once",
    )
    add_where_and_how(parser)


def run(options: argparse.Namespace) -> int:
    """List the labs, or train one; 0 if it reached its goal."""
    if options.lab is None:
        return _list(options)
    spec = named(options.lab, LABS, "lab", COMMAND)
    settings = turned(spec, options.knobs)
    from models import run_here
    from tui.commands.training import trained

    def new() -> Run:
        return run_here.begin(spec.name, settings, options.seed, options.device)

    outcome = trained(new, spec, options.seed, quiet=options.json)
    if options.json:
        print_json(outcome.as_json())
    else:
        print(outcome.as_text())
    return 0 if outcome.result.reached else 1


def turned(spec: LabSpec, assignments: list[str]) -> dict[str, Value]:
    """Every knob's value, after `KNOB=VALUE` assignments.

    Raises:
        WrongUsage: for an unknown knob or a value that it does not take, with the reason.
    """
    given: dict[str, Value] = {}
    for assignment in assignments:
        name, equals, text = assignment.partition("=")
        names = [knob.name for knob in spec.knobs]
        if not equals:
            raise WrongUsage(f"--set wants KNOB=VALUE, not {assignment!r}", COMMAND)
        if name not in names:
            raise WrongUsage(
                f"the lab {spec.name} has no knob {name!r}{did_you_mean(name, names)}", COMMAND
            )
        try:
            given[name] = spec.knob(name).parse(text)
        except ValueError as error:
            raise WrongUsage(f"{error}", COMMAND) from None
    return spec.settings(given)


def _list(options: argparse.Namespace) -> int:
    if options.knobs:
        raise WrongUsage("--set turns a knob of a lab, so it needs the NAME of one", COMMAND)
    if options.json:
        print_json({"labs": [_as_json(spec) for spec in LABS.values()]})
        return 0
    width = max(map(len, LABS))
    for spec in LABS.values():
        print(f"{spec.name:<{width}}  {spec.title} (about {spec.seconds} s)")
        turns = [f"--set {knob.name}={_said(knob.default)}" for knob in spec.knobs]
        wide = max(map(len, turns), default=0)
        for turn, knob in zip(turns, spec.knobs, strict=True):
            print(f"{'':<{width}}    {turn:<{wide}}  {knob.means}")
    return 0


def _as_json(spec: LabSpec) -> dict[str, Any]:
    return {
        "name": spec.name,
        "title": spec.title,
        "summary": spec.summary,
        "goal": spec.goal,
        "control": spec.control,
        "seconds": spec.seconds,
        "needs_torch": spec.needs_torch,
        "knobs": [
            {"name": k.name, "default": k.default, "means": k.means, "range": k.range}
            for k in spec.knobs
        ],
    }


def _said(value: Value) -> str:
    """A knob's value as it is typed."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
