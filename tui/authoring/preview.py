"""A lesson taken as a learner would, while it is being written. Nothing is recorded."""

from __future__ import annotations

import tempfile
from pathlib import Path

from course.catalog import Catalog, Part
from course.lesson import Lesson
from course.problems import LessonErrors
from course.reader import read_lesson
from progress import settings
from progress.journal import Journal
from tui.app import GrokApp, Options
from tui.commands.outcome import Failure
from tui.showable import faults


def preview(path: Path, screen: int) -> int:
    """Open one lesson at a screen counted from 1; the exit status.

    Raises:
        Failure: if the lesson cannot be read or shown, with every fault.
    """
    lesson = lesson_at(path)
    chosen = settings.load()
    options = Options(
        lesson=lesson.id,
        screen=min(screen, len(lesson.screens)),
        still=chosen.still,
        ink=chosen.ink,
        markers=chosen.markers,
        mouse=chosen.mouse,
        confidence=chosen.confidence,
        worker=chosen.worker or None,
        device=chosen.device,
    )
    with tempfile.TemporaryDirectory(prefix="grok-tui-preview-") as home:
        app = GrokApp(options, catalog=alone(lesson), journal=Journal(Path(home)))
        app.run(mouse=options.mouse)
    return app.return_code or 0


def lesson_at(path: Path) -> Lesson:
    """The lesson in a file.

    Raises:
        Failure: if it cannot be read or shown, with every fault.
    """
    try:
        lesson = read_lesson(path.read_text(encoding="utf-8"), str(path))
    except LessonErrors as errors:
        raise Failure(str(errors)) from None
    except UnicodeDecodeError:
        raise Failure(f"{path} is no text in UTF-8.") from None
    except OSError as error:
        raise Failure(f"{path} cannot be read: {error.strerror}.") from None
    if problems := faults(lesson):
        raise Failure("\n".join(map(str, problems)))
    return lesson


def alone(lesson: Lesson) -> Catalog:
    """A course of one lesson; what it requires is not asked for."""
    part = Part("PREVIEW", (lesson.id,))
    return Catalog("Nothing of this is recorded", (part,), {lesson.id: lesson}, {}, (lesson.id,))
