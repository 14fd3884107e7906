"""How sure the learner was of their answers, and how it went, part by part."""

from __future__ import annotations

from collections.abc import Sequence

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tui.pages.page import Desk
from tui.screens.dialogs import HelpScreen
from tui.widgets.calibration_card import CalibrationCard
from tui.widgets.key_line import Hint, KeyLine

HELP = """\
Before each verdict the course asks how sure you are. Here you see how often you were right when
you said *certain*, *fairly* or *a guess*. No lesson depends on it: it is there because knowing
what one does not know is half of learning it.

Only first tries are counted; bets are not, and neither is what you skipped with enter.
"""


class CalibrationScreen(Screen[None]):
    """Header, bars, keys."""

    DEFAULT_CSS = """
    CalibrationScreen #calibration-header { height: 1; dock: top; color: $text-muted; }
    CalibrationScreen VerticalScroll { height: 1fr; padding: 1 3 0 4; }
    CalibrationScreen CalibrationCard { max-width: 90; }
    """

    BINDINGS = [  # noqa: RUF012
        Binding("left", "turn(-1)", "Part before", show=False, id="calibration-before"),
        Binding("right", "turn(1)", "Next part", show=False, id="calibration-next"),
        Binding("o", "switch", "Asking off or on", show=False, id="calibration-switch"),
        Binding("question_mark,f1", "help", "Help", show=False, id="calibration-help"),
        Binding("enter,escape,q", "close", "Back", show=False, id="calibration-close"),
    ]

    def __init__(self, desk: Desk, part: str = "") -> None:
        """Begin with the part of this title, if there is anything to show of it."""
        super().__init__()
        self._desk = desk
        self._parts = desk.session.parts_judged()
        titles = [title for title, _ in self._parts]
        self._index = titles.index(part) if part in titles else max(0, len(titles) - 1)

    def compose(self) -> ComposeResult:
        """What is shown, and the keys."""
        yield Static("", id="calibration-header", markup=False)
        with VerticalScroll():
            yield CalibrationCard(self._desk)
        yield KeyLine(self._desk.ink)

    def on_mount(self) -> None:
        """Show the first part."""
        self.draw()

    @property
    def keys(self) -> Sequence[Hint]:
        """What can be done here."""
        switch = "stop asking" if self._desk.session.questions.asks_how_sure else "ask me again"
        parts = (("←→", "another part"),) if len(self._parts) > 1 else ()
        return (("enter", "back"), *parts, ("o", switch), ("?", "help"))

    def draw(self) -> None:
        """The chosen part."""
        title, lessons = self._parts[self._index] if self._parts else ("", ())
        header = Content.assemble((" How sure, and how it went", "bold"), f"   {title}")
        self.query_one("#calibration-header", Static).update(header)
        self.query_one(CalibrationCard).show(lessons)
        self.query_one(KeyLine).show(self.keys)

    def action_turn(self, step: int) -> None:
        """Another part."""
        if self._parts:
            self._index = (self._index + step) % len(self._parts)
            self.draw()

    @work(thread=True, exclusive=True, group="settings")
    def action_switch(self) -> None:
        """Ask no longer, or ask again; remembered for the next time too."""
        from progress.settings import load, save

        session = self._desk.session
        session.questions.asks_how_sure = not session.questions.asks_how_sure
        settings = load()
        settings.confidence = session.questions.asks_how_sure
        told = "From now on you are asked." if settings.confidence else "You are not asked."
        try:
            save(settings)
        except OSError as problem:
            told += f" It could not be saved ({problem.strerror}) and holds for this time."
        self.app.call_from_thread(self._switched, told)

    def action_help(self) -> None:
        """What the bars mean."""
        words = self._desk.ink.words
        here = [(words(key), words(label)) for key, label in self.keys if key != "?"]
        self.app.push_screen(HelpScreen(here, (("escape", "back"),), HELP))

    def action_close(self) -> None:
        """Back to where one came from."""
        self.dismiss(None)

    def _switched(self, told: str) -> None:
        self.query_one(KeyLine).show(self.keys)
        self.notify(told, markup=False)
