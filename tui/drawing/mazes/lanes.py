"""One contestant's maze in a race, with what it can see of it drawn and nothing more.

walks      fog, lifted where it has been; what it does not see now is dim
arrows     the whole maze, and in every square where it would go from there; `!` marks wrong ones
search     the whole maze, and in every square when the search came there, in moves
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.strip import Strip

from models.mazes.maze import WEST, Maze
from models.mazes.trace import Step, Trace
from tui.drawing.ink import Ink
from tui.drawing.lines import Piece
from tui.drawing.mazes.arrows import ArrowDrawing, Arrows
from tui.drawing.mazes.board import Board
from tui.drawing.mazes.fog import Fog
from tui.drawing.mazes.maze import MazeDrawing
from tui.drawing.mazes.race import Contestant, MiceRace
from tui.drawing.mazes.walls import NARROW, canvas_size

KNOWS_CHEESE = frozenset({"mouse"})
"""Who is told where the cheese is, of those who see one cell."""


class Lane:
    """The maze of one contestant, in one ink at one pitch."""

    def __init__(self, race: MiceRace, one: Contestant, pitch: int, ink: Ink) -> None:
        self.race, self.one, self.pitch, self.ink = race, one, pitch, ink
        self.width, self.height = canvas_size(race.maze, pitch)

    def lines(self, at: int) -> list[Strip]:
        """All lines of the maze after `at` moves."""
        raise NotImplementedError


class Walking(Lane):
    """Of one that sees its own cell."""

    def lines(self, at: int) -> list[Strip]:
        """Footprints where it has been, and fog where it has not."""
        one, race = self.one, self.race
        steps = tuple(Step(cell) for cell in one.walked(at)[1:])
        board = Board(Trace(race.maze, race.start, race.cheese, steps))
        board.go(at)
        told = race.cheese if one.name in KNOWS_CHEESE else None
        seen, now = frozenset(one.walked(at)), one.cell(at)
        fog = Fog(race.maze, self.pitch, self.ink, seen, now, told)
        drawing = MazeDrawing(race.maze, self.pitch, self.ink)
        return [fog.over(drawing.row(board, y, 0, self.width), y) for y in range(self.height)]


class Pointing(Lane):
    """Of one that has an arrow for each cell."""

    def lines(self, at: int) -> list[Strip]:
        """The arrows, and the way that it has gone."""
        drawing = ArrowDrawing(self.race.maze, self.pitch, self.ink)
        seen = Arrows(
            self.one.arrows,
            self.race.cheese,
            mouse=self.one.cell(at),
            wrong=self.race.wrong(self.one.arrows),
            path=self.one.walked(at),
        )
        return [drawing.row(seen, y, 0, self.width) for y in range(self.height)]


class Searching(Lane):
    """Of one that looks at the maze in waves."""

    def lines(self, at: int) -> list[Strip]:
        """When it came to each cell, and the way that it has gone."""
        drawing = _Waves(self.race.maze, self.pitch, self.ink, self.one.wave)
        nothing = [-1] * self.race.maze.cells
        seen = Arrows(nothing, self.race.cheese, mouse=self.one.cell(at), path=self.one.walked(at))
        return [drawing.row(seen, y, 0, self.width) for y in range(self.height)]


class _Waves(ArrowDrawing):
    """Squares that say when a search came to them; a narrow one says the last digit."""

    def __init__(self, maze: Maze, pitch: int, ink: Ink, wave: Sequence[int]) -> None:
        super().__init__(maze, pitch, ink)
        self._wave = wave

    def square(self, seen: Arrows, cell: int) -> list[Piece]:
        """The mouse, the cheese, or a number of moves."""
        moves = self._wave[cell]
        if moves < 0 or cell == seen.cheese or (cell == seen.mouse and self.pitch == NARROW):
            return super().square(seen, cell)
        style = self.ink.style("path" if cell in seen.walked else "frontier")
        if self.pitch == NARROW:
            return [(str(moves % 10), style)]
        left = self._side(seen, cell, WEST)
        if cell == seen.mouse:
            left = "M", self.ink.style("mouse")
        number = f"{moves:<2}" if moves < 100 else f"{moves % 100:02}"
        return [left, (number, style)]


class Nobody(Lane):
    """Of one that cannot take part: an empty maze."""

    def lines(self, at: int) -> list[Strip]:
        """The maze alone."""
        drawing = ArrowDrawing(self.race.maze, self.pitch, self.ink)
        seen = Arrows([-1] * self.race.maze.cells, self.race.cheese)
        return [drawing.row(seen, y, 0, self.width) for y in range(self.height)]


def lane(race: MiceRace, one: Contestant, pitch: int, ink: Ink) -> Lane:
    """The maze of a contestant, by what it sees."""
    if not one.path:
        return Nobody(race, one, pitch, ink)
    if one.arrows:
        return Pointing(race, one, pitch, ink)
    return (Searching if one.wave else Walking)(race, one, pitch, ink)
