"""`grok-tui read`: a lesson as plain text, or the file of a layer that a lesson runs."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import models
from tui.commands.arguments import folder
from tui.commands.outcome import WrongUsage, did_you_mean

COMMAND = "grok-tui read"
WIDEST = 100
"""Lines longer than this are hard to follow, however wide the window is."""
CODE = ("layers", "networks")
"""The folders of `models` that lessons show code from."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `grok-tui read`."""
    add = parser.add_argument
    add("lesson", metavar="LESSON", nargs="?", help="its id or number; grok-tui lessons has both")
    add("--notes", action="store_true", help="with the answers and the instructor's notes")
    add("--code", metavar="LAYER", help="print the file of a layer or network instead")
    add("--lessons", metavar="DIR", type=folder, help="a folder with more lessons")


def run(options: argparse.Namespace) -> int:
    """Print a lesson or a file."""
    if options.code is not None:
        print(_code(options.code).read_text(encoding="utf-8"), end="")
        return 0
    if options.lesson is None:
        raise WrongUsage("please give the LESSON to read", COMMAND)
    from tui.commands.learner import find_lesson, look
    from tui.commands.view_words import describe
    from tui.lesson_text import LessonText

    session = look(options.lessons)
    lesson = find_lesson(session, options.lesson, COMMAND)
    width = min(shutil.get_terminal_size((80, 24)).columns, WIDEST)
    text = LessonText(lesson, width, session.measured, describe, options.notes)
    for line in text.lines():
        print(line)
    return 0


def _code(name: str) -> Path:
    """The file of a layer or network."""
    home = Path(models.__file__).parent
    files = {f.stem: f for kind in CODE for f in sorted((home / kind).glob("[a-z]*.py"))}
    wanted = name.removesuffix(".py")
    if wanted not in files:
        raise WrongUsage(f"there is no layer {name!r}{did_you_mean(wanted, files)}", COMMAND)
    return files[wanted]
