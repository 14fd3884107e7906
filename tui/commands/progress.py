"""`grok-tui progress`: look at what you have done, carry it elsewhere, begin again."""

from __future__ import annotations

import argparse
from pathlib import Path

from tui.commands.outcome import Failure, print_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One action for each thing that can be done with a record."""
    actions = parser.add_subparsers(metavar="ACTION", required=False)
    parser.set_defaults(action="show", json=False)

    def action(name: str, about: str) -> argparse.ArgumentParser:
        sub: argparse.ArgumentParser = actions.add_parser(
            name, help=about, description=about[0].upper() + about[1:] + ".", allow_abbrev=False
        )
        sub.set_defaults(action=name)
        sub.add_argument("--json", action="store_true", help="print one JSON object, nothing else")
        return sub

    action("show", "what you have done so far")
    export = action("export", "write everything into one file, to keep or to carry")
    export.add_argument("file", metavar="FILE", type=Path, help="such as my.zip")
    take_in = action("import", "take in what was exported elsewhere; nothing is lost")
    take_in.add_argument("file", metavar="FILE", type=Path, help="what was exported")
    reset = action("reset", "begin again, in one lesson or in all; can be undone")
    reset.add_argument(
        "lesson", metavar="LESSON", nargs="?", help="its id or number; without it, all of them"
    )
    action("undo-reset", "take the last reset back")


def run(options: argparse.Namespace) -> int:
    """Do the action."""
    from progress.transfer import TransferProblem
    from tui.commands.progress_actions import ACTIONS

    try:
        answer, words = ACTIONS[options.action](options)
    except TransferProblem as problem:
        raise Failure(str(problem)) from None
    if options.json:
        print_json(answer)
    else:
        print(words)
    return 0
