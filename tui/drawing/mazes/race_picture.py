"""A race of mice as lines: as many mazes side by side as fit, and the others in a line of words.

Below each maze stands how far its mouse has come; below all of them, what the one in focus is told
of the maze, and that this is not the same for everyone.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, blank, filled, fit, paragraph, strip
from tui.drawing.mazes.lanes import Lane, lane
from tui.drawing.mazes.race import Contestant, MiceRace
from tui.drawing.mazes.race_words import (
    TOLD,
    UNLIKE,
    about,
    others_line,
    score_line,
    sentence,
    standing,
)
from tui.drawing.mazes.walls import NARROW, WIDE, canvas_size, window

GAP = 3
"""Columns between two mazes at most."""
LEAST = (24, 10)
"""Columns and lines below which there is only the sentence."""
_AROUND = 4
"""Lines around the mazes that are never left out: score, name, standing, what each sees."""
_RAGGED = 8
"""Columns that are left over at the end of a line of words at most, as a rule."""
_MARGIN = 3
"""Lines of a tall maze that stay in sight around the mouse."""


@dataclass(frozen=True)
class Look:
    """What is shown of a race."""

    race: MiceRace
    at: int = 0
    """Moves that have been made."""
    focus: int = 0
    """The contestant that is spoken of."""
    remark: str = ""


def lines_wanted(race: MiceRace, width: int, most: int) -> int:
    """Lines that the whole picture takes, `most` at most."""
    words = sum(-(-len(about(race, one)) // max(1, width - _RAGGED)) for one in race.contestants)
    return max(LEAST[1], min(most, canvas_size(race.maze, WIDE)[1] + _AROUND + words + 3))


def in_sight(look: Look, width: int) -> tuple[range, int]:
    """Which contestants there is room for, the one in focus among them; and the pitch."""
    race, count = look.race, len(look.race.contestants)
    wide = canvas_size(race.maze, WIDE)[0]
    pitch = WIDE if wide <= width else NARROW
    one = canvas_size(race.maze, pitch)[0]
    room = max(1, min(count, (width + 1) // (one + 1)))
    first = max(0, min(look.focus - room // 2, count - room))
    return range(first, first + room), pitch


class RacePicture:
    """A race in one ink at one size; the mazes are drawn anew only if who is in sight changes."""

    def __init__(self, width: int, height: int, ink: Ink) -> None:
        self.width, self.height, self.ink = width, height, ink
        self._lanes = dict[tuple[str, int], Lane]()

    def draw(self, look: Look) -> list[Strip]:
        """As many lines as the picture is high."""
        width, height, ink, race = self.width, self.height, self.ink, look.race
        if width < LEAST[0] or height < LEAST[1]:
            return paragraph(sentence(race, look.at), width, height, ink.style("plain"), ink)
        shown, pitch = in_sight(look, width)
        lanes = [self._lane(race, race.contestants[n], pitch) for n in shown]
        hidden = [one for n, one in enumerate(race.contestants) if n not in shown]
        tall = min(lanes[0].height, height - _AROUND - bool(hidden))
        columns = [self._column(look, one, tall, n) for n, one in zip(shown, lanes, strict=True)]
        lines = [self._top(look), *self._beside(columns)]
        if hidden:
            words = fit(ink.words(others_line(hidden, look.at)), width, ink)
            lines.append(strip([(words, ink.style("dim"))], width))
        lines += self._words(look, height - len(lines))
        return [*lines, *[blank(width)] * (height - len(lines))]

    def _lane(self, race: MiceRace, one: Contestant, pitch: int) -> Lane:
        key = one.name, pitch
        if key not in self._lanes or self._lanes[key].race is not race:
            self._lanes[key] = lane(race, one, pitch, self.ink)
        return self._lanes[key]

    def _top(self, look: Look) -> Strip:
        score, ink = self.ink.words(score_line(look.race, look.at)), self.ink
        remark = f"  {look.remark}" if look.remark else ""
        if len(score) + len(remark) > self.width:
            remark = ""
        score = fit(score, self.width, ink)
        return strip([(score, ink.style("plain")), (remark, ink.style("dim"))], self.width)

    def _column(self, look: Look, one: Lane, tall: int, number: int) -> list[Strip]:
        """Name, maze, standing and what it sees, of one."""
        ink, who = self.ink, one.one
        focus = number == look.focus
        mark = ink.glyphs.pointer if focus else " "
        name = fit(ink.words(f"{mark}{who.who}"), one.width, ink)
        lines = one.lines(look.at)
        mouse = look.race.start if not who.path else who.cell(look.at)
        row = mouse // look.race.maze.width * 2 + 1
        top = window(0, row, tall, len(lines), _MARGIN)
        how = standing(who, look.at)
        tick = f" {ink.glyphs.tick}" if who.path and who.arrived(look.at) else ""
        bottom = (
            (name, "strong" if focus else "plain"),
            (f"{how}{tick}", "good" if tick else "plain"),
            (TOLD.get(who.name, ""), "dim"),
        )
        texts = [
            strip([(fit(ink.words(text), one.width, ink), ink.style(style))], one.width)
            for text, style in bottom
        ]
        return [texts[0], *lines[top : top + tall], *texts[1:]]

    def _beside(self, columns: list[list[Strip]]) -> list[Strip]:
        """Columns of lines side by side."""
        wide = sum(column[0].cell_length for column in columns)
        gap = min(GAP, (self.width - wide) // max(1, len(columns) - 1)) if len(columns) > 1 else 0
        between = blank(gap)
        rows = []
        for row in zip(*columns, strict=True):
            parts = [part for strip_ in row for part in (strip_, between)][:-1]
            rows.append(Strip.join(parts).adjust_cell_length(self.width))
        return rows

    def _words(self, look: Look, room: int) -> list[Strip]:
        """What everyone is told, or else the one in focus; and that it is not the same."""
        race, lines = look.race, list[Strip]()
        one = race.contestants[look.focus]
        if (memory := self._memory(race, look.at)) and room > 2:
            lines.append(memory)
        for words in ([about(race, each) for each in race.contestants], [about(race, one)]):
            told = [line for each in words for line in self._filled(each, room)]
            told += self._filled(UNLIKE, room)
            if len(lines) + len(told) <= room:
                return [*lines, *told]
        return [*lines, *self._filled(UNLIKE, room)][:room]

    def _filled(self, words: str, room: int) -> list[Strip]:
        return filled(words, self.width, max(1, room), self.ink.style("plain"), self.ink)

    def _memory(self, race: MiceRace, at: int) -> Strip | None:
        """What the mouse has in mind before its next move: a shade a number, by its size."""
        one = next((one for one in race.contestants if one.memory), None)
        if one is None:
            return None
        numbers, ink = one.memory[min(at, len(one.memory) - 1)], self.ink
        label = "its memory "
        kept = numbers[: self.width - len(label)]
        glyphs = "".join(ink.glyphs.shades[min(4, int(5 * abs(number)))] for number in kept)
        pieces: list[Piece] = [(label, ink.style("dim")), (glyphs, ink.style("strip"))]
        return strip(pieces, self.width)
