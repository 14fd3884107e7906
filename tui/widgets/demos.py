"""The demonstrations of the views: `python -m tui.widgets.NAME` shows one on real data."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable, Sequence

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
    from .maze_view import MazeView

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
    from tui.drawing.course_map import Course, MapPart

    from .course_map import CourseMap

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
