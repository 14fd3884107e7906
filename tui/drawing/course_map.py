"""The course as a way through a maze: parts are its rows, lessons its stops, cheese its end.

The way winds from left to right and back again. What has been walked is solid, `M` is where the
learner stands, `C` lies at the end. Where there is no room for that, every part is one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import wrap

from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.lines import fit, strip

PASSED, HELPED, OPEN, LOCKED, PLANNED = "passed", "helped", "open", "locked", "planned"
STATES = (PASSED, HELPED, OPEN, LOCKED, PLANNED)

_LABEL = 15
"""Columns for the titles of the parts."""
_NEAREST = 6
"""Columns between two stops at least, on the winding way."""
_TITLED = 15
"""Columns between two stops from which their titles are written out."""

Cell = tuple[str, Style]


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


def draw_course_map(course: Course, width: int, height: int, ink: Ink) -> CourseMapPicture:
    """The map, at most `height` lines of `width` columns."""
    rows = _rows(course, width)
    if width < 50 or not rows or len(rows) * 2 > height:
        return _Listed(course, width, height, ink).picture()
    deep = max(2, min(4, height // len(rows))) if width >= 100 else 2
    return _Winding(course, rows, width, deep, ink).picture()


def _rows(course: Course, width: int) -> list[tuple[str, tuple[str, ...]]]:
    """The stops of every row with the title that stands before it: long parts take several."""
    most = max(1, (width - _LABEL) // _NEAREST - 1)
    rows = []
    for part in course.parts:
        for first in range(0, len(part.lessons), most):
            title = part.title if first == 0 else ""
            rows.append((title, part.lessons[first : first + most]))
    return rows


def stop_glyph(course: Course, lesson: str, ink: Ink) -> tuple[str, Style]:
    """The glyph of a lesson: where the mouse is, or the state."""
    state = course.state(lesson)
    if lesson == course.current:
        return "M", ink.style("mouse")
    role = {PASSED: "good", HELPED: "helped", OPEN: "accent", LOCKED: "dim"}.get(state, "faint")
    return ink.glyph(state), ink.style(role)


class _Winding:
    """Draws the way that winds from row to row."""

    def __init__(
        self,
        course: Course,
        rows: Sequence[tuple[str, tuple[str, ...]]],
        width: int,
        deep: int,
        ink: Ink,
    ) -> None:
        self.course, self.rows, self.width, self.deep, self.ink = course, rows, width, deep, ink
        self.left, self.right = _LABEL, width - 1
        self.height = len(rows) * deep
        self.grid = [[(" ", Style.null())] * width for _ in range(self.height)]
        self.stops: list[Stop] = []

    def picture(self) -> CourseMapPicture:
        """Place the stops, draw the way, then the stops and what is written beside them."""
        self._place()
        self._draw_way()
        hits = {}
        for number, stop in enumerate(self.stops, 1):
            hits[stop.lesson] = self._draw_stop(stop, number)
        for row, (title, _) in enumerate(self.rows):
            for line, text in enumerate(wrap(self.ink.words(title.upper()), _LABEL - 2)[:2]):
                self._write(0, row * self.deep + line, text, self.ink.style("dim"))
        lines = tuple(strip(_joined(row), self.width) for row in self.grid)
        return CourseMapPicture(lines, tuple(self.stops), hits)

    def _place(self) -> None:
        span = self.right - self.left
        for row, (_, lessons) in enumerate(self.rows):
            gaps = len(lessons) + (row > 0)
            for index, lesson in enumerate(lessons):
                along = round((index + (row > 0)) * span / gaps)
                x = self.left + along if row % 2 == 0 else self.right - along
                self.stops.append(Stop(lesson, x, row * self.deep, row))

    def _way(self) -> list[tuple[int, int]]:
        """Every cell of the way, from the first stop to the cheese."""
        cells: list[tuple[int, int]] = []
        for row in range(len(self.rows)):
            y = row * self.deep
            columns: Iterable[int] = range(self.left, self.right + 1)
            if row % 2:
                columns = reversed(range(self.left, self.right + 1))
            cells += [(x, y) for x in columns]
            if row < len(self.rows) - 1:
                end = self.left if row % 2 else self.right
                cells += [(end, y + down) for down in range(1, self.deep)]
        return cells

    def _draw_way(self) -> None:
        way = self._way()
        stops = {(stop.x, stop.y): stop.lesson for stop in self.stops}
        ahead: str = ""  # the stop that a stretch leads to; past the last one there is only cheese
        for index in range(len(way) - 1, -1, -1):
            x, y = way[index]
            before = way[index - 1] if index else way[index]
            after = way[index + 1] if index + 1 < len(way) else way[index]
            self.grid[y][x] = self._way_cell(x, _bend(before, (x, y), after), ahead)
            ahead = stops.get((x, y), ahead)
        x, y = way[-1]
        self.grid[y][x] = ("C", self.ink.style("cheese"))

    def _way_cell(self, x: int, bend: int, ahead: str) -> Cell:
        """Solid where it has been walked; full of gaps where nothing has been built yet."""
        glyphs, course = self.ink.glyphs, self.course
        if course.reached(ahead) if ahead else all(map(course.reached, course.lessons)):
            return glyphs.walked[bend], self.ink.style("path")
        if ahead and course.state(ahead) != PLANNED:
            return glyphs.ahead[bend], self.ink.style("dim")
        gap = bend == 0 and (self.right - x) % 2
        return " " if gap else glyphs.ahead[bend], self.ink.style("faint")

    def _draw_stop(self, stop: Stop, number: int) -> Region:
        course, ink = self.course, self.ink
        selected = stop.lesson == course.selected
        left, right = ("[", "]") if selected else (" ", " ")
        if selected or course.state(stop.lesson) == PLANNED:
            self._write(stop.x - 1, stop.y, left + " " + right, ink.style("accent"))
        self.grid[stop.y][stop.x] = stop_glyph(course, stop.lesson, ink)
        faint = "faint" if course.state(stop.lesson) == PLANNED else "dim"
        style = ink.style("strong" if selected else faint)
        self._centre(stop.x, stop.y + 1, str(number), style)
        room = (self.right - self.left) // (len(self.rows[stop.row][1]) + 1) - 2
        if room >= _TITLED - 3:
            self._draw_title(stop, room, style)
        return Region(max(0, stop.x - 1), stop.y, 3, 2)

    def _draw_title(self, stop: Stop, room: int, style: Style) -> None:
        """The title under its stop; one at the left edge ends where its neighbour's begins."""
        if stop.x - room // 2 < self.left:
            beside = [s.x for s in self.stops if s.row == stop.row and s.x > stop.x]
            room = min([room, *(x - room // 2 - 1 - self.left for x in beside)])
        title = wrap(self.ink.words(self.course.titles.get(stop.lesson, "")), max(1, room))
        shown = title[: self.deep - 2]
        if len(title) > len(shown) > 0:
            shown[-1] = fit(" ".join(title[len(shown) - 1 :]), room, self.ink)
        for line, words in enumerate(shown):
            self._centre(stop.x, stop.y + 2 + line, words, style)

    def _centre(self, x: int, y: int, text: str, style: Style) -> None:
        start = max(self.left, min(x - (len(text) - 1) // 2, self.right - len(text) - 1))
        self._write(start, y, text, style)

    def _write(self, x: int, y: int, text: str, style: Style) -> None:
        if 0 <= y < self.height:
            for offset, char in enumerate(text):
                if 0 <= x + offset < self.width:
                    self.grid[y][x + offset] = (char, style)


class _Listed:
    """Draws one line a part, for narrow or low places; the selected part stays in sight."""

    def __init__(self, course: Course, width: int, height: int, ink: Ink) -> None:
        self.course, self.width, self.height, self.ink = course, max(0, width), height, ink
        titles = [len(part.title) for part in course.parts]
        self.label = min(max(titles, default=0) + 1, width // 2) if width >= 24 else 0

    def picture(self) -> CourseMapPicture:
        """The lines, and where each lesson is on them."""
        rows = self._rows()
        chosen = next((i for i, (_, ids) in enumerate(rows) if self.course.selected in ids), 0)
        first = max(0, min(chosen - self.height // 2, len(rows) - self.height))
        lines, stops, hits = [], [], {}
        for y, (title, lessons) in enumerate(rows[first : first + max(0, self.height)]):
            name = fit(self.ink.words(title), max(0, self.label - 1), self.ink).ljust(self.label)
            pieces = [(name, self.ink.style("dim"))]
            for index, lesson in enumerate(lessons):
                x = self.label + index * 3 + 1
                pieces += self._stop(lesson)
                # Rows are numbered so that none is taken for one that runs backwards.
                stops.append(Stop(lesson, x, y, 2 * y))
                hits[lesson] = Region(x - 1, y, 3, 1)
            if first + y == len(rows) - 1:
                pieces.append((" C", self.ink.style("cheese")))
            lines.append(strip(pieces, self.width))
        return CourseMapPicture(tuple(lines), tuple(stops), hits)

    def _rows(self) -> list[tuple[str, tuple[str, ...]]]:
        most = max(1, (self.width - self.label - 2) // 3)
        rows = []
        for part in self.course.parts:
            for first in range(0, len(part.lessons), most):
                title = part.title if first == 0 else ""
                rows.append((title, part.lessons[first : first + most]))
        return rows

    def _stop(self, lesson: str) -> list[Cell]:
        left, right = ("[", "]") if lesson == self.course.selected else (" ", " ")
        accent = self.ink.style("accent")
        return [(left, accent), stop_glyph(self.course, lesson, self.ink), (right, accent)]


def _bend(before: tuple[int, int], here: tuple[int, int], after: tuple[int, int]) -> int:
    """Which of `━┃┏┓┗┛` joins a cell of the way to the cells before and after it."""
    sides = {(x - here[0], y - here[1]) for x, y in (before, after)} - {(0, 0)}
    if (0, 1) in sides or (0, -1) in sides:
        down = (0, 1) in sides
        if (1, 0) in sides:
            return 2 if down else 4
        if (-1, 0) in sides:
            return 3 if down else 5
        return 1
    return 0


def _joined(row: Sequence[Cell]) -> list[Cell]:
    """Neighbouring cells of one style as one piece."""
    pieces: list[Cell] = []
    for char, style in row:
        if pieces and pieces[-1][1] == style:
            pieces[-1] = (pieces[-1][0] + char, style)
        else:
            pieces.append((char, style))
    return pieces


def legend(ink: Ink, planned: bool = True) -> str:
    """What the glyphs of the map mean."""
    names = {PASSED: "passed", HELPED: "with help", OPEN: "open", LOCKED: "locked"}
    if planned:
        names[PLANNED] = "to come"
    return "   ".join(f"{ink.glyph(state)} {name}" for state, name in names.items())
