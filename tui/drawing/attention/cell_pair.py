"""Two weights of one head side by side, and how they differ, line by line."""

from __future__ import annotations

import math
from collections.abc import Sequence

from textual.strip import Strip

from tui.drawing.attention.attended import Taken
from tui.drawing.attention.cell_lines import Opened
from tui.drawing.attention.cell_numbers import exact, places_for, power_of, power_text, signed
from tui.drawing.attention.cell_stages import LEAST, ordered
from tui.drawing.attention.cell_words import sentence, who
from tui.drawing.attention.weights import token
from tui.drawing.ink import Ink
from tui.drawing.lines import blank, fit, paragraph, strip

_LABEL = 10
_COLUMN = 9
_LOGITS = 3
"""Logits that are compared at most."""


def draw_pair(opened: Opened, pinned: Taken, width: int, height: int, ink: Ink) -> list[Strip]:
    """This cell, the pinned one and the difference, in exactly `height` lines."""
    if width < LEAST[0] or height < LEAST[1]:
        told = difference(opened.cell, pinned)
        return paragraph(told, width, height, ink.style("plain"), ink)
    lines = [
        strip([(fit(ink.words(who(opened.cell)), width, ink), ink.style("strong"))], width),
        strip([(fit(ink.words(f"pinned: {who(pinned)}"), width, ink), ink.style("pinned"))], width),
        _row("", ["here", "pinned", "differ"], "dim", width, ink),
    ]
    rest = _rest(opened, pinned, width, ink)
    words = paragraph(difference(opened.cell, pinned), width, 2, ink.style("plain"), ink)
    room = height - len(lines) - len(rest)
    lines += _channels(opened, pinned, max(1, room - len(words)), width, ink) + rest
    lines += words
    return (lines + [blank(width)] * height)[:height]


def _channels(opened: Opened, pinned: Taken, room: int, width: int, ink: Ink) -> list[Strip]:
    """The channels whose products differ most, all others together, and the sums."""
    cell, places = opened.cell, opened.places
    both = list(zip(cell.terms, pinned.terms, strict=True))
    both.sort(key=lambda pair: -abs(pair[0].product - pair[1].product))
    shown = max(0, min(len(both), room - 2 if room - 1 < len(both) else room - 1))
    lines = []
    for number, (one, other) in enumerate(both[:shown]):
        label = f"{'1 ' if not number else '  '}dim {one.channel}"
        lines.append(_numbers(label, one.product, other.product, places, width, ink))
    if left := both[shown:]:
        sums = [math.fsum(pair[side].product for pair in left) for side in (0, 1)]
        label = f"  {len(left)} more" if shown else "1 all"
        lines.append(_numbers(label, sums[0], sums[1], places, width, ink, "dim"))
    if room > 1:
        total = _numbers("  sum", cell.total, pinned.total, places, width, ink, "strong")
        lines.append(total)
    return lines


def _rest(opened: Opened, pinned: Taken, width: int, ink: Ink) -> list[Strip]:
    """Stages 2 to 5, as far as they are open."""
    here, places, lines = opened.cell, opened.places, list[Strip]()
    if opened.stages >= 2:
        label = "2 scaled"
        scale = here.inside.scale
        lines.append(_numbers(label, here.total / scale, pinned.total / scale, places, width, ink))
        if here.bias is not None:
            label = f"  {here.inside.adds}"
            lines.append(_numbers(label, here.bias, pinned.bias or 0.0, places, width, ink))
    if opened.stages >= 3:
        told = ["lifted" if opened.lifted else _may(cell) for cell in (here, pinned)]
        lines.append(_row("3 mask", told, "plain", width, ink))
    if opened.stages >= 4:
        lines += _shares(opened, pinned, width, ink)
    if opened.stages >= 5 and here.read and pinned.read:
        mine, others = dict(here.effects or ()), dict(pinned.effects or ())
        names = list(dict.fromkeys([*ordered(here)[:2], *ordered(pinned)[:2]]))[:_LOGITS]
        for number, name in enumerate(names):
            label = f"{'5' if not number else ' '} to {token(name, ink)}"
            lines.append(_numbers(label, mine[name], others[name], 2, width, ink))
    return lines


def _shares(opened: Opened, pinned: Taken, width: int, ink: Ink) -> list[Strip]:
    cells = (opened.cell, pinned)
    lifted = opened.lifted
    powers = [power_text(cell.powers()[0]) if cell.allowed or lifted else "0" for cell in cells]
    shares = [cell.unmasked if lifted else cell.weight for cell in cells]
    times = _times(opened, pinned)
    told = [exact(share) for share in shares]
    apart = signed(shares[0] - shares[1], 3)
    lines = [
        _row("4 e^score", [*powers, times], "plain", width, ink),
        _row("  weight", [*told, apart], "strong", width, ink),
    ]
    if not lifted:
        ranks = [str(cell.rank) if cell.allowed else "none" for cell in cells]
        lines.append(_row("  rank", ranks, "plain", width, ink))
    return lines


def _times(opened: Opened, pinned: Taken) -> str:
    """How many times the other's e^score the one is."""
    if not opened.lifted and not (opened.cell.allowed and pinned.allowed):
        return ""
    return f"×{_factor(opened.cell.score - pinned.score)}"


def _factor(apart: float) -> str:
    times = power_of(apart)
    if 1000 <= times < 1e6:
        return f"{float(f'{times:.3g}'):,.0f}"
    return power_text(float(f"{times:.3g}"))


def _may(cell: Taken) -> str:
    return "may look" if cell.allowed else "may not"


def _numbers(
    label: str, one: float, other: float, places: int, width: int, ink: Ink, role: str = "plain"
) -> Strip:
    told = [signed(number, places) for number in (one, other, one - other)]
    return _row(label, told, role, width, ink)


def _row(label: str, numbers: Sequence[str], role: str, width: int, ink: Ink) -> Strip:
    column = min(_COLUMN + 3, (width - _LABEL) // 3)
    head = fit(ink.words(label), _LABEL, ink).ljust(_LABEL)
    told = "".join(fit(ink.words(number), column, ink).rjust(column) for number in numbers)
    style = ink.style("accent" if label[:1].isdigit() and role == "plain" else role)
    body = ink.style(role)
    return strip([(head, style), (told, body)], width)


def difference(cell: Taken, pinned: Taken) -> str:
    """How a cell differs from the pinned one, and why, in a sentence."""
    if (cell.row, cell.column) == (pinned.row, pinned.column):
        return f"This cell is pinned: go to another to hold it against this. {sentence(cell)}"
    places = places_for((abs(cell.score), abs(pinned.score)))
    apart = cell.score - pinned.score
    size, more = signed(abs(apart), places)[1:], apart >= 0
    told = f"The score is {size} {'more' if more else 'less'}"
    if cell.row != pinned.row:
        return f"{told}; but in another row, so the share is one of another whole."
    if not (cell.allowed and pinned.allowed):
        return f"{told}; but not both may be looked at."
    than = "as large" if more else "smaller"
    return f"{told}, so the share is e^{size} = {_factor(abs(apart))} times {than}."


def pair_height(opened: Opened) -> int:
    """The lines that all of it takes."""
    return 3 + len(opened.cell.terms) + 1 + 9 + _LOGITS
