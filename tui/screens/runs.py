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
from tui.drawing.results import written
from tui.kept_words import ended, first_numbers, off_default, when
from tui.screens.dialogs import ConfirmScreen, HelpScreen
from tui.screens.run import HELP, RunScreen
from tui.widgets.key_line import Hint, KeyLine
from tui.widgets.lines import Lines
from tui.widgets.page import Desk

ROOMY = 70
"""Columns from which the hour is told with the day."""


class RunList(Lines):
    """The runs, one of them chosen; below each what was turned in it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.runs: list[Kept] = []
        self.chosen = 0
        self.marked = ""
        self.told: list[str] = ["Asking the worker for what it has kept ..."]
        """What is said in place of a list, or below it."""

    def lines(self, width: int) -> list[Content]:
        """The list at a width."""
        rows: list[Content] = []
        wide = max((len(kept.id) for kept in self.runs), default=0)
        for place, kept in enumerate(self.runs):
            rows += self._row(kept, place == self.chosen, wide, width)
        for text in self.told:
            rows += ([Content("")] if rows else []) + Content(text).wrap(width)
        return rows

    def _row(self, kept: Kept, chosen: bool, wide: int, width: int) -> list[Content]:
        words = self._desk.ink.words
        mark = words("▸") if chosen else " "
        ghost = "g" if kept.id == self.marked else " "
        began = when(kept) if width >= ROOMY else when(kept)[:10]
        line = f"{mark}{ghost} {kept.id:<{wide}}  {began}  seed {kept.seed:<3} {ended(kept)}"
        if numbers := first_numbers(kept):
            line += f", {numbers}"
        style = "bold $text-accent" if chosen else ""
        rows = [Content.styled(words(line), style).truncate(width, ellipsis=True)]
        if off := off_default(kept):
            turned = ", ".join(f"{name} = {written(value)}" for name, value in off.items())
            row = Content.styled(words(f"{'':{wide + 5}}{turned}"), "$foreground-muted")
            rows.append(row.truncate(width, ellipsis=True))
        return rows

    def show_chosen(self) -> None:
        """Scroll to what is chosen."""
        above = sum(2 if off_default(kept) else 1 for kept in self.runs[: self.chosen])
        self.show_row(above, 3)  # with the row above it, and what was turned in it


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
        Binding("g", "mark", "Ghost", show=False, id="runs-mark"),
        Binding("d", "delete", "Delete", show=False, id="runs-delete"),
        Binding("question_mark,f1", "help", "Help", show=False, id="runs-help"),
        Binding("escape,q", "close", "The map", show=False, id="runs-close"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._ghost: Opened | None = None

    def compose(self) -> ComposeResult:
        """Header, list, keys."""
        yield Static(Content.styled(" Kept runs", "bold"), id="runs-header")
        with VerticalScroll():
            yield RunList(self._desk)
        yield KeyLine(self._desk.ink)

    def on_mount(self) -> None:
        """Ask for the list."""
        self._load()
        self._draw()

    @property
    def chosen(self) -> Kept | None:
        """The run that the keys are about."""
        shown = self.query_one(RunList)
        return shown.runs[shown.chosen] if shown.runs else None

    @property
    def keys(self) -> Sequence[Hint]:
        """What can be done."""
        some: tuple[Hint, ...] = ()
        if self.chosen is not None:
            some = (("enter", "show"), ("↑↓", "choose"), ("g", "ghost"), ("d", "delete"))
        return (*some, ("?", "help"), ("escape", "the map"))

    def action_move(self, by: int) -> None:
        """Choose another."""
        shown = self.query_one(RunList)
        if shown.runs:
            shown.chosen = min(len(shown.runs) - 1, max(0, shown.chosen + by))
            shown.redraw()
            shown.show_chosen()

    @work(exclusive=True)
    async def action_open(self) -> None:
        """Show the chosen run whole."""
        kept = self.chosen
        opened = await self._opened(kept.id) if kept else None
        if opened is None:
            return
        ghost = self._ghost
        if ghost and (ghost.kept.lab != opened.kept.lab or ghost.kept.id == opened.kept.id):
            ghost = None
        self.app.push_screen(RunScreen(self._desk, opened, ghost))

    @work(exclusive=True)
    async def action_mark(self) -> None:
        """Make the chosen run the ghost behind the others, or none."""
        shown, kept = self.query_one(RunList), self.chosen
        if kept is None:
            return
        if shown.marked == kept.id:
            self._ghost, shown.marked = None, ""
        elif (opened := await self._opened(kept.id)) is not None:
            self._ghost, shown.marked = opened, kept.id
        shown.redraw()

    @work
    async def action_delete(self) -> None:
        """Delete the chosen run, after asking."""
        kept = self.chosen
        if kept is None or not await self.app.push_screen_wait(
            ConfirmScreen(f"Delete {kept.id} for good? Nothing brings it back.", "delete it")
        ):
            return
        try:
            await self._desk.labs.delete_kept(kept.id)
        except ConnectionError as problem:
            self.notify(str(problem), markup=False)
            return
        shown = self.query_one(RunList)
        if shown.marked == kept.id:
            self._ghost, shown.marked = None, ""
        self._load()

    def action_help(self) -> None:
        """The keys, and what is kept."""
        words = self._desk.ink.words
        here = [(words(key), words(label)) for key, label in self.keys if key != "?"]
        self.app.push_screen(HelpScreen(here, (), HELP))

    def action_close(self) -> None:
        """Back to the map."""
        self.dismiss(None)

    @work(exclusive=True)
    async def _load(self) -> None:
        shown = self.query_one(RunList)
        try:
            listed = await self._desk.labs.kept()
        except ConnectionError as problem:
            shown.runs, shown.told = [], [str(problem)]
        else:
            shown.runs, shown.told = listed.runs, list(listed.notes)
            if not listed.runs:
                shown.told.insert(0, "No run is kept yet: every run of a lab will be.")
        shown.chosen = min(shown.chosen, max(0, len(shown.runs) - 1))
        self._draw()

    async def _opened(self, run: str) -> Opened | None:
        try:
            return await self._desk.labs.open_kept(run)
        except ConnectionError as problem:
            self.notify(str(problem), markup=False)
            return None

    def _draw(self) -> None:
        self.query_one(RunList).refresh(layout=True)
        self.query_one(KeyLine).show(self.keys)
