"""How often whole answers are right, length by length: bars, with what was trained on told apart.

A share of n answers has a standard error of √(p (1 − p) / n); it stands beside each share where
there is room, and in the words for the bar under the cursor. Where answers hang together, as all
ways in one maze do, that says too little, and no error is told.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, around, blank, filled, fit, paragraph, strip

LEAST = (30, 7)
"""Columns and lines below which a sentence stands for the picture."""
_WORDED = 24
"""Columns for each of those who were judged from which a row says in words whether its length was
trained on."""
_TRAINED, _NEVER = "trained on", "never met"
_BAR = 1
"""Cells of a bar at least."""
_SHARE, _ERROR = 6, 6
"""Columns of a share, and of its standard error."""
_WIDEST = 40
"""Cells of a bar at most."""
_ROWS = 5
"""Lengths that are seen at least before there is room for a word."""
_TOLD = 3
"""Lines of the words below the bars at most."""


@dataclass(frozen=True)
class ByLength:
    """Shares in 0..1 of `count` answers of each length, for everyone who was judged."""

    lengths: tuple[int | str, ...]
    """The lengths, or several of them in a row: 11–20."""
    seen: tuple[bool, ...]
    """Whether a length was trained on."""
    who: tuple[str, ...]
    shares: tuple[tuple[float, ...], ...]
    """For everyone, length by length."""
    count: int
    """0 where the answers are not independent of each other."""
    called: str = "tokens"
    """What a length counts."""
    title: str = ""
    about: str = ""
    """What was judged, in sentences, where that is more than a count."""

    def right(self, line: int, row: int) -> int:
        """How many answers were right."""
        return round(self.shares[line][row] * self.count)


@dataclass(frozen=True)
class _Form:
    """What there is room for: which of those who were judged, bars so long, and errors or not."""

    lines: range
    bar: int
    errors: bool
    label: int

    @property
    def pitch(self) -> int:
        """Columns for one of them, with the gap before it."""
        return 1 + self.bar + _SHARE + self.errors * _ERROR


def standard_error(share: float, count: int) -> float:
    """√(p (1 − p) / n).

    >>> round(standard_error(0.5, 1000), 4)
    0.0158
    """
    return math.sqrt(share * (1 - share) / count)


def draw(
    picture: ByLength, cursor: tuple[int, int], width: int, height: int, ink: Ink
) -> list[Strip]:
    """A row a length, a column for everyone; the cursor is on one length of one of them."""
    if width < LEAST[0] or height < LEAST[1] or not picture.lengths:
        return paragraph(sentence(picture, cursor), width, height, ink.style("plain"), ink)
    form = _form(picture, cursor[1], width)
    told = _told(picture, cursor, width, ink)
    if height - 1 - len(told) < len(picture.lengths):
        room = max(0, height - 1 - _ROWS)
        short = _about(picture, ink) if picture.about else _marks(ink)
        told = filled(short, width, min(room, 3 if picture.about else 2), ink.style("dim"), ink)
    rows = around(len(picture.lengths), cursor[0], max(1, height - 1 - len(told)))
    lines = [_head(picture, form, cursor, width, ink)]
    lines += [_row(picture, form, row, cursor, width, ink) for row in rows]
    lines += told
    return (lines + [blank(width)] * height)[:height]


def height_wanted(picture: ByLength) -> int:
    """Lines that the picture takes if it has them."""
    return len(picture.lengths) + 1 + _TOLD + (2 if picture.about else 1)


def words(picture: ByLength, cursor: tuple[int, int]) -> str:
    """The bar under the cursor: how many were right, and how sure that is."""
    row, line = cursor
    length, count = picture.lengths[row], picture.count
    share, right = picture.shares[line][row], picture.right(line, row)
    met = "a length trained on" if picture.seen[row] else "a length never met in training"
    here = f"{picture.who[line]}, {_counted(length, picture)}, {met}"
    if not count:
        return f"{here}: {_percent(share)} %."
    told = f"{here}: {right:,} of {count:,} right"
    if right in (0, count):
        bound = f"below {300 / count:.1f}" if not right else f"above {100 - 300 / count:.1f}"
        return f"{told}. Of all there are, {bound} % (95 % sure)."
    error = standard_error(share, count)
    return f"{told}, {_percent(share)} % ± {100 * error:.1f} (one standard error)."


def legend(picture: ByLength, ink: Ink) -> str:
    """What was judged, and how lengths are told apart."""
    told = f"{picture.count:,} of each length. {_marks(ink)}."
    if picture.about:
        told = _about(picture, ink)
    title = picture.title
    return f"{title[:1].upper()}{title[1:]}. {told}" if title else told


def _marks(ink: Ink) -> str:
    """What the signs beside the lengths say."""
    return f"{ink.glyph('passed')} {_TRAINED}, {ink.glyph('open')} {_NEVER}"


def _about(picture: ByLength, ink: Ink) -> str:
    """The signs, and what was judged; that is the longer, so it stands where it may be cut."""
    return f"{_marks(ink)}. {ink.words(picture.about)}"


def _told(picture: ByLength, cursor: tuple[int, int], width: int, ink: Ink) -> list[Strip]:
    """All the words below the bars."""
    told = filled(words(picture, cursor), width, 2, ink.style("plain"), ink)
    lines = 3 if picture.about else 2
    return told + filled(legend(picture, ink), width, lines, ink.style("dim"), ink)


def sentence(picture: ByLength, cursor: tuple[int, int]) -> str:
    """Everyone at the length under the cursor, and what was never met, in words."""
    if not picture.lengths:
        return "Nothing was judged yet."
    row = cursor[0]
    each = ", ".join(
        f"{who} {_percent(shares[row])} %"
        for who, shares in zip(picture.who, picture.shares, strict=True)
    )
    never = [str(n) for n, seen in zip(picture.lengths, picture.seen, strict=True) if not seen]
    unmet = f" Never met in training: {', '.join(never)} {picture.called}." if never else ""
    asked = _counted(picture.lengths[row], picture)
    head = f"Of {picture.count:,} answers of {asked} are right" if picture.count else asked
    return f"{head}: {each}. {words(picture, cursor)}{unmet}"


def _counted(length: int | str, picture: ByLength) -> str:
    """A length with what it counts."""
    return f"{length} {picture.called.removesuffix('s') if length == 1 else picture.called}"


def _form(picture: ByLength, line: int, width: int) -> _Form:
    """As many of them side by side as fit, with the one under the cursor among them."""
    bare = max(len(picture.called), 3 + _digits(picture))
    for count in range(len(picture.who), 0, -1):
        label = bare + (1 + len(_TRAINED)) * (width >= count * _WORDED)
        pitch = (width - label) // count
        bar = min(_WIDEST, pitch - 1 - _SHARE)
        errors = picture.count > 0 and bar - _ERROR >= 6 * _BAR
        if bar >= _BAR or count == 1:
            first = max(0, min(line - count // 2, len(picture.who) - count))
            bar = max(_BAR, bar - errors * _ERROR)
            return _Form(range(first, first + count), bar, errors, label)
    raise AssertionError("nobody was judged")


def _digits(picture: ByLength) -> int:
    """Of the longest length."""
    return max(len(str(length)) for length in picture.lengths)


def _head(picture: ByLength, form: _Form, cursor: tuple[int, int], width: int, ink: Ink) -> Strip:
    """What the rows are, and who has which column."""
    pieces: list[Piece] = [
        (fit(picture.called, form.label, ink).ljust(form.label), ink.style("axis"))
    ]
    for line in form.lines:
        name = _short(picture.who[line], picture.who, form.pitch - 1, ink)
        role = "accent" if line == cursor[1] else "strong"
        pieces.append((" " + name.ljust(form.pitch - 1), ink.style(role)))
    return strip(pieces, width)


def _short(name: str, everyone: Sequence[str], room: int, ink: Ink) -> str:
    """A name in so many columns; its end where it begins with the whole name of another."""
    told = fit(ink.words(name), room, ink)
    others = [ink.words(other) for other in everyone if other != name and name.startswith(other)]
    if told == ink.words(name) or all(fit(other, room, ink) != told for other in others):
        return told
    return ink.glyphs.ellipsis + ink.words(name)[1 - room :].lstrip(" ,")


def _row(
    picture: ByLength, form: _Form, row: int, cursor: tuple[int, int], width: int, ink: Ink
) -> Strip:
    """One length: whether it was met, and everyone's bar."""
    here, seen = row == cursor[0], picture.seen[row]
    digits = _digits(picture)
    mark = ink.glyph("passed" if seen else "open")
    length = ink.words(str(picture.lengths[row])).rjust(digits)
    label = f"{ink.glyph('pointer') if here else ' '}{length} {mark}"
    pieces: list[Piece] = [(label, ink.style("accent" if here else "plain"))]
    word = f" {_TRAINED if seen else _NEVER}" if form.label > digits + 3 + len(_NEVER) else ""
    pieces.append((word.ljust(form.label - len(label)), ink.style("dim" if seen else "key")))
    for line in form.lines:
        share = picture.shares[line][row]
        pieces.append((" " + ink.bar(share, form.bar), ink.style("series1" if seen else "key")))
        value = f"{_percent(share):>{_SHARE}}"
        pieces.append((value, ink.style("strong" if (row, line) == cursor else "plain")))
        if form.errors:
            pieces.append((_error(share, picture.count, ink).rjust(_ERROR), ink.style("dim")))
    return strip(pieces, width)


def _error(share: float, count: int, ink: Ink) -> str:
    """The standard error as it stands beside a share; of all and of none it would say nothing."""
    return ink.words(f"±{100 * standard_error(share, count):.1f}") if 0 < share < 1 else ""


def _percent(share: float) -> str:
    """A share in per cent; 100.0 and 0.0 are kept for all and none."""
    if 0 < share < 1:
        share = min(0.999, max(0.001, share))
    return f"{100 * share:.1f}"
