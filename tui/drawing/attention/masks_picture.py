"""What a mask does, before and after: all scores, who may look at whom, and what the softmax gives.

Where all three panels do not fit side by side with their digits, scores are rounded and shares
are shades; where even that is too wide, one panel is seen at a time. Of a long text the part round
the cursor is seen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rich.cells import cell_len
from textual.strip import Strip

from tui.drawing.attention.grid import cell as shade
from tui.drawing.attention.masks import Masks, case, words
from tui.drawing.attention.weights import Weights, token
from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, blank, filled, fit, paragraph, strip

PANELS = ("scores q·k / √D", "may look?", "after softmax")
LEAST = (24, 6)
"""Columns and lines below which a sentence stands for the picture."""
_LABEL = 5
"""Columns of a token beside a row at most."""
_GAP = 3
_ENOUGH = 6
"""Columns of a long text that are enough to be seen of each panel at once."""
_ABOVE, _WORDS = 2, 3
"""Lines above the rows, and of each of the two sentences below them at most."""


@dataclass(frozen=True)
class _Form:
    """How wide the cells of each panel are, and whether scores and shares are printed in full."""

    pitches: tuple[int, int, int]
    full: bool
    shown: tuple[int, ...] = (0, 1, 2)


def fits(masks: Masks, width: int, ink: Ink) -> bool:
    """Whether all three panels fit side by side."""
    return len(_form(masks, width, ink).shown) == len(PANELS)


def draw_masks(masks: Masks, width: int, height: int, ink: Ink) -> list[Strip]:
    """The panels in exactly `height` lines, and a sentence on the row under the cursor."""
    if width < LEAST[0] or height < LEAST[1]:
        return paragraph(words(masks), width, height, ink.style("plain"), ink)
    form = _form(masks, width, ink)
    columns = _around(masks.columns, masks.cursor[1], max(1, _room(masks, form, width, ink)))
    about = case(masks)
    if len(columns) < len(masks.weights.answers):
        about += f" {_in_sight(masks.weights, columns)}"
    told = [
        *filled(words(masks), width, _WORDS, ink.style("plain"), ink),
        *filled(about, width, _WORDS, ink.style("dim"), ink),
    ]
    count = max(1, min(len(masks.rows), height - _ABOVE - len(told)))
    rows = _around(masks.rows, masks.cursor[0], count)
    lines = [_titles(masks, form, width, columns, ink), _tokens(masks, form, width, columns, ink)]
    lines += [_row(masks, form, row, width, columns, ink) for row in rows]
    lines += told
    return (lines + [blank(width)] * height)[:height]


def _in_sight(weights: Weights, columns: range) -> str:
    """Which columns of a long text are seen."""
    first, last = (place + weights.begins for place in (columns[0], columns[-1]))
    called = weights.called[1]
    return f"In sight: {called}s {first}–{last} of {len(weights.answers)}."


def _form(masks: Masks, width: int, ink: Ink) -> _Form:
    longest = max(abs(masks.score(row, column)) for row in masks.rows for column in masks.columns)
    digits = len(f"{longest:.0f}")
    full = _Form((digits + 4, 2, 4), full=True)
    for form in (full, _Form((max(3, digits + 2), 2, 2), full=False)):
        if _room(masks, form, width, ink) >= min(_ENOUGH, len(masks.columns)):
            return form
    return _Form(full.pitches, True, (masks.panel,))


def _room(masks: Masks, form: _Form, width: int, ink: Ink) -> int:
    """How many columns of each panel that is shown fit."""
    panels = len(form.shown)
    left = width - panels * (_label(masks, ink) + 1) - (panels - 1) * _GAP
    return left // sum(form.pitches[panel] for panel in form.shown)


def _label(masks: Masks, ink: Ink) -> int:
    """Columns of a token beside a row, with the pointer."""
    return 2 + min(_LABEL, masks.weights.widest(ink)[0])


def _titles(masks: Masks, form: _Form, width: int, columns: range, ink: Ink) -> Strip:
    """What each panel is."""
    pieces: list[Piece] = []
    for panel in form.shown:
        name = "mask lifted" if masks.lifted and panel == 2 else PANELS[panel]
        if not panel and masks.inside.tiles[0].bias:
            name += f" + {masks.inside.adds}"
        if len(form.shown) == 1:
            name = f"{panel + 1} of {len(PANELS)}  {name}"
        room = _label(masks, ink) + 1 + form.pitches[panel] * len(columns)
        role = "accent" if panel == 2 and masks.lifted else "strong"
        space = width if len(form.shown) == 1 else room + _GAP - 1
        pieces.append((_padded(fit(ink.words(name), space, ink), room + _GAP), ink.style(role)))
    return strip(pieces, width)


def _tokens(masks: Masks, form: _Form, width: int, columns: range, ink: Ink) -> Strip:
    """The tokens that are looked at, above their columns."""
    pieces: list[Piece] = []
    for panel in form.shown:
        pitch = form.pitches[panel]
        pieces.append((" " * _label(masks, ink), ink.style("plain")))
        for column in columns:
            role = "key" if column == masks.cursor[1] else "dim"
            name = fit(token(masks.weights.answers[column], ink), pitch - 1, ink)
            pieces.append((" " * (pitch - cell_len(name)) + name, ink.style(role)))
        pieces.append((" " * (1 + _GAP), ink.style("plain")))
    return strip(pieces, width)


def _row(masks: Masks, form: _Form, row: int, width: int, columns: range, ink: Ink) -> Strip:
    """One row in every panel."""
    here, label = row == masks.cursor[0], _label(masks, ink)
    name = fit(token(masks.weights.asks[row], ink), label - 2, ink)
    pieces: list[Piece] = []
    for panel in form.shown:
        pieces.append((ink.glyph("pointer") if here else " ", ink.style("accent")))
        pieces.append((_padded(name, label - 1), ink.style("query" if here else "dim")))
        pitch = form.pitches[panel]
        for column in columns:
            text, role = _CELLS[panel](masks, row, column, form.full, ink)
            mark = _mark(masks.cursor, (row, column))
            pieces.append((mark, ink.style("accent")))
            pieces.append((" " * (pitch - 1 - cell_len(text)) + text, ink.style(role)))
        end = "]" if masks.cursor == (row, columns[-1]) else " "
        pieces.append((end + " " * _GAP, ink.style("accent")))
    return strip(pieces, width)


def _mark(cursor: tuple[int, int], place: tuple[int, int]) -> str:
    """What stands before a cell: the cursor's brackets are round its cell."""
    if place == cursor:
        return "["
    return "]" if (place[0], place[1] - 1) == cursor else " "


