"""A lesson, one page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from course.gates import Stop
from course.lesson import Claim, Lab, Lesson, Study
from tui.drawing.course.lesson_header import header
from tui.lab_run import LabRun
from tui.pages.claim_page import ClaimPage
from tui.pages.end_page import EndPage
from tui.pages.lab_page import LabPage
from tui.pages.page import Desk, Page
from tui.pages.prose_page import ProsePage
from tui.pages.question_pages import page_for
from tui.pages.study_page import StudyPage
from tui.screens.dialogs import HelpScreen, LineScreen
from tui.study_run import StudyRun
from tui.study_words import header as study_header
from tui.widgets.key_line import Hint, KeyLine

if TYPE_CHECKING:
    from tui.screens.glossary import Passage

EVERYWHERE: tuple[Hint, ...] = (
    ("enter", "the next thing: answer, start, turn the page"),
    ("n", "next page, answered or not"),
    ("p", "previous page"),
    ("y", "copy the pictures of this page as text; Y saves them as SVG"),
    ("g", "the glossary: every word in a sentence, and where it comes from"),
    ("w", "say what is wrong with this page"),
    ("escape", "to the map; everything is kept"),
    ("ctrl+q", "leave the course; you come back to this page"),
)


class LessonScreen(Screen):
    """Header, page, keys. The page that is shown is always written to the journal."""

    BINDINGS = [  # noqa: RUF012
        Binding("enter", "next", "Next", show=False, id="next"),
        Binding("n,right", "turn(1)", "Next page", show=False, id="turn-on"),
        Binding("p,left", "turn(-1)", "Back", show=False, id="turn-back"),
        Binding("w", "report", "Report a problem", show=False, id="report"),
        Binding("g", "glossary", "Glossary", show=False, id="lesson-glossary"),
        Binding("question_mark,f1", "help", "Help", show=False, id="help"),
        Binding("escape", "home", "To the map", show=False, id="home"),
    ]

    def __init__(self, lesson: Lesson, desk: Desk, start: int | None = None) -> None:
        super().__init__()
        self.lesson = lesson
        self._desk = desk
        self._session = desk.session
        self.index = self._session.place(lesson) if start is None else start
        self.page: Page | None = None
        self._header = Content("")

    def compose(self) -> ComposeResult:
        """One line above, one below, the page between."""
        yield Static("", id="lesson-header", markup=False)
        yield Container(id="lesson-page")
        yield KeyLine(self._desk.ink, id="lesson-keys")

    async def on_mount(self) -> None:
        """Show the page where the learner left."""
        self._unsubscribe = self._desk.labs.subscribe(self._run_changed)
        self._unsubscribe_studies = self._desk.studies.subscribe(self._study_changed)
        await self._show(self.index)

    def on_unmount(self) -> None:
        """Hear no more of the runs."""
        self._unsubscribe()
        self._unsubscribe_studies()

    @property
    def route(self) -> tuple[Stop, ...]:
        """The screens in the order they are met now."""
        return self._session.route(self.lesson)

    @property
    def keys(self) -> Sequence[Hint]:
        """The keys of the page and those of every page."""
        if self.page is None:
            return ()
        keys = tuple(hint for hint in self.page.keys if self.index or hint[0] != "p")
        if any(label == "help" for _, label in keys):
            return keys
        return (*keys, ("?", "help"), ("escape", "map"))

    async def action_next(self) -> None:
        """Turn the page, unless it takes enter itself; at the end, go where the way goes on."""
        if self.page is not None and self.page.takes_enter():
            return
        if isinstance(self.page, EndPage):
            if part := self.page.part_judged:
                from tui.screens.calibration import CalibrationScreen  # costs start-up time

                self.app.push_screen(CalibrationScreen(self._desk, part), self._go_home)
            elif self._session.progress(self.lesson).passed:
                self.action_home()
            else:
                await self._show(self._first_missing())
            return
        await self.action_turn(1)

    async def action_turn(self, step: int) -> None:
        """One page on or back."""
        target = self.index + step
        if 0 <= target <= len(self.route):
            await self._show(target)

    def _go_home(self, _: None) -> None:
        self.action_home()

    def action_home(self) -> None:
        """To the map."""
        self.dismiss()

    def action_help(self) -> None:
        """Keys, and what is special here."""
        text = self.page.help_text if self.page else ""
        own = {key for key, _ in EVERYWHERE}
        keys = self.page.help_keys if self.page else ()
        here = [hint for hint in keys if hint[0] not in own | {"?"}]
        words = self._desk.ink.words
        spelled = [(words(key), words(label)) for key, label in here]
        self.app.push_screen(HelpScreen(spelled, EVERYWHERE, text, glossary=True), self._after_help)

    def action_glossary(self) -> None:
        """The words of the course."""
        from tui.screens.glossary import GlossaryScreen  # costs start-up time

        route = self.route
        page = route[self.index].screen if self.index < len(route) else None
        self.app.push_screen(GlossaryScreen(self._desk, page), self._go_to)

    def _after_help(self, glossary: bool | None) -> None:
        if glossary:
            self.action_glossary()

    async def _go_to(self, passage: Passage | None) -> None:
        """To where a word comes from; into another lesson by way of the map."""
        if passage is None:
            return
        if passage.lesson == self.lesson.id:
            await self._show(passage.place_in(self.route))
        else:
            self.dismiss(passage)

    @work
    async def action_report(self) -> None:
        """Keep what the learner finds wrong; it travels with an export of the progress."""
        place = self._here()
        text = await self.app.push_screen_wait(
            LineScreen(f"What is wrong with {self.lesson.id} / {place}?")
        )
        if text and text.strip():
            self._session.report(self.lesson, place, text.strip())
            self.notify("Kept. grok-tui progress export carries it to whoever you send it to.")

    @on(Page.KeysChanged)
    def draw_keys(self) -> None:
        """The footer follows what the page can do now."""
        self.query_one(KeyLine).show(self.keys)
        self._draw_header()

    def on_descendant_focus(self) -> None:
        """In a field other keys count than outside."""
        self.draw_keys()

    def on_descendant_blur(self) -> None:
        """And back."""
        self.draw_keys()

    def on_resize(self) -> None:
        """The dots need the width."""
        self._draw_header()

    def _here(self) -> str:
        return self.route[self.index].screen.key if self.index < len(self.route) else "end"

    def _first_missing(self) -> int:
        """Where the first question stands that an open objective waits for."""
        progress = self._session.progress(self.lesson)
        for index, stop in enumerate(self.route):
            question = stop.screen.question
            if (
                question is not None
                and progress.objectives.get(question.objective) == "open"
                and not self._session.questions.tried(question, stop.round).done
            ):
                return index
        return 0

    async def _show(self, index: int) -> None:
        route = self.route
        self.index = max(0, min(index, len(route)))
        place = self.query_one("#lesson-page", Container)
        async with self.batch():
            await place.remove_children()
            self.page = self._build(route)
            await place.mount(self.page)
        if self.index < len(route):
            self._session.turn_to(self.lesson, route[self.index])
        # `Widget.focus` waits its turn, and a key typed meanwhile would find nobody.
        self.set_focus(self.page.focus_target)
        self.draw_keys()

    def _build(self, route: tuple[Stop, ...]) -> Page:
        if self.index == len(route):
            return EndPage(self.lesson, self._desk)
        stop = route[self.index]
        question = stop.screen.question
        if question is not None:
            return page_for(self.lesson, stop, question, self._desk)
        if labs := stop.screen.blocks_of(Lab):
            place = f"{self.lesson.id}/{stop.screen.key}"
            return LabPage(labs[0], place, self._desk, self.lesson)
        if studies := stop.screen.blocks_of(Study):
            return StudyPage(studies[0], self._desk)
        if claims := stop.screen.blocks_of(Claim):
            return ClaimPage(claims[0], self._desk)
        return ProsePage(stop.screen, self._desk)

    def _run_changed(self, run: LabRun | None) -> None:
        self._draw_header()

    def _study_changed(self, study: StudyRun) -> None:
        self._draw_header()

    def _draw_header(self) -> None:
        line = self.query_one_optional("#lesson-header", Static)
        if line is not None:
            width, ink = self.size.width, self._desk.ink
            now = header(self.lesson.title, self.index, self.route, self._busy(), width, ink)
            if not now.is_same(self._header):
                self._header = now
                line.update(now, layout=False)

    def _busy(self) -> str:
        run = self._desk.labs.going
        lab = ""
        if run is not None and not isinstance(self.page, LabPage):
            doing = "being opened" if run.opened else f"{run.phase.value} {run.fraction:.0%}"
            lab = f"{run.spec.name} {doing}  "
        on_page = self.page.shown if isinstance(self.page, StudyPage) else None
        return lab + study_header(self._desk.studies, on_page)
