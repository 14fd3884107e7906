"""What has been seen of a run that is kept: how far it is, and what of it is to be written."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from models.film import Film, Frame, Thinner
from models.kept import Kept, Turned
from models.protocol import Report
from models.troubles import LOSS

if TYPE_CHECKING:
    from models.labs.lab import Look


class Seen:
    """The reports and the film of a run, thinned as they come."""

    def __init__(self) -> None:
        self.film = Film()
        self._thinner = Thinner()
        self._latest: dict[str, Report] = {}
        self._losses: dict[str, float] = {}
        self._learned: dict[str, int] = {}
        self._fraction = 0.0

    def add(self, report: Report) -> list[Report]:
        """Take a report; the reports to be written now."""
        self._latest[report.runner] = report
        self._fraction = report.fraction
        if LOSS in report.metrics:
            self._losses[report.runner] = float(report.metrics[LOSS])
            self._learned[report.runner] = report.step
        return self._thinner.add(report)

    def show(self, frame: Frame) -> Frame:
        """Take a frame into the film, with the loss it was shown at."""
        frame = frame._replace(loss=self._losses.get(frame.runner, math.nan))
        self.film.add(frame)
        return frame

    def rest(self) -> list[Report]:
        """What is still to be written once nothing more comes."""
        return self._thinner.rest()

    def so_far(self, kept: Kept, turned: Sequence[Turned]) -> Kept:
        """The run as it stands."""
        steps = self._learned or {runner: r.step for runner, r in self._latest.items()}
        metrics: dict[str, float | None] = {
            f"{runner}.{name}": float(value)
            for runner, report in self._latest.items()
            for name, value in report.metrics.items()
        }
        return msgspec.structs.replace(
            kept,
            fraction=self._fraction,
            steps=sum(steps.values()),
            metrics=metrics,
            turned=list(turned),
        )


def printable(text: str) -> str:
    """A text on one line, without anything that a terminal would do instead of print."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())


def framed(look: Look) -> Frame:
    """Something to look at, as it is kept; the lab may change it later."""
    line = line_of(look.runner, look.step, look.name, look.data)
    return Frame(look.runner, look.step, look.name, line)


def _plain(value: Any) -> Any:
    """A number or array of numpy or torch as Python's own; whatever else is nothing to keep."""
    return value.tolist() if hasattr(value, "tolist") else None


_encode = msgspec.json.Encoder(enc_hook=_plain).encode


def line_of(*parts: object) -> bytes:
    """A line of a file, without its end."""
    return _encode(parts)
