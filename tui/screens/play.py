"""Every lab there is, to be played with: a list to choose from, and the chosen one by itself."""

from __future__ import annotations

from collections.abc import Sequence

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tui.open_bets import OpenBet
from tui.pages.page import Desk
from tui.playable import Playable, playable
from tui.screens.dialogs import ConfirmScreen, HelpScreen
from tui.screens.glossary import Passage
from tui.screens.played import PlayedScreen
from tui.widgets.key_line import Hint, KeyLine
from tui.widgets.play_list import PlayCard, PlayList

HELP = """\
Every lab of the course, with all its knobs, and no lesson around it. Whatever you train here is
kept among your runs.

A lesson that asks for a bet on a lab asks before it runs. What you train here before you have bet
tells the lesson nothing: its bet, its questions and its numbers wait for a run made after that.
"""
PLACE = "play"
"""What the places of runs begin with that are started here."""


class PlayScreen(Screen[Passage | None]):
    """All labs. It gives the way to a lesson that asks for a bet first, if that is wanted."""

    DEFAULT_CSS = """
    PlayScreen #play-header { height: 1; dock: top; color: $text-muted; }
    PlayScreen #play { height: 1fr; margin: 1 2 1 1; }
    PlayScreen VerticalScroll { height: 1fr; scrollbar-size-vertical: 1; }
    PlayScreen.-tall VerticalScroll { height: auto; max-height: 24; }
    PlayScreen PlayCard { margin: 1 0 0 2; max-width: 100; }
    """
    BINDINGS = [  # noqa: RUF012
        Binding("up", "move(-1)", "Up", show=False, id="play-up", priority=True),
        Binding("down", "move(1)", "Down", show=False, id="play-down", priority=True),
        Binding("enter", "open", "Open", show=False, id="play-open"),
        Binding("r", "runs", "Kept runs", show=False, id="play-runs"),
        Binding("question_mark,f1", "help", "Help", show=False, id="play-help"),
        Binding("escape,q", "close", "The map", show=False, id="play-close"),
    ]

    def __init__(self, desk: Desk, lab: str = "") -> None:
        """With the name of a `lab`, open that at once."""
        super().__init__()
        self._desk = desk
        self._first = lab
        self.shown = PlayList(desk.ink)
        self._card = PlayCard(self.shown, desk.ink)

    def compose(self) -> ComposeResult:
        """Header, list, what the chosen one is, keys."""
        yield Static(Content.styled(" Play", "bold"), id="play-header")
        with Vertical(id="play"):
            with VerticalScroll(can_focus=False):
                yield self.shown
            yield self._card
        yield KeyLine(self._desk.ink)

    def on_mount(self) -> None:
        """Open what was asked for."""
        self._look()
        if self._first:
            names = [one.spec.name for one in self.shown.labs]
            self.shown.at = names.index(self._first)
            self.call_after_refresh(self.action_move, 0)  # into sight
            self.action_open()

    def on_screen_resume(self) -> None:
        """A lab may have been run meanwhile."""
        self._look()

    @property
    def keys(self) -> Sequence[Hint]:
        """What can be done."""
        more = (("r", "kept runs"), ("?", "help"), ("escape", "the map"))
        return (("enter", "play"), ("↑↓", "choose"), *more)

    def action_move(self, by: int) -> None:
        """Choose another lab."""
        self.shown.move(by)
        self._card.redraw()

    @work(exclusive=True)
    async def action_open(self) -> None:
        """Into the lab, or into the lesson that asks for a bet first."""
        lab = self.shown.chosen
        if lab.bet is None or await self._is_played_anyway(lab, lab.bet):
            self.app.push_screen(PlayedScreen(lab, _place(lab), self._desk))

    async def _is_played_anyway(self, lab: Playable, bet: OpenBet) -> bool:
        """Ask what is to be done about a bet; go to its lesson where that is the answer."""
        if self._desk.labs.last_at(_place(lab)) is not None:
            return True  # it has been asked in this sitting
        told = f"{lab.place} {lab.asked_first}"
        locked = self._desk.session.state(bet.lesson.id) == "locked"
        instead = "not now" if locked else "go to the lesson"
        answer = await self.app.push_screen_wait(ConfirmScreen(told, "play it anyway", instead))
        if answer is False and not locked:
            self.dismiss(Passage(bet.lesson.id, self._where(bet)))
        return answer is True

    def _where(self, bet: OpenBet) -> int:
        """The screen with the bet; the one where the learner left, where that comes before it."""
        session = self._desk.session
        here = session.route(bet.lesson)[session.place(bet.lesson)]
        return min(bet.screen, here.screen_index)

    def action_runs(self) -> None:
        """The runs that are kept."""
        from tui.screens.runs import RunsScreen  # costs start-up time

        self.app.push_screen(RunsScreen(self._desk))

    def action_help(self) -> None:
        """The keys, and what is played for."""
        words = self._desk.ink.words
        here = [(words(key), words(label)) for key, label in self.keys if key != "?"]
        back = (("escape", "back to the map"),)
        self.app.push_screen(HelpScreen(here, back, HELP))

    def action_close(self) -> None:
        """Back to the map."""
        self.dismiss(None)

    def _look(self) -> None:
        self.shown.show(playable(self._desk.session))
        self._card.refresh(layout=True)
        self.query_one(KeyLine).show(self.keys)


def _place(lab: Playable) -> str:
    return f"{PLACE}/{lab.spec.name}"
