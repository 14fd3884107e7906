"""A maze with what is read in each cell beside what is true, and what that is worth.

│ 6░7   12?14 │     read, how far it is off, true; `?`: no news can have come here yet
│ 0·C    3▒1  │     C the cheese

In larger squares the three stand one below the other; in smaller ones the truth is left out, in
the smallest only the shade is left.
"""

from __future__ import annotations

from rich.style import Style
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, blank, fit, paragraph, strip
from tui.drawing.mazes.readings import Look, Readings
from tui.drawing.mazes.readings_facts import draw_facts
from tui.drawing.mazes.readings_words import number_text, sentence, truth_text
from tui.drawing.mazes.walls import LARGE, NARROW, PAIRS, WIDE, Walls, canvas_size, window

GAP, SIDE, WIDEST = 2, 21, 60
"""Columns between the maze and what stands beside it, that this takes at least, and at most."""
LEAST = (40, 12)
"""Columns and lines below which there is only the sentence."""
OFF = (0.5, 1.5, 3.0, 6.0)
"""From how many moves off on a cell takes the next darker shade."""
_MIDDLE, _MARGIN = 3, 4


class ReadingDrawing(Walls[Look]):
    """Draws the maze of a `Look`."""

    def way(self, seen: Look, cell: int, direction: int) -> Piece:
        """Nothing."""
        return " ", Style.null()

    def square(self, seen: Look, cell: int) -> list[Piece]:
        """What is read, how far off that is, and what is true, as far as there is room."""
        shade, style = self._shade(seen, cell)
        if self.pitch == NARROW:
            pieces = [(shade, style)]
        elif self.pitch == LARGE:
            pieces = [(" ", style), (shade * (self.pitch - _MIDDLE), style), (" ", style)]
        else:
            pieces = [(f"{_whole(self._read(seen, cell)):>2}", self._ink(seen, cell))]
            pieces.append((shade, style))
            if self.pitch == PAIRS:
                pieces.append(self._true(seen, cell))
        if cell == seen.cursor and self.pitch != LARGE:
            return [(text, worn + self.ink.style("cursor")) for text, worn in pieces]
        return pieces

    def beside(self, seen: Look, cell: int, direction: int) -> list[Piece]:
        """Above the shade of a large square what is read, below it what is true."""
        if direction == 0:
            piece = f" {number_text(self._read(seen, cell)):>4}", self._ink(seen, cell)
        else:
            text, style = self._true(seen, cell)
            piece = f" {text.rstrip():>2}", style
        text, style = piece
        if cell == seen.cursor:
            style += self.ink.style("cursor")
        return [(text.ljust(self.pitch - 1), style)]

    def _read(self, seen: Look, cell: int) -> float:
        return seen.readings.read[seen.loop - 1][cell]

    def _ink(self, seen: Look, cell: int) -> Style:
        return self.ink.style("strong" if seen.readings.has_news(seen.loop, cell) else "faint")

    def _shade(self, seen: Look, cell: int) -> Piece:
        if not seen.readings.has_news(seen.loop, cell):
            return self.ink.glyph("missing"), self.ink.style("faint")
        level = sum(abs(seen.readings.off(seen.loop, cell)) >= least for least in OFF)
        return self.ink.glyphs.shades[level], self.ink.style(f"heat{level}")

    def _true(self, seen: Look, cell: int) -> Piece:
        readings = seen.readings
        if cell == readings.cheese and readings.wanted[cell] == 0:
            return "C ", self.ink.style("cheese")
        return f"{truth_text(readings, cell):<2}", self.ink.style("dim")


def _whole(number: float) -> int:
    """A number as it fits into two columns."""
    return max(-9, min(99, round(number)))


def pitch_of(readings: Readings, width: int, height: int) -> int:
    """The largest pitch at which the maze fits beside what is said of it."""
    for pitch in (LARGE, PAIRS, WIDE):
        across, down = canvas_size(readings.maze, pitch)
        if across + GAP + SIDE <= width and (pitch != LARGE or down < height):
            return pitch
    return NARROW


def draw(look: Look, width: int, height: int, ink: Ink) -> list[Strip]:
    """`height` lines of `width` columns."""
    if width < LEAST[0] or height < LEAST[1]:
        words = sentence(look.readings, look.loop, look.cursor)
        return paragraph(words, width, height, ink.style("plain"), ink)
    maze, pitch = look.readings.maze, pitch_of(look.readings, width, height)
    drawing = ReadingDrawing(maze, pitch, ink)
    across = min(drawing.width, width - GAP - SIDE)
    rows = min(drawing.height, height - 1)
    x, y = drawing.centre(look.cursor)
    left = window(0, x, across, drawing.width, _MARGIN)
    top = window(0, y, rows, drawing.height, _MARGIN)
    facts = draw_facts(look, min(WIDEST, width - across - GAP), height - 1, ink)
    lines = []
    for at in range(height - 1):
        row = drawing.row(look, top + at, left, across) if at < rows else blank(across)
        lines.append(Strip.join([row, blank(GAP), facts[at]]).adjust_cell_length(width))
    return [*lines, strip([(fit(_scale(pitch, ink), width, ink), ink.style("dim"))], width)]


def _scale(pitch: int, ink: Ink) -> str:
    """What stands in a square, and from how many moves off on each shade is."""
    shades = ink.glyphs.shades
    told = [f"{shades[0]} <{OFF[0]}"]
    told += [f"{shades[at]} {least:g}" for at, least in enumerate(OFF, 1)]
    what = "read, off by, true:" if pitch in (PAIRS, LARGE) else "off by:"
    return ink.words("  ".join([what, *told, f"{ink.glyph('missing')} no news yet"]))


def lines_wanted(readings: Readings, width: int, room: int) -> int:
    """As many lines as maze and words take, where there is `room` for so many."""
    _, down = canvas_size(readings.maze, pitch_of(readings, width, room))
    return min(room, down + 1)
