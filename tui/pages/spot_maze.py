"""A maze in which one points."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding
from textual.geometry import Size
from textual.strip import Strip

from course.lesson import View
from tui.drawing.lines import blank
from tui.drawing.questions.spots import draw_squares
from tui.pages.page import Desk
from tui.pages.spot_field import Field
from tui.panels.maze_panel import crossing
from tui.spots import At, Place, maze_places
from tui.widgets.drawn_view import DrawnView
from tui.widgets.key_line import Hint


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
