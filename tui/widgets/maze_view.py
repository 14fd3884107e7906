"""The maze view: plays what happened in a maze, at any speed, step by step, and back.

Only the squares that a step changed are painted again, so a frame costs the same in a maze of
any size. The timer runs only while something plays that somebody can see.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer

from models.mazes.solvers import distances
from models.mazes.trace import Trace
from tui.drawing.board import Board
from tui.drawing.ink import Ink
from tui.drawing.lines import changed_regions, fit, paragraph, strip
from tui.drawing.maze import WIDE, MazeDrawing, best_pitch, canvas_size
from tui.drawing.maze_words import describe, describe_briefly

from .view import View, app_is_still

SPEEDS = (1, 2, 4, 8, 15, 30, 100, 400)
"""Steps a second."""
_FRAMES = 15
"""Pictures a second at most; faster speeds take several steps a picture."""
_BRIEF = 48
"""Below this width the caption is the short one."""
_MARGIN = 3
"""Squares that stay in sight around the mouse when a large maze scrolls."""

HELP = """\
### The maze

`M` is the mouse, `C` the cheese. A dot marks a square that the mouse has walked through or a
search has looked at; the darker a square (`░ ▒ ▓ █`, in ascii `: % # @`), the more often the
mouse was there: 2, 4, 8, 16 times. `○` (`o`) is a square that a search will look at next, an
arrow the way by which the mouse last left a square, the heavy line the way that was found.

