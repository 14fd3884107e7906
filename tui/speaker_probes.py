"""Probes of a speaker, turned into what its views draw."""

from __future__ import annotations

from models.protocol import ProbeResult
from tui.drawing.layers.lens import Lens
from tui.drawing.training.gradients import NAMES, Gradients


def lens_of(seen: ProbeResult, title: str) -> Lens:
    """What a GPT would say after each layer."""
    values, arrays = seen.values, seen.arrays
    return Lens(
        tuple(values["words"]),
        tuple(values["truth"]),
        tuple(values["open"]),
        tuple(map(tuple, values["says"])),
        tuple(map(tuple, arrays["shares"].rows())),
        tuple(map(tuple, arrays["right"].rows())),
        tuple(map(tuple, values["marks"])),
        title,
    )


def gradients_of(seen: ProbeResult, title: str) -> Gradients:
    """A gradient before and after clipping."""
    values = seen.values
    return Gradients(
        {name: tuple(map(round, seen.arrays[name].rows())) for name in NAMES},
        values["lengths"],
        values["angles"],
        values["edge"],
        values["most"],
        values["cut"],
        values["count"],
        title,
    )
