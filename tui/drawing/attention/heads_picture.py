"""All heads of a network side by side: a small picture of each, and what it does in words.

Two rows that ask share one line of half blocks: the upper half for the one, the lower for the
next. Where one row alone is answered, it is also drawn in shades, head below head.
"""

from __future__ import annotations

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from tui.drawing.attention.heads import (
    Heads,
    Looking,
    Place,
    Row,
    did,
    did_each,
    even,
    short_of,
    words_of,
)
from tui.drawing.attention.weights import token
from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, blank, fit, paragraph, strip

_TILE = 16
"""Columns that a head takes at least, for its words."""
_NARROW = 50
"""Below that the words of each head, or its row, come before its picture."""
_NAME = 9


def draw(heads: Heads, looking: Looking, width: int, height: int, ink: Ink) -> list[Strip]:
    """Pictures, rows and numbers in the room there is; whatever does not fit gives way."""
    places = heads.ordered(looking.by_score)
    numbers, lines = _numbers(heads, width, ink), [_title(heads, width, ink)]
    if width < _NARROW:
        told = _rows if _has_rows(heads, width) else _list
        below = told(heads, looking, width, ink) + numbers
        lines += _tiles(heads, looking, places, width, height - len(lines) - len(below), ink)
    else:
        below = _rows(heads, looking, width, ink) + numbers
        tiles = _tiles(heads, looking, places, width, height - len(lines) - len(below), ink)
        lines += tiles or _list(heads, looking, width, ink)
    return (lines + below + [blank(width)] * height)[:height]


def height_of(heads: Heads, width: int) -> int:
    """How many lines all of it takes."""
    count = len(heads.places)
    listed = width < _NARROW and not _has_rows(heads, width)
    rows = count if listed else 0 if heads.asking is None else count + 1
    return 1 + _bands(heads, width) * _tall(heads) + rows + _numbers_tall(heads)


def _has_rows(heads: Heads, width: int) -> bool:
    """Whether one row alone is answered, and fits in whole."""
    return heads.asking is not None and _NAME + 1 + 2 * len(heads.tokens) <= width


