"""A maze of thoughts and what stands beside it, in the room there is.

Wide: maze and numbers side by side. Narrow: the maze, and below it the numbers in short. A maze
that is larger than its room is seen through a window, which goes with the news on its way to the
mouse, and beside it stands the whole at a glance. Rows that stay the same are not drawn again.
"""

from __future__ import annotations

from dataclasses import dataclass

from rich.style import Style
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, blank, fit, strip
from tui.drawing.mazes.arrows import ArrowDrawing, Arrows
from tui.drawing.mazes.large_arrows import LargeArrows
from tui.drawing.mazes.overview import Overview, Sight
from tui.drawing.mazes.thoughts import THERE, Thoughts
from tui.drawing.mazes.thoughts_facts import LEAST, WANTED, Scene, draw_facts, head
from tui.drawing.mazes.thoughts_words import mouse_words
from tui.drawing.mazes.walls import LARGE, NARROW, WIDE, canvas_size, lines_of, window
from tui.drawing.memory.reach_axis import Axis
from tui.drawing.sparkline import sparkline

GAP = 3
"""Columns between the maze and its numbers."""
_WIDEST = 60
"""Columns of the numbers at most."""
_LEAST_MAZE = 17
"""Columns of a window into a maze at least."""
_BELOW = 3
"""Lines below a maze without room beside it: the numbers in short."""
ROOMY = 8
"""Lines more, from which on they are told as beside it."""
_MARGIN = 4
"""Cells that stay in sight around the one that is looked at."""


@dataclass(frozen=True)
class Plan:
    """The room of the maze and of its numbers; `beside` tells whether they are side by side."""

    columns: int
    rows: int
    pitch: int
    facts: int
    beside: bool


def plan(thoughts: Thoughts, width: int, height: int) -> Plan:
    """Share out the room."""
    maze = thoughts.maze
    for pitch in (LARGE, WIDE, NARROW):
        across, down = canvas_size(maze, pitch)
        if across + GAP + LEAST <= width and (pitch != LARGE or down <= height):
            facts = min(_WIDEST, width - across - GAP)
            return Plan(across, min(down, height), pitch, facts, True)
    if width >= _LEAST_MAZE + GAP + LEAST:
        across = width - GAP - LEAST
        return Plan(across, min(down, height), NARROW, LEAST, True)
    pitch = WIDE if canvas_size(maze, WIDE)[0] <= width else NARROW
    rows = height - 1 - _BELOW
    if rows < down <= height + 1:
        # The walls around the maze tell nothing that one does not know.
        rows = max(rows, min(down, height - 2 if height >= down else height - 1))
    return Plan(
        min(width, canvas_size(maze, pitch)[0]), max(1, min(down, rows)), pitch, width, False
    )


