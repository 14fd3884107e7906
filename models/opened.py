"""A kept run with all that can be read of it: its curves, and what it showed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
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


_decode_report = msgspec.json.Decoder(tuple[str, int, dict[str, float | None]]).decode
_decode_moment = msgspec.json.Decoder(tuple[str, int, str, dict[str, Any]]).decode


def report_of(line: bytes) -> tuple[str, int, dict[str, float]] | None:
    """Runner, step and metrics of a line of the reports; None if it makes no sense."""
    try:
        runner, step, metrics = _decode_report(line)
    except (ValueError, RecursionError):
        return None
    if not harmless([runner, *metrics]):
        return None
    return runner, step, {name: math.nan if v is None else v for name, v in metrics.items()}


def moment_of(line: bytes) -> Moment | None:
    """What a line of the film shows; None if it makes no sense."""
    try:
        return Moment(*_decode_moment(line))
    except (ValueError, RecursionError):
        return None


def curves_of(reports: Iterable[tuple[str, int, Mapping[str, float]]]) -> list[Curve]:
    """Runners, steps and metrics as a curve for each metric of each runner."""
    curves: dict[tuple[str, str], Curve] = {}
    for runner, step, metrics in reports:
        for metric, value in metrics.items():
            curve = curves.setdefault((runner, metric), Curve(runner, metric, [], []))
            curve.steps.append(step)
            curve.values.append(value)
    return list(curves.values())


def read_run(kept: Kept, place: Path) -> Opened:
    """What the files of a run hold; a line that makes no sense is left out and counted."""
    reports = [report_of(line) for line in lines_of(place / REPORTS)]
    film, bad = Film(), reports.count(None)
    for line in lines_of(place / MOMENTS):
        if moment := moment_of(line):
            film.add(Frame(moment.runner, moment.step, moment.name, line))
        else:
            bad += 1
    moments = [Moment(*_decode_moment(frame.line)) for frame in film.frames]
    lines = "One line" if bad == 1 else f"{bad} lines"
    note = (
        f"{lines} of {kept.id} cannot be read and {'is' if bad == 1 else 'are'} left out."
        if bad
        else ""
    )
    return Opened(kept, curves_of(filter(None, reports)), moments, note)
