"""The demonstrations of the views of mazes: a flood that is worked out cell by cell."""

from __future__ import annotations

import random

from models.mazes.maze import DIRECTIONS
from models.mazes.scene import Scene
from models.mazes.solvers import distances
from tui.demos.demo import Demo
from tui.drawing.ink import Ink
from tui.drawing.mazes.thoughts import Thoughts


def flood(scene: Scene, loops: int) -> Thoughts:
    """A real tiny model: in each loop every cell asks those beside it who has heard of the cheese.

    As long as none has, its arrow points through its first door.
    """
    maze = scene.maze
    first = [
        next((way for way in DIRECTIONS if maze.is_open(cell, way)), 0)
        for cell in range(maze.cells)
    ]
    heard, arrows = {scene.cheese}, [first]
    for _ in range(loops):
        now = list(arrows[-1])
        for cell in range(maze.cells):
            ways = (way for way in DIRECTIONS if maze.is_open(cell, way))
            onward = next((way for way in ways if maze.step(cell, way) in heard), None)
            if cell not in heard and onward is not None:
                now[cell] = onward
        heard |= {cell for cell in range(maze.cells) if {*maze.neighbours(cell)} & heard}
        arrows.append(now)
    away = distances(maze, scene.cheese)
    return Thoughts(maze, scene.mouse, scene.cheese, away, arrows, title="a flood")


def editor_demo(ink: Ink | None = None, size: int = 7, loops: int = 48) -> Demo:
    """The editor with a flood in place of a network."""
    from tui.maze_drafts import Drafts
    from tui.widgets.maze_editor import MazeEditor

    class EditorDemo(Demo):
        """Floods anew at each change."""

        def on_mount(self) -> None:
            editor = self.query_one(MazeEditor)
            editor.show(flood(editor.scene, loops))

        def on_maze_editor_changed(self, event: MazeEditor.Changed) -> None:
            self.query_one(MazeEditor).show(flood(event.scene, loops))

    drafts = Drafts([], Scene.drawn(size, random.Random(1)))
    return EditorDemo(lambda: [MazeEditor(drafts, loops)], ink)
