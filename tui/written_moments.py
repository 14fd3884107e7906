"""What networks write, turned into what its view draws."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.protocol import Moment
from models.specs.spec import LabSpec
from tui.drawing.training.written import Writer, Written
from tui.moments import titled


def written_of_moment(moment: Moment, spec: LabSpec, of: str = "") -> Written:
    """What everyone writes, as a look tells it."""
    return written_of(moment.data, spec, titled(of, f"after {moment.step:,} steps"))


def written_of(told: Mapping[str, Any], spec: LabSpec, title: str) -> Written:
    """What everyone writes, as a look or a probe tells it."""
    names = dict(spec.runners)
    writers = tuple(
        Writer(
            names.get(one["writer"], one["writer"]),
            tuple(one["walks"]),
            tuple(map(tuple, one["legal"])),
            one["right"],
            one["count"],
        )
        for one in told["writers"]
    )
    return Written(writers, tuple(told["board"]), title)
