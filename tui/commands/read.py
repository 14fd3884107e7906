"""`grok-tui read`: a lesson as plain text, or the file of a layer that a lesson runs."""

from __future__ import annotations

import argparse
import ast
import shutil
from textwrap import fill

from models.sources import FOLDERS, files_in, sources
from tui.commands.arguments import folder
from tui.commands.outcome import WrongUsage, did_you_mean

COMMAND = "grok-tui read"
WIDEST = 100
"""Lines longer than this are hard to follow, however wide the window is."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `grok-tui read`."""
    add = parser.add_argument
    add("lesson", metavar="LESSON", nargs="?", help="its id or number; grok-tui lessons has both")
    add("--notes", action="store_true", help="with the answers and the instructor's notes")
    add(
        "--code",
        metavar="LAYER",
        nargs="?",
        const="",
        help="print the file of a layer or network instead; without a name, what there is",
    )
    add("--lessons", metavar="DIR", type=folder, help="a folder with more lessons")


def run(options: argparse.Namespace) -> int:
    """Print a lesson or a file."""
    if options.code is not None:
        print(_code(options.code) if options.code else _contents(), end="")
        return 0
    if options.lesson is None:
        raise WrongUsage("please give the LESSON to read", COMMAND)
    from tui.commands.learner import find_lesson, look
    from tui.commands.view_words import describe
    from tui.lesson_text import LessonText

    session = look(options.lessons)
    lesson = find_lesson(session, options.lesson, COMMAND)
    text = LessonText(lesson, _width(), session.runs.measured, describe, options.notes)
    for line in text.lines():
        print(line)
    return 0


def _width() -> int:
    """How long a line may be."""
    return min(shutil.get_terminal_size((80, 24)).columns, WIDEST)


def _code(name: str) -> str:
    """The text of the file of a layer or network."""
    files = sources()
    wanted = name.removesuffix(".py")
    if wanted not in files:
        raise WrongUsage(f"there is no layer {name!r}{did_you_mean(wanted, files)}", COMMAND)
    return files[wanted].read_text(encoding="utf-8")


def _contents() -> str:
    """Every file that can be read, with the first sentence of what it says of itself."""
    lines: list[str] = []
    for kind in FOLDERS:
        lines += ["", kind] if lines else [kind]
        for name, file in files_in(kind).items():
            said = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or name
            head = f"  {name:<17} {said.splitlines()[0]}"
            lines.append(fill(head, width=_width(), subsequent_indent=" " * 20))
    return "\n".join(lines) + "\n"
