"""A lab on a page: what it claims, the run as it goes, and what it came to."""

from __future__ import annotations

import math
from collections.abc import Sequence

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content

from course.lesson import Lab, Lesson, Screen
from models.specs.spec import Series, Value
from tui import lab_words
from tui.lab_run import LabRun, Phase
from tui.moments import walk_trace
from tui.screens.knobs import KnobScreen
from tui.widgets.key_line import Hint
from tui.widgets.lines import Lines
from tui.widgets.loss_chart import LossChart
from tui.widgets.maze_view import MazeView
from tui.widgets.page import Desk, Page
from tui.widgets.progress_line import ProgressLine

ROOMY = 33
"""Rows from which results fit below the maze."""
LOWEST_CHART, HIGHEST_CHART = 9, 18
"""Rows of the chart beside results."""
MOST_A_SECOND = 10
"""How often the page follows the run; eyes need no more."""


class Verdict(Lines):
    """The claim of a lab, and once it has been run, whether it held."""

    def __init__(self, page: LabPage) -> None:
        super().__init__()
        self._page = page

    def lines(self, width: int) -> list[Content]:
        """The claim, the table of results, and what they say."""
        return self._page.told(width)


def _began(run: LabRun, series: Series) -> float:
    """The step of a curve's first point: in this order curves get their markers, live or not."""
    points = run.curves.get((series.runner, series.metric))
    return points[0][0] if points else math.inf


