"""`grok-tui author`: check, begin or preview lessons."""

from __future__ import annotations

import argparse
from pathlib import Path

from tui.commands.arguments import whole_number


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One action for each thing that the author of a lesson does."""
    actions = parser.add_subparsers(metavar="ACTION", required=True)

    def action(name: str, about: str) -> argparse.ArgumentParser:
        sub: argparse.ArgumentParser = actions.add_parser(
            name, help=about, description=about[0].upper() + about[1:] + ".", allow_abbrev=False
        )
        sub.set_defaults(action=name)
        return sub

    check = action("check", "find what is wrong with the lessons, with file and line")
    check.epilog = "exit status: 0 if there is no error, 1 if there is"
    check.add_argument("path", metavar="PATH", nargs="?", type=Path, help="a lesson or a folder")
    check.add_argument("--run", action="store_true", help="run the labs that bets speak of, too")
    check.add_argument("--json", action="store_true", help="print one JSON object, nothing else")
    new = action("new", "begin a lesson: a file with one of everything, ready to be changed")
    new.add_argument("path", metavar="FILE", type=Path, help="such as my-lessons/heads.md")
    preview = action("preview", "take a lesson file as a learner would; nothing is recorded")
    preview.add_argument("path", metavar="FILE", type=Path)
    preview.add_argument("--screen", metavar="N", type=whole_number(1), default=1)


def run(options: argparse.Namespace) -> int:
    """Do the action."""
    from tui import authoring

    raise NotImplementedError(authoring)
