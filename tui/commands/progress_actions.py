"""What `grok-tui progress` can do with a record."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from progress import paths, transfer
from progress.journal import Journal, Receipt
from progress.trouble import shown
from tui.commands.learner import find_lesson, look
from tui.commands.outcome import Failure

COMMAND = "grok-tui progress"
SAVING = 10.0
"""Seconds after which a disk that does not answer is given up."""

Answer = tuple[dict[str, Any], str]
"""What an action has to say, for machines and for people."""


def show(options: argparse.Namespace) -> Answer:
    session = look()
    record, journal, lessons = session.record, session.journal, session.catalog.lessons
    states = {lesson_id: session.state(lesson_id) for lesson_id in session.catalog.order}
    answers = [e for h in record.histories.values() for e in h if e["type"] == "answered"]
    right = sum(event["correct"] for event in answers)
    written = sum(session.questions.own_words(one) is not None for one in record.histories)
    notes = [note for note in (journal.trouble, journal.newer, _unread(journal)) if note]
    place = record.position
    answer = {
        "home": str(paths.data_home()),
        "lessons": states,
        "position": None if place is None else {k: place[k] for k in ("lesson", "screen")},
        "answers": len(answers),
        "right": right,
        "own_words": written,
        "runs": len(record.runs),
        "notes": notes,
    }
    done = Counter(states.values())
    words = [
        f"{done['passed'] + done['helped']} of {len(states)} lessons passed"
        + (f", {done['helped']} of them with help." if done["helped"] else "."),
        f"{len(answers)} answers, {right} of them right; {len(record.runs)} runs of labs.",
    ]
    if written:
        many = "one question" if written == 1 else f"{written} questions"
        words.append(f"You answered {many} in your own words.")
    if place is not None and place["lesson"] in lessons:
        words.append(f"You are in “{lessons[place['lesson']].title}”.")
    words += [f"All of it is kept in {shown(paths.data_home())}.", *notes]
    return answer, "\n".join(words)


def _unread(journal: Journal) -> str:
    count = journal.skipped
    if not count:
        return ""
    lines = "One line" if count == 1 else f"{count} lines"
    return f"{lines} of your journals cannot be read and left out; export keeps them."


def export(options: argparse.Namespace) -> Answer:
    file = options.file.expanduser()
    if file.exists():
        raise Failure(f"{file} exists already; please choose a name that is free.")
    counts = transfer.export(file)
    words = f"Wrote {file}: {_sessions(counts.files)}. `{COMMAND} import {file.name}` takes it in."
    return _counted(file, counts), words + _missed(counts)


def import_(options: argparse.Namespace) -> Answer:
    file = options.file.expanduser()
    counts = transfer.import_(file)
    words = f"Took in {_sessions(counts.files)}"
    if counts.known:
        words += f"; {_sessions(counts.known)} had been here already"
    return _counted(file, counts), words + "." + _missed(counts)


def _counted(file: Path, counts: transfer.Counts) -> dict[str, Any]:
    return {"file": str(file)} | asdict(counts)


def _missed(counts: transfer.Counts) -> str:
    """What could not be read, as a further sentence."""
    return f" These could not be read: {', '.join(counts.missed)}." if counts.missed else ""


def _sessions(count: int) -> str:
    return "one session" if count == 1 else f"{count} sessions"


def reset(options: argparse.Namespace) -> Answer:
    lesson = None
    if options.lesson is not None:
        lesson = find_lesson(look(), options.lesson, f"{COMMAND} reset")
    with Journal(paths.journals()) as journal:
        _saved(journal, transfer.reset(journal, lesson.id if lesson else None))
    what = f"“{lesson.title}” begins" if lesson else "Everything begins"
    answer = {"reset": lesson.id if lesson else None}
    return answer, f"{what} anew. Nothing is deleted: `{COMMAND} undo-reset` brings it back."


def undo_reset(options: argparse.Namespace) -> Answer:
    with Journal(paths.journals()) as journal:
        receipt = transfer.undo_reset(journal)
        if receipt is None:
            raise Failure("There is no reset to take back.")
        _saved(journal, receipt)
    return {"undone": True}, "The last reset is taken back: everything is as it was before it."


def _saved(journal: Journal, receipt: Receipt) -> None:
    """Wait until it is on disk.

    Raises:
        Failure: if that does not happen.
    """
    try:
        receipt.future.result(SAVING)
    except TimeoutError:
        raise Failure(journal.trouble or "The disk does not answer; nothing was saved.") from None


ACTIONS: dict[str, Callable[[argparse.Namespace], Answer]] = {
    "show": show,
    "export": export,
    "import": import_,
    "reset": reset,
    "undo-reset": undo_reset,
}
