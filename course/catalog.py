"""The course: its lessons, their order, and the parts they stand in."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from course.kept import Kept
from course.lesson import Lesson
from course.problems import LessonErrors, Problem

HERE = Path(__file__).parent
COURSE_FILE = "course.toml"
EXTRA = "GROK_TUI_LESSONS"
"""The environment variable that names a folder of an instructor's own lessons."""
MORE = "More"
"""The part for lessons that course.toml does not list."""


@dataclass(frozen=True)
class Part:
    """A part of the course: the ids of its lessons, and titles of lessons still to come."""

    title: str
    lessons: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()


@dataclass(frozen=True)
class Catalog:
    """Every lesson there is.

    `broken` holds what could not be read, by id (or by file name where there is no id); such
    lessons stand in their part but not in `order`, which is what can be taken.
    """

    title: str
    parts: tuple[Part, ...]
    lessons: dict[str, Lesson]
    broken: dict[str, LessonErrors] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    misconceptions: dict[str, str] = field(default_factory=dict)
    """What each `#mc:` tag stands for, in a sentence."""
    spelling: dict[str, str] = field(default_factory=dict)
    """The course's word list: a spelling to avoid -> the one it uses."""
    path: str = ""
    """The course.toml it was read from."""

    @property
    def own(self) -> tuple[Lesson, ...]:
        """The lessons of the course itself, without those an instructor added."""
        home = Path(self.path).parent / "lessons"
        return tuple(one for one in self.lessons.values() if Path(one.path).parent == home)

    def part_of(self, lesson_id: str) -> str:
        """The title of the part a lesson stands in; empty for an unknown one."""
        return next((part.title for part in self.parts if lesson_id in part.lessons), "")


def read_catalog(
    folder: Path | None = None, extra: Path | None = None, kept: Kept | None = None
) -> Catalog:
    """The course in `folder` (course.toml and lessons/*.md), ours if none is given.

    `extra`, a folder or one file (or the folder that GROK_TUI_LESSONS names), adds an
    instructor's lessons. A lesson with errors goes to `broken`, and the rest works. What is in
    `kept` is not read again; what is not is put there.
    """
    folder = folder or HERE
    course = _read_course(folder / COURSE_FILE, kept)
    if extra is None and os.environ.get(EXTRA):
        extra = Path(os.environ[EXTRA]).expanduser()
    shelf = _Shelf(kept)
    shelf.read(lesson_files(folder / "lessons"))
    own = set(shelf.lessons) | set(shelf.broken)
    if extra is not None:
        shelf.read_extra(extra)
    parts = [_part(table, shelf) for table in course.get("parts", [])]
    listed = {lesson_id for part in parts for lesson_id in part.lessons}
    for lesson_id in sorted(listed - own):
        shelf.missing(lesson_id, folder / COURSE_FILE)
    rest = [one for one in (*shelf.lessons, *shelf.broken) if one not in listed]
    if rest:
        parts.append(Part(MORE, tuple(rest)))
    order = tuple(one for part in parts for one in part.lessons if one in shelf.lessons)
    return Catalog(
        course.get("title", folder.name),
        tuple(parts),
        shelf.lessons,
        shelf.broken,
        order,
        dict(course.get("misconceptions", {})),
        dict(course.get("spelling", {})),
        str(folder / COURSE_FILE),
    )


def lesson_files(folder: Path) -> list[Path]:
    """The lesson files in a folder, by name."""
    return sorted(path for path in folder.glob("*.md") if path.stem.lower() != "readme")


def _read_course(path: Path, kept: Kept | None) -> dict[str, Any]:
    """The table of course.toml; a folder of lessons does without one.

    Raises:
        LessonErrors: if it is there and is not TOML, or not of the expected shape.
    """
    if not path.exists():
        return {}
    try:
        table = _read_table(path.read_text(encoding="utf-8"), str(path), kept)
    except ValueError as error:  # which both kinds of damage are
        raise LessonErrors([Problem(str(path), 1, f"this is not TOML: {error}")]) from None
    parts = table.get("parts", [])
    tables = (table.get("misconceptions", {}), table.get("spelling", {}))
    good = all(isinstance(one, dict) for one in tables) and isinstance(parts, list)
    if not good or not all(isinstance(part, dict) and "title" in part for part in parts):
        text = "expected [[parts]] with a title each, [misconceptions] and [spelling]"
        raise LessonErrors([Problem(str(path), 1, text)])
    return table


