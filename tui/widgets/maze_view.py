"""The maze view: plays what happened in a maze, at any speed, step by step, and back.

Only the squares that a step changed are painted again, so a frame costs the same in a maze of
any size. The timer runs only while something plays that somebody can see.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from models.mazes.solvers import distances
from models.mazes.trace import Trace
from tui.drawing.ink import Ink
from tui.drawing.lines import strip
from tui.drawing.mazes.board import Board
from tui.drawing.mazes.maze_picture import MazePicture, picture_size
from tui.drawing.mazes.maze_words import describe
from tui.widgets.playing import Playing
from tui.widgets.view import app_is_still

_FRAME, _AROUND = 4, 8
"""Lines of a screen that a page needs at least around a picture, and that it needs with words."""

HELP = """\
### The maze

`M` is the mouse, `C` the cheese. A dot marks a square that the mouse has walked through or a
search has looked at; the darker a square (`░ ▒ ▓ █`, in ascii `: % # @`), the more often the
mouse was there: 2, 4, 8, 16 times. `○` (`o`) is a square that a search will look at next, an
arrow the way by which the mouse last left a square, the heavy line the way that was found.

**enter** plays and pauses, **← →** go one step back and on, **↑ ↓** change the speed,
**r** starts again and **e** jumps to the end.
"""


class MazeView(Playing):
    """Shows a `Trace`. Nothing moves until it is asked to."""

    HELP = HELP
    DEFAULT_CSS = """
    MazeView { height: auto; max-height: 100%; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "play_or_pause", "play", id="maze.play", tooltip="Play or pause"),
        Binding("right", "step", "step", id="maze.step", tooltip="One step on"),
        Binding("left", "back", "back", id="maze.back", tooltip="One step back", show=False),
        Binding("up", "speed(1)", "faster", id="maze.faster", tooltip="Faster", show=False),
        Binding("down", "speed(-1)", "slower", id="maze.slower", tooltip="Slower", show=False),
        Binding("r", "restart", "again", id="maze.restart", tooltip="Back to the start"),
        Binding("e", "to_end", "end", id="maze.end", tooltip="To the end"),
    ]

    @dataclass
    class Finished(Message):
        """The last step of the trace has been shown."""

        view: MazeView
        trace: Trace

        @property
        def control(self) -> MazeView:
            """The view, so that `@on(MazeView.Finished, "#id")` works."""
            return self.view

    def __init__(
        self,
        trace: Trace | None = None,
        *,
        ink: Ink | None = None,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(ink=ink, name=name, id=id, classes=classes)
        self._board = Board(trace) if trace else None
        self._shortest = _shortest(trace) if trace else 0
        self._picture: MazePicture | None = None

    # What is asked of it

    def show(self, trace: Trace, play: bool = False) -> None:
        """Show another trace from its start; `play` starts it unless nothing may move."""
        self.pause()
        self._board, self._shortest = Board(trace), _shortest(trace)
        self.redraw()
        if play and not app_is_still(self.app):
            self.play()

    def play(self) -> None:
        """Play on; from the start again if the end was reached."""
        if self._board is None or not self._board.trace.steps:
            return
        if self._board.finished:
            self.restart()
        self.set_playing(True)

    def step(self) -> None:
        """One step on."""
        self.pause()
        self.advance(1)

    def back(self) -> None:
        """One step back."""
        self.pause()
        if self._board is not None:
            self._show_change(self._board.back())

    def restart(self) -> None:
        """Back to before the first step."""
        self._jump(0)

    def to_end(self) -> None:
        """To after the last step."""
        if self._board is not None:
            self.pause()
            before = self._board.finished
            self._jump(len(self._board.trace.steps))
            if not before:
                self.post_message(self.Finished(self, self._board.trace))

    def _jump(self, at: int) -> None:
        if self._board is not None:
            self._board.go(at)
            self._show_change(())
            self.refresh()

    # What it says

    @property
    def trace(self) -> Trace | None:
        """What is being shown."""
        return self._board.trace if self._board else None

    @property
    def at(self) -> int:
        """How many steps have been shown."""
        return self._board.at if self._board else 0

    @property
    def finished(self) -> bool:
        """Whether the last step has been shown."""
        return self._board is not None and self._board.finished

    @property
    def sentence(self) -> str:
        """Moves so far, arrived or not, and how long the shortest way is."""
        return describe(self._board, self._shortest) if self._board else "No maze yet."

    # Keys

    def action_step(self) -> None:
        """One step on."""
        self.step()

    def action_back(self) -> None:
        """One step back."""
        self.back()

    def action_restart(self) -> None:
        """Back to the start."""
        self.pause()
        self.restart()

    def action_to_end(self) -> None:
        """To the end."""
        self.to_end()

    # Drawing

    def advance(self, steps: int) -> None:
        """Some steps on, to the end at most."""
        board = self._board
        if board is None or board.finished:
            return
        changed: set[int] = set()
        for _ in range(steps):
            changed |= board.step()
        self._show_change(changed)
        if board.finished:
            self.pause()
            self.post_message(self.Finished(self, board.trace))

    def show_pace(self) -> None:
        """Say how fast it plays."""
        self._show_change(())

    def _show_change(self, squares: Collection[int]) -> None:
        """Paint again what changed: a few cells, wherever they are in sight."""
        picture = self._picture
        if picture is None:
            return
        pace = f"{self.speed} steps a second" if self.playing else ""
        runs = picture.after(squares, pace)
        if runs is None:
            self.refresh()
        else:
            self.repaint(runs)

    def _draw(self) -> MazePicture | None:
        """The picture at the size and in the ink of now."""
        size, ink, now = self.content_size, self.ink, self._picture
        if self._board is None or not size.area:
            return None
        if now is None or (now.width, now.height, now.ink) != (*size, ink):
            self._picture = MazePicture(self._board, self._shortest, *size, ink)
        return self._picture

    def redraw(self) -> None:
        """Draw everything again."""
        self._picture = None
        super().redraw()

    def render_line(self, y: int) -> Strip:
        """Line `y`: the title, then the maze, then the caption."""
        picture = self._draw()
        if picture is not None:
            return self.paint(picture.line(y))
        words = self.sentence if y == 0 else ""
        return self.paint(strip([(words, self.ink.style("dim"))], self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Title, maze and caption; of a maze that is larger than the window, what has room."""
        whole = picture_size(self._board)[1] if self._board else 1
        return whole if whole <= viewport.height - _FRAME else viewport.height - _AROUND

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as the maze at its wide pitch."""
        return picture_size(self._board)[0] if self._board else 12


def _shortest(trace: Trace) -> int:
    return distances(trace.maze, trace.cheese)[trace.start]


def main() -> None:
    """Two mice side by side in the same maze."""
    from tui.demos.demo import maze_demo

    maze_demo().run()


if __name__ == "__main__":
    main()
