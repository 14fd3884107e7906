"""Thought arrows of the learner's own network, in one maze after another, small and large."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import on
from textual.binding import Binding

from course.problems import did_you_mean
from models.specs.catalog import LABS
from models.specs.map import LOOPS, MORE, MOST_CELLS, SIZE
from models.specs.spec import LabSpec
from tui.drawing.mazes.thoughts import Thoughts
from tui.lab_run import LabRun
from tui.lab_settings import lab_fault, run_ref, runner_fault
from tui.pages.page import Desk, Page
from tui.panels.inside_panel import InsidePanel
from tui.thought_moments import thoughts_of, thoughts_of_moment
from tui.widgets.key_line import Hint
from tui.widgets.thoughts_view import HELP, ThoughtsView

LAB = "map"
THINKING = (LAB, "rivals", "probe")
"""The labs whose networks answer in every cell of a maze."""
SETTINGS = frozenset({"lab", "when", "runner", "size", "sample", "loop"})
SIZES = (SIZE, 15, 25, MOST_CELLS)
"""Cells on a side of the mazes that a key goes through."""
LONGEST = 2 * MORE
"""Loops in the largest mazes: by then a cell that is going to know the way does."""


def fault(settings: Mapping[str, str]) -> str:
    """What keeps the arrows from being drawn with these settings; empty if nothing does."""
    if found := lab_fault(settings, LAB):
        return found
    lab = run_ref(settings.get("lab", LAB)).lab
    if lab not in THINKING:
        return f"no network of the lab {lab} answers in every cell: {did_you_mean(lab, THINKING)}"
    known, runner = _thinkers(LABS[lab]), settings.get("runner", "")
    if runner and runner not in known:
        return runner_fault(LABS[lab], [runner]) or f"{runner} has no network that thinks"
    for name, low, high in (("size", 2, MOST_CELLS), ("sample", 0, 10**6), ("loop", 0, LONGEST)):
        given = settings.get(name, str(low))
        if not given.isdecimal() or not low <= int(given) <= high:
            return f"{name} {given}: expected a whole number from {low} to {high:,}"
    return ""


def in_words(settings: Mapping[str, str]) -> str:
    """The picture in words, where none can be drawn."""
    size, when = settings.get("size", str(SIZE)), settings.get("when", "after")
    spec = LABS[run_ref(settings.get("lab", LAB)).lab]
    who = dict(spec.runners).get(settings.get("runner", next(iter(_thinkers(spec)))), "network")
    return (
        f"A maze of {size}x{size} cells with an arrow in each: what the {who} would answer, {when}"
        " training, if it stopped after no loop, one, two and so on. Beside it, how many arrows are"
        " right: of the cells that news of the cheese can have reached by then, and of the others,"
        " beside what a guess would get."
    )


def loops_for(size: int) -> int:
    """How many loops are looked at in a maze of so many cells a side."""
    return LOOPS if size <= SIZE else MORE if size <= SIZES[1] else LONGEST


def _thinkers(spec: LabSpec) -> dict[str, str]:
    """Those who are trained, and what they are called."""
    return {one.runner: one.label for one in spec.series}


class ThoughtsPanel(InsidePanel):
    """The first maze of the smallest size was filmed while the network was trained."""

    BINDINGS = [  # noqa: RUF012
        Binding("m", "another", "Another maze", show=False, id="thoughts-another"),
        Binding("l", "larger", "A larger maze", show=False, id="thoughts-larger"),
    ]

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__(settings, desk, LAB)
        self._runner = settings.get("runner", next(iter(_thinkers(self.spec))))
        self._side = int(settings.get("size", SIZE))
        self._sample = int(settings.get("sample", "0"))
        self._loop = int(settings.get("loop", "0"))
        self._seen: dict[tuple[str, int, int], tuple[Thoughts, ...]] = {}
        self._shown: tuple[Thoughts, ...] = ()

    def build(self) -> ThoughtsView:
        """The maze."""
        return ThoughtsView(loop=self._loop, ink=self.desk.ink)

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
        steers = (("arrows", "mouse"),) if view.steers else (("← →", "loop"), *training)
        time = () if len(self._shown) > 1 else hints[1:]
        return (
            *steers,
            ("space", "pause" if view.playing else "play"),
            ("l", f"{self._larger}x{self._larger}"),
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

    def action_other_time(self) -> None:
        """Before training or after it: in a film, at its ends."""
        if self.pictured and len(self._shown) > 1:
            self.view.go(at=0 if self.view.at else len(self._shown) - 1)
        else:
            super().action_other_time()

    @property
    def _larger(self) -> int:
        return next((size for size in SIZES if size > self._side), SIZES[0])

    # The worker

    @property
    def wanted(self) -> tuple[str, int, int]:
        """Time, size and sample."""
        return self.when, self._side, self._sample

    async def ask(self, run: LabRun, when: str) -> None:
        """The film of the maze that was filmed; else the arrows of now."""
        wanted = self.wanted
        _, size, sample = wanted
        if when == "after" and (size, sample) == (SIZE, 0) and (film := self._film(run)):
            self._seen[wanted] = film
            return
        told = {
            "runner": self._runner,
            "when": when,
            "size": size,
            "sample": sample,
            "loops": loops_for(size),
        }
        seen = await self.desk.labs.probe(run, "thought", told)
        who = _thinkers(self.spec)[self._runner]
        self._seen[wanted] = (thoughts_of(seen.values, f"{who}, {when} training"),)

    def _film(self, run: LabRun) -> tuple[Thoughts, ...]:
        """What the network thought at the saved steps of its training."""
        return tuple(
            thoughts_of_moment(moment, self.spec)
            for moment in run.moments
            if moment.name == "thought" and moment.runner == self._runner
        )

    def show(self) -> None:
        """Draw the maze that is chosen."""
        frames = self._seen[self.wanted]
        if frames is not self._shown:
            self._shown = frames
            self.view.show(frames)