**enter** plays and pauses, **← →** go one step back and on, **↑ ↓** change the speed,
**r** starts again and **e** jumps to the end.
"""


class MazeView(View):
    """Shows a `Trace`. Nothing moves until it is asked to."""

    HELP = HELP
    DEFAULT_CSS = """
    MazeView { height: auto; width: 1fr; }
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
        self._drawing: MazeDrawing | None = None
        self._left = self._top = 0
        self._caption: list[Strip] = []
        self._timer: Timer | None = None
        self._playing = False
        self._level = SPEEDS.index(8)

    # What is asked of it

    def show(self, trace: Trace, play: bool = False) -> None:
        """Show another trace from its start; `play` starts it unless nothing may move."""
        self.pause()
        self._board, self._shortest, self._drawing = Board(trace), _shortest(trace), None
        self._left = self._top = 0
        self.redraw()
        if play and not app_is_still(self.app):
            self.play()

    def play(self) -> None:
        """Play on; from the start again if the end was reached."""
        if self._board is None or not self._board.trace.steps:
            return
        if self._board.finished:
            self.restart()
        self._playing = True
        self._set_timer()

    def pause(self) -> None:
        """Stop playing and stay where we are."""
        self._playing = False
        self._set_timer()

    def step(self) -> None:
        """One step on."""
        self.pause()
        self._advance(1)

    def back(self) -> None:
        """One step back."""
        self.pause()
        if self._board is not None:
            self._show_change(self._board.back())

    def restart(self) -> None:
        """Back to before the first step."""
        self._go(0)

    def to_end(self) -> None:
        """To after the last step."""
        if self._board is not None:
            self.pause()
            before = self._board.finished
            self._go(len(self._board.trace.steps))
            if not before:
                self.post_message(self.Finished(self, self._board.trace))

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
    def playing(self) -> bool:
        """Whether it plays (it waits while nobody can see it)."""
        return self._playing

    @property
    def speed(self) -> int:
        """Steps a second."""
        return SPEEDS[self._level]

    @speed.setter
    def speed(self, steps_a_second: int) -> None:
        nearest = min(SPEEDS, key=lambda speed: abs(speed - steps_a_second))
        self._level = SPEEDS.index(nearest)
        self._set_timer()

    @property
    def sentence(self) -> str:
        """Moves so far, arrived or not, and how long the shortest way is."""
        return describe(self._board, self._shortest) if self._board else "No maze yet."

    # Keys

    def action_play_or_pause(self) -> None:
        """Play or pause."""
        if self._playing:
            self.pause()
        else:
            self.play()

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

    def action_speed(self, by: int) -> None:
        """A faster or slower speed."""
        self.speed = SPEEDS[max(0, min(len(SPEEDS) - 1, self._level + by))]
        self._show_caption()

    # The timer

    def on_mount(self) -> None:
        """Learn of screens that come to lie over ours."""
        self.app.screen_change_signal.subscribe(self, lambda _: self._set_timer())

    def on_show(self) -> None:
        """Somebody can see it again."""
        self._set_timer()

    def on_hide(self) -> None:
        """Nobody can see it."""
        self._set_timer()

    def _set_timer(self) -> None:
        """Run the timer if there is something to play and somebody to see it."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self._playing and self.is_attached and self.screen.is_active and self.display:
            self._timer = self.set_interval(1 / min(self.speed, _FRAMES), self._tick)

    def _tick(self) -> None:
        if not self.showing:
            self._set_timer()
            return
        self._advance(max(1, round(self.speed / _FRAMES)))

    # Drawing

    def _advance(self, steps: int) -> None:
        board = self._board
        if board is None or board.finished:
            return
        changed: set[int] = set()
        for _ in range(steps):
            changed |= board.step()
        self._show_change(frozenset(changed))
        if board.finished:
            self.pause()
            self.post_message(self.Finished(self, board.trace))

    def _go(self, at: int) -> None:
        if self._board is not None:
            self._board.go(at)
            self._follow()
            self._caption = self._draw_caption()
            self.refresh()

    def _show_change(self, squares: frozenset[int]) -> None:
        """Paint again what a step changed: a few cells, wherever they are in sight."""
        if self._follow():
            self._caption = self._draw_caption()
            self.refresh()
            return
        assert self._board is not None
        drawing, top = self._draw(), self._title_rows - self._top
        bottom = self._title_rows + self._canvas_rows
        runs = []
        for x, y, length in drawing.changed(self._board, squares):
            if self._title_rows <= y + top < bottom:
                runs.append((x - self._left, y + top, length))
        self.repaint(runs)
        self._show_caption()

    def _show_caption(self) -> None:
        before, self._caption = self._caption, self._draw_caption()
        self.repaint(changed_regions(before, self._caption, self._title_rows + self._canvas_rows))

    @property
    def _title_rows(self) -> int:
        trace = self.trace
        return int(bool(trace and trace.name and self.content_size.height > 4))

    @property
    def _caption_rows(self) -> int:
        return _caption_height(self.content_size.width)

    @property
    def _canvas_rows(self) -> int:
        """Lines of the widget that show the maze itself."""
        free = self.content_size.height - self._title_rows - self._caption_rows
        if free < 3:
            free = self.content_size.height - self._title_rows
        return max(0, min(free, self._draw().height))

    def _draw(self) -> MazeDrawing:
        assert self._board is not None
        maze, pitch = (
            self._board.trace.maze,
            best_pitch(self._board.trace.maze, self.content_size.width),
        )
        now = self._drawing
        if now is None or now.maze is not maze or now.pitch != pitch or now.ink != self.ink:
            self._drawing = MazeDrawing(maze, pitch, self.ink)
        assert self._drawing is not None
        return self._drawing

    def _follow(self) -> bool:
        """Scroll so that the mouse is in sight; whether that moved anything."""
        if self._board is None:
            return False
        drawing = self._draw()
        x, y = drawing.centre(self._board.mouse)
        before = (self._left, self._top)
        self._left = _window(
            self._left, x, self.content_size.width, drawing.width, _MARGIN * drawing.pitch
        )
        self._top = _window(self._top, y, self._canvas_rows, drawing.height, _MARGIN * 2)
        return before != (self._left, self._top)

    def _draw_caption(self) -> list[Strip]:
        if self._board is None:
            return []
        width, rows = self.content_size.width, self._caption_rows
        words = describe if width >= _BRIEF else describe_briefly
        text = words(self._board, self._shortest)
        plain, dim = self.ink.style("plain"), self.ink.style("dim")
        if width < _BRIEF:
            return paragraph(text, width, rows, plain, self.ink)
        note = self._board.note
        pace = f"{self.speed} steps a second" if self._playing or note == "" else note
        first = strip([(fit(self.ink.words(text), width, self.ink), plain)], width)
        return [first, strip([(fit(self.ink.words(pace), width, self.ink), dim)], width)]

    def on_resize(self) -> None:
        """Another size: another pitch, another window."""
        self._follow()
        self._caption = self._draw_caption()
        self.refresh()

    def redraw(self) -> None:
        """Draw everything again."""
        if self.is_attached and self._board is not None and self.content_size.area:
            self._follow()
            self._caption = self._draw_caption()
        super().redraw()

    def render_line(self, y: int) -> Strip:
        """Line `y`: the title, then the maze, then the caption."""
        width = self.content_size.width
        if self._board is None:
            words = self.sentence if y == 0 else ""
            return self.paint(strip([(words, self.ink.style("dim"))], width))
        if y < self._title_rows:
            name = fit(self.ink.words(_title(self._board.trace.name)), width, self.ink)
            return self.paint(strip([(name, self.ink.style("strong"))], width))
        y -= self._title_rows
        if y < self._canvas_rows:
            line = self._draw().row(self._board, y + self._top, self._left, width)
            return self.paint(line)
        y -= self._canvas_rows
        if not self._caption:
            self._caption = self._draw_caption()
        return self.paint(self._caption[y]) if y < len(self._caption) else self.blank_line()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Title, maze and caption."""
        if self._board is None:
            return 1
        lines = canvas_size(self._board.trace.maze, WIDE)[1]
        return int(bool(self._board.trace.name)) + lines + _caption_height(width)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as the maze at its wide pitch."""
        return canvas_size(self._board.trace.maze, WIDE)[0] if self._board else 12


def _shortest(trace: Trace) -> int:
    return distances(trace.maze, trace.cheese)[trace.start]


def _caption_height(width: int) -> int:
    return 2


def _title(name: str) -> str:
    return name[:1].upper() + name[1:]


def _window(start: int, focus: int, size: int, whole: int, margin: int) -> int:
    """Where a window `size` long begins so that `focus` lies inside it, `margin` from its ends.

    It moves in one go by half its size, so that a walking mouse seldom scrolls the picture.
    """
    if whole <= size:
        return 0
    margin = min(margin, max(0, (size - 1) // 2))
    if not start + margin <= focus < start + size - margin:
        start = focus - size // 2
    return max(0, min(start, whole - size))


def main() -> None:
    """Two mice side by side in the same maze."""
    from .demos import maze_demo

    maze_demo().run()


if __name__ == "__main__":
    main()
