"""The map of the course: where one has been, where one stands, what comes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from course.gates import Stop
from course.lesson import Lesson
from tui.drawing.course_map import PLANNED, Course, MapPart
from tui.drawing.inline import inline
from tui.drawing.question import hang
from tui.screens.dialogs import ConfirmScreen, HelpScreen, LineScreen
from tui.widgets.course_map import CourseMap
from tui.widgets.key_line import Hint, KeyLine
from tui.widgets.lines import Lines
from tui.widgets.page import Desk

if TYPE_CHECKING:
    from tui.screens.glossary import Passage

LEGEND_FROM = 22
"""Rows from which the glyphs of the map are explained below it."""
HELP = """\
The map is the course. The way you have walked is solid, **M** is where you are, and the cheese
at the end is a transformer of your own.

A lesson is passed when every objective has one answer you got right without help. You can open a
locked lesson with `u`: it is recorded as opened that way, and nothing else changes.

Your answers are saved as you give them. `grok-tui progress` exports, imports and resets them.
"""


class LessonCard(Lines):
    """What the chosen lesson is, how far one is in it, and what it asks for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.lesson_id = ""

    def lines(self, width: int) -> list[Content]:
        """The card at a width."""
        session, catalog = self._desk.session, self._desk.session.catalog
        bar = Content.assemble((f" {self._desk.ink.glyphs.bar} ", "$accent"))
        room = max(10, width - 3)
        if self.lesson_id in catalog.broken:
            problem = catalog.broken[self.lesson_id].problems[0]
            rows = [
                Content.styled(f"{self.lesson_id} cannot be read", "bold $text-error"),
                *Content(str(problem)).wrap(room),
                Content("The other lessons go on."),
            ]
        elif self.lesson_id in catalog.lessons:
            rows = self._known(room)
        else:
            rows = [Content.styled(self.lesson_id, "bold"), Content("This lesson is to come.")]
        if session.journal.trouble:
            rows += Content.styled(session.journal.trouble, "bold $text-error").wrap(room)
        for told in filter(None, (session.journal.newer, _skipped(session.journal.skipped))):
            rows += Content.styled(told, "$text-warning").wrap(room)
        return [bar + row for row in rows]

    def _known(self, room: int) -> list[Content]:
        session = self._desk.session
        lesson = session.catalog.lessons[self.lesson_id]
        state = session.state(lesson.id)
        place, total = session.place(lesson), len(session.route(lesson))
        told = f"{lesson.minutes} min"
        if place and (state == "open" or not session.at_the_end(lesson)):
            told = f"screen {place + 1} of {total}"
        rows = hang(Content(""), Content.styled(lesson.title, "bold"), room, Content(told))
        rows += inline(lesson.summary).wrap(room) if lesson.summary else []
        progress = session.progress(lesson)
        open_ones = [w for o, w in lesson.objectives.items() if progress.objectives[o] == "open"]
        match state:
            case "locked":
                missing = session.what_is_missing(lesson.id)
                rows += Content.styled(missing, "$text-warning").wrap(room)
            case "passed":
                told = "passed by test" if session.tested(lesson.id) else "passed"
                rows.append(Content.styled(told, "bold $text-success"))
            case "helped":
                rows.append(Content.styled("passed with help", "$text-warning"))
            case _:
                done = len(lesson.objectives) - len(open_ones)
                text = f"{done} of {len(lesson.objectives)} objectives"
                if place and open_ones:
                    text += f"; still open: {open_ones[0]}"
                rows += inline(text).wrap(room)
        return rows


def _skipped(lines: int) -> str:
    if not lines:
        return ""
    return f"{lines} unreadable lines in your progress were passed over; export keeps them."


