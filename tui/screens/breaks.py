"""Where a run is to hold: who, what, above or below which value; and the list of those there are.

Up and down choose a line, left and right change it, enter adds what the lines say.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from models.protocol import Break
from models.specs.spec import LabSpec
from tui.drawing.ink import Ink
from tui.lab_news import amount, breaks_at
from tui.measures import share_of, who
from tui.screens.dialogs import Dialog, LineScreen
from tui.widgets.lines import Lines

VALUES: dict[str, tuple[float, ...]] = {
    "share": (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0),
    "loss": (0.001, 0.01, 0.1, 0.2, 0.5, 1.0, 2.0),
    "gradient": (0.01, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0),
    "step": (25, 50, 100, 200, 400, 800, 1600),
}
"""The values that left and right go through; any other can be typed."""
USUAL = {"share": (True, 0.9), "loss": (False, 0.1), "gradient": (True, 1.0), "step": (True, 100)}
"""Above or below which value a metric is watched, unless something else is chosen."""
FIELDS = ("who", "what", "is", "value")


class BreakForm(Lines):
    """The lines to choose from, then the breaks that there are."""

    def __init__(self, screen: BreakScreen) -> None:
        super().__init__()
        self._of = screen

    def lines(self, width: int) -> list[Content]:
        """The form."""
        return self._of.drawn(width)


class BreakScreen(Dialog):
    """Gives the breaks that the run is to have when it is left."""

    BINDINGS = [  # noqa: RUF012
        Binding("up", "move(-1)", "Up", show=False, id="break-up"),
        Binding("down", "move(1)", "Down", show=False, id="break-down"),
        Binding("left", "change(-1)", "Before", show=False, id="break-left"),
        Binding("right", "change(1)", "After", show=False, id="break-right"),
        Binding("enter", "add", "Add", show=False, id="break-add"),
        Binding("v", "type", "Type the value", show=False, id="break-type"),
        Binding("x", "remove", "Remove", show=False, id="break-remove"),
    ]

    def __init__(self, spec: LabSpec, breaks: Sequence[Break], ink: Ink) -> None:
        super().__init__()
        self._spec, self._ink = spec, ink
        self._breaks = list(breaks)
        share, _ = share_of(spec)
        self._metrics = [one for one in (share, "loss", "gradient", "step") if one]
        self._runners = ["", *dict.fromkeys(series.runner for series in spec.series)]
        self._cursor = 0
        self._runner = self._metric = 0
        self._above, self._value = USUAL[self._kind]

    def compose(self) -> ComposeResult:
        """The form and its keys."""
        with Vertical():
            yield Static(Content.styled("Hold the run when", "bold"))
            yield BreakForm(self)
            keys = (
                "↑↓  line     ←→  change     v  type a value\n"
                "enter  hold there     x  remove the line     escape  close"
            )
            yield Static(Content(self._ink.words(keys)), classes="keys")

    @property
    def chosen(self) -> Break:
        """What the lines say."""
        metric = self._metrics[self._metric]
        return Break(self._runners[self._runner], metric, self._above, float(self._value))

    @property
    def _kind(self) -> str:
        metric = self._metrics[self._metric]
        return metric if metric in VALUES else "share"

    def action_close(self) -> None:
        """Leave, with the breaks as they stand."""
        self.dismiss(self._breaks)

    def action_add(self) -> None:
        """Take what the lines say, and leave."""
        if self.chosen not in self._breaks:
            self._breaks.append(self.chosen)
        self.dismiss(self._breaks)

    def action_remove(self) -> None:
        """Take the break under the cursor off the list."""
        at = self._cursor - len(FIELDS)
        if 0 <= at < len(self._breaks):
            del self._breaks[at]
            self.action_move(0)

    def action_move(self, by: int) -> None:
        """To another line."""
        self._cursor = max(0, min(len(FIELDS) + len(self._breaks) - 1, self._cursor + by))
        self.query_one(BreakForm).redraw()

    def action_change(self, by: int) -> None:
        """Change the line under the cursor."""
        match self._cursor:
            case 0:
                self._runner = (self._runner + by) % len(self._runners)
            case 1:
                self._metric = (self._metric + by) % len(self._metrics)
                self._above, self._value = USUAL[self._kind]
            case 2:
                self._above = not self._above
            case 3:
                self._value = _next(VALUES[self._kind], self._value, by)
        self.query_one(BreakForm).redraw()

    @work
    async def action_type(self) -> None:
        """Type the value."""
        percent = self._kind == "share"
        told = f"{breaks_at(self._spec, self.chosen).rpartition(' is ')[0]}: which value"
        told += ", in %?" if percent else "?"
        while True:
            typed = await self.app.push_screen_wait(LineScreen(told))
            if typed is None:
                return
            try:
                self._value = _number(typed, percent)
            except ValueError:
                told = f"{typed} is no number; 90 or 0.5 is."
            else:
                self.query_one(BreakForm).redraw()
                return

    def drawn(self, width: int) -> list[Content]:
        """The form at a width."""
        one = self.chosen
        metric = self._metrics[self._metric]
        words = {"gradient": "gradient, its length", "loss": "loss", "step": "step"}
        values = (
            who(self._spec, one.runner) if one.runner else "anyone",
            words.get(metric, metric),
            "above" if one.above else "below",
            amount(self._spec, one),
        )
        rows = [
            self._line(at, f"{name:<7}", f"< {value} >")
            for at, (name, value) in enumerate(zip(FIELDS, values, strict=True))
        ]
        if self._breaks:
            rows += [Content(""), Content.styled("It will hold when", "$foreground-muted")]
            rows += [
                self._line(len(FIELDS) + at, "", breaks_at(self._spec, one))
                for at, one in enumerate(self._breaks)
            ]
        return [row.truncate(width) for row in rows]

    def _line(self, at: int, name: str, value: str) -> Content:
        here = at == self._cursor
        pointer = self._ink.glyphs.pointer if here else " "
        text = self._ink.words(value)
        return Content.assemble(
            (f"{pointer} ", "bold $text-accent"), (name, "$foreground-muted"), (text, "bold" * here)
        )


def _next(values: Sequence[float], now: float, by: int) -> float:
    """The next of the values above or below; the end stays."""
    beyond = [value for value in values if (value > now if by > 0 else value < now)]
    return (min(beyond) if by > 0 else max(beyond)) if beyond else now


def _number(text: str, percent: bool) -> float:
    value = float(text.strip().rstrip("%").strip())
    if value != value or abs(value) == float("inf"):
        raise ValueError(text)
    return value / 100 if percent else value
