"""The views of mazes: bytes of a frame, and CPU of a frame in a large maze against a small one."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from textual.widget import Widget

from benchmarks.painting import Cost, Frame, high, paint, ratio
from benchmarks.result import Measure, Target
from models.mazes.generators import wilson
from models.mazes.scene import Scene
from models.mazes.walkers import right_hand
from tui.demos.mazes import by_hand
from tui.demos.readings import arriving
from tui.demos.thoughts import flood
from tui.maze_drafts import Drafts
from tui.widgets.maze_attention import MazeAttentionView
from tui.widgets.maze_editor import MazeEditor
from tui.widgets.maze_view import MazeView
from tui.widgets.readings_view import ReadingsView
from tui.widgets.thoughts_view import ThoughtsView

FRAMES = 60
LARGE, SMALL = 41, 11
"""Cells on a side of the largest maze of thoughts that a lesson shows, and of one that is whole in
the window."""


def walking(side: int) -> Cost:
    """A mouse that takes one step a frame in a maze of `side` x `side` squares.

    It keeps its hand on the wall, so it gets about; the odd frame on which a large maze scrolls
    is dearer, and the median passes over it.
    """

    def make() -> Widget:
        maze = wilson(side, side, random.Random(1))
        goal = maze.cells - 1
        return MazeView(right_hand(maze, 0, goal, random.Random(1), FRAMES * 20))

    def frame(widget: Widget) -> Frame:
        view = cast(MazeView, widget)
        return lambda number: view.step()

    return paint(make, frame, FRAMES, size=(120, 40))


def thinking(side: int) -> Cost:
    """A solver of a maze of `side` x `side` squares that loops once more a frame; the cheese is in
    the middle, and the mouse beside it."""
    maze = wilson(side, side, random.Random(1))
    thoughts = flood(maze, maze.cells // 2, FRAMES + 3)

    def frame(widget: Widget) -> Frame:
        view = cast(ThoughtsView, widget)
        view.go(loop=0, mouse=maze.cells // 2 + 1)
        return lambda number: view.go(loop=number + 1)

    return paint(high(lambda: ThoughtsView([thoughts])), frame, FRAMES)


def looking_back(side: int) -> Cost:
    """The same solver at one step of its training after the other, at each of which it is right in
    a few cells more."""
    rng, last = random.Random(1), 15
    maze = wilson(side, side, rng)
    flooded = flood(maze, maze.cells // 2)
    film = []
    for step in range(last + 1):
        learned = [rng.random() < step / last for _ in range(maze.cells)]
        arrows = [
            bytes(arrow if knows else 0 for arrow, knows in zip(row, learned, strict=True))
            for row in flooded.arrows
        ]
        film.append(replace(flooded, arrows=arrows, step=step))

    def frame(widget: Widget) -> Frame:
        view = cast(ThoughtsView, widget)
        view.go(at=0, loop=flooded.loops, mouse=maze.cells // 2 + 1)
        return lambda number: view.go(at=1 + number % last)

    return paint(high(lambda: ThoughtsView(film)), frame, FRAMES)


def frames() -> Mapping[str, float]:
    """Bytes of a frame in a maze of 60 x 60 squares, and its CPU time divided by that in one of
    10 x 10. A design that draws the whole maze again shows 32,000 bytes."""
    return {
        "maze-bytes": walking(60).bytes,
        "maze-cpu": ratio(lambda: walking(60), lambda: walking(10)),
    }


def loops() -> Mapping[str, float]:
    """CPU time of a loop more in a maze of 41 x 41 squares full of arrows, divided by that in one
    of 11 x 11, and the same of a step of the training. A design that draws all squares for each
    loop shows about 8."""
    return {
        "thoughts-cpu": ratio(lambda: thinking(LARGE), lambda: thinking(SMALL)),
        "thoughts-film-cpu": ratio(lambda: looking_back(LARGE), lambda: looking_back(SMALL)),
    }


def reading() -> Mapping[str, float]:
    """Bytes of a loop more of what a probe reads in 7 x 7 squares. A design that draws all of it
    again shows 5,000 bytes."""

    def frame(widget: Widget) -> Frame:
        view = cast(ReadingsView, widget)
        return lambda number: view.go(2 + number % 31)

    return {"readings-bytes": paint(lambda: ReadingsView(arriving()), frame, FRAMES).bytes}


def editing(side: int) -> Cost:
    """A cursor that goes to and fro in a maze of `side` x `side` squares full of arrows."""
    scene = Scene.drawn(side, random.Random(1))
    thoughts = flood(scene.maze, scene.cheese, FRAMES)

    def frame(widget: Widget) -> Frame:
        editor = cast(MazeEditor, widget)
        editor.show(thoughts)
        editor.action_move(-side, 0)
        return lambda number: editor.action_move(-1 if number % 2 else 1, 0)

    return paint(high(lambda: MazeEditor(Drafts([], scene), FRAMES)), frame, FRAMES)


def gazing() -> float:
    """Bytes of a step of the mouse whose attention is drawn on a maze of 5 x 5 squares."""
    seen = by_hand(Scene.drawn(5, random.Random(4)), frozenset())

    def frame(widget: Widget) -> Frame:
        view = cast(MazeAttentionView, widget)
        view.action_move(-5, 0)
        return lambda number: view.action_move(-1 if number % 2 else 1, 0)

    return paint(high(lambda: MazeAttentionView(seen)), frame, FRAMES).bytes


def cursors() -> Mapping[str, float]:
    """Bytes of a step of the cursor in the editor of 15 x 15 squares, its CPU time divided by that
    in one of 5 x 5, and bytes of a step of the mouse in attention on the maze. A design that draws
    all of it again shows 6,000 bytes."""
    return {
        "editor-bytes": editing(15).bytes,
        "editor-cpu": ratio(lambda: editing(15), lambda: editing(5)),
        "gaze-bytes": gazing(),
    }


MEASURES = (
    Measure((Target("maze-bytes", 400), Target("maze-cpu", 2.0)), frames),
    Measure((Target("thoughts-cpu", 2.0), Target("thoughts-film-cpu", 2.5)), loops),
    Measure((Target("readings-bytes", 1500),), reading),
    Measure(
        (Target("editor-bytes", 600), Target("editor-cpu", 4.0), Target("gaze-bytes", 1200)),
        cursors,
    ),
)