class ThoughtsPicture:
    """One picture after another at one size in one ink; what stays the same is kept."""

    def __init__(self, width: int, height: int, ink: Ink) -> None:
        self.width, self.height, self.ink = width, height, ink
        self._drawing: ArrowDrawing | None = None
        self._whole: Overview | None = None
        self._seen: Arrows | None = None
        self._rows: dict[int, Strip] = {}
        self._corner = (0, 0)

    def draw(self, scene: Scene) -> list[Strip]:
        """`height` lines of `width` columns."""
        at = plan(scene.now, self.width, self.height)
        maze = self._maze(scene, at)
        if not at.beside:
            return self._stacked(scene, maze)
        facts = self._beside(scene, at)
        empty, gap = blank(at.columns), blank(GAP)
        lines = []
        for y in range(self.height):
            row = maze[y] if y < len(maze) else empty
            line = Strip.join([row, gap, facts[y]])
            lines.append(line.adjust_cell_length(self.width, Style.null()))
        return lines

    # The maze

    def _maze(self, scene: Scene, at: Plan) -> list[Strip]:
        now = scene.now
        if self._drawing is None or (self._drawing.maze, self._drawing.pitch) != (
            now.maze,
            at.pitch,
        ):
            draws = LargeArrows if at.pitch == LARGE else ArrowDrawing
            self._drawing, self._seen = draws(now.maze, at.pitch, self.ink), None
            self._corner = (0, 0)
        drawing, seen = self._drawing, _seen(scene)
        corner = self._follow(scene.focus, at)
        if self._seen is None or corner != self._corner:
            self._rows = {}
        else:
            first = corner[0] // at.pitch
            sight = range(first, first + at.columns // at.pitch + 2)
            for y in _changed(self._seen, seen, drawing, sight):
                self._rows.pop(y, None)
        self._seen, self._corner = seen, corner
        left, top = corner
        for y in range(top, top + at.rows):
            if y not in self._rows:
                self._rows[y] = drawing.row(seen, y, left, at.columns)
        return [self._rows[y] for y in range(top, top + at.rows)]

    def _follow(self, cell: int, at: Plan) -> tuple[int, int]:
        """Where the window begins, so that a cell is in sight."""
        assert self._drawing is not None
        x, y = self._drawing.centre(cell)
        left, top = self._corner
        missing = self._drawing.height - at.rows
        if 0 < missing <= 2:
            top = missing - 1  # all but the walls around it
        else:
            top = window(top, y, at.rows, self._drawing.height, _MARGIN * 2)
        return window(left, x, at.columns, self._drawing.width, _MARGIN * at.pitch), top

    # What stands beside it, or below

    def _beside(self, scene: Scene, at: Plan) -> list[Strip]:
        across, down = canvas_size(scene.now.maze, at.pitch)
        if across <= at.columns and down <= at.rows:
            return draw_facts(scene, at.facts, self.height, self.ink)
        whole = self._overview(scene, at)
        facts = draw_facts(scene, at.facts, max(0, self.height - len(whole) - 1), self.ink)
        return (facts + [blank(at.facts)] + whole + [blank(at.facts)] * self.height)[: self.height]

    def _overview(self, scene: Scene, at: Plan) -> list[Strip]:
        now, (left, top) = scene.now, self._corner
        assert self._seen is not None
        signs = {now.cheese: ("C", "cheese"), scene.mouse: ("M", "mouse")}
        lines = lines_of(at.pitch)
        sight = Sight(
            left // at.pitch, top // lines, -(-at.columns // at.pitch), -(-at.rows // lines)
        )
        if self._whole is None or self._whole.maze != now.maze:
            self._whole = Overview(now.maze, self.ink)
        whole = self._whole.draw(now.known(scene.loop), signs, sight)
        return [line.adjust_cell_length(at.facts, Style.null()) for line in whole]

    def _stacked(self, scene: Scene, maze: list[Strip]) -> list[Strip]:
        """The maze between whose it is and as many of its numbers as there is room for."""
        ink, width = self.ink, self.width
        rows = [row.adjust_cell_length(width, Style.null()) for row in maze]
        if self.height - len(rows) > _BELOW + ROOMY:
            facts = draw_facts(scene, width, self.height - len(rows), ink)
            return [facts[0], *rows, *facts[1:]]
        if self.height == len(rows) + 1:
            return [self._in_brief(scene), *rows]
        title, loops = head(scene, width, ink)
        lines = [title, *rows, *self._in_short(scene)]
        return (lines + [loops] + [blank(width)] * self.height)[: self.height]

    def _in_brief(self, scene: Scene) -> Strip:
        """The step, and how many arrows are right."""
        now, count = scene.now, scene.now.count(scene.loop)
        step = "" if now.step is None else f"step {now.step:,}: "
        words = f"{step}{count.right} of {count.asked} right"
        return strip([(fit(words, self.width, self.ink), self.ink.style("accent"))], self.width)

    def _in_short(self, scene: Scene) -> list[Strip]:
        now, width, ink = scene.now, self.width, self.ink
        count = now.count(scene.loop)
        loops = f"{now.unit} {scene.loop} of {now.loops}: {count.right} of {count.asked} right"
        way = now.way(scene.loop, scene.mouse)
        fares = f"M {mouse_words(way, now.away[scene.mouse])}"
        axis = Axis.of(now.loops + 1, width, scene.loop, ("", "", now.unit))
        shares = [now.count(loop).share for loop in axis.shown]
        bars = sparkline(shares, len(shares), ink, top=1.0)
        below: list[list[Piece]] = [
            [(fit(loops, width, ink), ink.style("accent"))],
            [(fit(fares, width, ink), ink.style("path" if way.ends == THERE else "bad"))],
            [(bars, ink.style("strip"))],
        ]
        return [strip(pieces, width) for pieces in below]


def _seen(scene: Scene) -> Arrows:
    """What is drawn into the squares."""
    now = scene.now
    return Arrows(
        now.arrows[scene.loop],
        now.cheese,
        scene.mouse,
        wrong=now.wrong(scene.loop),
        path=now.way(scene.loop, scene.mouse).cells,
        early=now.early(scene.loop),
        sure=now.sure[scene.loop] if scene.shaded and now.sure else (),
    )


def _changed(old: Arrows, new: Arrows, drawing: ArrowDrawing, sight: range) -> set[int]:
    """The lines on which two differ in the columns of cells that are in sight. Between squares
    there is nothing but the way of the mouse."""
    width, lines = drawing.maze.width, drawing.lines
    cells = (old.wrong ^ new.wrong) | (old.early ^ new.early)
    if old.mouse != new.mouse:
        cells |= {cell for cell in (old.mouse, new.mouse) if cell is not None}
    walked = {cell for way in old.gone ^ new.gone for cell in way}
    rows = {cell // width for cell in cells | walked if cell % width in sight}
    for row in range(len(new.arrows) // width):
        part = slice(row * width + sight.start, min(row * width + sight.stop, (row + 1) * width))
        if old.arrows[part] != new.arrows[part] or old.sure[part] != new.sure[part]:
            rows.add(row)
    found = {row * lines + off for row in rows for off in range(1, lines)}
    for row in {cell // width for cell in walked}:
        found |= {row * lines, (row + 1) * lines}
    return found


def lines_wanted(thoughts: Thoughts, width: int, room: int) -> int:
    """As many lines as maze and numbers take, where there is `room` for so many."""
    at = plan(thoughts, width, room)
    _, down = canvas_size(thoughts.maze, at.pitch)
    return min(room, max(WANTED, down) if at.beside else 1 + down + _BELOW)
