"""Scores and the shares that are made of them, by ratio and by softmax, as bars side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rich.cells import cell_len
from textual.strip import Strip

from models.lookup.shares import by_ratio, by_softmax, mixture
from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, fit, paragraph, strip

_SCORE, _SHARE, _GAP = 8, 8, 2
"""Columns of a score, of a share in digits, and before each share."""
_LEAST_BAR, _MOST = 4, 36
"""Columns of a bar, at least and at most."""


@dataclass(frozen=True)
class Ballot:
    """Those who are asked, one score each. `values` are what they say, in `unit`, if it is a
    number; `because` is where a score comes from; `outcome` is what an answer by the largest share
    comes to."""

    question: str
    names: tuple[str, ...]
    scores: tuple[float, ...]
    values: tuple[float, ...] = ()
    unit: str = ""
    because: tuple[str, ...] = ()
    outcome: str = ""
    step: float = 1.0
    """By how much one key changes a score."""


@dataclass(frozen=True)
class Vote:
    """A ballot with its scores as they now are."""

    ballot: Ballot
    scores: tuple[float, ...]
    temperature: float = 1.0

    @cached_property
    def ratio(self) -> list[float] | None:
        """The shares by ratio; `None` where the scores sum to 0 and there are none."""
        try:
            return by_ratio(self.scores)
        except ZeroDivisionError:
            return None

    @cached_property
    def softmax(self) -> list[float]:
        """The shares by softmax."""
        return by_softmax(self.scores, self.temperature)

    def mixed(self, shares: Sequence[float] | None) -> str:
        """What is said by all together, with these shares; empty where nobody says a number."""
        if shares is None or not self.ballot.values:
            return ""
        return f"{mixture(shares, self.ballot.values):.2f} {self.ballot.unit}"


def draw(vote: Vote, cursor: int, width: int, ink: Ink) -> list[Strip]:
    """The question, a line for everyone, the sums, and what comes of it."""
    ballot = vote.ballot
    columns = _Columns(vote, width, ink)
    if columns.least > width:
        return paragraph(sentence(vote, cursor), width, 12, ink.style("plain"), ink)
    lines = paragraph(f"“{ballot.question}”", width, 1, ink.style("strong"), ink)
    lines.append(columns.head())
    lines += [columns.row(place, place == cursor) for place in range(len(ballot.names))]
    lines.append(columns.sums())
    if ballot.values:
        lines.append(columns.mixtures())
    told = f"{faults(vote)} {ballot.outcome}".strip()
    rows = max(1, -(-cell_len(told) // max(1, width - 8)))
    return lines + paragraph(told, width, rows, ink.style("bad" if faults(vote) else "plain"), ink)


class _Columns:
    """Names (and why, or what they say), scores, and the two kinds of shares."""

    def __init__(self, vote: Vote, width: int, ink: Ink) -> None:
        self._vote, self._width, self._ink = vote, width, ink
        ballot = vote.ballot
        self._named = 3 + max(cell_len(name) for name in ballot.names)
        said = [*ballot.because, *map(_short, ballot.values)]
        wide = max((cell_len(text) for text in [*said, self._said]), default=0) + 2 if said else 0
        self.least = self._named + _SCORE + 2 * (_GAP + _SHARE)
        room = width - self.least
        self._noted = wide if wide <= room else 0
        left = (room - self._noted) // 2
        self._bar = min(_MOST, left) if left >= _LEAST_BAR else 0

    @property
    def _said(self) -> str:
        return "has" if self._vote.ballot.because else "says"

    def head(self) -> Strip:
        """What stands in each column."""
        wide = _SHARE + self._bar
        ratio = "score / sum" if wide >= len("score / sum") else "ratio"
        soft = f"softmax, T = {temperature_text(self._vote.temperature)}"
        if wide < cell_len(soft):
            soft = f"T = {temperature_text(self._vote.temperature)}"
        noted = self._said.ljust(self._noted) if self._noted else ""
        left = " " * self._named + noted + "score".rjust(_SCORE)
        return self._line(left, ratio, soft, "dim")

    def row(self, place: int, here: bool) -> Strip:
        """One who is asked."""
        vote, ink = self._vote, self._ink
        pointer = ink.glyphs.pointer if here else " "
        name = f"{pointer} {vote.ballot.names[place]}".ljust(self._named)
        pieces: list[Piece] = [(ink.words(name), ink.style("accent" if here else "plain"))]
        if self._noted:
            note = _note(vote.ballot, place).ljust(self._noted)
            pieces.append((ink.words(note), ink.style("dim")))
        pieces.append((_short(vote.scores[place]).rjust(_SCORE), ink.style("strong")))
        pieces += self._share(vote.ratio[place] if vote.ratio else None, "series1")
        pieces += self._share(vote.softmax[place], "series2")
        return strip(pieces, self._width)

    def sums(self) -> Strip:
        """The sum of scores and of shares."""
        total = _short(sum(self._vote.scores)).rjust(_SCORE)
        ratio = "" if self._vote.ratio is None else share_text(sum(self._vote.ratio))
        left = "  sum".ljust(self._named + self._noted) + total
        one = share_text(sum(self._vote.softmax))
        return self._line(left, ratio.rjust(_SHARE), one.rjust(_SHARE), "dim")

    def mixtures(self) -> Strip:
        """What all say together."""
        vote = self._vote
        left = "  mixed".ljust(self._named + self._noted + _SCORE)
        ratio, soft = vote.mixed(vote.ratio), vote.mixed(vote.softmax)
        return self._line(left, ratio, soft, "strong")

    def _line(self, left: str, ratio: str, softmax: str, role: str) -> Strip:
        wide = _SHARE + self._bar
        gap = " " * _GAP
        text = f"{left}{gap}{fit(ratio, wide, self._ink).ljust(wide)}{gap}{softmax}"
        return strip([(self._ink.words(text), self._ink.style(role))], self._width)

    def _share(self, share: float | None, role: str) -> list[Piece]:
        ink = self._ink
        text = "none" if share is None else share_text(share)
        wrong = share is None or share < 0
        pieces = [(" " * _GAP + text.rjust(_SHARE), ink.style("bad" if wrong else "plain"))]
        if self._bar:
            bar = ink.bar(share or 0.0, self._bar - 1)
            pieces.append((" " + bar, ink.style(role)))
        return pieces


def _note(ballot: Ballot, place: int) -> str:
    if ballot.because:
        return ballot.because[place] or "-"
    return _short(ballot.values[place]) if ballot.values else ""


def _short(number: float) -> str:
    """A number with as many digits as it has, three behind the point at most."""
    return f"{round(number, 3) + 0.0:g}"


def share_text(share: float) -> str:
    """A share in percent: two digits behind the point, and below that as a power of ten.

    >>> [share_text(share) for share in (0.88054, 0.0003, 2e-7, 1.0)]
    ['88.05 %', '0.03 %', '2e-5 %', '100.00 %']
    """
    percent = 100 * share
    if 0 < abs(percent) < 0.005:
        mantissa, _, exponent = f"{percent:.0e}".partition("e")
        return f"{mantissa}e{int(exponent)} %"
    return f"{percent + 0.0:.2f} %"


def temperature_text(temperature: float) -> str:
    """A temperature that is a power of two: 8, 1, 1/4.

    >>> [temperature_text(t) for t in (8.0, 1.0, 0.25)]
    ['8', '1', '1/4']
    """
    return f"{temperature:g}" if temperature >= 1 else f"1/{1 / temperature:g}"


def faults(vote: Vote) -> str:
    """Why what the ratio gives are no shares; empty if they are."""
    if vote.ratio is None:
        return "The scores sum to 0: there is no ratio. The softmax does not mind."
    if any(share < 0 for share in vote.ratio):
        return "With scores below 0 the ratio is no share. The softmax does not mind."
    if any(score < 0 for score in vote.scores):
        return "With all scores below 0 the ratio is upside down. The softmax does not mind."
    return ""


def sentence(vote: Vote, cursor: int) -> str:
    """The one under the cursor, and what is said by all together."""
    ballot = vote.ballot
    ratio = "no share" if vote.ratio is None else share_text(vote.ratio[cursor])
    soft, at = share_text(vote.softmax[cursor]), temperature_text(vote.temperature)
    text = (
        f"{ballot.names[cursor]}, with a score of {_short(vote.scores[cursor])}, has {ratio} by"
        f" ratio and {soft} by softmax at T = {at}."
    )
    if ballot.values and vote.ratio is not None:
        text += f" Mixed: {vote.mixed(vote.ratio)}, or {vote.mixed(vote.softmax)}."
    return f"{text} {ballot.outcome}".rstrip()


def worked(vote: Vote, cursor: int) -> str:
    """The share by softmax of the one under the cursor, worked in numbers."""
    largest, at = max(vote.scores), f"{vote.temperature:g}"
    score = vote.scores[cursor]
    power = by_softmax([score, largest], vote.temperature)
    ours = power[0] / power[1]
    total = ours / vote.softmax[cursor] if vote.softmax[cursor] else float("inf")
    exponent = f"({_short(score)} − {_short(largest)}) / {at}"
    return f"e^({exponent}) / sum = {ours:.4g} / {total:.4g} = {share_text(vote.softmax[cursor])}"
