"""`grok-tui`: the course itself, on this terminal."""

from __future__ import annotations

import argparse
import os
import sys

from tui.commands.arguments import device, folder, one_of, whole_number
from tui.commands.outcome import WrongUsage


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the course."""
    add = parser.add_argument
    add("--lesson", metavar="ID", help="begin with this lesson")
    add("--screen", metavar="N", type=whole_number(1), help="and with this screen of it")
    add("--open", action="store_true", help="every lesson open, and recorded as opened that way")
    add("--still", action="store_true", default=None, help="nothing moves unless a key is pressed")
    add(
        "--ink",
        type=one_of("auto", "colour", "shade", "ascii"),
        help="how to draw: auto, colour, shade or ascii",
    )
    add("--no-mouse", action="store_true", default=None, help="leave the mouse to the terminal")
    add(
        "--worker",
        metavar="CMD",
        help='what starts the worker, such as "ssh -T gpu1 grok-tui worker"',
    )
    add("--device", type=device, help="where to train: auto, cpu, cuda or mps")
    add("--lessons", metavar="DIR", type=folder, help="a folder with more lessons")


def run(options: argparse.Namespace) -> int:
    """Start the course; its exit status."""
    if options.screen is not None and options.lesson is None:
        raise WrongUsage("--screen counts inside a lesson, so it needs --lesson ID", "grok-tui")
    trouble = cannot_draw()
    if trouble:
        print(trouble, file=sys.stderr)
        return 2
    raise NotImplementedError


def cannot_draw() -> str:
    """Why the course cannot be drawn here, and what to do; empty if it can."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return (
            "grok-tui draws on a terminal, and its input or output is none here; "
            "`grok-tui read LESSON` prints a lesson as plain text."
        )
    if os.environ.get("TERM") == "dumb":
        return (
            "TERM=dumb names a terminal that nothing can be drawn on; set TERM to what it really "
            "is, or print a lesson as plain text with `grok-tui read LESSON`."
        )
    return ""