def _part(table: dict[str, Any], shelf: _Shelf) -> Part:
    written = {lesson.title.casefold() for lesson in shelf.lessons.values()}
    written |= {errors.title.casefold() for errors in shelf.broken.values()}
    planned = tuple(one for one in table.get("planned", ()) if one.casefold() not in written)
    return Part(table["title"], tuple(table.get("lessons", ())), planned)


def _read_table(text: str, path: str, kept: Kept | None) -> dict[str, Any]:
    """The table of a TOML file: as it was kept, else as it is read from the text."""
    table = kept.table(path, text) if kept is not None else None
    if table is None:
        import tomllib  # costs start-up time

        table = tomllib.loads(text)
        if kept is not None:
            kept.keep(path, text, table)
    return table


def _read_lesson(text: str, path: str, kept: Kept | None) -> Lesson:
    """The lesson of a file: as it was kept, else as the reader makes it of the text."""
    lesson = kept.lesson(path, text) if kept is not None else None
    if lesson is None:
        lesson = _as_read(text, path)
        if kept is not None:
            kept.keep(path, text, lesson)
    return lesson


@lru_cache(maxsize=128)
def _as_read(text: str, path: str) -> Lesson:
    """What the reader makes of a file; a text that comes again is not read again."""
    from course.reader import read_lesson  # with its Markdown it costs start-up time

    return read_lesson(text, path)


class _Shelf:
    """The lessons read so far, and those that could not be."""

    def __init__(self, kept: Kept | None) -> None:
        self.kept = kept
        self.lessons: dict[str, Lesson] = {}
        self.broken: dict[str, LessonErrors] = {}
        self.seen: set[Path] = set()

    def read(self, paths: Iterable[Path]) -> None:
        for path in paths:
            if path.resolve() in self.seen:
                continue
            self.seen.add(path.resolve())
            try:
                lesson = _read_lesson(path.read_text(encoding="utf-8"), str(path), self.kept)
                taken = self.lessons.get(lesson.id)
                if taken is not None:
                    text = f"the lesson id {lesson.id} is taken by {taken.path}"
                    raise LessonErrors([Problem(str(path), 1, text)], "", lesson.title)
                self.lessons[lesson.id] = lesson
            except LessonErrors as errors:
                self.set_aside(errors, path)
            except (OSError, UnicodeDecodeError) as error:
                text = f"this file cannot be read: {error}"
                self.set_aside(LessonErrors([Problem(str(path), 1, text)]), path)

    def read_extra(self, place: Path) -> None:
        if place.is_file():
            self.read([place])
        elif place.is_dir():
            self.read(lesson_files(place))
        else:
            text = "there is no such file or folder of lessons"
            self.broken[place.name or str(place)] = LessonErrors([Problem(str(place), 1, text)])

    def missing(self, lesson_id: str, course: Path) -> None:
        """A lesson that course.toml lists and no file holds."""
        if lesson_id in self.broken or lesson_id in self.lessons:
            return
        lines = course.read_text(encoding="utf-8").splitlines()
        line = next((i + 1 for i, text in enumerate(lines) if f'"{lesson_id}"' in text), 1)
        text = f"no file in lessons/ has the id {lesson_id}"
        self.broken[lesson_id] = LessonErrors([Problem(str(course), line, text)], lesson_id)

    def set_aside(self, errors: LessonErrors, path: Path) -> None:
        stem = re.sub(r"^\d+-", "", path.stem)
        name = errors.lesson_id or stem
        if name in self.lessons or name in self.broken:
            name = path.stem
        self.broken[name] = errors