class HomeScreen(Screen):
    """Header, map, card, keys."""

    BINDINGS = [  # noqa: RUF012
        Binding("enter", "open_lesson", "Continue", show=False, id="open"),
        Binding("u", "unlock", "Open anyway", show=False, id="unlock"),
        Binding("t", "trial", "Test out", show=False, id="trial"),
        Binding("r", "runs", "Kept runs", show=False, id="runs"),
        Binding("x", "reset", "Reset", show=False, id="reset"),
        Binding("e", "export", "Export", show=False, id="export"),
        Binding("c", "calibration", "How sure, and how it went", show=False, id="calibration"),
        Binding("z", "undo_reset", "Undo the reset", show=False, id="undo-reset"),
        Binding("g", "glossary", "Glossary", show=False, id="home-glossary"),
        Binding("question_mark,f1", "help", "Help", show=False, id="home-help"),
        Binding("q", "quit", "Quit", show=False, id="quit"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._session = desk.session
        self._told_device = ""
        self._drawn = False
        self._position: dict[str, Any] | None = None
        """Where the learner stood when the map was last shown."""

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
        course_map = self.query_one(CourseMap)
        selected = selected or (course_map.selected if self._drawn else here)
        course_map.show(self._course(here, selected))
        self._drawn = True
        self.query_one("#home-legend", Static).update(f" {course_map.legend}")
        self._select(course_map.selected or here)
        self._draw_header()

    @property
    def keys(self) -> Sequence[Hint]:
        """What can be done with the chosen lesson."""
        known = self._chosen in self._session.catalog.lessons
        state = self._session.state(self._chosen) if known else ""
        first: Hint = ("enter", "continue" if self._session.place_known(self._chosen) else "start")
        if state in ("passed", "helped") and self._read_through:
            first = ("enter", "read again")
        keys = [first] if state not in ("locked", "broken", "") else []
        if state == "locked":
            keys.append(("u", "open anyway"))
        if self._session.journal.trouble:
            keys.append(("e", "export"))
        keys.append(("←↑↓→", "choose"))
        if known and self._session.trial(self._session.catalog.lessons[self._chosen]):
            keys.append(("t", "test out"))
        if self._session.record.last_reset:
            keys.append(("z", "undo the reset"))
        keys += [("r", "runs"), ("?", "help"), ("q", "quit")]
        if self._session.place_known(self._chosen) and not self._session.record.last_reset:
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
        lesson = self._session.catalog.lessons.get(self._chosen)
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

    @work
    async def action_unlock(self) -> None:
        """Open a locked lesson after asking; the record says so."""
        if self._session.state(self._chosen) != "locked":
            return
        missing = self._session.what_is_missing(self._chosen)
        if await self.app.push_screen_wait(
            ConfirmScreen(f"{missing}\n\nOpen it anyway? Your record will say so.", "open it")
        ):
            self._session.open_anyway(self._chosen, "by hand")
            self.draw()

    def action_trial(self) -> None:
        """Let whoever knows a lesson already prove it by its checkpoints."""
        lesson = self._session.catalog.lessons.get(self._chosen)
        if lesson is not None and (stops := self._session.trial(lesson)):
            self._try(lesson, stops)

    @work
    async def _try(self, lesson: Lesson, stops: Sequence[Stop]) -> None:
        from tui.screens.trial import TrialScreen, invitation  # with its pages it costs time

        if await self.app.push_screen_wait(ConfirmScreen(invitation(lesson, stops), "begin")):
            if await self.app.push_screen_wait(TrialScreen(lesson, stops, self._desk)):
                self._session.open_anyway(lesson.id, "a test")
                self.action_open_lesson()
            else:
                self.come_home(None)

    @work
    async def action_reset(self) -> None:
        """Forget a lesson's answers; can be undone."""
        lesson = self._session.catalog.lessons.get(self._chosen)
        if lesson is None or not self._session.place_known(lesson.id):
            return
        if await self.app.push_screen_wait(
            ConfirmScreen(
                f"Begin “{lesson.title}” anew? Its answers are set aside; z brings them back.",
                "begin anew",
            )
        ):
            from progress import transfer

            transfer.reset(self._session.journal, lesson.id)
            self.draw()

    @work
    async def action_export(self) -> None:
        """Copy everything done so far into one file, with what could not be saved yet."""
        from progress import transfer

        told = "Where to? One zip file with all your progress."
        value = str(Path.home() / "grok-progress.zip")
        while True:
            typed = await self.app.push_screen_wait(LineScreen(told, value))
            if not typed or not typed.strip():
                return
            path = Path(typed.strip()).expanduser()
            try:
                await asyncio.to_thread(transfer.export, path, self._session.journal)
            except (transfer.TransferProblem, OSError) as problem:
                told, value = f"{problem}\n\nWhere to?", typed
            else:
                self.notify(f"Exported to {path}.", markup=False)
                return

    def action_calibration(self) -> None:
        """How sure the learner was in this part, and how it went."""
        from tui.screens.calibration import CalibrationScreen  # costs start-up time

        part = self._session.catalog.part_of(self._chosen)
        self.app.push_screen(CalibrationScreen(self._desk, part))

    def action_runs(self) -> None:
        """The runs that are kept where the worker is."""
        from tui.screens.runs import RunsScreen  # with its chart it costs start-up time

        self.app.push_screen(RunsScreen(self._desk))

    def action_undo_reset(self) -> None:
        """Bring back what the last reset set aside."""
        if self._session.record.last_reset:
            from progress import transfer

            transfer.undo_reset(self._session.journal)
            self.draw()

    def action_help(self) -> None:
        """Keys, and how the course works."""
        words = self._desk.ink.words
        self.app.push_screen(
            HelpScreen(
                [(words(key), words(label)) for key, label in self.keys if key != "?"],
                (
                    ("t", "test out of a lesson you know already"),
                    ("u", "open a locked lesson anyway"),
                    ("x", "begin the chosen lesson anew"),
                    ("c", "how sure you were of your answers, and how it went"),
                    ("g", "the glossary: every word in a sentence, and where it comes from"),
                    ("r", "the runs of labs that are kept: their films, compare, go on, delete"),
                    ("z", "take back the last reset"),
                    ("e", "export all progress into one file"),
                ),
                HELP,
                glossary=True,
            ),
            self._after_help,
        )

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
        self._go_to(passage)

    def action_glossary(self) -> None:
        """The words of the course."""
        from tui.screens.glossary import GlossaryScreen  # costs start-up time

        self.app.push_screen(GlossaryScreen(self._desk), self._go_to)

    def _go_to(self, passage: Passage | None) -> None:
        """To where a word comes from."""
        if passage is not None:
            lesson = self._session.catalog.lessons[passage.lesson]
            self._enter(lesson, passage.place_in(self._session.route(lesson)))

    def _after_help(self, glossary: bool | None) -> None:
        if glossary:
            self.action_glossary()

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
        lesson = self._session.catalog.lessons.get(self._chosen)
        return lesson is not None and self._session.at_the_end(lesson)

    @property
    def _chosen(self) -> str:
        return self.query_one(LessonCard).lesson_id

    def _select(self, lesson_id: str) -> None:
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
