"""Where one points: a grid of weights, a curve, or a maze, each with a cursor of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from course.lesson import View
from tui.drawing.lines import blank
from tui.drawing.spots import draw_curve, draw_squares
from tui.sketches import Point, kept_curve
from tui.spots import MOST, At, Grid, Place, curve_places, maze_places, measured, stretches
from tui.views import build_view
from tui.widgets.attention_panel import AttentionPanel
from tui.widgets.drawn_view import DrawnView
from tui.widgets.inside_panel import run_ref
from tui.widgets.key_line import Hint
from tui.widgets.lines import Lines
from tui.widgets.maze_panel import crossing
from tui.widgets.page import Desk, Page

ROWS = ((28, 10), (34, 12), (1000, 18))
"""Terminals of fewer rows than the first number draw a curve as high as the second says."""


class Field(Widget):
    """A picture with places. A subclass draws it, moves its cursor and knows its numbers."""

    @property
    def places(self) -> Sequence[Place]:
        """Every place; none as long as there are no numbers."""
        raise NotImplementedError

    @property
    def here(self) -> Place | None:
        """The place under the cursor."""
        raise NotImplementedError

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """The keys it takes."""
        return ()

    @property
    def focus_target(self) -> Widget:
        """Where the keys are taken."""
        return self

    def go_to(self, at: At) -> None:
        """Put the cursor on a place."""
        raise NotImplementedError

    def show_right(self, right: Sequence[At]) -> None:
        """Mark the places that were asked for."""
        raise NotImplementedError


class GridField(Field):
    """The weights of the learner's own network, as the view on a page has them."""

    DEFAULT_CSS = "GridField { height: auto; }"

    def __init__(self, view: View, desk: Desk) -> None:
        super().__init__()
        panel = build_view(view, desk)
        assert isinstance(panel, AttentionPanel)
        panel.fixed = True
        self._panel = panel
        self._grid: tuple[int, Grid | None] = (0, None)

    def compose(self) -> ComposeResult:
        """The panel, which asks for its numbers itself."""
        yield self._panel

    @property
    def places(self) -> Sequence[Place]:
        """Every cell."""
        grid = self._known
        return grid.places if grid else ()

    @property
    def here(self) -> Place | None:
        """The cell under the cursor."""
        grid = self._known
        return grid.place(*self._panel.grid.cursor) if grid else None

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """To move; or to train what is not there yet."""
        if self._panel.pictured:
            return (("←↑↓→", "choose"), ("d", "digits"))
        return tuple(hint for hint in self._panel.hints_of_keys if hint[0] != "b")

    @property
    def focus_target(self) -> Widget:
        """The grid, once it is there."""
        return self._panel.focus_target

    def go_to(self, at: At) -> None:
        """Put the cursor on a cell."""
        if self._panel.is_mounted and self._panel.has_picture:
            self._panel.grid.move_to(*at)

    def show_right(self, right: Sequence[At]) -> None:
        """The first of the cells that were asked for is marked, and the cursor goes there."""
        if right and self._panel.has_picture:
            self._panel.grid.pinned = right[0]
            self.go_to(right[0])

    @property
    def _known(self) -> Grid | None:
        if not self._panel.is_mounted or not self._panel.has_picture:
            return None
        weights = self._panel.weights
        if self._grid[0] != id(weights) or self._grid[1] is None:
            self._grid = (id(weights), Grid.of(weights))
        return self._grid[1]


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


class MazeField(DrawnView, Field):
    """A maze, after somebody has walked it."""

    DEFAULT_CSS = "MazeField { height: auto; width: 1fr; }"
    BINDINGS = [  # noqa: RUF012
        Binding("left", "move(0, -1)", "Left", show=False, id="square-left"),
        Binding("right", "move(0, 1)", "Right", show=False, id="square-right"),
        Binding("up", "move(-1, 0)", "Up", show=False, id="square-up"),
        Binding("down", "move(1, 0)", "Down", show=False, id="square-down"),
    ]

    def __init__(self, view: View, desk: Desk) -> None:
        super().__init__(ink=desk.ink)
        self._trace = crossing(view.settings, view.settings.get("walker", "random"))
        self._places = maze_places(self._trace)
        self._cursor: At = (0, 0)
        self._right: Sequence[At] = ()

    @property
    def places(self) -> Sequence[Place]:
        """Every square."""
        return self._places

    @property
    def here(self) -> Place | None:
        """The square under the cursor."""
        return next(place for place in self._places if place.at == self._cursor)

    @property
    def sentence(self) -> str:
        """Where the cursor stands."""
        here = self.here
        return here.told if here else ""

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """From square to square."""
        return (("←↑↓→", "choose"),)

    def go_to(self, at: At) -> None:
        """Put the cursor on a square, or the nearest there is."""
        maze = self._trace.maze
        row, column = at
        self._cursor = max(0, min(row, maze.height - 1)), max(0, min(column, maze.width - 1))
        self.show_change()

    def show_right(self, right: Sequence[At]) -> None:
        """Tick the squares that were asked for."""
        self._right = right
        self.go_to(right[0] if right else self._cursor)

    def action_move(self, down: int, right: int) -> None:
        """From square to square, walls or not."""
        self.go_to((self._cursor[0] + down, self._cursor[1] + right))

    def draw(self) -> list[Strip]:
        """The maze."""
        width, height = self.content_size
        lines = draw_squares(self._trace, self._cursor, self._right, width, self.ink)[:height]
        return lines + [blank(width)] * (height - len(lines))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the maze has."""
        return 2 * self._trace.maze.height + 1


FIELDS = {
    "attention-grid": GridField,
    "alignment": GridField,
    "curve": CurveField,
    "maze": MazeField,
}
"""Where one points, by the name of the view."""
