"""The demonstrations of a walk through a block and of the spread of a number over seeds."""

from __future__ import annotations

from textual.widget import Widget

from tui.demos.demo import Demo
from tui.drawing.ink import Ink


def walk_demo(ink: Ink | None = None) -> Demo:
    """The smallest real block, as its seed draws it: three numbers a word would do, it has four."""
    from models.arrays import pack
    from models.labs.sentence import SentenceLab
    from models.protocol import ProbeResult
    from models.specs.sentence import SPEC
    from tui.panels.walk_panel import walk_of
    from tui.widgets.walk_view import WalkView

    def views() -> list[Widget]:
        lab = SentenceLab(SPEC.settings({"width": 4, "hidden": 8, "reseeds": 50}), 0)
        arrays, values = lab.probe("walk", {"when": "before"})
        packed = {name: pack(array) for name, array in arrays.items()}
        return [WalkView(walk_of(ProbeResult("", 0, packed, values), "before"))]

    return Demo(views, ink)


def spread_demo(ink: Ink | None = None) -> Demo:
    """One weight of the same untrained block, from each of 200 seeds."""
    from models.arrays import pack
    from models.labs.sentence import SentenceLab
    from models.protocol import ProbeResult
    from models.specs.sentence import SPEC
    from tui.panels.spread_panel import spread_of
    from tui.widgets.spread_view import SpreadView

    def views() -> list[Widget]:
        arrays, values = SentenceLab(SPEC.settings({"reseeds": 200}), 0).probe("spread", {})
        packed = {name: pack(array) for name, array in arrays.items()}
        return [SpreadView(spread_of(ProbeResult("", 0, packed, values)))]

    return Demo(views, ink)
