"""The loss chart: bytes of a refresh, and CPU of a refresh with many points behind it."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from typing import cast

from textual.widget import Widget

from benchmarks.painting import Cost, Frame, paint, ratio
from benchmarks.result import Measure, Target
from tui.widgets import paced_view
from tui.widgets.loss_chart import LossChart

FRAMES = 30
POINTS_A_FRAME = 20


def training(points: int) -> Cost:
    """A curve of `points` points, to which each frame adds twenty."""
    rng = random.Random(0)

    def loss(step: int) -> float:
        return 2.3 * math.exp(-step / 20_000) + 0.1 + 0.02 * rng.random()

    def make() -> Widget:
        chart = LossChart("loss in nats")
        chart.styles.height = 24
        chart.extend("train", ((step, loss(step)) for step in range(points)))
        return chart

    def frame(widget: Widget) -> Frame:
        chart = cast(LossChart, widget)

        def add(number: int) -> None:
            first = points + number * POINTS_A_FRAME
            steps = range(first, first + POINTS_A_FRAME)
            chart.extend("train", ((step, loss(step)) for step in steps))

        return add

    pause, paced_view.INTERVAL = paced_view.INTERVAL, 0.0
    try:
        return paint(make, frame, FRAMES)
    finally:
        paced_view.INTERVAL = pause


def bytes_of_a_refresh() -> Mapping[str, float]:
    """Bytes sent for a refresh at 80x24 with 100,000 points behind the curve. A design that sends
    the whole picture shows 7,600."""
    return {"chart-bytes": training(100_000).bytes}


def cpu_of_a_refresh() -> Mapping[str, float]:
    """CPU time of a refresh with 100,000 points, divided by that with 1,000. A design that hands
    every point to plotext shows about 70."""
    return {"chart-cpu": ratio(lambda: training(100_000), lambda: training(1000))}


MEASURES = (
    Measure((Target("chart-bytes", 1500),), bytes_of_a_refresh),
    Measure((Target("chart-cpu", 1.5),), cpu_of_a_refresh),
)
