"""The loss chart: curves that grow while a network trains.

A new point costs next to nothing: the picture is drawn now and then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.reactive import var
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, fit, paragraph, strip
from tui.drawing.training.buckets import Buckets, Point
from tui.drawing.training.chart import Chart, Curve, draw_chart
from tui.drawing.training.chart_bet import ChartBet
from tui.drawing.training.chart_words import describe, legend, levels, wrapped
from tui.widgets.paced_view import PacedView

HELP = """\
### The curves

Each curve is a line with its own mark (`●`, `×`, `+`; in ascii `*`, `x`, `+`), named in the legend
together with its newest value. `∙ ∙` (`, ,`) is the run before, `┄┄` (`--`) a level to compare
with, such as chance, `◇` (`?`) what you bet on beforehand. `!` on the axis means that the value
there was not a finite number, `↑` (`T`) that a knob was turned there.

**l** switches the y axis between linear and logarithmic. On a logarithmic axis equal distances
are equal ratios, so that a loss that halves again and again falls in a straight line.
"""


class LossChart(PacedView):
    """Draws series of numbers against steps (or seconds, or parameters)."""

    HELP = HELP
    DEFAULT_CSS = """
    LossChart { height: 14; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "l", "switch_scale", "log scale", id="chart.log", tooltip="Logarithmic y axis or linear"
        )
    ]

    log_scale: var[bool] = var(False, init=False)
    """Whether the y axis is logarithmic."""

    def __init__(
        self,
        title: str = "loss",
        *,
        unit: str = "step",
        log_scale: bool = False,
        captioned: bool = True,
        ink: Ink | None = None,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(ink=ink, name=name, id=id, classes=classes)
        self.title, self.unit = title, unit
        self._captioned = captioned
        self.span: tuple[float, float] | None = None
        """What the y axis shows at least."""
        self.set_reactive(LossChart.log_scale, log_scale)
        self._series: dict[str, Buckets] = {}
        self._ghosts: dict[str, Sequence[Point]] = {}
        self._references: dict[str, float] = {}
        self._bets: dict[str, ChartBet] = {}
        self._turns: tuple[float, ...] = ()
        self._chosen = ""
        self._end = 0.0

    # What is asked of it

    def add(self, series: str, step: float, value: float) -> None:
        """Take one more point; the picture follows within a quarter of a second."""
        curve = self._series.get(series)
        if curve is None:
            curve = self._series[series] = Buckets()
        curve.add(step, value)
        self.want_picture()

    def extend(self, series: str, points: Iterable[Point]) -> None:
        """Take many points at once."""
        for step, value in points:
            self.add(series, step, value)

    def declare(self, *series: str) -> None:
        """Name series before their first point, so that their marks and order are fixed."""
        for name in series:
            self._series.setdefault(name, Buckets())
        self.want_picture()

    def set_end(self, end: float) -> None:
        """Where the x axis ends: the steps of the whole run, so that the curve never shrinks."""
        self._end = end
        self.want_picture()

    def set_reference(self, name: str, value: float | None) -> None:
        """A horizontal line to compare with, such as chance, floor or goal; `None` removes it."""
        if value is None:
            self._references.pop(name, None)
        else:
            self._references[name] = value
        self.want_picture()

    def set_sketch(
        self, name: str, points: Sequence[Point] = (), level: float | None = None
    ) -> None:
        """What the learner expects of the series `name`: a curve, or a level for its end.

        An empty name will do where there is but one series. Without points or level the bet on
        this series is taken away.
        """
        if points or level is not None:
            self._bets[name] = ChartBet(name, tuple(points), level)
        else:
            self._bets.pop(name, None)
        self.want_picture()

    def choose(self, series: str) -> None:
        """Draw one series over the others, which turn faint; all are alike again without a name."""
        self._chosen = series
        self.want_picture()

    def set_turns(self, turns: Iterable[float]) -> None:
        """Mark on the x axis where a knob was turned."""
        self._turns = tuple(turns)
        self.want_picture()

    def set_ghosts(self, ghosts: Mapping[str, Sequence[Point]]) -> None:
        """Curves of an earlier run, drawn faintly behind the living ones."""
        self._ghosts = dict(ghosts)
        self.want_picture()

    def clear(self) -> None:
        """Forget every series, ghost and mark; levels to compare with stay, and so do bets."""
        self._series, self._ghosts, self._turns = {}, {}, ()
        self.want_picture()

    # What it says

    @property
    def sentence(self) -> str:
        """Where every curve came from and where it is."""
        return describe(self._series, self.unit)

    @property
    def series(self) -> Mapping[str, Buckets]:
        """The curves, by name."""
        return self._series

    # Drawing

    def action_switch_scale(self) -> None:
        """Logarithmic or linear."""
        self.log_scale = not self.log_scale

    def watch_log_scale(self) -> None:
        """Another axis, another picture."""
        self.redraw()

    def draw(self) -> list[Strip]:
        """Title, plot and caption; without room for a plot the sentence is all there is."""
        (width, height), ink = self.content_size, self.ink
        caption = self._caption(width, height, ink)
        plot = height - len(caption) - 1
        if width < 14 or plot < 4:
            return paragraph(self.sentence, width, height, ink.style("plain"), ink)
        picture = draw_chart(self._chart(), width, plot, ink)
        return [self._title(width, ink), *picture, *caption]

    @property
    def _heading(self) -> str:
        scale = ", log scale" if self.log_scale else ""
        return f"{self.title}{scale}, by {self.unit}"

    def _title(self, width: int, ink: Ink) -> Strip:
        """What is drawn; beside it what it is compared with, where no legend names that."""
        heading = fit(ink.words(self._heading), width, ink)
        told: list[Piece] = [(heading, ink.style("strong"))]
        used = len(heading)
        for entry in [] if self._captioned else levels(*self._compared, ink):
            used += 3 + sum(len(text) for text, _ in entry)
            if used <= width:
                told += [("   ", ink.style("plain")), *entry]
        return strip(told, width)

    @property
    def _compared(self) -> tuple[list[str], list[tuple[str, float]], list[ChartBet]]:
        return list(self._ghosts), list(self._references.items()), list(self._bets.values())

    def _chart(self) -> Chart:
        chosen = self._chosen if self._chosen in self._series else ""
        curves = [
            Curve(name, curve.points, curve.bad, chosen not in ("", name))
            for name, curve in self._series.items()
        ]
        ghosts = [Curve(name, points) for name, points in self._ghosts.items()]
        levels = tuple(self._references.items())
        return Chart(
            curves,
            ghosts,
            levels,
            self.log_scale,
            self._end,
            self._turns,
            self.span,
            tuple(self._bets.values()),
        )

    def _caption(self, width: int, height: int, ink: Ink) -> list[Strip]:
        if not self._captioned:
            return []
        keys = wrapped(legend(self._series, *self._compared, ink), width, indent=5)
        if height < 8 + len(keys):
            return keys
        rows = 1 if width >= 64 and len(self._series) < 3 else 2
        return keys + paragraph(self.sentence, width, rows, ink.style("dim"), ink)


def main() -> None:
    """The loss of a small network that learns while you watch."""
    from tui.demos.demo import chart_demo

    chart_demo().run()


if __name__ == "__main__":
    main()
