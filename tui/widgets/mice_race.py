"""The race of the mice: one maze, several ways through it, side by side, each with what it sees."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip

from tui.drawing.lines import paragraph
from tui.drawing.mazes.race import MiceRace
from tui.drawing.mazes.race_picture import Look, RacePicture, lines_wanted
from tui.drawing.mazes.race_words import about, sentence
from tui.widgets.played_view import PlayedView

_AROUND = 7
"""Lines of a screen that a page needs around the picture."""
_PACE = 4
"""Moves a second at first."""

HELP = """\
### The race of the mice

The same maze, and everyone makes a move at a time from `M` to the cheese `C`. Each maze shows what
its contestant has to go by.

The **right-hand rule** and the **GRU mouse** see the cell that they stand in. What they saw before
is dim, `?` is a cell that they have never seen. The mouse is told where the cheese is, and carries
96 numbers of **memory** from move to move: a shade each, darker for larger.

The **plain transformer** and the **looped map** are told all walls and the cheese, and have an
**arrow** for every cell before anyone moves. `!` marks those that begin no shortest way. Following
arrows, a mouse arrives, is stopped by a wall, or goes round for ever.

**Breadth-first search** is told the maze, too, and learns nothing. The number in a cell is the
wave in which the search came there, in moves from the start.

One cell at a time is not the same information as the whole maze: the score says little about which
network is better, unless both were told the same.

**← →** a move back and on, **space** plays, **↑ ↓** who is spoken of, **f s** faster and slower,
**r** from the start, **e** to the end.
"""


class MiceRaceView(PlayedView):
    """Shows a `MiceRace`. Nothing moves until it is asked to."""

    HELP = HELP
    DEFAULT_CSS = """
    MiceRaceView { height: auto; max-height: 100%; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "move(1)", "a move on", id="race.on", tooltip="A move on"),
        Binding("left", "move(-1)", "a move back", id="race.back", tooltip="A move back"),
        Binding("up", "speak(-1)", "the one before", id="race.up", tooltip="The one before"),
        Binding("down", "speak(1)", "the next one", id="race.down", tooltip="The next one"),
        Binding("r,home", "end(0)", "start", id="race.start", tooltip="Back to the start"),
        Binding("e,end", "end(1)", "end", id="race.end", tooltip="To the end"),
    ]

    def __init__(self, race: MiceRace | None = None, **how: Any) -> None:
        super().__init__(**how)
        self._race, self._at, self._focus = race, 0, 0
        self._picture: RacePicture | None = None
        self.speed = _PACE

    # What is asked of it

    def show(self, race: MiceRace) -> None:
        """Show another race from its start; who is spoken of stays the same."""
        self.pause()
        self._race, self._at = race, 0
        self._focus = min(self._focus, len(race.contestants) - 1)
        self.redraw()

    @property
    def race(self) -> MiceRace | None:
        """What is shown."""
        return self._race

    @property
    def at(self) -> int:
        """How many moves have been made."""
        return self._at

    @property
    def focus_of(self) -> str:
        """The name of the one that is spoken of."""
        return self._race.contestants[self._focus].name if self._race else ""

    @property
    def sentence(self) -> str:
        """Who is where, and what the one that is spoken of sees."""
        if self._race is None:
            return "No race yet."
        spoken = about(self._race, self._race.contestants[self._focus])
        return f"{sentence(self._race, self._at)} {spoken}"

    def go(self, at: int) -> None:
        """To after some moves, as far as there are any."""
        if self._race is not None:
            self._at = max(0, min(at, self._race.moves))
            self.show_change()

    # Keys

    def action_move(self, by: int) -> None:
        """A move on or back."""
        self.pause()
        self.skip(by)

    def action_end(self, last: int) -> None:
        """Before the first move, or after the last."""
        if self._race is not None:
            self.pause()
            self.go(last * self._race.moves)

    def action_speak(self, by: int) -> None:
        """Speak of the next one, or of the one before."""
        if self._race is not None:
            self._focus = max(0, min(self._focus + by, len(self._race.contestants) - 1))
            self.show_change()

    # Playing

    @property
    def left(self) -> int:
        """How many moves are still to be made."""
        return self._race.moves - self._at if self._race else 0

    def skip(self, steps: int) -> None:
        """Some moves on; to its end once everyone has come to theirs."""
        self.go(self._at + steps)

    def to_start(self) -> None:
        """Before the first move."""
        self.go(0)

    def show_pace(self) -> None:
        """Say how fast it plays."""
        self.show_change()

    # Drawing

    def draw(self) -> list[Strip]:
        """The picture in the room there is."""
        (width, height), ink = self.content_size, self.ink
        if self._race is None:
            return paragraph(self.sentence, width, height, ink.style("plain"), ink)
        now = self._picture
        if now is None or (now.width, now.height, now.ink) != (width, height, ink):
            now = self._picture = RacePicture(width, height, ink)
        remark = f"{self.speed} a second" if self.playing else ""
        return now.draw(Look(self._race, self._at, self._focus, remark))

    def redraw(self) -> None:
        """Draw everything again."""
        self._picture = None
        super().redraw()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as mazes and words have room for."""
        return lines_wanted(self._race, width, viewport.height - _AROUND) if self._race else 1


def main() -> None:
    """Everyone in one maze, the networks hardly trained."""
    from tui.demos.mice_race import race_demo

    race_demo().run()


if __name__ == "__main__":
    main()
