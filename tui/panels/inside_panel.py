"""A live picture of what is inside the runners of a lab, before training or after it.

Nothing is kept on disk: everything is asked of the worker, about the run that it has in memory. A
look before training needs no finished run. Where there is none at all, a run is begun for the look
alone, with as few steps as the lab allows, and stopped as soon as it has answered.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from models.kept import Kept
from tui.drawing.training.dashboard import about
from tui.lab_cost import cost_of
from tui.lab_run import LabRun, Phase
from tui.lab_settings import ENDS, TIMES, fewest_steps, run_ref
from tui.own_runs import off_default
from tui.pages.page import Desk, Page
from tui.panels.live_view import LiveView
from tui.shelf import kept_of
from tui.widgets.drawn_view import DrawnView
from tui.widgets.key_line import Hint

_BEGUN = (Phase.TRAINING, Phase.PAUSED, Phase.FINISHED, Phase.STOPPED)


class InsidePanel(LiveView, can_focus=True):
    """A subclass makes the picture, asks for its numbers, and shows them."""

    DEFAULT_CSS = """
    InsidePanel .wait { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "begin", "Begin", show=False, id="inside-begin"),
        Binding("b", "other_time", "Before or after", show=False, id="inside-time"),
    ]

    needs_verdict: ClassVar[bool] = True
    """Whether it shows anything of how the networks were judged. Without that a kept run is asked
    as soon as its networks are there again, while it is judged once more."""

    def __init__(self, settings: Mapping[str, str], desk: Desk, lab: str = "recurrence") -> None:
        super().__init__()
        self.desk = desk
        self.when = settings.get("when", "after")
        self._ref = run_ref(settings.get("lab", lab))
        self.spec, self.knobs = desk.labs.settings(self._ref)
        self.ends = ENDS.get(self.spec.name, ("first", "last", "token"))
        self._seen: dict[Any, Any] = {}
        """What the worker has answered, by what was wanted."""
        self._asking = ""
        self._drawn = False
        self._trouble = ""
        self._gone: set[str] = set()
        """The runs that could not be asked."""
        self._shelf: Kept | None = None
        """A kept run of this kind, whose networks can be looked into."""
        self._searched = False

    # What a subclass does

    @property
    def picture(self) -> DrawnView:
        """Where it is drawn."""
        return self.query_one(DrawnView)

    @property
    def wanted(self) -> Hashable:
        """Of what a picture is wanted now: what it stands under in `_seen`."""
        return self.when

    @property
    def has_picture(self) -> bool:
        """Whether what is wanted has been asked for and is kept."""
        return self.wanted in self._seen

    @property
    def pictured(self) -> bool:
        """Whether a picture is on the screen: the one before stays until the next one is here."""
        return self.has_picture or bool(self._asking and self._drawn)

    async def ask(self, run: LabRun, when: str) -> None:
        """Ask the worker for what is to be drawn, and keep it.

        Raises:
            ConnectionError: in plain words, if the worker cannot answer.
        """
        raise NotImplementedError

    def show(self) -> None:
        """Draw what is kept for the time that is chosen."""
        raise NotImplementedError

    def build(self) -> DrawnView:
        """The picture, with nothing in it."""
        raise NotImplementedError

    # The page

    def compose(self) -> ComposeResult:
        """What stands there while there is no picture, and the picture."""
        yield Static("", classes="wait", markup=False)
        picture = self.build()
        picture.display = False
        yield picture

    def on_mount(self) -> None:
        """Show what there is."""
        self._unsubscribe = self.desk.labs.subscribe(self._changed)
        self.look()

    def on_unmount(self) -> None:
        """Hear no more."""
        self._unsubscribe()

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """Begin first, then look around."""
        other = ("b", f"{_other(self.when)} training")
        if self.pictured:
            return (("← →", "cell"), other)
        if self._waits:
            return ()
        looks = self.when == "before" or self._shelf is not None
        return (("space", "look" if looks else "train it"), other)

    @property
    def help_keys(self) -> Sequence[Hint]:
        """And to the ends."""
        return (
            ("space", "begin the run, where there is none"),
            ("← →", "a place back, a place on"),
            ("home end", "the first place, the last"),
            ("b", "before or after training"),
        )

    @property
    def sentence(self) -> str:
        """What is to be seen, or why there is nothing."""
        return self.picture.sentence if self.pictured else self._words

    @property
    def focus_target(self) -> Widget:
        """The picture takes the arrows, once there is one."""
        return self.picture if self.pictured else self

    def action_begin(self) -> None:
        """Begin the run that is to be looked into."""
        if self.has_picture or self._waits:
            return
        self._trouble = ""
        before = self.when == "before"
        knobs = fewest_steps(self.spec, self.knobs) if before else dict(self.knobs)
        labs, outside = self.desk.labs, self.desk.outside
        seed = self.desk.session.runs.seed(self._ref, free=outside)
        if self._shelf is not None and not before:
            kept, self._shelf = self._shelf, None
            labs.start(self.spec, knobs, kept.seed, keep=False, resume=kept.id)
        else:
            labs.start(self.spec, knobs, seed, keep=not before, outside=outside)
        self.look()

    def action_other_time(self) -> None:
        """From before training to after it, or back."""
        self.when, self._trouble = _other(self.when), ""
        self.look()

    # The run

    @property
    def _runs(self) -> list[LabRun]:
        """The latest runs that can be asked, the best first."""
        wanted = [self.knobs]
        if self.when == "before":
            wanted.append(fewest_steps(self.spec, self.knobs))
        last, free = self.desk.labs.last, self.desk.outside
        found = [last(self.spec.name, knobs, free=free) for knobs in wanted]
        return [run for run in found if run is not None and run.run not in self._gone]

    @property
    def _askable(self) -> LabRun | None:
        return next((run for run in self._runs if self._can_be_asked(run)), None)

    def _can_be_asked(self, run: LabRun) -> bool:
        at_once = self.when == "before" or (run.opened and not self.needs_verdict)
        return run.phase in _BEGUN if at_once else run.phase is Phase.FINISHED

    @property
    def _waits(self) -> bool:
        """Whether a picture is on its way."""
        return bool(self._asking) or any(run.alive for run in self._runs)

    def _changed(self, run: LabRun | None) -> None:
        # What has been drawn stays: a run that goes on does not change it.
        if self._whole and not self.has_picture and (run is None or run in self._runs):
            self.look()

    @property
    def _whole(self) -> bool:
        """Of a page that is being left, the parts are gone before the page is."""
        return bool(self.query(".wait"))

    def look(self) -> None:
        """Ask for what is missing, where somebody can be asked; and show what there is."""
        run = self._askable
        if run is not None and not self.has_picture and not self._asking:
            self._asking = self.when
            self._ask(run, self.when)
        if not self._searched and not self._runs and self.when == "after":
            self._searched = True
            self._search()
        self.redraw()

    @work(exclusive=True, group="shelf", exit_on_error=False)
    async def _search(self) -> None:
        """Look for a kept run of this kind that has its networks."""
        kept = await kept_of(self.desk.labs, self.spec, self.knobs)
        self._shelf = next((one for one in kept if one.lookable), None)
        self.redraw()

    def redraw(self) -> None:
        """The picture, or why there is none."""
        wait, there = self.query_one(".wait", Static), self.has_picture
        self._drawn = self.pictured
        wait.display, self.picture.display = not self._drawn, self._drawn
        if there:
            self.show()
        else:
            wait.update(Content(self.desk.ink.words(self._words)))
        if self.has_focus_within:
            self.screen.set_focus(self.focus_target)
        self.post_message(Page.KeysChanged())

    @property
    def _words(self) -> str:
        """Why there is no picture yet, and what to do."""
        run = next((run for run in self._runs if run.alive), None)
        if self._asking or (run is not None and self.when == "before"):
            return "looking into the networks…"
        if run is not None:
            return "looking into the networks…" if run.opened else f"training: {run.fraction:.0%}"
        troubles = [*(one.trouble for one in self._runs), self.desk.labs.trouble]
        if self._shelf is None:  # what is kept needs no other run
            troubles.insert(0, self._trouble)
        if trouble := next(filter(None, troubles), ""):
            return trouble
        going = self.desk.labs.going
        ends = f" It ends the run of {going.spec.name} that is going on." if going else ""
        if self.when == "before":
            return (
                "Nothing has been computed yet. space makes the networks and looks into them before"
                f" their first step; the run is stopped there, and counts for nothing.{ends}"
            )
        if self._shelf is not None:
            return f"Your run {self._shelf.id} is kept. space looks into its networks.{ends}"
        runs = self.desk.session.runs
        takes = f"in about {about(cost_of(self.spec, off_default(self._ref), runs).seconds)}.{ends}"
        if runs.metrics(self._ref, free=self.desk.outside) is None:
            return f"There are no trained networks in memory. space trains them here, {takes}"
        return (
            "The networks of your run are no longer in memory. space trains them again from the"
            f" same start, so that the same comes out, {takes}"
        )

    @work(exclusive=True, group="look")
    async def _ask(self, run: LabRun, when: str) -> None:
        try:
            await self.ask(run, when)
            self._trouble = ""
        except ConnectionError as error:
            self._gone.add(run.run)
            self._trouble = str(error)
        finally:
            self._asking = ""
            # A run that was begun for this look alone has done what it was for.
            if run.knobs != self.knobs and run.alive:
                self.desk.labs.stop(run)
        if not self._whole:
            return
        self.look()
        if self.has_picture:
            self.screen.set_focus(self.focus_target)


def _other(when: str) -> str:
    return TIMES[1 - TIMES.index(when)]