def _score(masks: Masks, row: int, column: int, full: bool, ink: Ink) -> tuple[str, str]:
    score = masks.score(row, column)
    text = f"{score:.1f}" if full else f"{score:.0f}"
    text = text.removeprefix("-") if float(text) == 0 else text
    return ink.words(text.replace("-", "−")), "plain" if masks.allowed(row, column) else "masked"


def _may(masks: Masks, row: int, column: int, full: bool, ink: Ink) -> tuple[str, str]:
    if masks.allowed(row, column):
        return ink.glyph("tick"), "good"
    return (ink.glyph("tick"), "bad") if masks.lifted else (ink.glyph("masked"), "masked")


def _share(masks: Masks, row: int, column: int, full: bool, ink: Ink) -> tuple[str, str]:
    allowed = masks.allowed(row, column)
    value = masks.share(row, column)
    text, _ = shade(value, not (allowed or masks.lifted), full, ink)
    if not allowed:
        return text, "bad" if masks.lifted else "masked"
    return text, f"heat{ink.level(value)}"


_CELLS: tuple[Callable[[Masks, int, int, bool, Ink], tuple[str, str]], ...] = (
    _score,
    _may,
    _share,
)


def _padded(text: str, width: int) -> str:
    return text + " " * max(0, width - cell_len(text))


def _around(places: range, focus: int, count: int) -> range:
    """So many places with the focus among them."""
    if count >= len(places):
        return places
    first = max(places[0], min(focus - count // 2, places[-1] + 1 - count))
    return range(first, first + count)
