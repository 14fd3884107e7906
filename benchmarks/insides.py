"""Pictures of what is inside networks: large ones against small ones, and small changes of them."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import cast

from textual.widget import Widget

from benchmarks.painting import Cost, Frame, high, paint, ratio
from benchmarks.result import Measure, Target
from models.arrays import pack
from models.protocol import ProbeResult
from tui.drawing.attention.heads import Heads, Judged
from tui.drawing.layers.positions import Positions
from tui.drawing.layers.tower import TowerParts, TowerSeen
from tui.drawing.layers.walk import Place
from tui.panels.walk_panel import walk_of
from tui.widgets.fit_view import FitView, drawn_points
from tui.widgets.heads_view import HeadsView
from tui.widgets.positions_view import PositionsView
from tui.widgets.tower_view import TowerView
from tui.widgets.walk_view import WalkView

FRAMES = 40
TOKENS = 17


def walking(width: int, hidden: int) -> Cost:
    """A block of so many numbers a word and in its hidden layer, matrix after matrix."""
    from models.labs.sentence import SentenceLab
    from models.specs.sentence import SPEC

    lab = SentenceLab(SPEC.settings({"width": width, "hidden": hidden, "reseeds": 50}), 0)
    arrays, values = lab.probe("walk", {"when": "before"})
    packed = {name: pack(array) for name, array in arrays.items()}
    walk = walk_of(ProbeResult("", 0, packed, values), "before")

    def frame(widget: Widget) -> Frame:
        view = cast(WalkView, widget)
        return lambda n: view.go(Place((n + 1) % len(walk.stages), n % 5, n % 4))

    return paint(high(lambda: WalkView(walk)), frame, FRAMES)


def choosing(layers: int) -> Cost:
    """A cursor that goes through the heads of so many layers of eight."""
    rng = random.Random(0)

    def row() -> tuple[float, ...]:
        shares = [rng.random() ** 4 for _ in range(TOKENS)]
        return tuple(share / sum(shares) for share in shares)

    weights = tuple(
        tuple(tuple(row() for _ in range(TOKENS)) for _ in range(8)) for _ in range(layers)
    )
    judged = Judged(1.0, 0.0)
    heads = Heads(tuple("abcdefghijklmnopq"), weights, now=judged, whole=judged)

    def frame(widget: Widget) -> Frame:
        view = cast(HeadsView, widget)
        return lambda number: view.action_move(1 if number % 14 < 7 else -1)

    return paint(high(lambda: HeadsView(heads)), frame, FRAMES)


def climbing(blocks: int) -> Cost:
    """A cursor that climbs a tower of so many blocks."""
    gradient = tuple(10 ** (-index / blocks) for index in range(blocks))
    alike = tuple(index / blocks for index in range(blocks + 1))
    seen = TowerSeen(TowerParts(), gradient, alike, tuple(1.0 + x for x in alike))

    def frame(widget: Widget) -> Frame:
        view = cast(TowerView, widget)
        return lambda number: view.move_to((number + 1) % min(blocks, 24))

    return paint(high(lambda: TowerView(seen)), frame, FRAMES)


def descending(places: int) -> Cost:
    """A cursor that goes down a map of so many places."""

    def frame(widget: Widget) -> Frame:
        view = cast(PositionsView, widget)
        return lambda number: view.move_to(number % 24, number % 6)

    return paint(high(lambda: PositionsView(Positions(count=places))), frame, FRAMES)


def looking_up(change: Callable[[FitView, int], None]) -> Cost:
    """Forty points and the curve that is looked up among them, changed in some way."""

    def frame(widget: Widget) -> Frame:
        view = cast(FitView, widget)
        return lambda number: change(view, number)

    return paint(high(lambda: FitView(drawn_points(0, "gaussian", 0.5))), frame, FRAMES)


def large() -> Mapping[str, float]:
    """CPU time of a frame of large pictures, divided by that of small ones: blocks of 64 numbers a
    word and of 16, 96 heads and 16, towers of 96 blocks and of 12, 1,024 places and 24. A design
    that works out what nobody sees grows with them."""
    return {
        "walk-cpu": ratio(lambda: walking(64, 256), lambda: walking(16, 32)),
        "heads-cpu": ratio(lambda: choosing(12), lambda: choosing(2)),
        "tower-cpu": ratio(lambda: climbing(96), lambda: climbing(12)),
        "positions-cpu": ratio(lambda: descending(1024), lambda: descending(24)),
    }


def cursors() -> Mapping[str, float]:
    """Bytes of a cursor that moves along a curve that was looked up, divided by those of other
    points altogether. A design that paints the whole curve for either shows about 1."""
    moved = looking_up(lambda view, number: view.action_move(1))
    drawn = looking_up(lambda view, number: view.action_sample())
    return {"fit-bytes": moved.bytes / drawn.bytes}


MEASURES = (
    Measure(
        (
            Target("walk-cpu", 2.0),
            Target("heads-cpu", 1.5),
            Target("tower-cpu", 2.0),
            Target("positions-cpu", 2.0),
        ),
        large,
    ),
    Measure((Target("fit-bytes", 0.5),), cursors),
)
