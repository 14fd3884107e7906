"""`grok-tui lessons`: the lessons and how far you are in each."""

from __future__ import annotations

import argparse
from textwrap import fill
from typing import TYPE_CHECKING, Any

from tui.commands.arguments import folder
from tui.commands.outcome import print_json

if TYPE_CHECKING:
    from tui.session import Session

STATES = {
    "passed": "passed",
    "helped": "passed with help",
    "open": "open",
    "locked": "locked",
    "broken": "cannot be read",
    "planned": "planned",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `grok-tui lessons`."""
    parser.add_argument("--lessons", metavar="DIR", type=folder, help="a folder with more lessons")
    parser.add_argument("--json", action="store_true", help="print one JSON object, nothing else")


def run(options: argparse.Namespace) -> int:
    """Print the lessons, part by part."""
    from tui.commands.learner import look

    session = look(options.lessons)
    rows = _rows(session)
    if options.json:
        print_json({"course": session.catalog.title, "lessons": rows})
        return 0
    wide = max((len(row["id"]) for row in rows), default=0)
    part = None
    for row in rows:
        if row["part"] != part:
            part = row["part"]
            print(f"{part}" if row is rows[0] else f"\n{part}")
        minutes = f"{row['minutes']:>3} min" if row["minutes"] else " " * 7
        state = "passed by test" if row["tested"] else STATES[row["state"]]
        print(f"  {row['id']:<{wide}}  {minutes}  {state:<16}  {row['title']}")
        if row["missing"]:
            indent = " " * (wide + 13)
            print(fill(row["missing"], 100, initial_indent=indent, subsequent_indent=indent))
    return 0


def _rows(session: Session) -> list[dict[str, Any]]:
    """A row for every lesson, in the order of the course."""
    rows = []
    for part in session.catalog.parts:
        rows += [_row(session, part.title, lesson_id) for lesson_id in part.lessons]
        rows += [_bare(title, part.title, "planned") for title in part.planned]
    return rows


def _row(session: Session, part: str, lesson_id: str) -> dict[str, Any]:
    catalog = session.catalog
    lesson = catalog.lessons.get(lesson_id)
    if lesson is None:
        errors = catalog.broken[lesson_id]
        row = _bare(errors.title or lesson_id, part, "broken", str(errors.problems[0]))
        return row | {"id": lesson_id}
    state = session.state(lesson_id)
    return {
        "id": lesson.id,
        "title": lesson.title,
        "part": part,
        "minutes": lesson.minutes,
        "state": state,
        "tested": session.tested(lesson_id),
        "requires": list(lesson.requires),
        "screens": len(lesson.screens),
        "questions": len(lesson.questions),
        "missing": session.what_is_missing(lesson_id) if state == "locked" else "",
    }


def _bare(title: str, part: str, state: str, missing: str = "") -> dict[str, Any]:
    """The row of a lesson of which there is nothing to read."""
    return {
        "id": "",
        "title": title,
        "part": part,
        "minutes": 0,
        "state": state,
        "tested": False,
        "requires": [],
        "screens": 0,
        "questions": 0,
        "missing": missing,
    }
