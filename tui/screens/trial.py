"""A lesson tested out of: its checkpoints one after the other, each asked once, without help."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.screen import Screen
from textual.widgets import Static

from course.gates import Stop
from course.lesson import Lesson
from tui.drawing.course.lesson_header import header
from tui.pages.end_page import EndPage
from tui.pages.marked_page import MarkedPage
from tui.pages.page import Desk, Page
from tui.screens.dialogs import HelpScreen
from tui.widgets.key_line import Hint, KeyLine

HELP = """\
Each question is asked once and without hints. All right, and the lesson is passed by test. At the
first one that is not, the lesson itself begins; what you answered here counts there.
"""
EVERYWHERE = (("enter", "go on"), ("escape", "to the map; what you answered is kept"))


def invitation(lesson: Lesson, stops: Sequence[Stop]) -> str:
    """What somebody is told before they try."""
    many = "One question" if len(stops) == 1 else f"{len(stops)} questions"
    right = "Right" if len(stops) == 1 else "All right"
    return (
        f"Test out of “{lesson.title}”?\n\n{many}, asked once and without hints. {right}, and the "
        "lesson is passed by test. At the first one that is not, the lesson begins; nothing is "
        "lost, and what you answered counts."
    )


class TrialScreen(Screen[bool]):
    """Asks the checkpoints. Its result says whether the lesson itself is to be begun."""

    DEFAULT_CSS = """
    TrialScreen #trial-header { height: 1; dock: top; color: $text-muted; }
    TrialScreen #trial-page { height: 1fr; }
    """

    BINDINGS = [  # noqa: RUF012
        Binding("enter", "next", "Go on", show=False, id="trial-next"),
        Binding("question_mark,f1", "help", "Help", show=False, id="trial-help"),
        Binding("escape", "home", "To the map", show=False, id="trial-home"),
    ]

    def __init__(self, lesson: Lesson, stops: Sequence[Stop], desk: Desk) -> None:
        super().__init__()
        self.lesson = lesson
        self._stops = stops
        self._desk = desk
        self.index = 0
        self.page: Page | None = None

    def compose(self) -> ComposeResult:
        """One line above, one below, the question between."""
        yield Static("", id="trial-header", markup=False)
        yield Container(id="trial-page")
        yield KeyLine(self._desk.ink)

    async def on_mount(self) -> None:
        """The first question."""
        await self._show()

    @property
    def keys(self) -> Sequence[Hint]:
        """The keys of the page, and the way out."""
        keys = () if self.page is None else self.page.keys
        kept = tuple(hint for hint in keys if hint[0] not in ("p", "escape"))
        return (*kept, ("?", "help"), ("escape", "map"))

    async def action_next(self) -> None:
        """The next question; into the lesson after a miss, to the map after the last page."""
        if isinstance(self.page, MarkedPage):
            if not self.page.asked_once:
                return
            if not self.page.card.solved:
                self.dismiss(True)
                return
            self.index += 1
            await self._show()
        else:
            self.dismiss(False)

    def action_home(self) -> None:
        """To the map; the rest can be asked another time."""
        self.dismiss(False)

    def action_help(self) -> None:
        """How a test goes."""
        words = self._desk.ink.words
        here = [(words(key), words(label)) for key, label in self.keys[:-2]]
        self.app.push_screen(HelpScreen(here, EVERYWHERE, HELP))

    def on_page_keys_changed(self) -> None:
        """The footer follows what the page can do now."""
        self._draw()

    def on_resize(self) -> None:
        """The dots need the width."""
        self._draw()

    async def _show(self) -> None:
        place = self.query_one("#trial-page", Container)
        async with self.batch():
            await place.remove_children()
            self.page = self._build()
            await place.mount(self.page)
        self.set_focus(self.page.focus_target)
        self._draw()

    def _build(self) -> Page:
        if self.index == len(self._stops):
            return EndPage(self.lesson, self._desk)
        stop = self._stops[self.index]
        assert stop.screen.question is not None
        return MarkedPage(self.lesson, stop, stop.screen.question, self._desk, in_trial=True)

    def _draw(self) -> None:
        title = f"Test: {self.lesson.title}"
        line = header(title, self.index, self._stops, "", self.size.width, self._desk.ink)
        self.query_one("#trial-header", Static).update(line)
        self.query_one(KeyLine).show(self.keys)
