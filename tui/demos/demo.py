"""The demonstrations of the views: `python -m tui.widgets.NAME` shows one on real data."""

from __future__ import annotations

import itertools
import math
import os
import random
import sys
from collections.abc import Callable, Iterator, Sequence

from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Footer

from models.mazes.generators import random_ends, wilson
from models.mazes.walkers import WALKERS, budget_for
from tui.drawing.ink import Ink


class Demo(App[None]):
    """One or more views side by side. `--ink` and `--markers` choose how they are drawn."""

    CSS = """
    Screen { align: center top; padding: 1 3; }
    Horizontal { height: auto; width: 1fr; }
    """

    def __init__(self, views: Callable[[], Sequence[Widget]], ink: Ink | None = None) -> None:
        no_color = bool(os.environ.get("NO_COLOR"))
        super().__init__(ansi_color=True if no_color else None)
        if no_color or self.console.color_system in (None, "standard"):
            self.theme = "ansi-dark"
        self.ink = ink or Ink.choose(_option("--ink"), _option("--markers"))
        self._views = views

    def compose(self) -> ComposeResult:
        """The views, and the keys."""
        yield Horizontal(*self._views())
        yield Footer(show_command_palette=False)


def _option(name: str) -> str:
    words = sys.argv
    return words[words.index(name) + 1] if name in words[:-1] else "auto"


def maze_demo(ink: Ink | None = None, size: int = 5, seed: int = 7) -> Demo:
    """A random walk and Theseus' second run in the same maze."""
    from tui.widgets.maze_view import MazeView

    def views() -> list[Widget]:
        maze = wilson(size, size, random.Random(seed))
        start, cheese = random_ends(maze, random.Random(seed))
        return [
            MazeView(WALKERS[name](maze, start, cheese, random.Random(seed), budget_for(maze)))
            for name in ("random", "bfs")
        ]

    return Demo(views, ink)


def course_demo(ink: Ink | None = None) -> Demo:
    """A course of twenty lessons, most of them still to be written."""
    from tui.drawing.course.course_plan import Course, MapPart
    from tui.widgets.course_map import CourseMap

    sizes = {"The mouse": 4, "The map": 5, "The machine": 3, "Mouse meets map": 2, "Beyond": 6}
    ids = iter(f"lesson-{number}" for number in range(1, 21))
    parts = tuple(
        MapPart(title, tuple(next(ids) for _ in range(size))) for title, size in sizes.items()
    )
    states = ("passed", "helped", "passed", "open", "open", "locked", "locked")
    lessons = [lesson for part in parts for lesson in part.lessons]
    course = Course(
        parts,
        {lesson: states[n] if n < len(states) else "planned" for n, lesson in enumerate(lessons)},
        {lesson: f"What the mouse keeps, part {n}" for n, lesson in enumerate(lessons, 1)},
        current="lesson-4",
    )
    return Demo(lambda: [CourseMap(course)], ink)


def logistic_losses(steps: int, seed: int = 0, rate: float = 0.2) -> Iterator[tuple[float, float]]:
    """A real tiny model: logistic regression learning "is the sum positive" by gradient descent.

    Yields the loss in nats on the batch of 32 trained on and on 200 others.
    """
    rng = random.Random(seed)
    weights = [0.0] * 8

    def example() -> tuple[list[float], bool]:
        numbers = [rng.gauss(0, 1) for _ in weights]
        return numbers, sum(numbers) + rng.gauss(0, 0.5) > 0

    def confidence(numbers: list[float], label: bool) -> float:
        z = sum(w * x for w, x in zip(weights, numbers, strict=True))
        return 1 / (1 + math.exp(-z if label else z))

    held_out = [example() for _ in range(200)]
    for _ in range(steps):
        batch = [example() for _ in range(32)]
        yield (
            sum(-math.log(confidence(*one)) for one in batch) / len(batch),
            sum(-math.log(confidence(*one)) for one in held_out) / len(held_out),
        )
        for numbers, label in batch:
            push = (1 - confidence(numbers, label)) * (1 if label else -1) * rate / len(batch)
            weights = [w + push * x for w, x in zip(weights, numbers, strict=True)]


def chart_demo(ink: Ink | None = None, steps: int = 400) -> Demo:
    """Logistic regression that trains while you watch."""
    from tui.widgets.loss_chart import LossChart

    class ChartDemo(Demo):
        """Feeds the chart twenty steps a second."""

        def on_mount(self) -> None:
            chart = self.query_one(LossChart)
            chart.set_reference("chance", math.log(2))
            chart.set_end(steps)
            losses = enumerate(logistic_losses(steps))

            def feed() -> None:
                for step, (train, held_out) in itertools.islice(losses, 2):
                    chart.add("train", step, train)
                    if step % 20 == 0:
                        chart.add("held out", step, held_out)

            self.set_interval(0.05, feed)

    return ChartDemo(lambda: [LossChart("loss in nats")], ink)


def soft_lookup(tokens: str, sharpness: float = 2.0) -> list[list[float]]:
    """A real tiny model: every token reads those that came after its own earlier copies.

    Queries and keys are one-hot tokens, the key shifted by one place; masked beyond the row.
    """
    rows = []
    for row, asks in enumerate(tokens):
        scores = [
            sharpness * (column > 0 and tokens[column - 1] == asks) - 0.05 * (row - column)
            for column in range(row + 1)
        ]
        total = sum(math.exp(score) for score in scores)
        rows.append([math.exp(s) / total for s in scores] + [0.0] * (len(tokens) - row - 1))
    return rows


def grid_demo(ink: Ink | None = None, tokens: str = "^bngempibngempibn") -> Demo:
    """A lap run twice: the second time, every landmark reads what followed it the first time."""
    from tui.drawing.attention.weights import Weights
    from tui.widgets.attention_grid import AttentionGrid

    mask = [[column > row for column in range(len(tokens))] for row in range(len(tokens))]
    weights = Weights.of(
        tokens,
        tokens,
        soft_lookup(tokens, 5.0),
        mask,
        title="what came after this last time",
        without="Without this head: nothing else looks back, so it would be lost.",
    )
    return Demo(lambda: [AttentionGrid(weights)], ink)


def progress_demo(ink: Ink | None = None, steps: int = 3000) -> Demo:
    """Logistic regression, as fast as it goes, with its progress."""
    from time import perf_counter

    from tui.drawing.training.dashboard import Progress
    from tui.widgets.progress_line import ProgressLine

    class ProgressDemo(Demo):
        """Trains a few steps at a time and says how far it is."""

        def on_mount(self) -> None:
            started, done = perf_counter(), itertools.count(1)
            losses = logistic_losses(steps)

            def work() -> None:
                step = 0
                for _ in itertools.islice(losses, 5):
                    step = next(done)
                if step:
                    spent = perf_counter() - started
                    progress = Progress("training", step, steps, spent, device="cpu", threads=1)
                    self.query_one(ProgressLine).show(progress)

            self.set_interval(0.1, work)

    return ProgressDemo(lambda: [ProgressLine(Progress("training", 0, steps))], ink)
