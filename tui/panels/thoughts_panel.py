"""Thought arrows of the learner's own network, in one maze after another, small and large."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from textual import on, work
from textual.binding import Binding

from models.protocol import Moment
from tui.drawing.mazes.thoughts import Thoughts
from tui.drawing.mazes.thoughts_help import HELP
from tui.lab_run import LabRun
from tui.pages.page import Desk, Page
from tui.panels.inside_panel import InsidePanel
from tui.panels.thoughts_settings import LAB
from tui.thinkers import Thinker, loops_for, thinkers
from tui.thought_moments import after_steps, thoughts_of, thoughts_of_moment
from tui.widgets.key_line import Hint
from tui.widgets.thoughts_view import ThoughtsView

_FILMS = 4
"""Mazes whose films are kept; one of the largest takes 50 MB."""

_Wanted = tuple[str, str, int, int]
"""Time, network, size and sample."""


class ThoughtsPanel(InsidePanel):
    """The first maze of those that a network has learned in was filmed while it was trained.

    In every other the network is asked as it is now; and then, one step after the other, as it was.
    """

    needs_verdict = False
    BINDINGS = [  # noqa: RUF012
        Binding("m", "another", "Another maze", show=False, id="thoughts-another"),
        Binding("l", "larger", "A larger maze", show=False, id="thoughts-larger"),
        Binding("r", "runner", "Another network", show=False, id="thoughts-runner"),
    ]

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__(settings, desk, LAB)
        self._known = thinkers(self.spec)
        self._runner = settings.get("runner", next(iter(self._known)))
        self._side = int(settings.get("size", self._who.sizes[0]))
        self._sample = int(settings.get("sample", "0"))
        self._loop = int(settings.get("loop", "0"))
        self._seen: dict[_Wanted, tuple[Thoughts, ...]] = {}
        self._missing: dict[_Wanted, list[int]] = {}
        """The steps at which the network is still to be asked, the first of them first."""
        self._shown: tuple[Thoughts, ...] = ()

    def build(self) -> ThoughtsView:
        """The maze."""
        return ThoughtsView(loop=self._loop, ink=self.desk.ink)

    @property
    def _who(self) -> Thinker:
        """The network that is looked at."""
        return self._known[self._runner]

    @property
    def view(self) -> ThoughtsView:
        """Where it is drawn."""
        return self.query_one(ThoughtsView)

    # Keys

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """Through the loops, through the training, and on to other mazes."""
        hints = super().hints_of_keys
        if not self.pictured:
            return hints
        view = self.view
        training = (("↓ ↑", "training"),) if len(self._shown) > 1 else ()
        steers = (("arrows", "mouse"),) if view.steers else (("← →", self._who.unit),)
        time = () if len(self._shown) > 1 else hints[1:]
        return (
            *steers,
            ("space", "pause" if view.playing else "play"),
            *(() if view.steers else training),
            *((("l", f"{self._larger}x{self._larger}"),) if self._larger != self._side else ()),
            *((("r", self._known[self._next].name),) if len(self._known) > 1 else ()),
            ("m", "another"),
            ("a", "loops" if view.steers else "mouse"),
            *time,
        )

    @property
    def help_keys(self) -> Sequence[Hint]:
        """All of them."""
        return (
            ("space", "begin the run, where there is none; play and pause"),
            ("← →", "a loop back, a loop on"),
            ("home end", "before the first loop, after the last"),
            ("↓ ↑", "back and on through the training"),
            ("b", "before or after training"),
            ("f s", "faster, slower"),
            ("a", "the arrows move the mouse; once more, the loops"),
            ("c", "how sure each arrow is"),
            ("m", "another maze"),
            ("l", "a larger maze; after the largest, the smallest"),
            ("r", "another network"),
        )

    @property
    def help_text(self) -> str:
        """What is to be seen now, and how it is read."""
        return f"{self.sentence}\n\n{HELP}" if self.pictured else HELP

    @on(ThoughtsView.Changed)
    def _keys_changed(self) -> None:
        self.post_message(Page.KeysChanged())

    def action_another(self) -> None:
        """Another maze of this size."""
        self._sample += 1
        self.look()

    def action_larger(self) -> None:
        """The next size."""
        self._side = self._larger
        self.look()

    def action_runner(self) -> None:
        """Another network in the same maze, if it can be shown in one as large."""
        self._runner = self._next
        if self._side > max(self._who.sizes):
            self._side = self._who.sizes[0]
        self.look()

    def action_other_time(self) -> None:
        """Before training or after it: in a film, at its ends."""
        if self.pictured and len(self._shown) > 1 and not self._missing.get(self.wanted):
            self.view.go(at=0 if self.view.at else len(self._shown) - 1)
        else:
            super().action_other_time()

    @property
    def _larger(self) -> int:
        sizes = self._who.sizes
        return next((size for size in sizes if size > self._side), sizes[0])

    @property
    def _next(self) -> str:
        names = list(self._known)
        return names[(names.index(self._runner) + 1) % len(names)]

    # The worker

    @property
    def wanted(self) -> _Wanted:
        """Of what a picture is wanted now."""
        return self.when, self._runner, self._side, self._sample

    @property
    def is_filmed(self) -> bool:
        """Whether this maze was looked at while the network was trained."""
        return self.when == "after" and (self._side, self._sample) == (self._who.sizes[0], 0)

    def look(self) -> None:
        """Show the film as far as it has come, also of a run that goes on."""
        run = next((run for run in self._runs if run.alive), None)
        if run is not None and self.is_filmed:
            self._take_film(run)
        super().look()
        if self._missing.get(self.wanted) and (asked := self._askable) is not None:
            self._ask_on(asked, self.wanted)

    def _changed(self, run: LabRun | None) -> None:
        mine = run is not None and run in self._runs and bool(self.query(".wait"))
        if mine and run is not None and self.is_filmed and self._take_film(run):
            self.redraw()
        else:
            super()._changed(run)

    def _take_film(self, run: LabRun) -> bool:
        """Keep what the network thought at the saved steps of its training; whether there is more
        than there was."""
        shown = self._looks(run, self._runner)
        known = self._seen.get(self.wanted, ())
        if len(shown) <= len(known):
            return False
        more = (thoughts_of_moment(one, self.spec) for one in shown[len(known) :])
        self._seen[self.wanted] = (*known, *more)
        return True

    @staticmethod
    def _looks(run: LabRun, runner: str) -> list[Moment]:
        """What a network thought while it was trained."""
        return [one for one in run.moments if (one.name, one.runner) == ("thought", runner)]

    async def ask(self, run: LabRun, when: str) -> None:
        """The film of the maze that was filmed; else the arrows of now."""
        wanted = self.wanted
        if self.is_filmed:
            self._take_film(run)
            if wanted in self._seen:
                return
        while len(self._seen) >= _FILMS:
            oldest = next(iter(self._seen))
            del self._seen[oldest]
        filmed = self.is_filmed
        found, steps = await self._thought(run, wanted)
        if filmed and self._looks(run, wanted[1]):
            # Of a kept run the film comes while its networks are asked.
            if wanted == self.wanted:
                self._take_film(run)
            return
        self._seen[wanted] = (found,)
        # After the last step it is as it is now.
        self._missing[wanted] = steps[:-1] if when == "after" else []

    async def _thought(
        self, run: LabRun, wanted: _Wanted, step: int | None = None
    ) -> tuple[Thoughts, list[int]]:
        """What a network thinks, or thought after a step; and the steps that it can be asked at."""
        when, runner, size, sample = wanted
        told = {"runner": runner, "when": when, "size": size, "sample": sample}
        told |= {"loops": loops_for(size)} | ({} if step is None else {"step": step})
        seen = (await self.desk.labs.probe(run, "thought", told)).values
        who, steps = self._known[runner], list(seen.get("steps", ()))
        title = f"{who.name}, " + (f"{when} training" if step is None else after_steps(step))
        at = steps[-1] if step is None and when == "after" and steps else step
        return replace(thoughts_of(seen, title, at), unit=who.unit, floods=who.floods), steps

    @work(exclusive=True, group="film")
    async def _ask_on(self, run: LabRun, wanted: _Wanted) -> None:
        """Ask for what it was at one step after the other, the last first, while this is shown."""
        missing = self._missing[wanted]
        while missing:
            try:
                found, _ = await self._thought(run, wanted, missing[-1])
            except ConnectionError:
                return
            if not self._whole or wanted != self.wanted:
                return
            missing.pop()
            self._seen[wanted] = (found, *self._seen[wanted])
            self.redraw()

    def show(self) -> None:
        """Draw the maze that is chosen; of a film that grows, what was looked at, or the end."""
        frames, before = self._seen[self.wanted], self._shown
        if frames is not before:
            self._shown = frames
            looked_at = before[self.view.at] if self.view.at < len(before) - 1 else None
            places = (at for at, frame in enumerate(frames) if frame is looked_at)
            self.view.show(frames, next(places, -1))
