"""What the map of the course shows: parts and lessons with their states, and where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from tui.drawing.ink import Ink

PASSED, HELPED, OPEN, LOCKED, PLANNED = "passed", "helped", "open", "locked", "planned"
STATES = (PASSED, HELPED, OPEN, LOCKED, PLANNED)


@dataclass(frozen=True)
class MapPart:
    """One part of the course and its lessons' ids, in order; planned ones among them."""

    title: str
    lessons: tuple[str, ...]


@dataclass(frozen=True)
class Course:
    """What the map shows. `states` gives each lesson one of `STATES`; missing means locked."""

    parts: tuple[MapPart, ...]
    states: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    current: str = ""
    selected: str = ""

    @property
    def lessons(self) -> tuple[str, ...]:
        """Every lesson's id, in order."""
        return tuple(lesson for part in self.parts for lesson in part.lessons)

    def state(self, lesson: str) -> str:
        """The state of a lesson."""
        return self.states.get(lesson, LOCKED)

    def reached(self, lesson: str) -> bool:
        """Whether the way up to this lesson has been walked."""
        return lesson == self.current or self.state(lesson) in (PASSED, HELPED)


@dataclass(frozen=True)
class Stop:
    """Where a lesson stands on the map. `row` counts rows of stops, not lines."""

    lesson: str
    x: int
    y: int
    row: int


@dataclass(frozen=True)
class CourseMapPicture:
    """The drawn map: its lines, its stops, and the region that belongs to each lesson."""

    lines: tuple[Strip, ...]
    stops: tuple[Stop, ...]
    hits: Mapping[str, Region]

    def at(self, x: int, y: int) -> str:
        """The lesson under a cell, or nothing."""
        return next((lesson for lesson, region in self.hits.items() if region.contains(x, y)), "")

    def beside(self, lesson: str, dx: int, dy: int) -> str:
        """The lesson reached by going one stop right, left, up or down.

        At the end of a row the way goes on round its corner.
        """
        here = next((stop for stop in self.stops if stop.lesson == lesson), None)
        if here is None:
            return self.stops[0].lesson if self.stops else ""
        if dy:
            ahead = [s for s in self.stops if (s.row - here.row) * dy > 0]
            near = min((abs(s.row - here.row) for s in ahead), default=0)
            rows = [s for s in ahead if abs(s.row - here.row) == near]
            return min(rows, key=lambda s: abs(s.x - here.x)).lesson if rows else lesson
        row = [s for s in self.stops if s.row == here.row and (s.x - here.x) * dx > 0]
        if row:
            return min(row, key=lambda s: abs(s.x - here.x)).lesson
        return self._round_the_corner(here, dx)

    def _round_the_corner(self, here: Stop, dx: int) -> str:
        """Even rows run to the right and end in a corner there; odd rows begin at it."""
        order = self.stops.index(here)
        step = dx if here.row % 2 == 0 else -dx
        there = order + step
        return self.stops[there].lesson if 0 <= there < len(self.stops) else here.lesson


def stop_glyph(course: Course, lesson: str, ink: Ink) -> tuple[str, Style]:
    """The glyph of a lesson: where the mouse is, or the state."""
    state = course.state(lesson)
    if lesson == course.current:
        return "M", ink.style("mouse")
    role = {PASSED: "good", HELPED: "helped", OPEN: "accent", LOCKED: "dim"}.get(state, "faint")
    return ink.glyph(state), ink.style(role)


def legend(ink: Ink, planned: bool = True) -> str:
    """What the glyphs of the map mean."""
    names = {PASSED: "passed", HELPED: "with help", OPEN: "open", LOCKED: "locked"}
    if planned:
        names[PLANNED] = "to come"
    return "   ".join(f"{ink.glyph(state)} {name}" for state, name in names.items())
