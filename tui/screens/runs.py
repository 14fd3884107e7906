"""The runs that are kept where the worker is: a list to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from models.kept import Kept
from models.protocol import Opened
from tui.film_words import why_not
from tui.pages.page import Desk
from tui.screens.dialogs import ConfirmScreen, HelpScreen
from tui.screens.film import FilmScreen, Opening
from tui.widgets.key_line import Hint, KeyLine
from tui.widgets.run_list import Fold, RunList

HELP = """\
Every run of a lab is kept where it was trained, with its curves, its numbers and what it showed,
also when it was stopped or its worker died. `enter` shows its film, `p` plays that from the
beginning. `g` marks a run: its curves lie faintly behind those of every other run of the same lab
that you look at. `r` goes on with the training where a run was left before its end.

The runs of a study stand in one line, which `enter` opens and folds up again.

A run may take 32 MB and have 240 pictures, all of them together 1 GB. `grok-tui runs` does the
same on the command line.
"""


class RunsScreen(Screen):
    """All kept runs."""

    DEFAULT_CSS = """
    RunsScreen #runs-header { height: 1; dock: top; color: $text-muted; }
    RunsScreen RunList { padding: 1 2 0 1; }
    """
    BINDINGS = [  # noqa: RUF012
        Binding("up", "move(-1)", "Up", show=False, id="runs-up", priority=True),
        Binding("down", "move(1)", "Down", show=False, id="runs-down", priority=True),
        Binding("enter", "open", "Show", show=False, id="runs-open"),
        Binding("p", "film('play')", "Play", show=False, id="runs-play"),
        Binding("r", "film('go on')", "Go on", show=False, id="runs-resume"),
        Binding("g", "mark", "Ghost", show=False, id="runs-mark"),
        Binding("d", "delete", "Delete", show=False, id="runs-delete"),
        Binding("question_mark,f1", "help", "Help", show=False, id="runs-help"),
        Binding("escape,q", "close", "The map", show=False, id="runs-close"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._ghost: Opened | None = None
        self.shown = RunList(desk.ink)

    def compose(self) -> ComposeResult:
        """Header, list, keys."""
        yield Static(Content.styled(" Kept runs", "bold"), id="runs-header")
        with VerticalScroll():
            yield self.shown
        yield KeyLine(self._desk.ink)

    def on_mount(self) -> None:
        """Ask for the list."""
        self._load()
        self._draw()

    @property
    def chosen(self) -> Kept | None:
        """The run that the keys are about; None where it is a study."""
        row = self.shown.chosen
        return row if isinstance(row, Kept) else None

    @property
    def keys(self) -> Sequence[Hint]:
        """What can be done."""
        row = self.shown.chosen
        some: tuple[Hint, ...] = ()
        if isinstance(row, Fold):
            some = (("enter", "open or fold"), ("↑↓", "choose"), ("d", "delete"))
        elif row is not None:
            go_on = (("r", "go on"),) if not why_not(row) else ()
            some = (("enter", "film"), *go_on, ("g", "ghost"), ("d", "delete"), ("p", "play"))
        return (*some, ("?", "help"), ("escape", "back"))

    def action_move(self, by: int) -> None:
        """Choose another."""
        self.shown.move(by)
        self._draw_keys()

    def action_open(self) -> None:
        """Show the film of the chosen run; open a study, or fold it up."""
        if isinstance(row := self.shown.chosen, Fold):
            self.shown.toggle(row.study)
        else:
            self.action_film("")

    @work(exclusive=True)
    async def action_film(self, opening: Opening) -> None:
        """Show the film of the chosen run; play it, or go on with the training."""
        kept = self.chosen
        if kept is None:
            return
        if opening == "go on" and (reason := why_not(kept)):
            self.notify(reason, markup=False)
            return
        opened = await self._opened(kept.id)
        if opened is None:
            return
        ghost = self._ghost
        if ghost and (ghost.kept.lab != opened.kept.lab or ghost.kept.id == opened.kept.id):
            ghost = None
        self.app.push_screen(FilmScreen(self._desk, opened, ghost, opening), self._came_back)

    @work(exclusive=True)
    async def action_mark(self) -> None:
        """Make the chosen run the ghost behind the others, or none."""
        kept = self.chosen
        if kept is None:
            return
        if self.shown.marked == kept.id:
            self._ghost, self.shown.marked = None, ""
        elif (opened := await self._opened(kept.id)) is not None:
            self._ghost, self.shown.marked = opened, kept.id
        self.shown.redraw()

    @work
    async def action_delete(self) -> None:
        """Delete the chosen run, or all of a study, after asking."""
        row = self.shown.chosen
        if row is None:
            return
        runs = row.runs if isinstance(row, Fold) else (row,)
        what = f"all {len(runs)} runs of the study {row.study}" if len(runs) > 1 else runs[0].id
        if not await self.app.push_screen_wait(
            ConfirmScreen(f"Delete {what} for good? Nothing brings that back.", "delete")
        ):
            return
        try:
            for kept in runs:
                await self._desk.labs.delete_kept(kept.id)
                if self.shown.marked == kept.id:
                    self._ghost, self.shown.marked = None, ""
        except ConnectionError as problem:
            self.notify(str(problem), markup=False)
        self._load()

    def action_help(self) -> None:
        """The keys, and what is kept."""
        words = self._desk.ink.words
        here = [(words(key), words(label)) for key, label in self.keys if key != "?"]
        self.app.push_screen(HelpScreen(here, (), HELP))

    def action_close(self) -> None:
        """Back to the map."""
        self.dismiss(None)

    def _came_back(self, _: object) -> None:
        """A run may have been added meanwhile."""
        self._load()

    @work(exclusive=True)
    async def _load(self) -> None:
        try:
            listed = await self._desk.labs.kept()
        except ConnectionError as problem:
            self.shown.show([], [str(problem)])
        else:
            none = [] if listed.runs else ["No run is kept yet: every run of a lab will be."]
            self.shown.show(listed.runs, [*none, *listed.notes])
        self._draw()

    async def _opened(self, run: str) -> Opened | None:
        try:
            return await self._desk.labs.open_kept(run)
        except ConnectionError as problem:
            self.notify(str(problem), markup=False)
            return None

    def _draw(self) -> None:
        self.shown.refresh(layout=True)
        self._draw_keys()

    def _draw_keys(self) -> None:
        self.query_one(KeyLine).show(self.keys)
