"""Where one is in a film: the step that is shown, the one that is pinned, and how fast it plays.

It is the only place that knows the step; chart, strips, line and pictures are told.
"""

from __future__ import annotations

from collections.abc import Sequence

SPEEDS = (1, 2, 4, 8, 15, 30)
"""Frames a second."""
JUMP = 10
"""Frames of a larger jump."""


class Scrubber:
    """Goes through frames, which are steps in rising order, at least one."""

    def __init__(self, frames: Sequence[int], marks: Sequence[int] = ()) -> None:
        self.frames = tuple(frames)
        self.marks = tuple(marks)
        self.at = 0
        """The frame that is shown, from 0."""
        self.pin: int | None = None
        """The step that is pinned."""
        self.playing = False
        self._level = SPEEDS.index(8)

    @property
    def step(self) -> int:
        """The step that is shown."""
        return self.frames[self.at]

    @property
    def at_end(self) -> bool:
        """Whether the last frame is shown."""
        return self.at == len(self.frames) - 1

    @property
    def speed(self) -> int:
        """Frames a second while it plays."""
        return SPEEDS[self._level]

    def change_speed(self, by: int) -> None:
        """A faster or slower speed, if there is one."""
        self._level = max(0, min(len(SPEEDS) - 1, self._level + by))

    def move(self, by: int) -> None:
        """Frames on or back, as far as there are any."""
        self.at = max(0, min(len(self.frames) - 1, self.at + by))

    def seek(self, step: float) -> None:
        """To the frame nearest to a step."""
        nearest = min(range(len(self.frames)), key=lambda n: abs(self.frames[n] - step))
        self.at = nearest

    def next_mark(self) -> None:
        """To the next bookmark; after the last one, to the first."""
        if self.marks:
            self.seek(next((mark for mark in self.marks if mark > self.step), self.marks[0]))

    def toggle_pin(self) -> None:
        """Pin the step that is shown; where one is pinned, let go of it."""
        self.pin = self.step if self.pin is None else None

    def swap(self) -> None:
        """Show the step that is pinned, and pin the one that was shown."""
        if self.pin is not None:
            before = self.step
            self.seek(self.pin)
            self.pin = before

    def play_or_pause(self) -> None:
        """Play on, from the beginning where the end was reached; or pause."""
        self.playing = not self.playing
        if self.playing and self.at_end:
            self.at = 0

    def tick(self) -> None:
        """A frame on, if it plays; at the end it stops."""
        if self.playing:
            self.move(1)
            self.playing = not self.at_end

    def grow(self, frames: Sequence[int], marks: Sequence[int], follow: bool) -> None:
        """Other frames of the same run: stay at the same step, or follow to the last."""
        step = self.step
        self.frames, self.marks = tuple(frames), tuple(marks)
        if follow:
            self.at = len(self.frames) - 1
        else:
            self.seek(step)
