"""The words of the course: type to find one, read what it means, go to where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static

from course.gates import Stop
from course.glossary import Term, first_said, number_of, read_glossary, said_on, search
from course.lesson import Screen as LessonPage
from course.problems import LessonErrors
from tui.drawing.course.glossary import Entry, draw_glossary
from tui.pages.page import Desk
from tui.widgets.key_line import KeyLine

LOCKED = "Its lesson is locked. {missing} On the map u opens it anyway."


@dataclass(frozen=True)
class Passage:
    """Where a word is said first: a lesson, and the number of a screen from 0."""

    lesson: str
    screen: int

    def place_in(self, route: Sequence[Stop]) -> int:
        """Where that screen stands on the way through the lesson."""
        return next(i for i, stop in enumerate(route) if stop.screen_index == self.screen)


class GlossaryScreen(Screen):
    """A field, the words that fit, and what the chosen one means. It gives a passage, or none."""

    DEFAULT_CSS = """
    GlossaryScreen #glossary-head { height: 1; }
    GlossaryScreen Input { margin: 1 0 1 3; width: 40; }
    GlossaryScreen Words { height: 1fr; }
    """

    BINDINGS = [  # noqa: RUF012
        Binding("escape", "close", "Close", show=False, id="glossary-close"),
        Binding("up", "move(-1)", "Up", show=False, id="glossary-up"),
        Binding("down,tab", "move(1)", "Down", show=False, id="glossary-down"),
        Binding("pageup", "move(-10)", "Up by ten", show=False, id="glossary-page-up"),
        Binding("pagedown", "move(10)", "Down by ten", show=False, id="glossary-page-down"),
    ]

    def __init__(self, desk: Desk, page: LessonPage | None = None) -> None:
        """From a `page` of a lesson, what that says comes first."""
        super().__init__()
        self._desk = desk
        try:
            self._terms = read_glossary()
        except LessonErrors:  # which `author check` reports; here it is no reason to stop
            self._terms = ()
        self._on_page = said_on(page, self._terms) if page else []
        rest = [term for term in self._terms if term not in self._on_page]
        self._terms = (*self._on_page, *rest)
        self._entries = {term.name: self._entry(term) for term in self._terms}
        self._found = list(self._terms)
        self._chosen = 0

    def compose(self) -> ComposeResult:
        """A line above, the field, the words, the keys."""
        yield Static("", id="glossary-head", markup=False)
        field = Input(placeholder="type to find a word", compact=True, id="glossary-field")
        field.cursor_blink = False
        yield field
        yield Words(self)
        yield KeyLine(self._desk.ink, id="glossary-keys")

    def on_mount(self) -> None:
        """Begin with all words."""
        self.query_one(Input).focus()
        self._draw()

    @property
    def shown(self) -> tuple[list[Entry], int]:
        """The words that fit what was typed, and which of them is chosen."""
        return [self._entries[term.name] for term in self._found], self._chosen

    @on(Input.Changed)
    def find(self, event: Input.Changed) -> None:
        """The words that fit, the best of them chosen."""
        event.stop()
        self._found, self._chosen = search(self._terms, event.value), 0
        self._draw()

    @on(Input.Submitted)
    def go(self, event: Input.Submitted) -> None:
        """To the screen that says the chosen word first."""
        event.stop()
        if not self._found:
            return
        term = self._found[self._chosen]
        session = self._desk.session
        lesson = session.catalog.lessons.get(term.lesson)
        if lesson is None:
            return
        if session.state(lesson.id) == "locked":
            missing = session.what_is_missing(lesson.id)
            self.notify(LOCKED.format(missing=missing), markup=False)
        else:
            self.dismiss(Passage(lesson.id, first_said(lesson, term) or 0))

    def action_move(self, step: int) -> None:
        """Choose another word."""
        self._chosen = max(0, min(self._chosen + step, len(self._found) - 1))
        self._draw()

    def action_close(self) -> None:
        """Back to where one was."""
        self.dismiss(None)

    def _draw(self) -> None:
        count = len(self._found)
        told = f"{count} of {len(self._terms)}" if count < len(self._terms) else f"{count} words"
        if self._on_page and count == len(self._terms):
            told += f", {len(self._on_page)} of them on this page"
        head = Content.assemble((" Glossary  ", "bold"), (told, "$foreground-muted"))
        self.query_one("#glossary-head", Static).update(head)
        self.query_one(Words).refresh()
        go = (("enter", "where it comes from"),) if self._found else ()
        self.query_one(KeyLine).show((("↑↓", "choose"), *go, ("escape", "back")))

    def _entry(self, term: Term) -> Entry:
        session = self._desk.session
        lesson = session.catalog.lessons.get(term.lesson)
        come_to = session.place_known(term.lesson) or session.state(term.lesson) in (
            "passed",
            "helped",
        )
        return Entry(
            term.name,
            term.sentence,
            term.formula,
            number_of(session.catalog, term.lesson),
            lesson.title if lesson else term.lesson,
            not come_to,
            term in self._on_page,
        )


class Words(Widget):
    """The words and what the chosen one means, as the screen has them."""

    def __init__(self, screen: GlossaryScreen) -> None:
        super().__init__()
        self._of = screen

    def render(self) -> Content:
        """All lines as one text."""
        entries, chosen = self._of.shown
        size: Size = self.content_size
        ink = self._of._desk.ink
        return Content("\n").join(draw_glossary(entries, chosen, size.width, size.height, ink))

    def on_resize(self, _event: events.Resize) -> None:
        """Fill the new size."""
        self.refresh()
