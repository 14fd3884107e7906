"""The command line: which command was meant, its help, its errors in one sentence, its status.

Nothing here imports textual or torch. A command is a module of `tui.commands` with
`add_arguments(parser)` and `run(options) -> int`; only the one that was asked for is imported.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from importlib import import_module
from typing import NoReturn

from tui.commands.outcome import Failure, WrongUsage, did_you_mean

COMMANDS = {
    "lessons": "the lessons and how far you are in each",
    "read": "a lesson as plain text, for a pipe, a printer or a screen reader",
    "glossary": "the words of the course: each in a sentence, with its formula and its lesson",
    "play": "any lab of the course, freely, on the screen; alone, the list to choose from",
    "lab": "train a lab here, without the screen; alone, the list of labs",
    "study": "train a lab for several values of a knob, or seeds; alone, the list of studies",
    "runs": "the runs that are kept: list, show, compare, resume, delete",
    "progress": "show, export, import or reset what you have done",
    "doctor": "what works on this machine, what does not, and what to do",
    "author": "check, begin or preview lessons, for people who write them",
    "worker": "the end that trains: speaks its protocol on stdin and stdout",
}
_CHOICE = re.compile(r"invalid choice: '?(?P<given>[^' ]*)'? \(choose from (?P<known>.*)\)")
APP = "start"
"""The module of the course itself, which is what runs when no command is named."""


class Parser(argparse.ArgumentParser):
    """An argument parser that answers wrong usage with one plain sentence."""

    def error(self, message: str) -> NoReturn:
        raise WrongUsage(_plainly(message, self), self.prog)


def run(arguments: list[str]) -> int:
    """Do what `arguments` ask; the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # An old locale cannot print every sign of the course: better a "?" than a crash.
            stream.reconfigure(errors="replace")
    try:
        return _dispatch(arguments)
    except WrongUsage as wrong:
        print(f"{wrong.command}: {wrong}; {wrong.command} --help says more.", file=sys.stderr)
        return 2
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Whoever read us has seen enough (`| head`). Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _dispatch(arguments: list[str]) -> int:
    """Choose the command, parse its arguments and run it."""
    name = APP
    if arguments and not arguments[0].startswith("-"):
        name = arguments[0]
        if name not in COMMANDS:
            raise WrongUsage(
                f"there is no command {name!r}{did_you_mean(name, COMMANDS)}", "grok-tui"
            )
    module = import_module(f"tui.commands.{name}")
    parser = app_parser() if name == APP else command_parser(name)
    module.add_arguments(parser)
    options = parser.parse_args(arguments if name == APP else arguments[1:])
    status: int = module.run(options)
    sys.stdout.flush()
    return status


def command_parser(name: str) -> Parser:
    """The parser of one command, still without its arguments."""
    about = COMMANDS[name]
    return Parser(
        prog=f"grok-tui {name}",
        description=about[0].upper() + about[1:] + ".",
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def app_parser() -> Parser:
    """The parser of the course itself, whose help names the commands."""
    width = max(map(len, COMMANDS)) + 2
    listed = "\n".join(f"  {name:<{width}}{about}" for name, about in COMMANDS.items())
    parser = Parser(
        prog="grok-tui",
        usage="grok-tui [options]\n       grok-tui COMMAND [options]",
        description="A course on transformers in your terminal. It starts where you left it.",
        epilog=f"commands (grok-tui COMMAND --help says more):\n{listed}",
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, help="print the version and exit")
    return parser


class _Version(argparse.Action):
    """Print the version and exit; the number is looked up only when it is asked for."""

    def __init__(self, option_strings: list[str], dest: str, help: str | None = None) -> None:  # noqa: A002
        super().__init__(option_strings, argparse.SUPPRESS, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from importlib.metadata import PackageNotFoundError, version

        try:
            print(f"grok-tui {version('grok-tui')}")
        except PackageNotFoundError:
            print("grok-tui, run from its source without being installed")
        parser.exit(0)


def _plainly(message: str, parser: argparse.ArgumentParser) -> str:
    """argparse's own words in plainer ones."""
    kind, _, rest = message.partition(": ")
    if kind == "the following arguments are required":
        return "please give " + rest.replace(", ", " and ")
    if kind == "unrecognized arguments":
        given = rest.split()[0].partition("=")[0]
        if not given.startswith("-"):
            return f"{given!r} is one word too many"
        known = [o for a in parser._actions for o in a.option_strings if o.startswith("--")]
        return f"{given} is no option of {parser.prog}{did_you_mean(given, known)}"
    if not kind.startswith("argument "):
        return message
    name = kind.removeprefix("argument ").rpartition("/")[2]
    if rest.startswith("expected"):
        return f"{name} wants a value"
    if rest.startswith("ignored explicit"):
        return f"{name} takes no value"
    if choice := _CHOICE.match(rest):
        known = re.findall(r"[\w-]+", choice["known"])
        return f"there is no {name} {choice['given']!r}{did_you_mean(choice['given'], known)}"
    return f"{name} {rest}" if rest.startswith("must ") else f"{name}: {rest}"
