"""The live part of a lab page: how far the run is, its curves, its newest look, who stands where.

Narrow windows have the look beside the chart and the standings below both; wide ones have both
beside the chart.
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Size

from models.protocol import Moment
from models.specs.spec import LabSpec
from tui import lab_words
from tui.axes import STEPS, Axis, axes_of
from tui.drawing.ink import Ink
from tui.lab_bets import is_of
from tui.lab_news import runner_numbered, standings
from tui.lab_run import LabRun, Phase
from tui.measures import Measure, measures, share_of
from tui.sketches import Drawn
from tui.widgets.chart_feed import ChartFeed, Choice
from tui.widgets.loss_chart import LossChart
from tui.widgets.maze_view import MazeView
from tui.widgets.moment_pictures import PICTURED, MomentPicture
from tui.widgets.progress_line import ProgressLine
from tui.widgets.standings_view import StandingsView

WIDE = 150
"""Columns from which the standings fit beside the chart."""
LOWEST, HIGHEST, HIGHEST_WIDE = 8, 24, 44
"""Lines of the chart."""
FEWEST_NEWS = 2
"""Lines of news where a picture needs the room."""
PICTURE = {
    "walk": (29, 12, 34),
    "alignment": (40, 8, 48),
    "states": (40, 14, 60),
    "fit": (42, 10, 64),
    "tower": (44, 14, 60),
    "lengths": (44, 16, 64),
    "per-length": (40, 8, 64),
    "reach": (42, 7, 60),
    "heads": (42, 8, 64),
    "written": (36, 8, 48),
    "speech": (42, 10, 64),
    "thought": (30, 10, 68),
}
"""Of a look: its columns beside a narrow chart, the lines it needs, its columns in a wide page."""
TALLEST = 14
"""Lines that a look gets at most where news would have to give way."""
LEAST_CHART = 32
"""Columns that are left to the chart at least."""
PACE = 15
"""Moves a second of a mouse that walks while its network trains."""


class LabLive(Vertical):
    """Shows a run. What is drawn, along what, and whom it is about, is chosen here."""

    DEFAULT_CSS = """
    LabLive { height: auto; }
    LabLive ProgressLine { height: auto; max-width: 120; }
    LabLive Horizontal { height: auto; }
    LabLive LossChart { width: 1fr; height: 12; max-width: 120; }
    LabLive #lab-side { height: auto; margin: 0 0 0 2; }
    LabLive #lab-beside { margin: 0 0 1 0; }
    LabLive #lab-below { max-width: 120; }
    """

    def __init__(self, spec: LabSpec, ink: Ink, still: bool, bets: tuple[Drawn, ...] = ()) -> None:
        super().__init__()
        self._bets = bets
        self._spec, self._ink, self._still = spec, ink, still
        self._run: LabRun | None = None
        self._measure = self._bet_on()
        self._axis: Axis = STEPS
        self._chosen = ""

    def compose(self) -> ComposeResult:
        """The chart's caption is in the standings, which name every curve."""
        _, head = share_of(self._spec)
        yield ProgressLine(ink=self._ink)
        with Horizontal():
            chart = LossChart(captioned=False, ink=self._ink)
            chart.can_focus = False
            yield chart
            with Vertical(id="lab-side"):
                yield StandingsView(head, ink=self._ink, id="lab-beside")
                yield MomentPicture(self._ink)
        yield StandingsView(head, ink=self._ink, id="lab-below")

    def on_mount(self) -> None:
        """Nothing is alive yet."""
        self._feed = ChartFeed(self.query_one(LossChart))
        self.display = False

    def _bet_on(self) -> int:
        """What is drawn first: the loss, unless the bets are on something else."""
        for at, measure in enumerate(measures(self._spec)):
            if any(is_of(bet, one, self._spec) for bet in self._bets for one in measure.lines):
                return at
        return 0

    # What is chosen

    @property
    def axis(self) -> Axis:
        """What the x axis counts."""
        return self._axis

    @property
    def measure(self) -> Measure | None:
        """What the chart draws; nothing in a lab that trains nothing."""
        found = measures(self._spec)
        return found[self._measure % len(found)] if found else None

    @property
    def axes(self) -> tuple[Axis, ...]:
        """What the x axis may count in this run."""
        return axes_of(self._run.curves) if self._run else (STEPS,)

    def turn_axis(self) -> None:
        """Let the x axis count the next thing that the run tells enough of."""
        axes = self.axes
        at = axes.index(self._axis) if self._axis in axes else -1
        self._axis = axes[(at + 1) % len(axes)]

    def turn_measure(self) -> None:
        """Draw the next thing that is measured."""
        self._measure += 1

    def choose(self, number: int) -> None:
        """Look at the runner in a row of the standings; at all of them where none is there, or
        the same once more."""
        runner = runner_numbered(self._run, number) if self._run else ""
        self._chosen = "" if runner == self._chosen else runner

    def switch_scale(self) -> None:
        """Logarithmic or linear; a share is always linear."""
        if self.measure is not None and not self.measure.percent:
            self.query_one(LossChart).action_switch_scale()

    # Drawing

    def show(self, run: LabRun | None, before: LabRun | None, bets: bool = True) -> None:
        """Draw a run as it is now, with the one before as a ghost, and with the bets on it."""
        if run is not self._run:
            self._axis, self._chosen = STEPS, ""
        self._run = run
        if run is None:
            self.display = False
            return
        self.show_progress()
        if self.measure is not None:
            self._feed.show(
                Choice(run, before, self.measure, self._axis, self._bets if bets else ())
            )
            self._feed.choose(self._chosen)
            rows = standings(run, self._chosen)
            for view in self.query(StandingsView):
                view.show(rows)
        self._show_look(run)
        self.display = run.alive or (self.measure is not None and bool(run.curves))

    def show_progress(self) -> None:
        """How far the run is; its clock goes on between two reports."""
        line = self.query_one(ProgressLine)
        line.display = self._run is not None and self._run.alive
        if self._run is not None and line.display:
            line.show(lab_words.progress_of(self._run))

    def _show_look(self, run: LabRun) -> None:
        """The newest look of somebody; a mouse walks, unless nothing may move."""
        newest = self._newest_look(run)
        picture = self.query_one(MomentPicture)
        if newest is None or newest is picture.moment:
            return
        picture.show(newest, self._spec)
        view = picture.view
        if view is not None:
            view.can_focus = False
        if isinstance(view, MazeView) and not self._still:
            view.speed = PACE
            view.restart()
            view.play()

    def _newest_look(self, run: LabRun) -> Moment | None:
        """That of whoever is chosen. Else what is about all of them, or of whoever is at it; in a
        race, and when all is over, of the first of the lab, so that the picture does not go from
        one to the other."""
        looks = {one.runner: one for one in run.moments if one.name in PICTURED}
        for runner in (self._chosen, ""):
            if runner in looks:
                return looks[runner]
        if not looks:
            return None
        order = [one.runner for one in self._spec.series if one.runner in looks]
        if order and (run.racing or not run.alive):
            return looks[order[0]]
        return next(one for one in reversed(run.moments) if one.name in PICTURED)

    def room_for_news(self, width: int, height: int) -> int:
        """Lines that are left below, on a page of this size, when all above has what it needs."""
        rows = self.query_one("#lab-below", StandingsView).height_wanted
        picture = self.query_one(MomentPicture)
        room, needed = height - 1 - rows, 0
        if picture.view is not None and picture.moment is not None:
            columns, least, _ = PICTURE[picture.moment.name]
            if width - columns >= LEAST_CHART and room - FEWEST_NEWS >= least:
                size = Size(columns, TALLEST)
                needed = min(TALLEST, picture.view.get_content_height(size, size, columns))
        return max(FEWEST_NEWS, room - max(LOWEST, needed))

    def fit(self, width: int, height: int, told: int) -> None:
        """Take the room that `told` lines below leave, so that all of it is to be seen at once."""
        run = self._run
        if run is None or not width or not height:
            return
        over = run.phase is Phase.FINISHED
        wide = width >= WIDE
        below, beside = self.query_one("#lab-below"), self.query_one("#lab-beside", StandingsView)
        rows = 0 if over else beside.height_wanted
        below.display, beside.display = bool(rows) and not wide, bool(rows) and wide
        left = height - told - (0 if over else 1) - (0 if wide else rows)
        chart = self.query_one(LossChart)
        chart.display = self.measure is not None and bool(run.curves)
        lines = max(LOWEST, min(HIGHEST_WIDE if wide else HIGHEST, left))
        chart.styles.height = lines
        self._fit_side(width, lines - (rows + 1 if wide and rows else 0), bool(wide and rows))

    def _fit_side(self, width: int, lines: int, needed: bool) -> None:
        """The look beside the chart, where there is room for one."""
        picture, side = self.query_one(MomentPicture), self.query_one("#lab-side")
        moment = picture.moment
        narrow, least, roomy = PICTURE[moment.name] if moment else (0, 0, 0)
        columns = roomy if 10 * width >= 23 * roomy else narrow
        alone = self.measure is None
        fits = alone or (lines >= least and width - columns >= LEAST_CHART)
        picture.display = moment is not None and fits
        side.display = needed or picture.display
        side.styles.width = 60 if alone else max(columns, width * 2 // 5 if needed else 0)
        picture.styles.height = max(lines, 14) if alone else lines
