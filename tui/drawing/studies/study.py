"""A study as a picture: what was measured against the knob, or of seed after seed.

Here is what is drawn, in numbers, and what is to be seen in it, in words.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from statistics import fmean, median
from typing import Literal

from tui.drawing.training.results import said

State = Literal["done", "going", "failed", "open"]
"""Of a place: all its points are there, one is trained now, one failed, or some are to come."""

LEVEL = 0.02
"""A share that moves by less is said to stay where it is."""
APART = 0.05
"""Seeds whose shares lie farther apart than this are spoken of."""
CLIFF, MOST = 0.2, 0.6
"""A line that spans more than the first is asked whether most of that, more than the second, lies
between two neighbours."""


@dataclass(frozen=True)
class Line:
    """One runner: `values[place][seed]`, None where nothing is measured yet."""

    name: str
    values: tuple[tuple[float | None, ...], ...]
    sketch: tuple[float | None, ...] = ()
    """What the learner drew for it, place by place, None where nothing; empty if nothing at all."""

    def at(self, place: int) -> list[float]:
        """What was measured at a place, seed after seed."""
        return [value for value in self.values[place] if value is not None]

    def middle(self, place: int) -> float | None:
        """The median over the seeds."""
        values = self.at(place)
        return median(values) if values else None

    @property
    def off(self) -> float | None:
        """How far the drawing lies from what was measured, in the mean over the places."""
        pairs = [(self.middle(n), drawn) for n, drawn in enumerate(self.sketch)]
        gaps = [abs(m - drawn) for m, drawn in pairs if m is not None and drawn is not None]
        return fmean(gaps) if gaps else None


@dataclass(frozen=True)
class Picture:
    """All that is drawn of a study."""

    title: str
    what: str
    """What is measured, in a word or two."""
    over: str
    """What the places count: pairs, letters, seeds."""
    places: tuple[str, ...]
    """The values of the knob as they are written, or the seeds."""
    spots: tuple[float, ...]
    """Where each lies along the axis, from 0 to 1."""
    seeds: tuple[int, ...]
    lines: tuple[Line, ...]
    states: tuple[State, ...]
    form: str = "percent"
    chance: float | None = None
    """What a guess is worth."""
    counted: bool = True
    """Whether one says 8 pairs, rather than forget bias 2."""
    by_seed: bool = False
    """Whether the places are seeds, and nothing else differs."""

    @property
    def top(self) -> float:
        """The highest number there is to draw; all of it for shares."""
        values = [value for line in self.lines for row in line.values for value in row]
        drawn = [value for line in self.lines for value in line.sketch]
        highest = max((v for v in (*values, *drawn) if v is not None), default=1.0)
        return max(1.0, highest) if self.form == "percent" else highest or 1.0

    def number(self, value: float) -> str:
        """A measured number as it is written."""
        return said(value, self.form)

    def apart(self, gap: float) -> str:
        """How far two numbers are apart: shares in points."""
        if self.form != "percent":
            return said(gap, self.form)
        points = round(100 * gap)
        return f"{points} point{'' if points == 1 else 's'}" if points else "less than a point"

    def where(self, place: int) -> str:
        """A place in words: 8 pairs, forget bias 2, seed 3."""
        if self.by_seed:
            return f"seed {self.places[place]}"
        name = self.places[place]
        return f"{name} {self.over}" if self.counted else f"{self.over} {name}"


def describe(picture: Picture) -> str:
    """What is to be seen, in plain words."""
    parts = [_seeds(picture)] if picture.by_seed else [_course(picture), _apart(picture)]
    parts += [_missing(picture), _drawn(picture)]
    return " ".join(part for part in parts if part)


def _course(picture: Picture) -> str:
    """How each line goes from the first place to the last that are there."""
    told = []
    ends: tuple[int, int] | None = None
    for line in picture.lines:
        there = [n for n in range(len(picture.places)) if line.at(n)]
        if len(there) > 1:
            ends = there[0], there[-1]
            told.append(f"{line.name} {_way(picture, line, there)}")
    if ends is None:
        return ""
    first, last = ends
    begin = f"From {picture.places[first]} to {picture.where(last)}"
    if not picture.counted:
        begin = f"From {picture.where(first)} to {picture.places[last]}"
    return f"{begin}: {'; '.join(told)}."


def _apart(picture: Picture) -> str:
    """At which place, and for whom, the seeds lie farthest apart; empty where that is little."""
    spans = [
        (max(values) - min(values), line, place)
        for line in picture.lines
        for place in range(len(picture.places))
        if (values := line.at(place))
    ]
    gap, line, place = max(spans, key=lambda span: span[0], default=(0.0, None, 0))
    if line is None or gap <= APART * picture.top:
        return ""
    low, high = (picture.number(end(line.at(place))) for end in (min, max))
    return f"Seeds lie farthest apart at {picture.where(place)}: {line.name} {low} to {high}."


def _way(picture: Picture, line: Line, there: list[int]) -> str:
    """From where to where one line goes, and between which two places most of that lies."""
    middles = [middle for n in there if (middle := line.middle(n)) is not None]
    begin, end = middles[0], middles[-1]
    low, high = min(middles), max(middles)
    if high - low < LEVEL * picture.top:
        return f"stays at {picture.number(end)}"
    if told := _there_and_back(picture, middles, there):
        return told
    verb = "falls" if end < begin else "rises"
    way = f"{verb} from {picture.number(begin)} to {picture.number(end)}"
    steps = [abs(b - a) for a, b in itertools.pairwise(middles)]
    steepest = max(range(len(steps)), key=steps.__getitem__)
    if (
        len(steps) > 1
        and high - low > CLIFF * picture.top
        and steps[steepest] > MOST * (high - low)
    ):
        one, other = (picture.places[there[n]] for n in (steepest, steepest + 1))
        way += f", most of it between {one} and {other}"
    return way


def _there_and_back(picture: Picture, middles: list[float], there: list[int]) -> str:
    """The two ways of a line whose turning point lies beyond both its ends by more than they lie
    apart; empty where it goes one way."""
    ends = sorted((middles[0], middles[-1]))
    apart = max(ends[1] - ends[0], LEVEL * picture.top)
    down, up = ends[0] - min(middles), max(middles) - ends[1]
    if max(down, up) <= apart:
        return ""
    turn = middles.index(min(middles) if down > up else max(middles))
    one, other = ("falls", "rises") if down > up else ("rises", "falls")
    begin, far, end = (picture.number(middles[n]) for n in (0, turn, -1))
    place = there[turn]
    at = picture.where(place) if picture.counted else picture.places[place]
    return f"{one} from {begin} to {far} at {at}, then {other} to {end}"


def _seeds(picture: Picture) -> str:
    """How far the seeds of each line lie apart."""
    told, widest = [], (0.0, "")
    for line in picture.lines:
        values = [value for n in range(len(picture.places)) for value in line.at(n)]
        if not values:
            continue
        low, high = picture.number(min(values)), picture.number(max(values))
        alike = low if len(values) == 1 else f"{low} each time"
        told.append(f"{line.name} {alike if low == high else f'{low} to {high}'}")
        widest = max(widest, (max(values) - min(values), line.name))
    if not told:
        return ""
    count = sum(state == "done" for state in picture.states)
    runs = "One run so far" if count < 2 else f"{count} runs that differ in nothing but the seed"
    end = ""
    if count > 1 and widest[0] > LEVEL * picture.top:
        end = f" Widest apart: {widest[1]}, by {picture.apart(widest[0])}."
    return f"{runs}: {'; '.join(told)}.{end}"


def _missing(picture: Picture) -> str:
    """What is not there."""
    whole = len(picture.states)
    to_come = sum(state in ("open", "going") for state in picture.states)
    failed = sum(state == "failed" for state in picture.states)
    if to_come == whole:
        begun = any(line.at(n) for line in picture.lines for n in range(whole))
        return f"None of {whole} is whole yet." if begun else "Nothing is measured yet."
    told = [f"{to_come} of {whole} still to come"] if to_come else []
    told += [f"{failed} of {whole} failed"] if failed else []
    return f"{', '.join(told)[:1].upper()}{', '.join(told)[1:]}." if told else ""


def _drawn(picture: Picture) -> str:
    """How far the learner's drawings are off."""
    told = [
        f"{picture.apart(line.off)} for {line.name}"
        for line in picture.lines
        if line.off is not None
    ]
    return f"Your drawing is off by {'; by '.join(told)} on average." if told else ""
