"""A fit with a cursor over x, whose width and kernel can be turned."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip

from models.lookup.curve import points
from models.lookup.nearness import KERNELS
from tui.drawing.ink import Ink
from tui.drawing.lookup.fit import FORMULAS, STEPS, Fit, sentence, worked
from tui.drawing.lookup.fit_plot import draw
from tui.widgets.drawn_view import DrawnView

FACTOR = 1.25
"""By how much one key turns the width."""
NARROWEST, WIDEST = 0.002, 10.0
LEAST = 15
"""Lines that it takes at least, where there is room."""
COUNT, NOISE = 40, 1.0

HELP = """\
### Looking up between points

The points (**●** and **○**) are scattered about the dashed curve, 2 sin x + x. The line is what is
**looked up**: at each x the mean of all points, the nearer the more. The **kernel** says how much a
point counts, by u = distance / width; the **shares** are K(u) over the sum of all K(u).

Below, on the same axis, stand the shares at the **cursor**; those of points in one column are
added up. A point is full where its share is larger than an equal one.

The **map** has a row for each place that asks and a column for each point, from left to right. A
row sums to 1.

**← →** move the cursor, **home** and **end** go to the ends; **↑ ↓** (or **+ −**) widen and narrow;
**k** is the next kernel, **v** the map or the plot, **s** other points.
"""


def drawn_points(seed: int, kernel: str, width: float) -> Fit:
    """The 40 points of a seed, those of the lab's default run with that seed."""
    xs, ys = points(COUNT, NOISE, seed)
    return Fit(tuple(xs), tuple(ys), kernel, width)


class FitView(DrawnView):
    """Shows a `Fit`."""

    DEFAULT_CSS = """
    FitView { height: auto; max-height: 100%; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", "left", id="fit.left", tooltip="To the left", show=False),
        Binding("right", "move(1)", "right", id="fit.right", tooltip="To the right", show=False),
        Binding("home", "move(-1000)", "first", id="fit.first", tooltip="Left end", show=False),
        Binding("end", "move(1000)", "last", id="fit.last", tooltip="Right end", show=False),
        Binding("up,plus,equals_sign", "widen(1)", "wider", id="fit.wider", tooltip="Wider"),
        Binding("down,minus", "widen(-1)", "narrower", id="fit.narrower", tooltip="Narrower"),
        Binding("k", "kernel", "kernel", id="fit.kernel", tooltip="The next kernel"),
        Binding("v", "map", "map", id="fit.map", tooltip="The map, or the plot"),
        Binding("s", "sample", "other points", id="fit.sample", tooltip="Other points"),
    ]

    def __init__(self, fit: Fit | None = None, *, seed: int = 0, ink: Ink | None = None) -> None:
        super().__init__(ink=ink)
        self._seed = seed
        self._fit = fit or drawn_points(seed, "gaussian", 1.0)
        self._cursor, self._mapped = STEPS // 2, False

    @property
    def fit(self) -> Fit:
        """What is shown."""
        return self._fit

    @property
    def cursor(self) -> int:
        """Where the cursor stands, from 0 to `STEPS`."""
        return self._cursor

    @property
    def mapped(self) -> bool:
        """Whether the map is shown, where there is no room for both."""
        return self._mapped

    @property
    def sentence(self) -> str:
        """What is looked up at the cursor."""
        return sentence(self._fit, self._cursor)

    @property
    def help(self) -> str:
        """What it is, with the formula and the numbers at the cursor."""
        formula = f"K(u) = {FORMULAS[self._fit.kernel]}"
        return f"Now: `{formula}`\n\n`{worked(self._fit, self._cursor)}`\n\n{HELP}"

    def show(self, fit: Fit) -> None:
        """Show another fit; the cursor stays."""
        self._fit = fit
        self.show_change()

    def action_move(self, by: int) -> None:
        """A step to the left or right."""
        self._cursor = max(0, min(self._cursor + by, STEPS))
        self.show_change()

    def action_widen(self, by: int) -> None:
        """A wider or narrower kernel."""
        width = max(NARROWEST, min(self._fit.width * FACTOR**by, WIDEST))
        self.show(replace(self._fit, width=width, title=""))

    def action_kernel(self) -> None:
        """The next kernel, of the same width."""
        kernels = list(KERNELS)
        at = (kernels.index(self._fit.kernel) + 1) % len(kernels)
        self.show(replace(self._fit, kernel=kernels[at], title=""))

    def action_map(self) -> None:
        """The map, or the plot."""
        self._mapped = not self._mapped
        self.show_change()

    def action_sample(self) -> None:
        """Other points about the same curve."""
        self._seed += 1
        self.show(drawn_points(self._seed, self._fit.kernel, self._fit.width))

    def draw(self) -> list[Strip]:
        """As high as there is room."""
        width, height = self.content_size
        return draw(self._fit, self._cursor, self._mapped, width, height, self.ink)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Most of the window, as what it shows is better taller."""
        return max(LEAST, min(self.app.size.height - 9, width // 2))


def main() -> None:
    """Forty points about a curve, and a width to turn."""
    from tui.demos.demo import Demo

    Demo(lambda: [FitView()]).run()


if __name__ == "__main__":
    main()
