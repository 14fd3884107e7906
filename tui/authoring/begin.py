"""A new lesson: a file with one of everything, which passes the check as it is."""

from __future__ import annotations

import re
from pathlib import Path

from course.catalog import read_catalog
from course.front_matter import MAX_ID
from tui.authoring.report import near
from tui.commands.outcome import Failure

SKELETON = Path(__file__).parent / "skeleton.md"
SHORT = MAX_ID - len("ord--chance")
"""How much of the lesson's id fits into the ids of its questions."""


def begin_lesson(path: Path) -> str:
    """Write the file of a new lesson; what there is to do next.

    Raises:
        Failure: if the file is there already, cannot be written, or is named so that no id
            can be made of it.
    """
    if path.suffix != ".md":
        path = path.with_name(path.name + ".md")
    lesson_id = id_of(path.stem)
    if not lesson_id:
        raise Failure(f"{path.name} gives no id: name the file in small letters and digits.")
    if lesson_id in (known := read_catalog().lessons):
        raise Failure(f"The id {lesson_id} is taken by {near(known[lesson_id].path)}.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text_for(lesson_id))
    except FileExistsError:
        raise Failure(f"{near(str(path))} is there already; nothing was changed.") from None
    except OSError as error:
        raise Failure(f"{near(str(path))} cannot be written: {error.strerror}.") from None
    return told(near(str(path)), near(str(path.parent)))


def id_of(stem: str) -> str:
    """The lesson id for a file name: `07 My Lesson` gives `my-lesson`."""
    words = re.findall(r"[a-z0-9]+", stem.lower())
    if len(words) > 1 and words[0].isdecimal():
        words = words[1:]
    return "-".join(words)[:MAX_ID].rstrip("-")


def text_for(lesson_id: str) -> str:
    """The skeleton with an id and a title in it."""
    title = lesson_id.replace("-", " ").capitalize()
    text = SKELETON.read_text(encoding="utf-8")
    for name, value in (
        ("ID", lesson_id),
        ("TITLE", title),
        ("SHORT", lesson_id[:SHORT].rstrip("-")),
    ):
        text = text.replace(f"@{name}@", value)
    return text


def told(path: str, folder: str) -> str:
    """What to do with a lesson that was just begun."""
    ways = (
        (f"grok-tui author preview {path}", "take it as a learner would"),
        (f"grok-tui author check {path}", "every fault, with its line"),
        (f"grok-tui --lessons {folder}", "the course with it"),
    )
    wide = max(len(command) for command, _ in ways)
    lines = [f"  {command:<{wide}}   {about}" for command, about in ways]
    return "\n".join([f"{path} is there, with one of everything. Change it, and then:", *lines])
