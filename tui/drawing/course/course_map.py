"""The course as a way through a maze: parts are its rows, lessons its stops, cheese its end.

The way winds from left to right and back again. What has been walked is solid, `M` is where the
learner stands, `C` lies at the end. Where there is no room for that, every part is one line.
"""

from __future__ import annotations

from tui.drawing.course.course_listed import Listed
from tui.drawing.course.course_plan import Course, CourseMapPicture
from tui.drawing.course.course_winding import LABEL, Winding
from tui.drawing.ink import Ink

_NEAREST = 6
"""Columns between two stops at least, on the winding way."""


def draw_course_map(course: Course, width: int, height: int, ink: Ink) -> CourseMapPicture:
    """The map, at most `height` lines of `width` columns."""
    rows = _rows(course, width)
    if width < 50 or not rows or len(rows) * 2 > height:
        return Listed(course, width, height, ink).picture()
    deep = max(2, min(4, height // len(rows))) if width >= 100 else 2
    return Winding(course, rows, width, deep, ink).picture()


def _rows(course: Course, width: int) -> list[tuple[str, tuple[str, ...]]]:
    """The stops of every row with the title that stands before it: long parts take several."""
    most = max(1, (width - LABEL) // _NEAREST - 1)
    rows = []
    for part in course.parts:
        for first in range(0, len(part.lessons), most):
            title = part.title if first == 0 else ""
            rows.append((title, part.lessons[first : first + most]))
    return rows
