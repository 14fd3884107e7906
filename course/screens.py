"""Blocks on their way to screens: where a screen begins and ends, and what it is called."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from course.lesson import Block, Claim, Lab, Question, Screen, Study


@dataclass
class _Draft:
    heading: str
    line: int
    marked: bool
    """Whether a heading or a break opened it, rather than the end of a question."""
    blocks: list[Block] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class ScreenBuilder:
    """Takes the parts of a lesson in order and puts them on screens."""

    def __init__(self) -> None:
        self._done: list[_Draft] = []
        self._open = _Draft("", 1, True)

    def start(self, line: int, heading: str | None = None) -> None:
        """Begin a screen at a break, or at a heading."""
        self._close()
        waiting = self._open.notes
        self._open = _Draft(self._open.heading if heading is None else heading, line, True)
        self._open.notes += waiting

    def add(self, block: Block, line: int) -> None:
        """Add a block; a question, a claim, a lab or a study gets a screen of its own."""
        if not isinstance(block, Question | Claim | Lab | Study):
            if not self._open.blocks:
                self._open.line = max(self._open.line, line) if self._done else line
            self._open.blocks.append(block)
            return
        self._close()
        notes, self._open.notes = self._open.notes, []
        self._done.append(_Draft(self._open.heading, line, False, [block], notes))
        self._open = _Draft(self._open.heading, line, False)

    def note(self, text: str) -> None:
        """Attach an instructor's note to the screen it stands on, or stands right after."""
        on_open = self._open.blocks or self._open.marked or not self._done
        (self._open if on_open else self._done[-1]).notes.append(text)

    def finish(self) -> tuple[Screen, ...]:
        """The screens, each with its key."""
        self._close()
        if self._open.notes and self._done:
            self._done[-1].notes += self._open.notes
        own = {key for draft in self._done if (key := _own_key(draft.blocks))}
        used: set[str] = set()
        screens = []
        for draft in self._done:
            key = _own_key(draft.blocks) or _numbered(slug(draft.heading), own | used)
            used.add(key)
            screens.append(
                Screen(key, draft.heading, tuple(draft.blocks), tuple(draft.notes), draft.line)
            )
        return tuple(screens)

    def _close(self) -> None:
        """Put the open screen away, if there is anything on it."""
        if self._open.blocks:
            self._done.append(self._open)
            self._open = _Draft(self._open.heading, self._open.line, False)


def slug(heading: str) -> str:
    """A heading as part of a key: small letters and digits joined by dashes."""
    return "-".join(re.findall(r"\w+", heading.lower())) or "start"


def _own_key(blocks: list[Block]) -> str:
    first = blocks[0]
    return first.id if isinstance(first, Question | Claim) else ""


def _numbered(key: str, taken: Collection[str]) -> str:
    number = 1
    numbered = key
    while numbered in taken:
        number += 1
        numbered = f"{key}-{number}"
    return numbered
