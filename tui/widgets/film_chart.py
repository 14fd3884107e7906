"""The chart of a film: curves that are drawn once, and a rule at the step that is shown.

plotext draws the curves when they change; moving the rule paints two columns and nothing else.
"""

from __future__ import annotations

from textual import events
from textual.geometry import Region
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.training.buckets import thinned
from tui.drawing.training.chart import MARGIN, column_of, draw_chart
from tui.drawing.training.chart_words import names, wrapped
from tui.drawing.training.film import CURSOR, PIN, Drawn, crossed
from tui.widgets.film_line import Sought
from tui.widgets.loss_chart import LossChart

HELP = """\
### The chart of a film

The curves are those of the whole run. The upright line stands at the step that everything else on
the screen is about; the dotted one at the step that is pinned. `∙ ∙` (`, ,`) are the curves of
another run of the same lab, `┄┄` (`--`) is what guessing gives. **l** switches the y axis between
linear and logarithmic, **m** draws another metric.
"""


LEAST = 10
"""Lines that the curves have at least before a legend takes more than one."""


class FilmChart(LossChart, can_focus=False):
    """Curves and two steps."""

    HELP = HELP
    DEFAULT_CSS = """
    FilmChart { height: 1fr; width: 1fr; max-width: 100%; }
    """

    def __init__(self, *, ink: Ink | None = None) -> None:
        super().__init__(captioned=False, ink=ink)
        self._fed: dict[str, int] = {}
        self._behind = ""
        self._legends = 1
        self._step = 0.0
        self._pin: float | None = None

    def show_curves(self, drawn: Drawn, fresh: bool = True) -> None:
        """Show these curves. Where they are not fresh, only what they have grown by is taken in."""
        if fresh:
            self.clear()
            self._fed = {}
            for name in list(self._references):
                self.set_reference(name, None)
            self.log_scale = drawn.log
        self.title, self.span, self._behind = drawn.title, drawn.span, drawn.behind
        self.declare(*drawn.curves)
        for name, points in drawn.curves.items():
            self.extend(name, thinned(points[self._fed.get(name, 0) :]))
            self._fed[name] = len(points)
        for name, level in drawn.levels:
            self.set_reference(name, level)
        self.set_ghosts(drawn.ghosts)
        self.set_end(drawn.end)
        self.set_turns(drawn.turns)

    def show_step(self, step: float, pin: float | None = None) -> None:
        """Move the rules."""
        before = set(self._rules)
        self._step, self._pin = step, pin
        columns = before.symmetric_difference(self._rules) if self.is_attached else set()
        if columns:
            height = self.content_size.height
            top = self._legends
            self.refresh(*(Region(column, top, 1, height - top) for column in columns))

    # Drawing

    @property
    def _rules(self) -> dict[int, str]:
        """Which columns have a rule, and of which role."""
        axis = self.content_size.width - MARGIN
        rules = {}
        if self._pin is not None:
            rules[MARGIN + column_of(self._pin, self._end, axis)] = PIN
        rules[MARGIN + column_of(self._step, self._end, axis)] = CURSOR
        return rules

    def draw(self) -> list[Strip]:
        """The legend and the curves, without the rules."""
        width, height = self.content_size
        legend = self._legend(width, max(1, height - LEAST))
        self._legends = len(legend)
        plot = draw_chart(self._chart(), width, max(0, height - len(legend)), self.ink)
        return [*legend, *plot]

    def _legend(self, width: int, most: int) -> list[Strip]:
        """What is drawn, and which glyph is whose, as far as there is room."""
        ink = self.ink
        scale = ", log" if self.log_scale else ""
        heading = [(f"{self.title}{scale}", ink.style("strong"))]
        seen = [name for name, curve in self._series.items() if curve.count]
        told = names(list(self._series), seen, self._behind, list(self._references), ink)
        return wrapped([heading, *told], width)[: min(most, 3)]

    def on_click(self, event: events.Click) -> None:
        """Go to the step that was pointed at."""
        axis = self.content_size.width - MARGIN
        if axis > 1:
            self.post_message(Sought((event.x - MARGIN) / (axis - 1) * self._end))

    def render_line(self, y: int) -> Strip:
        """Line `y`: the legend, or a line of the chart with the rules in it."""
        line = super().render_line(y)
        # The two lowest lines are the axis and its numbers.
        if self._legends <= y < self.content_size.height - 2:
            line = self.paint(crossed(line, self._rules, self.ink))
        return line


def main() -> None:
    """The loss of a small network; left and right move the rule."""
    from tui.demos.film import chart_demo

    chart_demo().run()


if __name__ == "__main__":
    main()
