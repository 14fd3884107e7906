"""How sure somebody was, and how it went: a bar for each level, with the ideal marked on it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from course.calibration import CERTAIN, GUESS, Tally
from tui.drawing.ink import Ink
from tui.how_sure_words import LEVELS

FEW = 6
"""Below so many answers a share says little."""
WELL = 0.8
"""From this share on, what was held for certain can be built on."""
_LABEL = 11
_TOLD = 25
"""Columns of the words before and after a bar."""


def calibration_lines(tallies: Sequence[Tally], width: int, ink: Ink) -> list[Content]:
    """The bars, the most certain answers first, then what the marks and the numbers mean."""
    lines: list[Content] = []
    for tally in reversed(tallies):
        lines += [*_bar_lines(tally, width, ink), Content("")]
    mark = Content.styled(ink.glyphs.bar, "bold $accent")
    meaning = (
        " where the bar would end for somebody who knows just how much they know: certain is "
        "always right, a guess as often as chance, and fairly is half-way."
    )
    lines += (mark + Content.styled(ink.words(meaning), "$foreground-muted")).wrap(width)
    if told := judgement(tallies):
        lines += [Content(""), *Content(ink.words(told)).wrap(width)]
    return [line.rstrip() for line in lines]


def judgement(tallies: Sequence[Tally]) -> str:
    """What the bars say, where there are answers enough to say it."""
    by_level = {tally.level: tally for tally in tallies}
    certain, guess = by_level[CERTAIN], by_level[GUESS]
    said = []
    if certain.answers >= FEW:
        said.append(
            "What you held for certain can be built on."
            if certain.share >= WELL
            else "Certain has not been certain enough yet: what you miss there is worth a second "
            "look, for such mistakes are the ones put right best."
        )
    if guess.answers >= FEW and guess.share >= (1 + guess.ideal) / 2:
        said.append("And your guesses know more than you trust them with.")
    if not said and any(tally.answers for tally in tallies):
        said.append("Still few answers; look again a lesson further on.")
    return " ".join(said)


def _bar_lines(tally: Tally, width: int, ink: Ink) -> list[Content]:
    """One level: its name, its bar, its numbers, and a word of caution under few of them."""
    room = max(6, width - _LABEL - _TOLD)
    label = Content.styled(LEVELS[tally.level].ljust(_LABEL), "bold")
    lines = [label + _bar(tally, room, ink) + Content(f"  {_numbers(tally)}")]
    if 0 < tally.answers < FEW:
        caution = "1 answer says" if tally.answers == 1 else f"{tally.answers} answers say"
        lines.append(Content.styled(" " * _LABEL + caution + " little", "$foreground-muted"))
    return lines


def _bar(tally: Tally, room: int, ink: Ink) -> Content:
    """The share as a bar on a dotted track, the ideal as a mark across it."""
    filled = ink.bar(tally.share, room).rstrip()
    track = filled + ink.glyphs.dot * (room - len(filled))
    place = round(tally.ideal * (room - 1))
    inked = min(len(filled), place)
    after = max(len(filled), place + 1)
    return Content.assemble(
        (track[:inked], "$success"),
        (track[inked:place], "$foreground-muted"),
        (ink.glyphs.bar, "bold $accent"),
        (track[place + 1 : after], "$success"),
        (track[after:], "$foreground-muted"),
    )


def _numbers(tally: Tally) -> str:
    if not tally.answers:
        return "no answers yet"
    told = f"{tally.right} of {tally.answers} right"
    return told if tally.answers < FEW else f"{told}, {100 * tally.share:.0f} %"
