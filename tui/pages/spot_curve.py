"""A curve on which one points: a number of the learner's own run or study."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import work
from textual.binding import Binding
from textual.content import Content

from course.lesson import View
from tui.drawing.questions.spots import draw_curve
from tui.pages.page import Desk, Page
from tui.pages.spot_field import Field
from tui.sketches import Point
from tui.spot_curves import MOST, CurveOf, curve_places, stretches
from tui.spots import At, Place
from tui.widgets.key_line import Hint
from tui.widgets.lines import Lines

ROWS = ((28, 10), (34, 12), (1000, 18))
"""Terminals of fewer rows than the first number draw a curve as high as the second says."""


class CurveField(Lines, Field, can_focus=True):
    """A number along the steps of a run, or over the values at which it was measured."""

    BINDINGS = [  # noqa: RUF012
        Binding("left", "move(-1)", "Back", show=False, id="curve-left"),
        Binding("right", "move(1)", "On", show=False, id="curve-right"),
        Binding("home", "go(0)", "First", show=False, id="curve-home"),
        Binding("end", f"go({MOST})", "Last", show=False, id="curve-end"),
    ]

    def __init__(self, view: View, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._curve = CurveOf.of(view.settings)
        self._cursor = 0
        self._right: Sequence[At] = ()
        self._places: Sequence[Place] = ()
        self._points: Sequence[Point] = ()
        self._looked = False

    def on_mount(self) -> None:
        """Take the curve of this sitting, or look for one that was kept."""
        self._take(self._curve.at_hand(self._desk))
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
        ink, here, curve = self._desk.ink, self.here, self._curve
        if here is None:
            of = curve.measured_by
            gone = f"There is no curve of {of} here: go back with p and run it first."
            return [Content(gone if self._looked else "Looking for the curve of your run…")]
        rows = next(rows for end, rows in ROWS if self.app.size.height < end)
        right, size = [at[1] for at in self._right], (min(width, 100), rows)
        over, told = curve.words, curve.told
        picture = draw_curve(self._points, self._cursor, right, size, ink, over, told)
        return [Content.assemble((f"{curve.name}   ", "bold"), here.told), *picture]

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
        self._points = stretches([(float(x), float(value)) for x, value in points])
        self._places = curve_places(self._points, self._curve)
        self.go_to((0, self._cursor))

    @work(exclusive=True, group="curve", exit_on_error=False)
    async def _look(self) -> None:
        self._take(await self._curve.kept(self._desk))
        self._looked = True
        self.refresh(layout=True)
        self.post_message(Page.KeysChanged())
