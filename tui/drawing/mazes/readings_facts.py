"""What stands beside a maze of readings: how much they explain, and what that is worth.

the trained map         0.82
all that has arrived    0.91     no probe can know more
R²   ▂▃▅▆▇█▇▆▅▃▂▂▁▁▁▁            a bar a loop
news ▂▃▅▆▇███████████            and that of all that has arrived
          ↑ loop 6
"""

from __future__ import annotations

from textual.strip import Strip

from models.specs.probe import READ
from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, blank, fit, strip
from tui.drawing.mazes.bars import Row, bars, pointer
from tui.drawing.mazes.readings import ARRIVED, CONTROL, Look
from tui.drawing.mazes.readings_words import here_words, missed_words, rows
from tui.drawing.memory.reach_axis import Axis

_LABEL = 5
"""Columns before the bars."""
_WIDEST = 40
"""Columns of a line of the table at most."""
_TALLEST = 4
"""Lines of a bar at most."""
_LOW = 0.75
"""How full a line is at most where another stands above it."""


def draw_facts(look: Look, width: int, height: int, ink: Ink) -> list[Strip]:
    """As many lines as `height`; what matters least is left out first."""
    told = [*_head(look, width, ink), *_table(look, min(width, _WIDEST), ink)]
    here = _here(look, width, ink)
    room = height - len(told) - len(here) - 2
    drawn = _bars(look, min(_TALLEST, room), width, ink) if room > 0 else []
    blocks, free = [told, here, drawn], height - len(told) - len(here) - len(drawn)
    lines: list[Strip] = []
    for block in filter(None, blocks):
        if lines and free > 0:
            lines.append(blank(width))
            free -= 1
        lines += block
    return [line.adjust_cell_length(width) for line in (lines + [blank(width)] * height)[:height]]


def _head(look: Look, width: int, ink: Ink) -> list[Strip]:
    """Whose stream it is, after how many loops, and what the arrows or the film do, if it fits."""
    readings = look.readings
    title = fit(READ[readings.who], width, ink)
    whose: list[Piece] = [(title, ink.style("strong"))]
    remark = f"  {look.remark}"
    if look.remark and len(title) + len(remark) <= width:
        whose.append((remark, ink.style("dim")))
    after = f"after {look.loop} of {readings.loops} loops"
    return [strip(whose, width), strip([(after, ink.style("accent"))], width)]


def _table(look: Look, width: int, ink: Ink) -> list[Strip]:
    """R² of these probes, and what it is to be held against."""
    title = ink.words(f"R² in {look.readings.unseen} unseen mazes")
    lines = [strip([(title, ink.style("dim"))], width)]
    for name, share, role in rows(look.readings, look.loop):
        label = fit(name, width - 5, ink).ljust(width - 5)
        pieces = [(label, ink.style("dim")), (share.rjust(5), ink.style(role))]
        lines.append(strip(pieces, width))
    return lines


def _here(look: Look, width: int, ink: Ink) -> list[Strip]:
    """By how much this maze is misread, and what is read under the cursor."""
    missed = missed_words(look.readings, look.loop)
    cell = here_words(look.readings, look.loop, look.cursor)
    told = [*missed, ", ".join(cell)]
    if len(told[-1]) > width:
        told[-1:] = cell
    return [strip([(fit(text, width, ink), ink.style("plain"))], width) for text in told]


def _bars(look: Look, tall: int, width: int, ink: Ink) -> list[Strip]:
    """R² after each loop, and that of all that has arrived by then."""
    readings = look.readings
    axis = Axis.of(readings.loops, width - _LABEL, look.loop - 1, ("", "", "loop"))
    shares = [readings.explained[place] for place in axis.shown]
    arrived = readings.curves.get(ARRIVED) if readings.who != CONTROL and tall > 1 else None
    tall -= bool(arrived)
    lines = bars(Row(ink.words("R²").ljust(_LABEL), shares, tall), axis, width, ink)
    if arrived:
        reached = [_LOW * arrived[place] for place in axis.shown]
        lines += bars(Row("news".ljust(_LABEL), reached), axis, width, ink)
    return [*lines, pointer(axis, f"loop {look.loop}", _LABEL, width, ink)]