class LabPage(Page):
    """One lab. The run belongs to the labs, not to the page: leaving does not end it."""

    BINDINGS = [  # noqa: RUF012
        Binding("enter", "start", "Start", show=False, id="lab-start"),
        Binding("space", "pause", "Pause", show=False, id="lab-pause"),
        Binding("s", "step", "One step", show=False, id="lab-step"),
        Binding("x", "stop", "Stop", show=False, id="lab-stop"),
        Binding("a", "again", "Run again", show=False, id="lab-again"),
        Binding("k", "knobs", "Knobs", show=False, id="lab-knobs"),
        Binding("l", "scale", "Log or linear", show=False, id="lab-scale"),
    ]

    DEFAULT_CSS = """
    LabPage { padding: 1 2 0 4; }
    LabPage Verdict { max-width: 100; margin: 0 0 0 0; }
    LabPage ProgressLine { height: auto; margin: 0 0 0 0; max-width: 120; }
    LabPage Horizontal { height: auto; }
    LabPage LossChart { width: 1fr; height: 15; max-width: 90; }
    LabPage MazeView { width: 29; height: 14; margin: 0 0 0 2; }
    LabPage MazeView.-alone { width: 60; margin: 0; }
    """

    def __init__(self, lesson: Lesson, screen: Screen, lab: Lab, desk: Desk) -> None:
        super().__init__()
        self._lesson = lesson
        self._text = lab.text
        self._ref = lab.run
        self._desk = desk
        self._labs = desk.labs
        self.spec, self._knobs = self._labs.settings(lab.run)
        self._default: dict[str, Value] = dict(self._knobs)
        self._seed = 0
        self._place = f"{lesson.id}/{screen.key}"
        self._run = self._labs.last_at(self._place) or self._labs.last(self.spec.name, self._knobs)
        if self._run is not None:
            self._knobs, self._seed = dict(self._run.knobs), self._run.seed
        self._drawn: dict[tuple[str, str], int] = {}
        self._walks = 0
        self._stale = False
        self._keys_of: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        """The live part stays hidden until there is something alive."""
        yield ProgressLine(ink=self._desk.ink)
        with Horizontal(id="lab-live"):
            yield LossChart(ink=self._desk.ink)
            maze = MazeView(ink=self._desk.ink)
            maze.can_focus = False
            maze.set_class(not self.spec.series, "-alone")
            yield maze
        yield Verdict(self)

    def on_mount(self) -> None:
        """Follow the run, at a pace that eyes can follow."""
        self._unsubscribe = self._labs.subscribe(self._changed)
        self._prepare_chart()
        self.set_interval(1 / MOST_A_SECOND, self._follow)
        self._draw()

    def on_resize(self) -> None:
        """Another height, another chart."""
        self._fit_chart()

    def on_unmount(self) -> None:
        """The run goes on; nobody looks."""
        self._unsubscribe()

    @property
    def run_shown(self) -> LabRun | None:
        """The run that this page shows."""
        return self._run

    @property
    def phase(self) -> Phase:
        """Where it stands."""
        return self._run.phase if self._run else Phase.IDLE

    @property
    def keys(self) -> Sequence[Hint]:
        """What can be done with the run now."""
        match self.phase:
            case Phase.STARTING:
                return (("x", "stop"), ("n", "read on"))
            case Phase.TRAINING:
                return (("space", "pause"), ("x", "stop"), ("n", "read on, it goes on"))
            case Phase.PAUSED:
                return (("space", "go on"), ("s", "one step"), ("x", "stop"), ("n", "read on"))
            case Phase.FINISHED:
                return (("enter", "next"), ("a", "again"), ("k", "knobs"), ("p", "back"))
            case _:
                if self._kept() is not None:
                    return (("enter", "next"), ("a", "run again"), ("k", "knobs"), ("p", "back"))
                return (("enter", "start"), ("k", "knobs"), ("n", "skip"), ("p", "back"))

    @property
    def help_text(self) -> str:
        """What the lab is and what its knobs are."""
        knobs = "\n".join(f"- `{k.name}`: {k.means}; {k.range}" for k in self.spec.knobs)
        return f"### {self.spec.title}\n\n{self.spec.summary}\n\n{knobs}"

    @property
    def help_keys(self) -> Sequence[Hint]:
        """Everything that can be done with a run, now or at another time."""
        scale = (("l", "logarithmic or linear scale"),) if self.spec.series else ()
        return (
            ("space", "pause, and go on"),
            ("s", "one step, while it is paused"),
            ("x", "stop"),
            ("a", "run it again; the run before stays on the chart"),
            ("k", "turn knobs"),
            *scale,
        )

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter starts a lab that has not run, and turns the page after that."""
        if action == "start":
            return self.phase in (Phase.IDLE, Phase.FAILED, Phase.STOPPED) and self._kept() is None
        return True

    def action_start(self) -> None:
        """Train."""
        self._begin()

    def action_again(self) -> None:
        """Train again; the run before stays on the chart as a ghost."""
        if self._run is None or not self._run.alive:
            self._begin()

    def action_pause(self) -> None:
        """Hold it, or let it go on."""
        if self._run is not None:
            self._labs.pause_or_resume(self._run)

    def action_step(self) -> None:
        """One training step."""
        if self._run is not None:
            self._labs.step(self._run)

    def action_stop(self) -> None:
        """End it and keep what there is."""
        if self._run is not None:
            self._labs.stop(self._run)

    def action_scale(self) -> None:
        """Logarithmic or linear."""
        self.query_one(LossChart).action_switch_scale()

    @work
    async def action_knobs(self) -> None:
        """Turn knobs: those that may be turned while it trains take effect at once."""
        alive = self._run if self._run is not None and self._run.alive else None
        chosen = await self.app.push_screen_wait(
            KnobScreen(
                self.spec, self._knobs, self._seed, self._default, live_only=alive is not None
            )
        )
        if chosen is None:
            return
        knobs, seed = chosen
        if alive is not None:
            for name, value in knobs.items():
                if value != alive.knobs[name]:
                    self._labs.turn(alive, name, value)
        self._knobs, self._seed = knobs, seed
        self._draw()

    # The run

    def _begin(self) -> None:
        chart = self.query_one(LossChart)
        if self._drawn:
            chart.keep_as_ghosts()
        self._run = self._labs.start(self.spec, dict(self._knobs), self._seed, self._place)
        self._drawn.clear()
        self._walks = 0
        self._draw()

    def _changed(self, run: LabRun | None) -> None:
        if run is None or run is self._run:
            self._stale = True

    def _follow(self) -> None:
        if self._stale:
            self._stale = False
            self._draw()
        elif self._run is not None and self._run.alive:
            self._draw_progress()

    def _prepare_chart(self) -> None:
        chart = self.query_one(LossChart)
        chart.log_scale = self.spec.log_scale
        if self.spec.chance:
            chart.set_reference("guessing", self.spec.chance[1])

    def _draw(self) -> None:
        run = self._run
        self.query_one(ProgressLine).display = run is not None and run.alive
        live = run is not None and bool(run.curves or run.moments)
        if self._results_only and not self.spec.series:
            live = False
        self.query_one("#lab-live").display = live
        self.query_one(LossChart).display = bool(self.spec.series)
        if run is not None:
            self._draw_progress()
            self._draw_curves(run)
            self._draw_maze(run)
        self._fit_chart()
        self.query_one(Verdict).redraw()
        now = (self.phase, self._kept() is None)
        if now != self._keys_of:
            self._keys_of = now
            self.post_message(self.KeysChanged())

    def _fit_chart(self) -> None:
        """Once there are results, the chart takes the rows that they leave."""
        chart, page = self.query_one(LossChart), self.scrollable_content_region
        if not self._results_only or not page.height:
            chart.styles.clear_rule("height")
            return
        told = len(self.told(self.query_one(Verdict).size.width or page.width))
        chart.styles.height = max(LOWEST_CHART, min(HIGHEST_CHART, page.height - told))

    def _draw_progress(self) -> None:
        if self._run is not None:
            self.query_one(ProgressLine).show(lab_words.progress_of(self._run))

    def _draw_curves(self, run: LabRun) -> None:
        chart = self.query_one(LossChart)
        for series in sorted(self.spec.series, key=lambda one: _began(run, one)):
            key = (series.runner, series.metric)
            points = run.curves.get(key, [])
            for step, value in points[self._drawn.get(key, 0) :]:
                chart.add(series.label, step, value)
            self._drawn[key] = len(points)

    def _draw_maze(self, run: LabRun) -> None:
        walks = [moment for moment in run.moments if moment.name == "walk"]
        view = self.query_one(MazeView)
        if self._results_only:
            view.pause()
            view.display = False
            return
        view.display = bool(walks)
        if len(walks) > self._walks:
            self._walks = len(walks)
            view.speed = 15
            view.show(walk_trace(walks[-1], self.spec), play=not self._desk.still)
            if self._desk.still:
                view.to_end()

    @property
    def _results_only(self) -> bool:
        """Whether the room is needed for the results."""
        return self.phase is Phase.FINISHED and self._low

    @property
    def _low(self) -> bool:
        return self.app.size.height < ROOMY

    # What is told

    def _kept(self) -> dict[str, float] | None:
        """What this lab, with these knobs, measured last, in this sitting or before."""
        if self._run is not None and self._run.result and not self._run.result.stopped:
            return self._run.result.metrics
        if self._run is not None and self._run.alive:
            return None
        return self._desk.session.metrics(self._ref) if self._knobs == self._default else None

    def told(self, width: int) -> list[Content]:
        """Everything in words and numbers at a width."""
        run, kept = self._run, self._kept()
        told: list[list[Content]] = []
        if run is not None and run.trouble:
            told.append(lab_words.warning(run.trouble, width))
        if kept is not None:
            shown = run if run is not None and run.result else None
            measured = (shown.knobs, shown.seed) if shown else (self._knobs, self._seed)
            told.append(lab_words.results_of(self.spec, kept, measured[0], shown, width))
            if (self._knobs, self._seed) != measured:
                told.append(lab_words.next_run(self.spec, self._knobs, self._seed, width))
        elif run is not None and run.alive:
            told.append(lab_words.so_far(self.spec, run, width, low=self._low))
        else:
            cannot = self._labs.cannot_run(self.spec.name)
            if cannot:
                told.append(lab_words.warning(cannot, width))
                off = lab_words.off_default(self.spec, self._knobs)
                theirs = self._desk.session.authors.run(self.spec.name, off)
                if theirs is not None:
                    told.append(lab_words.by_authors(self.spec, self._text, theirs, width))
                    return [line for lines in told for line in lines]
            ready = self._labs.ready
            where = ready.device if ready else ""
            if run is not None and run.phase is Phase.STOPPED:
                told.append(lab_words.stopped(run, width))
            told.append(lab_words.before(self.spec, self._text, self._knobs, where, width))
        return [line for lines in told for line in lines]
