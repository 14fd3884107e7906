"""`grok-tui play`: the course on this terminal, begun with the labs or with one of them."""

from __future__ import annotations

import argparse

from models.specs.catalog import LABS
from tui.commands import start
from tui.commands.arguments import named

COMMAND = "grok-tui play"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The lab, and how the course is drawn and trained."""
    parser.add_argument("lab", metavar="LAB", nargs="?", default="", help="open this lab at once")
    parser.set_defaults(lesson=None, screen=None)
    start.add_how(parser)


def run(options: argparse.Namespace) -> int:
    """Start the course where its labs are; its exit status."""
    if options.lab:
        named(options.lab, LABS, "lab", COMMAND)
    return start.run(options)
