"""How often whole answers are right by length, as a look tells it or a probe, for the bars."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.protocol import Moment
from models.specs.spec import LabSpec
from tui.drawing.training.per_length import ByLength
from tui.moments import titled


def by_length(data: Mapping[str, Any], spec: LabSpec, title: str) -> ByLength:
    """What the worker tells, with the names of the lab's runners."""
    who = dict(spec.runners)
    return ByLength(
        tuple(data["lengths"]),
        tuple(data["seen"]),
        tuple(who.get(name, name) for name in data["shares"]),
        tuple(tuple(shares) for shares in data["shares"].values()),
        data["count"],
        data["called"],
        title,
        data.get("about", ""),
    )


def by_length_of_moment(moment: Moment, spec: LabSpec, of: str = "") -> ByLength:
    """A look named `per-length`; `of` names the run."""
    return by_length(moment.data, spec, titled(of, f"after {moment.step:,} steps"))
