"""What probes read in every cell of a maze, loop by loop, beside what is true."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip

from tui.drawing.lines import paragraph
from tui.drawing.mazes.readings import Look, Readings
from tui.drawing.mazes.readings_picture import draw, lines_wanted
from tui.drawing.mazes.readings_words import HELP, sentence, sum_words
from tui.widgets.played_view import PlayedView

_AROUND = 8
"""Lines of a screen that a page needs around the picture."""
_PACE = 4
"""Loops a second at first."""


class ReadingsView(PlayedView):
    """Shows `Readings`. Nothing moves until it is asked to."""

    HELP = HELP
    DEFAULT_CSS = """
    ReadingsView { height: auto; max-height: 100%; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "move(1, 0)", "loop on", id="readings.on", tooltip="A loop on"),
        Binding("left", "move(-1, 0)", "loop back", id="readings.back", tooltip="A loop back"),
        Binding("up", "move(0, -1)", "up", id="readings.up", show=False),
        Binding("down", "move(0, 1)", "down", id="readings.down", show=False),
        Binding("home", "end(0)", "first", id="readings.first", tooltip="The first loop"),
        Binding("end", "end(1)", "last", id="readings.last", tooltip="The last loop"),
        Binding("a", "steer", "the cursor", id="readings.steer", tooltip="Arrows move the cursor"),
    ]

    def __init__(self, readings: Readings | None = None, loop: int = 1, **how: Any) -> None:
        super().__init__(**how)
        self._readings: Readings | None = None
        self._loop, self._cursor = loop, 0
        self._steers = False
        self.speed = _PACE
        if readings is not None:
            self.show(readings)

    # What is asked of it

    def show(self, readings: Readings) -> None:
        """Show other readings; in the same maze the cursor stays where it is."""
        before, self._readings = self._readings, readings
        if before is None or (before.maze, before.cheese) != (readings.maze, readings.cheese):
            self._cursor = readings.start
        self._loop = max(1, min(self._loop, readings.loops))
        self.show_change()

    @property
    def readings(self) -> Readings | None:
        """What is shown."""
        return self._readings

    @property
    def loop(self) -> int:
        """The loops after which it is read, from 1."""
        return self._loop

    @property
    def cursor(self) -> int:
        """The cell that is spoken of."""
        return self._cursor

    @property
    def steers(self) -> bool:
        """Whether the arrows move the cursor."""
        return self._steers

    @property
    def sentence(self) -> str:
        """What is to be seen."""
        return sentence(self._readings, self._loop, self._cursor)

    @property
    def help(self) -> str:
        """How the number under the cursor was read."""
        return sum_words(self._readings, self._loop, self._cursor) if self._readings else ""

    def go(self, loop: int) -> None:
        """To after another loop, as far as there are any."""
        if self._readings is not None:
            self._loop = max(1, min(loop, self._readings.loops))
            self.show_change()

    # Keys

    def action_move(self, across: int, down: int) -> None:
        """A loop on or back; or the cursor, where it has the arrows."""
        if self._readings is None:
            return
        self.pause()
        if self._steers:
            maze = self._readings.maze
            row, column = divmod(self._cursor, maze.width)
            row = max(0, min(row + down, maze.height - 1))
            column = max(0, min(column + across, maze.width - 1))
            self._cursor = row * maze.width + column
            self.show_change()
        elif across:
            self.skip(across)

    def action_end(self, last: int) -> None:
        """After the first loop, or after the last."""
        if self._readings is not None:
            self.pause()
            self.go(self._readings.loops if last else 1)

    def action_steer(self) -> None:
        """Hand the arrows to the cursor, or take them back."""
        self.pause()
        self._steers = not self._steers
        self.show_change()
        self.post_message(self.Changed())

    # Playing

    @property
    def left(self) -> int:
        """How many loops are still to be played."""
        return self._readings.loops - self._loop if self._readings else 0

    def skip(self, steps: int) -> None:
        """Some loops on."""
        self.go(self._loop + steps)

    def to_start(self) -> None:
        """After the first loop."""
        self.go(1)

    def show_pace(self) -> None:
        """Say how fast it plays."""
        self.show_change()

    # Drawing

    def draw(self) -> list[Strip]:
        """The maze and what is said of it, in the room there is."""
        (width, height), ink = self.content_size, self.ink
        if self._readings is None:
            return paragraph(self.sentence, width, height, ink.style("plain"), ink)
        remark = f"{self.speed} a second" if self.playing else ""
        remark = remark or ("arrows: cell" if self._steers else "")
        look = Look(self._readings, self._loop, self._cursor, remark)
        return draw(look, width, height, ink)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as maze and words take."""
        room = viewport.height - _AROUND
        return lines_wanted(self._readings, width, room) if self._readings else 1


def main() -> None:
    """A probe that reads all that has arrived, and no more."""
    from tui.demos.readings import readings_demo

    readings_demo().run()


if __name__ == "__main__":
    main()
