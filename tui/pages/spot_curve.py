"""A curve on which one points: a number of the learner's own run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import work
from textual.binding import Binding
from textual.content import Content

from course.lesson import View
from tui.drawing.spots import draw_curve
from tui.pages.page import Desk, Page
from tui.pages.spot_field import Field
from tui.panels.inside_panel import run_ref
from tui.sketches import Point, kept_curve
from tui.spots import MOST, At, Place, curve_places, measured, stretches
from tui.widgets.key_line import Hint
from tui.widgets.lines import Lines

ROWS = ((28, 10), (34, 12), (1000, 18))
"""Terminals of fewer rows than the first number draw a curve as high as the second says."""


class CurveField(Lines, Field, can_focus=True):
    """A number of the learner's own run along its steps."""

    BINDINGS = [  # noqa: RUF012
        Binding("left", "move(-1)", "Back", show=False, id="curve-left"),
        Binding("right", "move(1)", "On", show=False, id="curve-right"),
        Binding("home", "go(0)", "First", show=False, id="curve-home"),
        Binding("end", f"go({MOST})", "Last", show=False, id="curve-end"),
    ]

    def __init__(self, view: View, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._ref = run_ref(view.settings["lab"])
        self._of = measured(view.settings)
        self._cursor = 0
        self._right: Sequence[At] = ()
        self._places: Sequence[Place] = ()
        self._points: Sequence[Point] = ()
        self._looked = False

    def on_mount(self) -> None:
        """Take the curve of this sitting, or look for one that was kept."""
        _, knobs = self._desk.labs.settings(self._ref)
        run = self._desk.labs.last(self._ref.lab, knobs)
        if run is not None and run.result is not None:
            self._take(run.curves.get(self._of, ()))
        if not self._points:
            self._look()

    @property
    def places(self) -> Sequence[Place]:
        """Every point."""
        return self._places

    @property
    def here(self) -> Place | None:
        """The point under the cursor."""
        return self._places[self._cursor] if self._places else None

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """Along the curve."""
        return (("←→", "choose"),) if self._places else ()

    def lines(self, width: int) -> list[Content]:
        """The curve, and the point under the cursor in numbers."""
        ink, here = self._desk.ink, self.here
        name = " of ".join(reversed([part for part in self._of if part]))
        if here is None:
            lab = self._ref.lab
            gone = f"There is no curve of {lab} here: go back with p and run it first."
            return [Content(gone if self._looked else "Looking for the curve of your run…")]
        rows = next(rows for end, rows in ROWS if self.app.size.height < end)
        right = [at[1] for at in self._right]
        picture = draw_curve(self._points, self._cursor, right, (min(width, 100), rows), ink)
        head = Content.assemble((f"{name}   ", "bold"), here.told)
        return [head, *picture]

    def go_to(self, at: At) -> None:
        """Put the cursor on a point."""
        self._cursor = max(0, min(at[1], len(self._places) - 1)) if self._places else at[1]
        self.redraw()

    def show_right(self, right: Sequence[At]) -> None:
        """Tick the points that were asked for."""
        self._right = right
        if right:
            self.go_to(right[0])
        self.redraw()

    def action_move(self, step: int) -> None:
        """Along the curve."""
        self.action_go(self._cursor + step)

    def action_go(self, place: int) -> None:
        """To a point, or the nearest end."""
        self.go_to((0, max(0, min(place, len(self._places) - 1))))

    def _take(self, points: Sequence[Any]) -> None:
        self._points = stretches([(float(step), float(value)) for step, value in points])
        self._places = curve_places(self._points)
        self.go_to((0, self._cursor))

    @work(exclusive=True, group="curve", exit_on_error=False)
    async def _look(self) -> None:
        self._take(await kept_curve(self._ref, self._of, self._desk.labs))
        self._looked = True
        self.refresh(layout=True)
        self.post_message(Page.KeysChanged())
