"""`grok-tui runs`: what is kept on this machine, looked at again, compared, resumed, deleted."""

from __future__ import annotations

import argparse

from tui.commands.arguments import device
from tui.commands.outcome import Failure, print_json

COMMAND = "grok-tui runs"
_ID = "its id, as grok-tui runs lists it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One action for each thing that can be done with kept runs; alone, the list."""
    parser.epilog = (
        "Every run of a lab is kept, whether it was started in the course or with\n"
        "`grok-tui lab`; those that trained on another machine are kept there."
    )
    parser.set_defaults(action="list", lab=None)
    parser.add_argument("--json", action="store_true", help="print one JSON object, nothing else")
    actions = parser.add_subparsers(metavar="ACTION", required=False)

    def action(name: str, about: str) -> argparse.ArgumentParser:
        sub: argparse.ArgumentParser = actions.add_parser(
            name, help=about, description=about[0].upper() + about[1:] + ".", allow_abbrev=False
        )
        sub.set_defaults(action=name)
        sub.add_argument(
            "--json",
            action="store_true",
            default=argparse.SUPPRESS,
            help="print one JSON object, nothing else",
        )
        return sub

    action("list", "what is kept, newest first").add_argument(
        "--lab", metavar="NAME", help="only the runs of this lab"
    )
    action("show", "chart and table of one run").add_argument("id", metavar="ID", help=_ID)
    compare = action("compare", "runs of one lab side by side: a curve, the numbers, the knobs")
    compare.add_argument("ids", metavar="ID", nargs="+", help=_ID)
    compare.add_argument("--curve", metavar="NAME", help="which curve of the lab to draw")
    resume = action("resume", "go on with a run that was stopped or cut short, to its end")
    resume.add_argument("id", metavar="ID", help=_ID)
    resume.add_argument(
        "--device", type=device, default="auto", help="where to train: auto, cpu, cuda or mps"
    )
    delete = action("delete", "remove runs for good")
    delete.add_argument("ids", metavar="ID", nargs="+", help=_ID)
    delete.add_argument("--yes", action="store_true", help="do not ask first")


def run(options: argparse.Namespace) -> int:
    """Do the action."""
    from models.troubles import Trouble
    from tui.commands.runs_actions import ACTIONS

    try:
        answer, words = ACTIONS[options.action](options)
    except Trouble as problem:
        raise Failure(str(problem)) from None
    if options.json:
        print_json(answer)
    elif words:
        print(words)
    return 0