def _bands(heads: Heads, width: int) -> int:
    """On how many lines of pictures all heads stand."""
    return -(-len(heads.places) // _per_line(heads, width))


def _tall(heads: Heads) -> int:
    return -(-len(heads.tokens) // 2) + 3


def _numbers_tall(heads: Heads) -> int:
    return 1 + (heads.now is not None) + bool(heads.questions)


def _per_line(heads: Heads, width: int) -> int:
    return max(1, width // _wide(heads))


def _wide(heads: Heads) -> int:
    """Columns of a head: its picture or its words, after a blank."""
    return 1 + max(_TILE, len(heads.tokens))


def _title(heads: Heads, width: int, ink: Ink) -> Strip:
    words = f"{heads.who} {heads.title}".strip()
    pieces: list[Piece] = [(ink.words(words), ink.style("strong"))]
    if heads.said:
        right = heads.said == heads.right
        says = f"   it says {heads.said}"
        better = "" if right else f" right is {heads.right}"
        fits = cell_len(words + says + better) + 2 <= width
        pieces.append((ink.words(says if fits else "") + " ", ink.style("plain")))
        verdict = ("tick", "good") if right else ("cross", "bad")
        pieces.append((ink.glyph(verdict[0]), ink.style(verdict[1])))
        pieces.append((ink.words(better if fits else ""), ink.style("dim")))
    return strip(pieces, width)


def _tiles(
    heads: Heads, looking: Looking, places: tuple[Place, ...], width: int, room: int, ink: Ink
) -> list[Strip]:
    """A picture of each head, as many rows of them as there is room for, around the cursor."""
    tall, each = _tall(heads), _per_line(heads, width)
    fits = (room + 1) // tall  # nothing need be left below the last
    if fits < 1 or len(heads.tokens) + 2 > width:
        return []
    bands = [places[at : at + each] for at in range(0, len(places), each)]
    here = looking.cursor // each
    first = max(0, min(here - fits // 2, len(bands) - fits))
    lines: list[Strip] = []
    for band in bands[first : first + fits]:
        tiles = [
            _tile(heads, place, places[looking.cursor] == place, looking, ink) for place in band
        ]
        lines += [strip([p for tile in tiles for p in tile[y]], width) for y in range(tall)]
    return lines[:room]


def _tile(heads: Heads, place: Place, here: bool, looking: Looking, ink: Ink) -> list[list[Piece]]:
    """One head: its name, its picture, its words; every line is equally wide."""
    wide = _wide(heads)
    off = place in heads.off
    mark = ink.glyph("pointer") if here else " "
    name = ink.words(heads.name(place)) + (" off" if off else "")
    style = ink.style("bad" if off else "accent" if here else "strong")
    lines: list[list[Piece]] = [
        [
            (mark, ink.style("accent")),
            (name, style),
            (" " * (wide - 1 - cell_len(name)), Style.null()),
        ]
    ]
    for halves in in_halves(heads.rows(place), off, looking.threshold, ink):
        end = (" " * (wide - 1 - len(heads.tokens)), Style.null())
        lines.append([(" ", Style.null()), *halves, end])
    said = "" if heads.unnamed else short_of(heads, place, wide - 1)
    words = fit(ink.words(said), wide - 1, ink)
    lines.append(
        [(" ", Style.null()), (words.ljust(wide - 1), ink.style("dim" if off else "plain"))]
    )
    return [*lines, [(" " * wide, Style.null())]]


def in_halves(rows: tuple[Row, ...], off: bool, least: float, ink: Ink) -> list[list[Piece]]:
    """The weights of a head, two rows to a line, drawn from a weight of `least` on."""
    lines = []
    for y in range(0, len(rows), 2):
        lower = rows[y + 1] if y + 1 < len(rows) else None
        columns = range(len(rows[y]))
        lines.append([_half(rows[y][column], lower, column, off, least, ink) for column in columns])
    return lines


def _half(upper: float, below: Row | None, column: int, off: bool, least: float, ink: Ink) -> Piece:
    """Two weights in one cell."""
    lower = below[column] if below is not None else 0.0
    marks = " '_#" if ink.is_ascii else " ▀▄█"
    which = (upper >= least) + 2 * (lower >= least)
    if not which:
        return (ink.glyph("dot") if max(upper, lower) > 0 else " "), ink.style("faint")
    return marks[which], ink.style("dim" if off else "heat4")


def _rows(heads: Heads, looking: Looking, width: int, ink: Ink) -> list[Strip]:
    """Of the one row that is answered, what each head takes from each token, head below head."""
    if heads.asking is None:
        return []
    names = [token(text, ink) for text in heads.tokens]
    pitch = max(2, min(max(map(cell_len, names)) + 1, (width - _NAME - 1) // len(names)))
    room = (width - _NAME - 1) // pitch
    first = max(0, len(names) - room)
    header = "".join(fit(name, pitch - 1, ink).rjust(pitch) for name in names[first:])
    whose = f"  where the row of {names[heads.asking]} looks, which is answered"
    note = whose if _NAME + cell_len(header) + cell_len(whose) <= width else ""
    lines = [strip([(" " * _NAME + header + ink.words(note), ink.style("dim"))], width)]
    places = heads.ordered(looking.by_score)
    for at, place in enumerate(places):
        off, here = place in heads.off, at == looking.cursor
        name = ink.words(heads.name(place)).ljust(_NAME - 1)[: _NAME - 1]
        pieces: list[Piece] = [
            (ink.glyph("pointer") if here else " ", ink.style("accent")),
            (name, ink.style("accent" if here else "dim")),
        ]
        for value in heads.rows(place)[heads.asking][first:]:
            level = ink.level(value)
            shade = ink.glyphs.shades[level]
            style = ink.style("faint" if off else f"heat{level}")
            pieces.append(((shade * (pitch - 1)).rjust(pitch), style))
        room = width - sum(cell_len(text) for text, _ in pieces)
        does = "" if heads.unnamed else heads.score(place).words
        words = "off: says nothing" if off else does
        if 2 + cell_len(words) > room and not off:
            short = heads.score(place).short
            words = short if 2 + cell_len(short) <= room else ""
        told = fit(ink.words(f"  {words}"), room, ink)
        pieces.append((told, ink.style("bad" if off else "plain")))
        lines.append(strip(pieces, width))
    return lines


def _list(heads: Heads, looking: Looking, width: int, ink: Ink) -> list[Strip]:
    """The heads as a list, where there is no room for pictures."""
    lines = []
    for at, place in enumerate(heads.ordered(looking.by_score)):
        mark = ink.glyph("pointer") if at == looking.cursor else " "
        brief = short_of(heads, place, width) if heads.scores else words_of(heads, place)
        words = "off" if place in heads.off else brief
        text = f"{mark}{heads.name(place)}  {words}"
        style = ink.style("accent" if at == looking.cursor else "plain")
        lines.append(strip([(fit(ink.words(text), width, ink), style)], width))
    return lines


def _numbers(heads: Heads, width: int, ink: Ink) -> list[Strip]:
    """How the network does as it is now, and with all its heads."""
    judged = heads.now is not None
    lines = paragraph(did(heads), width, 1, ink.style("strong"), ink) if judged else []
    if heads.questions:
        lines += paragraph(did_each(heads), width, 1, ink.style("plain"), ink)
    case = f"{heads.selected[:1].upper()}{heads.selected[1:]}. " if heads.selected else ""
    return lines + paragraph(
        f"{case}{even(heads, width < _NARROW)}", width, 1, ink.style("dim"), ink
    )
