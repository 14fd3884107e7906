"""The line that says how far a run is: phase, steps, bar, rate, time left, device."""

from __future__ import annotations

import math
from dataclasses import dataclass

from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, fit, strip
from tui.drawing.ticks import grouped

_WARM_STEPS, _WARM_SECONDS = 10, 3.0
_WARM_SHARE = 0.005
"""A rate measured over less than this says nothing, so no time left is shown."""
_LEAST_BAR, _MOST_BAR = 8, 24


@dataclass(frozen=True)
class Progress:
    """How far a run is. `steps` is 0 while nobody knows how many there will be."""

    phase: str = ""
    step: int = 0
    steps: int = 0
    seconds: float = 0.0
    """Time spent in this phase, pauses left out."""
    first_step: int = 0
    """The step at which the clock started (a resumed run does not begin at 0)."""
    device: str = ""
    threads: int = 0
    share: float | None = None
    """How much of a run of several phases is done, in 0..1; then `elapsed` is its time so far."""
    elapsed: float = 0.0

    @property
    def fraction(self) -> float | None:
        """How much is done, in 0..1, or `None` where the whole is not known."""
        if self.share is not None:
            return self.share
        return min(1.0, max(0.0, self.step / self.steps)) if self.steps > 0 else None

    @property
    def rate(self) -> float | None:
        """Steps a second, once there is enough to tell."""
        done = self.step - self.first_step
        if done < 1 or self.seconds <= 0:
            return None
        return done / self.seconds

    @property
    def left(self) -> float | None:
        """Seconds still to go, or `None` while that cannot be told."""
        if self.share is not None:
            told = self.elapsed >= _WARM_SECONDS and self.share > _WARM_SHARE
            return self.elapsed * (1 - self.share) / self.share if told else None
        done = self.step - self.first_step
        if not self.steps or not self.rate or done < _WARM_STEPS or self.seconds < _WARM_SECONDS:
            return None
        return max(0, self.steps - self.step) / self.rate


def clock(seconds: float) -> str:
    """A time as 0:07, 12:34 or 1:02:03."""
    whole = max(0, int(seconds)) if math.isfinite(seconds) else 0
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def about(seconds: float) -> str:
    """A time to come, no more exact than it is: 20 s, 3 min, 1 h 10 min."""
    if seconds < 10:
        return f"{max(1, round(seconds))} s"
    if seconds < 90:
        return f"{round(seconds / 5) * 5} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min"


def percent(fraction: float) -> str:
    """A fraction as a whole percentage that says 100 % only at the end."""
    return f"{min(99, math.floor(fraction * 100)) if fraction < 1 else 100:3} %"


def pace(rate: float) -> str:
    """Steps a second, in two or three digits."""
    return f"{rate:.0f}" if rate >= 20 else f"{rate:.1f}" if rate >= 1 else f"{rate:.2f}"


def draw_progress(progress: Progress, width: int, ink: Ink) -> Strip:
    """One line. What does not fit is left out: time spent first, then device, rate, bar, phase."""
    fields = _fields(progress)
    while len(fields) > 1 and _length(fields, 1) > width:
        del fields[min(fields, key=lambda name: _WORTH[name])]
    gap = 2 if _length(fields, 2) <= width else 1
    bar = ""
    if "bar" in fields:
        room = width - _length(fields, gap) + _LEAST_BAR
        bar = ink.bar(progress.fraction or 0.0, max(_LEAST_BAR, min(_MOST_BAR, room)))
    pieces: list[Piece] = []
    for name, words in fields.items():
        if pieces:
            pieces.append((" " * gap, ink.style("plain")))
        if name == "bar":
            pieces += _bar(bar, ink)
        else:
            pieces.append((fit(ink.words(words), width, ink), ink.style(_STYLES.get(name, "dim"))))
    return strip(pieces, width)


_WORTH = {"spent": 0, "device": 1, "rate": 2, "bar": 3, "phase": 4, "left": 5, "percent": 6}
_WORTH["steps"] = 7
_STYLES = {"phase": "strong", "steps": "plain", "percent": "plain", "left": "plain"}


def _fields(progress: Progress) -> dict[str, str]:
    """What there is to say, from left to right. Widths are fixed so that nothing dances."""
    fields = {"phase": progress.phase}
    digits = len(grouped(progress.steps))
    if progress.steps:
        step = grouped(progress.step).rjust(digits)
        fields["steps"] = f"{step} / {grouped(progress.steps)}"
    else:
        fields["steps"] = f"step {grouped(progress.step)}"
    if progress.fraction is not None:
        fields["bar"] = " " * _LEAST_BAR
        fields["percent"] = percent(progress.fraction)
    fields["rate"] = f"{pace(progress.rate):>4}/s" if progress.rate else " " * 6
    fields["spent"] = (
        f"{clock(progress.elapsed if progress.share is not None else progress.seconds):>5}"
    )
    if progress.steps:
        left = progress.left
        finished = progress.step >= progress.steps
        fields["left"] = (f"~{about(left)} left" if left and not finished else "").ljust(12)
    where = [progress.device] if progress.device else []
    if progress.threads:
        where.append(f"{progress.threads} thread" + "s" * (progress.threads > 1))
    fields["device"] = " · ".join(where)
    return {name: words for name, words in fields.items() if words}


def _length(fields: dict[str, str], gap: int) -> int:
    return sum(len(words) for words in fields.values()) + gap * (len(fields) - 1)


def _bar(bar: str, ink: Ink) -> list[Piece]:
    """A bar on a track; in ascii the track is dotted so that its end can be seen."""
    full = bar.rstrip(" ")
    rest = len(bar) - len(full)
    track = "." if ink.is_ascii else "░"
    return [(full, ink.style("accent")), (track * rest, ink.style("faint"))]


def describe(progress: Progress) -> str:
    """The same in a sentence."""
    if not progress.step:
        return f"{progress.phase or 'Waiting'}: nothing done yet."
    whole = f" of {grouped(progress.steps)}" if progress.steps else ""
    words = f"{progress.phase}: step {grouped(progress.step)}{whole}"
    if progress.fraction is not None:
        words += f", {percent(progress.fraction).strip()}"
    if progress.left and progress.fraction != 1:
        words += f", about {about(progress.left)} left"
    return f"{words}."
