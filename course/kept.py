"""What the readers made of the course's files, kept in a file of its own for the next start.

Reading Markdown and TOML takes longer than drawing the first screen. What is kept holds for the
very text it was read from and for the very code that read it; the file may be removed at any time,
a damaged one is as good as none, and loading it runs nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import fields
from pathlib import Path
from typing import Any
from zlib import crc32

from course import bets, code, experiment, lesson, spot, trace
from course.frozen import Frozen
from course.lesson import Lesson

_KIND = ""
"""The key under which an object tells its class; no name in a lesson is empty."""
_KINDS: dict[str, type] = {
    name: kind
    for module in (bets, code, experiment, lesson, spot, trace)
    for name, kind in vars(module).items()
    if isinstance(kind, type) and kind.__module__ == module.__name__
}


class Kept:
    """What is kept in `file`. Whatever is looked up or put in now will be kept by `save`."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._code = _code()
        self._before = self._load()
        self._now: dict[str, Any] = {}
        self._is_news = False

    def lesson(self, path: str, text: str) -> Lesson | None:
        """The lesson that was read from this text of this file; None if it is not kept."""
        try:
            found = _made(self._find(path, text))
        except (KeyError, TypeError):
            return None
        return found if isinstance(found, Lesson) else None

    def table(self, path: str, text: str) -> dict[str, Any] | None:
        """The table that was read from this text of this file; None if it is not kept."""
        found = self._find(path, text)
        return found if isinstance(found, dict) else None

    def keep(self, path: str, text: str, read: Lesson | dict[str, Any]) -> None:
        """Keep what was read from the text of a file."""
        self._now[path] = [_mark(text), _plain(read) if isinstance(read, Lesson) else read]
        self._is_news = True

    def save(self) -> None:
        """Write what is new, if anything is. Where nothing can be written, nothing is kept."""
        if not self._is_news:
            return
        self._is_news = False
        part = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        with contextlib.suppress(OSError, TypeError, ValueError):
            whole = json.dumps([self._code, self._now], separators=(",", ":"))
            self._file.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(f"{crc32(whole.encode())}\n{whole}", "utf-8")
            part.replace(self._file)

    def _find(self, path: str, text: str) -> Any:
        mark, plain = self._before.get(path, (None, None))
        if mark != _mark(text):
            return None
        self._now[path] = [mark, plain]
        return plain

    def _load(self) -> dict[str, Any]:
        try:
            sum_, _, whole = self._file.read_text("utf-8").partition("\n")
            if sum_ != str(crc32(whole.encode())):
                return {}
            code, kept = json.loads(whole)
        except (OSError, ValueError, RecursionError):
            return {}
        return dict(kept) if code == self._code else {}


def _code() -> list[list[Any]]:
    """Which code reads here: the name, size and time of each of its files."""
    with os.scandir(Path(__file__).parent) as entries:
        files = [(one.name, one.stat()) for one in entries if one.name.endswith(".py")]
    return sorted([name, stat.st_size, stat.st_mtime_ns] for name, stat in files)


def _mark(text: str) -> list[int]:
    return [len(text), crc32(text.encode())]


def _plain(value: Any) -> Any:
    """A lesson, or anything in it, as JSON has it."""
    if isinstance(value, Frozen):
        own = {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
        return {_KIND: type(value).__name__} | own
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return value


def _made(plain: Any) -> Any:
    """The same again as the objects it was.

    Raises:
        KeyError, TypeError: if it never was any.
    """
    if isinstance(plain, list):
        return tuple([_made(one) for one in plain])
    if isinstance(plain, dict):
        made = {name: _made(one) for name, one in plain.items()}
        return _KINDS[made.pop(_KIND)](**made) if _KIND in made else made
    return plain
