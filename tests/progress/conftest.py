"""A folder for journals, ways to open one there, and events to write."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from progress.events import Answered, At
from progress.journal import Journal
from tests.support.failing_disk import FailingDisk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where journals are to be; it does not exist yet."""
    return tmp_path / "home" / "journals"


@pytest.fixture
def disk() -> FailingDisk:
    """A disk that works until it is told not to."""
    return FailingDisk()


@pytest.fixture
def start(folder: Path) -> Iterator[Callable[..., Journal]]:
    """Open a journal whose retries do not keep a test waiting; closed at the end."""
    opened: list[Journal] = []

    def start(where: Path = folder, **options: Any) -> Journal:
        options.setdefault("retry", (0.005, 0.02))
        opened.append(Journal(where, **options).open())
        return opened[-1]

    yield start
    for journal in opened:
        journal.close(5)


@pytest.fixture
def answer() -> Callable[..., Answered]:
    """An answer to a question."""

    def answer(question: str = "q", **changes: Any) -> Answered:
        given: dict[str, Any] = {
            "question": question,
            "lesson": "one",
            "round": 0,
            "attempt": 1,
            "answer": 2,
            "correct": True,
            "hints": 0,
            "aided": False,
        }
        return Answered(**(given | changes))

    return answer


@pytest.fixture
def page() -> Callable[[int], At]:
    """A page turn."""
    return lambda number: At(lesson="one", screen=str(number))


@pytest.fixture
def lines(folder: Path) -> Callable[[], list[dict[str, Any]]]:
    """What stands in all files, in the order of their names."""

    def lines() -> list[dict[str, Any]]:
        return [
            json.loads(line)
            for file in sorted(folder.glob("*.jsonl"))
            for line in file.read_text().splitlines()
        ]

    return lines
