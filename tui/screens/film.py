"""The film of a run: one step drives chart, values, strips and pictures; and a run goes on.

A kept run is played from what the worker opened, a run of this sitting from what it reported. One
that goes on is followed until somebody scrubs back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from models.protocol import Opened
from tui.drawing.lines import fit
from tui.film import Reel
from tui.film_words import HELP, why_not
from tui.kept_words import ended, spec_of, when
from tui.lab_run import LabRun, Phase
from tui.lab_words import progress_of
from tui.pages.page import Desk
from tui.screens.dialogs import ConfirmScreen, HelpScreen
from tui.screens.film_player import FilmPlayer
from tui.scrubber import Scrubber
from tui.widgets.film_view import FilmView
from tui.widgets.key_line import Hint, KeyLine
from tui.widgets.moment_pictures import PICTURED
from tui.widgets.progress_line import ProgressLine

Opening = Literal["", "play", "go on"]
"""What a film begins with: standing where it opens, playing, or going on with the training."""
LOOKS_A_SECOND = 4
"""How often a film follows the run that it is of."""


class FilmScreen(FilmPlayer):
    """The film of a kept run, with another behind it; or of a run of this sitting."""

    DEFAULT_CSS = """
    FilmScreen #film-header { height: 1; dock: top; color: $text-muted; }
    FilmScreen ProgressLine { margin: 0 1; }
    """
    BINDINGS = [  # noqa: RUF012
        Binding("r", "resume", "Go on training", show=False, id="film-resume"),
        Binding("x", "stop", "Stop training", show=False, id="film-stop"),
        Binding("question_mark,f1", "help", "Help", show=False, id="film-help"),
    ]

    def __init__(
        self,
        desk: Desk,
        run: Opened | LabRun,
        ghost: Opened | None = None,
        opening: Opening = "",
    ) -> None:
        reel = _reel(run)
        scrub = Scrubber(reel.frames, [mark.step for mark in reel.bookmarks])
        super().__init__(FilmView(run, reel, scrub, desk.ink), scrub)
        self._desk = desk
        self._run = run
        self._opening = opening
        self._from = ""
        """The kept run from which this one goes on."""
        self._stale = False
        self._follows = self.going is not None
        if ghost is not None:
            self.view.set_ghost(Reel.of_opened(ghost, PICTURED), ghost.kept.id)
        if opening != "play":
            whole = opening == "" and not self._follows
            scrub.seek(reel.opening if whole else reel.frames[-1])

    def compose(self) -> ComposeResult:
        """Header, film, how far a run that goes on is, keys."""
        yield Static("", id="film-header", markup=False)
        yield self.view
        yield ProgressLine(ink=self._desk.ink)
        yield KeyLine(self._desk.ink)

    def on_mount(self) -> None:
        """Follow a run that goes on; a film without curves is there for its picture."""
        self._unsubscribe = self._desk.labs.subscribe(self._changed)
        self.set_interval(1 / LOOKS_A_SECOND, self._look)
        self.play(self._opening == "play")
        self.draw_frame()
        if self._opening == "go on":
            self.action_resume()
        if not self.view.reel.runners:
            self.call_after_refresh(self.action_enter)

    def on_unmount(self) -> None:
        """Hear no more of it; a run that goes on does so."""
        self._unsubscribe()

    def on_resize(self) -> None:
        """The header needs the width."""
        self.draw_frame()

    # A run that goes on

    @property
    def going(self) -> LabRun | None:
        """The run, while it is trained."""
        return self._run if isinstance(self._run, LabRun) and self._run.alive else None

    def moved(self) -> None:
        """Who scrubs back wants to look, and is not dragged along."""
        self.view.remark = ""
        if self._follows and not self.scrub.at_end:
            self._follows = False
            self.draw_frame()

    def action_end(self) -> None:
        """To the last frame; of a run that goes on, to where it is now, and on with it."""
        super().action_end()
        self._follows = self.going is not None
        self.draw_frame()

    def action_play(self) -> None:
        """Play or pause; at the end of a run that goes on, hold the training or let it go on."""
        if self.going is not None and self._follows and not self.inside:
            self._desk.labs.pause_or_resume(self.going)
        else:
            super().action_play()

    def action_stop(self) -> None:
        """End the training, and keep what there is."""
        if self.going is not None:
            self._desk.labs.stop(self.going)

    def _changed(self, run: LabRun | None) -> None:
        self._stale = self._stale or run is self._run

    def _look(self) -> None:
        if not self._stale or not isinstance(self._run, LabRun) or not self.is_active:
            return
        self._stale = False
        reel = _reel(self._run)
        self.scrub.grow(reel.frames, [mark.step for mark in reel.bookmarks], self._follows)
        self.view.remark = self._run.trouble
        self.view.take(self._run, reel)
        self._follows = self._follows and self.going is not None
        self.draw_frame()

    @work
    async def action_resume(self) -> None:
        """Go on with the training from where the weights stand."""
        labs = self._desk.labs
        try:
            opened = await self._kept()
        except ConnectionError as problem:
            self._say(str(problem))
            return
        if opened is None or why_not(opened.kept):
            self._say(why_not(opened.kept) if opened else "This run is still being trained.")
            return
        if labs.going is not None and not await self.app.push_screen_wait(
            ConfirmScreen(f"That ends the run of {labs.going.spec.name} that goes on.", "go on")
        ):
            return
        self._from = opened.kept.id
        self._run, self._follows = labs.go_on(opened), True
        self._stale = True
        self._look()

    async def _kept(self) -> Opened | None:
        """The run as it is kept; None while it is not, for it still goes on."""
        if isinstance(self._run, Opened):
            return self._run
        if self._run.result is None or not self._run.result.kept:
            return None
        return await self._desk.labs.open_kept(self._run.result.kept)

    def _say(self, remark: str) -> None:
        """Say something that one key more takes away."""
        self.view.remark = remark
        self.view.show()

    # Frame

    @property
    def keys(self) -> Sequence[Hint]:
        """What can be done now."""
        back = ("escape", "film" if self.inside and self.view.reel.runners else "back")
        if self.going is not None and self._follows and not self.inside:
            space = "go on" if self.going.phase is Phase.PAUSED else "pause"
            return (("space", space), ("x", "stop"), ("← →", "scrub"), ("?", "help"), back)
        live = (("g", "live"),) if self.going is not None else ()
        able = isinstance(self._run, Opened) and not why_not(self._run.kept)
        resume = (("r", "go on"),) if able else ()
        if self.inside:
            return (*self.hints, back, ("?", "help"))
        return (*live, *self.hints, *resume, ("?", "help"), back)

    def action_help(self) -> None:
        """The keys, and how a film is read."""
        words = self._desk.ink.words
        more = (
            ("r", "go on training from where the weights stand"),
            ("x", "stop a run that goes on"),
        )
        here = [(words(key), words(label)) for key, label in (*self.all_hints, *more)]
        self.app.push_screen(HelpScreen(here, (), HELP))

    def draw_frame(self) -> None:
        """Header, progress and keys."""
        if not self.is_mounted:
            return
        words, width = self._desk.ink.words, self.size.width
        left, right = (f" {part} " for part in self._titles())
        left = fit(words(left), max(8, width - len(right)), self._desk.ink)
        line = Content.assemble((left.ljust(width - len(right)), "bold"), words(right))
        self.query_one("#film-header", Static).update(line, layout=False)
        progress = self.query_one(ProgressLine)
        progress.display = self.going is not None
        if self.going is not None:
            progress.show(progress_of(self.going))
        self.query_one(KeyLine).show(self.keys)

    def _titles(self) -> tuple[str, str]:
        run = self._run
        if isinstance(run, Opened):
            kept = run.kept
            return (
                f"{kept.id}  {spec_of(kept).title}, {when(kept)}",
                f"{ended(kept)}, seed {kept.seed}",
            )
        name = run.result.kept if run.result else ""
        told = f"{name}  {run.spec.title}" if name else run.spec.title
        told += f", gone on from {self._from}" if self._from else ""
        return told, f"{run.phase.value}, seed {run.seed}"


def _reel(run: Opened | LabRun) -> Reel:
    if isinstance(run, LabRun):
        return Reel.of_run(run, PICTURED)
    return Reel.of_opened(run, PICTURED)
