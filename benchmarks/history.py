"""A learner of long standing: many sittings, and everything that is written down in them."""

from __future__ import annotations

import itertools
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from course.catalog import read_catalog
from progress import events, paths
from progress.disk import Disk, JournalFile
from progress.events import Answered, At, Event, Hinted, RunFinished
from progress.journal import Journal

LESSONS, QUESTIONS = 25, 12
"""How large the course is to be, and how many questions a lesson has that is not written yet."""


def write_history(home: Path, journals: int, count: int) -> None:
    """Fill the home of a learner with `count` events in `journals` files.

    They are written as a `Journal` writes them, only without its reading all others first.
    """
    folder = _folder(home)
    things, done = _things_done(random.Random(0)), 0
    for number in range(journals):
        session = f"20260101-{number:06}-{number:016x}"
        file = JournalFile(Disk(), folder, session)
        share = count * (number + 1) // journals - done
        lines = []
        for n, event in enumerate(itertools.islice(things, share), 1):
            done += 1
            lines.append(_line(event, session, n, done))
        file.write(lines)
        file.close()
    with Journal(folder) as journal:
        if journal.skipped or sum(journal.record.covered.values()) != count:
            raise RuntimeError("what was written is no journal")


def _folder(home: Path) -> Path:
    """Where the course looks for the journals of who lives in `home`."""
    home.mkdir(parents=True, exist_ok=True)
    with mock.patch.dict(os.environ, {"HOME": str(home)}):
        for name in [name for name in os.environ if name.startswith(("GROK_TUI", "XDG_"))]:
            del os.environ[name]
        return paths.journals()


def _line(event: Event, session: str, n: int, clock: int) -> bytes:
    """An event as a JSON object without its closing brace."""
    head = {"v": events.VERSION, "session": session, "n": n, "clock": clock, "at": 1.7e9 + clock}
    whole = head | {"type": events.NAMES[type(event)]} | events.body(event)
    return json.dumps(whole, separators=(",", ":"))[:-1].encode()


def _things_done(rng: random.Random) -> Iterator[Event]:
    """What a learner does who goes through the lessons again and again, question by question."""
    lessons = {
        lesson.id: [question.id for question in lesson.questions]
        for lesson in read_catalog().lessons.values()
    }
    for number in range(len(lessons), LESSONS):
        lessons[f"lesson-{number}"] = [f"q-{number}-{index}" for index in range(QUESTIONS)]
    while True:
        for lesson, questions in lessons.items():
            for question in questions:
                yield At(lesson, question, 0)
                for attempt in range(1, rng.randint(2, 5)):
                    answer = rng.randrange(3)
                    yield Answered(question, lesson, 0, attempt, answer, False, 0, False)
                yield Hinted(question, lesson, 0, 0)
            yield RunFinished("mice", {}, 0, {"right.arrival": 1.0}, True, "cpu", 1.0, 8000)
