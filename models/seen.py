"""What has been seen of a run that is kept: how far it is, and what of it is to be written."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from models.film import Film, Frame, Thinner
from models.kept import Kept, Turned
from models.marks import Marks
from models.protocol import Report
from models.troubles import LOSS

if TYPE_CHECKING:
    from models.labs.lab import Look


class Seen:
    """The reports and the film of a run, thinned as they come."""

    def __init__(self) -> None:
        self.film = Film()
        self._thinner = Thinner()
        self._marks = Marks()
        self._losses: dict[str, float] = {}

    def add(self, report: Report) -> list[Report]:
        """Take a report; the reports to be written now."""
        self._marks.add(report)
        if LOSS in report.metrics:
            self._losses[report.runner] = float(report.metrics[LOSS])
        return self._thinner.add(report)

    def begin_with(self, reports: Sequence[Report], film: Sequence[Frame]) -> None:
        """Take what a run had reported and shown that this one goes on from."""
        losses = {}
        for report in reports:
            self.add(report)
            losses[report.runner, report.step] = self._losses.get(report.runner, math.nan)
        for frame in film:
            self.film.add(frame._replace(loss=losses.get((frame.runner, frame.step), math.nan)))

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
        marks = self._marks
        metrics: dict[str, float | None] = {k: float(v) for k, v in marks.metrics.items()}
        return msgspec.structs.replace(
            kept,
            fraction=marks.last.fraction if marks.last else 0.0,
            steps=marks.made,
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
