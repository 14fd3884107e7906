"""The demonstrations of the lens and of gradients: a GPT of one seed, a few steps old."""

from __future__ import annotations

from functools import cache
from typing import Any

from models import protocol
from tui.demos.demo import Demo
from tui.drawing.ink import Ink


def lens_demo(ink: Ink | None = None) -> Demo:
    """What it would say after each layer."""
    from tui.speaker_probes import lens_of
    from tui.widgets.lens_view import LensView

    return Demo(lambda: [LensView(lens_of(told("lens"), f"after {STEPS} steps"))], ink)


def gradients_demo(ink: Ink | None = None) -> Demo:
    """Its gradient, clipped to 0.02."""
    from tui.speaker_probes import gradients_of
    from tui.widgets.gradients_view import GradientsView

    view = gradients_of(told("gradient", at=0.02), f"after {STEPS} steps")
    return Demo(lambda: [GradientsView(view)], ink)


STEPS = 30
"""Steps that it has made."""


@cache
def _lab() -> Any:
    from models.labs.speak import SpeakLab
    from models.specs.speak import SPEC

    lab = SpeakLab(SPEC.settings({"steps": STEPS, "rivals": False, "sentences": 200}), seed=0)
    for _ in lab.train():
        pass
    return lab


def told(what: str, **arguments: object) -> protocol.ProbeResult:
    """A probe as the worker answers it."""
    from models.arrays import pack

    arrays, values = _lab().probe(what, arguments)
    return protocol.ProbeResult("", 0, {name: pack(one) for name, one in arrays.items()}, values)
