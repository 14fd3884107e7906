"""The map of the course on the home screen: the arrows walk it, enter opens a lesson."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from tui.drawing.course.course_map import draw_course_map
from tui.drawing.course.course_plan import PLANNED, Course, CourseMapPicture, legend
from tui.drawing.ink import Ink
from tui.widgets.view import View

HELP = """\
### The map of the course

Every stop is a lesson: `●` passed, `◐` passed with help, `○` open, `·` still locked, `∘` not
written yet (in ascii `#`, `%`, `o`, `.`, `'`). `M` is where you are, the solid line is the way
you have come, and `C` is the end of it. **Arrows** choose a lesson, **enter** opens it.
"""

_LOW, _HIGH = 11, 20
"""Lines that the map takes at most, in low windows and in high ones."""


class CourseMap(View):
    """Shows a `Course` and lets a lesson be chosen."""

    HELP = HELP
    DEFAULT_CSS = """
    CourseMap { height: auto; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "continue", id="map.choose", tooltip="Open this lesson"),
        Binding("left", "move(-1, 0)", "left", id="map.left", tooltip="Left", show=False),
        Binding("right", "move(1, 0)", "right", id="map.right", tooltip="Right", show=False),
        Binding("up", "move(0, -1)", "up", id="map.up", tooltip="Up", show=False),
        Binding("down", "move(0, 1)", "down", id="map.down", tooltip="Down", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """A lesson is to be opened."""

        lesson_id: str

    @dataclass
    class Highlighted(Message):
        """The learner looks at another lesson on the map."""

        lesson_id: str

    def __init__(
        self,
        course: Course | None = None,
        *,
        ink: Ink | None = None,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(ink=ink, name=name, id=id, classes=classes)
        self._course = _with_selection(course or Course(()))
        self._drawn: tuple[object, CourseMapPicture] | None = None

    @property
    def course(self) -> Course:
        """What is shown."""
        return self._course

    def show(self, course: Course) -> None:
        """Show another state of the course."""
        self._course = _with_selection(course)
        self.redraw()

    @property
    def selected(self) -> str:
        """The lesson that is highlighted."""
        return self._course.selected

    def select(self, lesson: str) -> None:
        """Highlight a lesson."""
        if lesson and lesson != self.selected and lesson in self._course.lessons:
            self._course = replace(self._course, selected=lesson)
            self.refresh()
            self.post_message(self.Highlighted(lesson))

    @property
    def legend(self) -> str:
        """What the glyphs mean, on one line."""
        return legend(self.ink, PLANNED in self._course.states.values())

    @property
    def sentence(self) -> str:
        """How far one has come."""
        lessons = self._course.lessons
        passed = sum(self._course.state(lesson) in ("passed", "helped") for lesson in lessons)
        here = self._course.current
        titles = self._course.titles
        at = f"; you are at {lessons.index(here) + 1}, {titles.get(here, here)}" * (here in lessons)
        return f"{passed} of {len(lessons)} lessons passed{at}."

    def action_move(self, dx: int, dy: int) -> None:
        """Highlight the lesson beside this one."""
        self.select(self._picture(*self.content_size).beside(self.selected, dx, dy))

    def action_choose(self) -> None:
        """Open the highlighted lesson, if it has been written."""
        if self.selected and self._course.state(self.selected) != PLANNED:
            self.post_message(self.Chosen(self.selected))

    def on_click(self, event: events.Click) -> None:
        """A click highlights, a click on what is highlighted opens."""
        offset = event.get_content_offset(self)
        lesson = self._picture(*self.content_size).at(*offset) if offset else ""
        if lesson and lesson == self.selected:
            self.action_choose()
        else:
            self.select(lesson)

    def _picture(self, width: int, height: int) -> CourseMapPicture:
        key = (self._course, width, height, self.ink)
        if self._drawn is None or self._drawn[0] != key:
            self._drawn = (key, draw_course_map(self._course, width, height, self.ink))
        return self._drawn[1]

    def render_line(self, y: int) -> Strip:
        """Line `y` of the map."""
        lines = self._picture(*self.content_size).lines
        return self.paint(lines[y]) if y < len(lines) else self.blank_line()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the map needs, and no more than is good for the window."""
        most = _LOW if viewport.height < 30 else _HIGH
        return max(1, len(draw_course_map(self._course, width, most, self.ink).lines))


def _with_selection(course: Course) -> Course:
    """Something is always highlighted: where one is, or the first lesson."""
    lessons = course.lessons
    if course.selected in lessons or not lessons:
        return course
    return replace(course, selected=course.current if course.current in lessons else lessons[0])


def main() -> None:
    """A course of twenty lessons, four of them begun."""
    from tui.demos.demo import course_demo

    course_demo().run()


if __name__ == "__main__":
    main()
