"""The map of the course: where one has been, where one stands, what comes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from course.lesson import Lesson
from tui.drawing.course.course_plan import PLANNED, Course, MapPart
from tui.pages.page import Desk
from tui.screens.home_actions import HomeActions
from tui.widgets.course_map import CourseMap
from tui.widgets.key_line import Hint, KeyLine
from tui.widgets.lesson_card import LessonCard

if TYPE_CHECKING:
    from tui.screens.glossary import Passage

SAVING_SEEN_EVERY = 1.0
"""Seconds between two looks at whether answers can be saved."""
LEGEND_FROM = 22
"""Rows from which the glyphs of the map are explained below it."""


class HomeScreen(HomeActions):
    """Header, map, card, keys."""

    BINDINGS = [  # noqa: RUF012
        Binding("enter", "open_lesson", "Continue", show=False, id="open"),
        Binding("q", "quit", "Quit", show=False, id="quit"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._told_device = ""
        self._drawn = False
        self._position: dict[str, Any] | None = None
        """Where the learner stood when the map was last shown."""
        self._trouble = ""
        """What was last said to keep answers from being saved."""

    def compose(self) -> ComposeResult:
        """Everything on one screen."""
        yield Static("", id="home-header", markup=False)
        yield CourseMap(ink=self._desk.ink, id="course-map")
        yield LessonCard(self._desk)
        with Vertical(id="home-foot"):
            yield Static("", id="home-legend", markup=False)
            yield KeyLine(self._desk.ink, id="home-keys")

    def on_mount(self) -> None:
        """The arrows move on the map; what is on it is drawn when the screen is resumed."""
        self.query_one(CourseMap).focus()
        self.set_interval(SAVING_SEEN_EVERY, self._follow_saving)

    def _follow_saving(self) -> None:
        """Say that the disk is full, and that it is no longer, while the map is looked at."""
        if self.is_current and self._drawn and self._trouble != self._session.journal.trouble:
            self._select(self.chosen)

    def on_screen_resume(self) -> None:
        """Other sessions may have written meanwhile, and a lesson may have been left."""
        journal = self._session.journal
        journal.refresh()
        before, self._position = self._position, journal.record.position
        moved = self._drawn and self._position != before
        self.draw(self._lesson_left() if moved else "")

    def on_resize(self) -> None:
        """The header fills the width; a low window has no room for the legend."""
        self._draw_header()
        self.query_one("#home-foot").set_class(self.size.height < LEGEND_FROM, "-short")

    def _lesson_left(self) -> str:
        """The lesson that was left for the map, or the next one if that is passed."""
        lesson = self._position["lesson"] if self._position else ""
        known = lesson in self._session.catalog.lessons
        done = not known or self._session.state(lesson) in ("passed", "helped")
        return self._session.next_lesson() if done else lesson

    def draw(self, selected: str = "") -> None:
        """Map, card and keys from the record; `selected` is chosen, or what was."""
        session = self._session
        here = session.next_lesson()
        course_map = self.query_one_optional(CourseMap)
        if course_map is None:  # the course is being left
            return
        selected = selected or (course_map.selected if self._drawn else here)
        course_map.show(self._course(here, selected))
        self._drawn = True
        self.query_one("#home-legend", Static).update(f" {course_map.legend}")
        self._select(course_map.selected or here)
        self._draw_header()

    @property
    def keys(self) -> Sequence[Hint]:
        """What can be done with the chosen lesson."""
        known = self.chosen in self._session.catalog.lessons
        state = self._session.state(self.chosen) if known else ""
        first: Hint = ("enter", "continue" if self._session.place_known(self.chosen) else "start")
        if state in ("passed", "helped") and self._read_through:
            first = ("enter", "read again")
        keys = [first] if state not in ("locked", "broken", "") else []
        if state == "locked":
            keys.append(("u", "open anyway"))
        if self._session.journal.trouble:
            keys.append(("e", "export"))
        keys.append(("←↑↓→", "choose"))
        if known and self._session.trial(self._session.catalog.lessons[self.chosen]):
            keys.append(("t", "test out"))
        if self._session.record.last_reset:
            keys.append(("z", "undo the reset"))
        keys += [("p", "play"), ("?", "help"), ("q", "quit"), ("r", "runs")]
        if self._session.place_known(self.chosen) and not self._session.record.last_reset:
            keys.append(("x", "reset"))
        return keys

    @on(CourseMap.Highlighted)
    def select(self, event: CourseMap.Highlighted) -> None:
        """The card follows the map."""
        self._select(event.lesson_id)

    @on(CourseMap.Chosen)
    def choose(self, event: CourseMap.Chosen) -> None:
        """Open what was chosen on the map."""
        self._select(event.lesson_id)
        self.action_open_lesson()

    def action_open_lesson(self) -> None:
        """Into the lesson, at the screen where it was left; from its start once it is done."""
        lesson = self._session.catalog.lessons.get(self.chosen)
        if lesson is None:
            return
        if self._session.state(lesson.id) == "locked":
            missing = self._session.what_is_missing(lesson.id)
            self.notify(f"{missing} u opens it anyway.", markup=False)
            return
        done = self._session.state(lesson.id) in ("passed", "helped") and self._read_through
        self._enter(lesson, 0 if done else None)

    def _enter(self, lesson: Lesson, start: int | None) -> None:
        from tui.screens.lesson import LessonScreen  # with its pages it costs start-up time

        self.app.push_screen(LessonScreen(lesson, self._desk, start), self.come_home)

    def action_quit(self) -> None:
        """Leave; everything is saved already."""
        self.app.exit()

    def tell_device(self, words: str) -> None:
        """Show what trains here, in words."""
        if words != self._told_device:
            self._told_device = words
            self._draw_header()

    def come_home(self, passage: Passage | None) -> None:
        """Back from a lesson: look at the one that is next now, or go on to a passage."""
        self._drawn = False
        self.draw()
        self.go_to(passage)

    def go_to(self, passage: Passage | None) -> None:
        """To where a word comes from."""
        if passage is not None:
            lesson = self._session.catalog.lessons[passage.lesson]
            self._enter(lesson, passage.place_in(self._session.route(lesson)))

    def _course(self, here: str, selected: str) -> Course:
        catalog, session = self._session.catalog, self._session
        states = {lesson: session.state(lesson) for lesson in catalog.order}
        planned = [title for part in catalog.parts for title in part.planned]
        return Course(
            tuple(MapPart(part.title, (*part.lessons, *part.planned)) for part in catalog.parts),
            states | dict.fromkeys(planned, PLANNED),
            {lesson.id: lesson.title for lesson in catalog.lessons.values()}
            | {title: title for title in planned},
            current=here,
            selected=selected,
        )

    @property
    def _read_through(self) -> bool:
        """Whether the chosen lesson was left on its last page."""
        lesson = self._session.catalog.lessons.get(self.chosen)
        return lesson is not None and self._session.at_the_end(lesson)

    @property
    def chosen(self) -> str:
        """The lesson that is chosen on the map."""
        return self.query_one(LessonCard).lesson_id

    def _select(self, lesson_id: str) -> None:
        self._trouble = self._session.journal.trouble
        card = self.query_one(LessonCard)
        card.lesson_id = lesson_id
        card.redraw()
        self.query_one(KeyLine).show(self.keys)

    def _draw_header(self) -> None:
        line = self.query_one_optional("#home-header", Static)
        if line is None:
            return
        left = Content.assemble((" grok  ", "bold $text-accent"), self._session.catalog.title)
        room = self.size.width - left.cell_length - 3
        right = Content.styled(self._told_device, "$foreground-muted").truncate(
            max(0, room), ellipsis=True
        )
        gap = max(1, self.size.width - left.cell_length - right.cell_length - 1)
        line.update(left + Content(" " * gap) + right)
