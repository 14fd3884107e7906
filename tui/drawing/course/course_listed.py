"""The course in one line a part, for narrow or low places."""

from __future__ import annotations

from rich.style import Style
from textual.geometry import Region

from tui.drawing.course.course_plan import Course, CourseMapPicture, Stop, stop_glyph
from tui.drawing.ink import Ink
from tui.drawing.lines import fit, strip


class Listed:
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

    def _stop(self, lesson: str) -> list[tuple[str, Style]]:
        left, right = ("[", "]") if lesson == self.course.selected else (" ", " ")
        accent = self.ink.style("accent")
        return [(left, accent), stop_glyph(self.course, lesson, self.ink), (right, accent)]
