"""One lab by itself: the page that lessons have too, views into its networks, and its studies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from course.lesson import Lab, RunRef, Study
from models.specs.studies import STUDIES
from tui.insides import insides
from tui.lab_keys import TURNS
from tui.pages.lab_page import LabPage
from tui.pages.page import Desk, Page
from tui.pages.prose_page import ProsePage
from tui.pages.study_page import StudyPage
from tui.playable import Playable
from tui.screens.dialogs import HelpScreen
from tui.widgets.key_line import Hint, KeyLine


class PlayedScreen(Screen[None]):
    """Header, the page of the lab, of a view or of a study, keys."""

    BINDINGS = [  # noqa: RUF012
        Binding("n", "turn(1)", "On", show=False, id="played-on"),
        Binding("p", "turn(-1)", "Back", show=False, id="played-back"),
        Binding("question_mark,f1", "help", "Help", show=False, id="played-help"),
        Binding("escape", "close", "To the list", show=False, id="played-close"),
    ]
    DEFAULT_CSS = """
    PlayedScreen #played-header { height: 1; dock: top; color: $text-muted; }
    PlayedScreen #played-page { height: 1fr; }
    """

    def __init__(self, lab: Playable, place: str, desk: Desk) -> None:
        """`place` names the page for the runs that are started on it."""
        super().__init__()
        self._lab, self._place = lab, place
        self._desk = replace(desk, outside=True)
        self._views = insides(lab.spec, {})
        # What a study finds would tell how a bet on its lab comes out.
        about = (one for one in STUDIES.values() if one.lab == lab.spec.name and lab.bet is None)
        self._studies = tuple(Study(one.name) for one in about)
        self._index = 0
        self.page: Page = self._build()

    def compose(self) -> ComposeResult:
        """One line above, one below, the page between."""
        lab = self._lab
        where = f"lesson {lab.number}" if lab.lesson else "in no lesson"
        header = Content.assemble((" Play", "bold"), f"   {lab.spec.title}   {where}")
        yield Static(header, id="played-header")
        with Container(id="played-page"):
            yield self.page
        yield KeyLine(self._desk.ink)

    def on_mount(self) -> None:
        """The keys are those of the page."""
        self.set_focus(self.page.focus_target)
        self.draw_keys()

    @property
    def keys(self) -> Sequence[Hint]:
        """The keys of the page, and those that lead to the others."""
        own = tuple(hint for hint in self.page.keys if hint not in TURNS and hint[0] != "n")
        into = "next view" if self._index else "look inside"
        on = (("n", "a study" if self._index >= len(self._views) else into),)
        back = (("p", "back to the run" if self._index == 1 else "back"),)
        ways = (*on * (self._index < self._last), *back * (self._index > 0))
        return (*own[:2], *ways, *own[2:], ("?", "help"), ("escape", "the list"))

    @property
    def _last(self) -> int:
        """The page behind which there is none."""
        return len(self._views) + len(self._studies)

    @on(Page.KeysChanged)
    def draw_keys(self) -> None:
        """The key line follows what the page can do now."""
        self.query_one(KeyLine).show(self.keys)

    def on_descendant_focus(self) -> None:
        """In a field other keys count than outside."""
        self.draw_keys()

    async def action_turn(self, step: int) -> None:
        """To a view or a study, or back to the run."""
        target = self._index + step
        if not 0 <= target <= self._last:
            return
        if isinstance(self.page, LabPage) and (run := self.page.run_shown) is not None:
            self._views = insides(self._lab.spec, run.knobs)
        self._index, self.page = target, self._build(target)
        place = self.query_one("#played-page", Container)
        async with self.batch():
            await place.remove_children()
            await place.mount(self.page)
        self.set_focus(self.page.focus_target)
        self.draw_keys()

    def action_help(self) -> None:
        """The keys of the page, and what it shows."""
        words = self._desk.ink.words
        own = (hint for hint in self.page.help_keys if hint not in TURNS)
        here = [(words(key), words(label)) for key, label in own]
        everywhere = (
            *((("n", "on: look inside, then studies"), ("p", "back")) if self._last else ()),
            ("escape", "to the list; a run goes on"),
        )
        self.app.push_screen(HelpScreen(here, everywhere, self.page.help_text))

    def action_close(self) -> None:
        """Back to the list."""
        self.dismiss()

    def _build(self, index: int = 0) -> Page:
        if index > len(self._views):
            return StudyPage(self._studies[index - len(self._views) - 1], self._desk)
        if index:
            return ProsePage(self._views[index - 1], self._desk)
        return LabPage(Lab(RunRef(self._lab.spec.name)), self._place, self._desk)
