"""A kept run with all that can be read of it: its curves, and what it showed."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from models.film import Film, Frame
from models.kept import Curve, Kept
from models.run_files import MOMENTS, REPORTS, harmless, lines_of


class Moment(NamedTuple):
    """Something the run showed while it trained."""

    runner: str
    step: int
    name: str
    data: dict[str, Any]


class Opened(NamedTuple):
    """All of a kept run that can be read."""

    kept: Kept
    curves: list[Curve]
    moments: list[Moment]
    note: str
    """What of it could not be read; empty where all could."""


_read_report = msgspec.json.Decoder(tuple[str, int, dict[str, float | None]]).decode
_read_moment = msgspec.json.Decoder(tuple[str, int, str, dict[str, Any]]).decode


def read_run(kept: Kept, place: Path) -> Opened:
    """What the files of a run hold; a line that makes no sense is left out and counted."""
    curves: dict[tuple[str, str], Curve] = {}
    bad = 0
    for line in lines_of(place / REPORTS):
        try:
            runner, step, metrics = _read_report(line)
        except (ValueError, RecursionError):
            bad += 1
            continue
        if not harmless([runner, *metrics]):
            bad += 1
            continue
        for metric, value in metrics.items():
            curve = curves.setdefault((runner, metric), Curve(runner, metric, [], []))
            curve.steps.append(step)
            curve.values.append(float("nan") if value is None else value)
    film = Film()
    for line in lines_of(place / MOMENTS):
        try:
            moment = Moment(*_read_moment(line))
        except (ValueError, RecursionError):
            bad += 1
            continue
        film.add(Frame(moment.runner, moment.step, moment.name, line))
    moments = [Moment(*_read_moment(frame.line)) for frame in film.frames]
    lines = "One line" if bad == 1 else f"{bad} lines"
    note = (
        f"{lines} of {kept.id} cannot be read and {'is' if bad == 1 else 'are'} left out."
        if bad
        else ""
    )
    return Opened(kept, list(curves.values()), moments, note)
