"""The way through the course that winds from row to row, with its stops."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import wrap

from rich.style import Style
from textual.geometry import Region

from tui.drawing.course.course_plan import PLANNED, Course, CourseMapPicture, Stop, stop_glyph
from tui.drawing.ink import Ink
from tui.drawing.lines import fit, strip

LABEL = 15
"""Columns for the titles of the parts."""
_TITLED = 15
"""Columns between two stops from which their titles are written out."""

Cell = tuple[str, Style]


class Winding:
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
        self.left, self.right = LABEL, width - 1
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
            for line, text in enumerate(wrap(self.ink.words(title.upper()), LABEL - 2)[:2]):
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
