"""`grok-tui author`: check, begin or preview lessons."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tui.commands.arguments import whole_number
from tui.commands.outcome import print_json
from tui.commands.start import cannot_draw

_WHERE = "a lesson or a folder; without it, the course"
_RUN = "train the labs that bets speak of, try every exercise, do every experiment"


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
    check.add_argument("path", metavar="PATH", nargs="?", type=Path, help=_WHERE)
    check.add_argument("--run", action="store_true", help=_RUN)
    check.add_argument(
        "--write-lock", action="store_true", help="note in course.lock what each question means now"
    )
    check.add_argument("--json", action="store_true", help="print one JSON object, nothing else")
    new = action("new", "begin a lesson: a file with one of everything, ready to be changed")
    new.add_argument("path", metavar="FILE", type=Path, help="such as my-lessons/heads.md")
    preview = action("preview", "take a lesson file as a learner would; nothing is recorded")
    preview.add_argument("path", metavar="FILE", type=Path, help="such as my-lessons/heads.md")
    preview.add_argument(
        "--screen",
        metavar="N",
        type=whole_number(1),
        default=1,
        help="begin with this screen of it",
    )
    # Not in the help: only whoever works on the course itself draws the pictures of its README.
    pictures = actions.add_parser("pictures", allow_abbrev=False)
    pictures.set_defaults(action="pictures")
    pictures.add_argument("path", metavar="DIR", type=Path)


def run(options: argparse.Namespace) -> int:
    """Do the action."""
    actions = {"check": _check, "new": _new, "preview": _preview, "pictures": _pictures}
    return actions[options.action](options)


def _check(options: argparse.Namespace) -> int:
    from tui.authoring.check import check_course

    def tell(text: str) -> None:
        if sys.stderr.isatty() and not options.json:
            print(f"{text} ...", file=sys.stderr)

    report = check_course(options.path, run=options.run, lock=options.write_lock, tell=tell)
    if options.json:
        print_json(report.as_json())
    else:
        print("\n".join(report.lines()))
    return 1 if report.errors else 0


def _new(options: argparse.Namespace) -> int:
    from tui.authoring.begin import begin_lesson

    print(begin_lesson(options.path))
    return 0


def _preview(options: argparse.Namespace) -> int:
    from tui.authoring.preview import lesson_at, preview

    lesson_at(options.path)
    if trouble := cannot_draw():
        print(trouble, file=sys.stderr)
        return 2
    return preview(options.path, options.screen)


def _pictures(options: argparse.Namespace) -> int:
    from tui.authoring.pictures import draw_pictures

    for path in draw_pictures(options.path):
        print(path)
    return 0
