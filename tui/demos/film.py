"""The demonstrations of a film's parts: logistic regression that has been trained, step by step."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable, Sequence

from textual.binding import Binding
from textual.widget import Widget

from models.mazes.generators import random_ends, wilson
from models.mazes.walkers import WALKERS, budget_for
from models.protocol import Moment
from models.specs.spec import LabSpec
from tui.demos.demo import Demo, logistic_losses
from tui.drawing.ink import Ink
from tui.drawing.ticks import exact
from tui.drawing.training.film import Drawn, Line
from tui.drawing.training.film_table import Table, Track

STEPS = 200


class _Scrubbed(Demo):
    """Left and right move the step, by one place of those that there are."""

    BINDINGS = [  # noqa: RUF012
        Binding("left", "move(-1)", "back", priority=True),
        Binding("right", "move(1)", "on", priority=True),
    ]

    def __init__(
        self,
        view: Callable[[], Widget],
        show: Callable[[Widget, int], None],
        ink: Ink | None,
        last: int,
    ) -> None:
        super().__init__(lambda: [view()], ink)
        self._show = show
        self._last = last
        self._at = last // 2

    def on_mount(self) -> None:
        """Begin in the middle."""
        self.call_after_refresh(self.action_move, 0)

    def action_move(self, by: int) -> None:
        """A step on or back."""
        self._at = max(0, min(self._last, self._at + by))
        self._show(self.query("Horizontal > *").first(), self._at)


def _curves() -> tuple[Sequence[tuple[int, float]], Sequence[tuple[int, float]]]:
    losses = list(logistic_losses(STEPS + 1))
    train = [(step, loss) for step, (loss, _) in enumerate(losses)]
    return train, [(step, held) for step, (_, held) in enumerate(losses) if step % 20 == 0]


def chart_demo(ink: Ink | None = None) -> Demo:
    """The losses of a run that is over, and a rule at a step."""
    from tui.widgets.film_chart import FilmChart

    train, held_out = _curves()
    level = (("guessing", math.log(2)),)
    curves = {"practice": train, "held out": held_out}

    def view() -> Widget:
        chart = FilmChart()
        chart.styles.height = 16
        chart.show_curves(Drawn("loss", curves, {}, levels=level, end=STEPS))
        return chart

    def show(widget: Widget, step: int) -> None:
        assert isinstance(widget, FilmChart)
        widget.show_step(step, STEPS // 4)

    return _Scrubbed(view, show, ink, STEPS)


def table_demo(ink: Ink | None = None) -> Demo:
    """The same losses as strips, with their values at a step."""
    from tui.widgets.film_table import FilmTable

    train, held_out = _curves()

    def view() -> Widget:
        table = FilmTable()
        table.styles.height = 3
        table.set_left(50)
        return table

    def show(widget: Widget, step: int) -> None:
        assert isinstance(widget, FilmTable)
        tracks = []
        for name, points in (("practice", train), ("held out", held_out)):
            at, value = [point for point in points if point[0] <= step][-1]
            tracks.append(Track(name, points, (exact(value),), str(at) if at != step else ""))
        table = Table("logistic regression", (("now", "accent"),), tuple(tracks), STEPS)
        widget.show(table, step, None, fresh=False)

    return _Scrubbed(view, show, ink, STEPS)


def line_demo(ink: Ink | None = None) -> Demo:
    """The line of that run; a bookmark stands where the loss has halved."""
    from tui.widgets.film_line import FilmLine

    train, held_out = _curves()
    half = next(step for step, loss in train if loss < train[0][1] / 2)

    def view() -> Widget:
        line = FilmLine()
        line.set_left(60)
        return line

    def show(widget: Widget, step: int) -> None:
        assert isinstance(widget, FilmLine)
        shown = [at for at, _ in held_out]
        widget.show(Line(step, STEPS, STEPS // 4, shown, [half], f"step {step} of {STEPS}"))

    return _Scrubbed(view, show, ink, STEPS)


def picture_demo(ink: Ink | None = None, seed: int = 10) -> Demo:
    """One mouse after the other in the same maze, from the one that draws lots to the best."""
    from tui.widgets.moment_pictures import MomentPicture

    maze = wilson(5, 5, random.Random(seed))
    start, cheese = random_ends(maze, random.Random(seed))
    moments = []
    for step, name in enumerate(("random", "forward", "right", "explorer")):
        trace = WALKERS[name](maze, start, cheese, random.Random(seed), budget_for(maze))
        path = [start, *(one.mouse for one in trace.steps if one.mouse is not None)]
        data = {
            "width": maze.width,
            "height": maze.height,
            "passages": list(maze.passages),
            "start": start,
            "cheese": cheese,
            "path": [cell for cell, _ in itertools.groupby(path)],
        }
        moments.append(Moment("", name, step, "walk", data))
    named = tuple((moment.runner, f"the mouse called {moment.runner}") for moment in moments)
    spec = LabSpec("mice", "Mice", "", (), (), "", "", 0, runners=named)

    def view() -> Widget:
        picture = MomentPicture(ink or Ink())
        picture.styles.height = 15
        return picture

    def show(widget: Widget, step: int) -> None:
        assert isinstance(widget, MomentPicture)
        widget.show(moments[step], spec)

    return _Scrubbed(view, show, ink, len(moments) - 1)
