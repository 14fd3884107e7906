"""The demonstrations of the maze editor and of attention on the maze, on floods by hand."""

from __future__ import annotations

import math
import random
from collections.abc import Collection
from dataclasses import replace

from models.mazes.scene import Scene
from models.mazes.solvers import shortest_path
from tui.demos.demo import Demo
from tui.demos.thoughts import flood
from tui.drawing.attention.heads import Place
from tui.drawing.ink import Ink
from tui.drawing.mazes.attention import Judged, MazeAttention, lies_on
from tui.drawing.mazes.thoughts import Thoughts


def editor_demo(ink: Ink | None = None, size: int = 7, loops: int = 48) -> Demo:
    """The editor with a flood in place of a network."""
    from tui.maze_drafts import Drafts
    from tui.widgets.maze_editor import MazeEditor

    def thinks(scene: Scene) -> Thoughts:
        return flood(scene.maze, scene.cheese, loops)

    class EditorDemo(Demo):
        """Floods anew at each change."""

        def on_mount(self) -> None:
            editor = self.query_one(MazeEditor)
            editor.show(thinks(editor.scene))

        def on_maze_editor_changed(self, event: MazeEditor.Changed) -> None:
            self.query_one(MazeEditor).show(thinks(event.scene))

    drafts = Drafts([], Scene.drawn(size, random.Random(1)))
    return EditorDemo(lambda: [MazeEditor(drafts, loops)], ink)


def attention_demo(ink: Ink | None = None, size: int = 5) -> Demo:
    """Four heads made by hand; x switches one off and counts the arrows again."""
    from tui.widgets.maze_attention import MazeAttentionView

    scene = Scene.drawn(size, random.Random(4))

    class AttentionDemo(Demo):
        """Counts at once: the network is small."""

        off: frozenset[Place] = frozenset()

        def on_maze_attention_view_switched(self, event: MazeAttentionView.Switched) -> None:
            self.off ^= {event.place}
            self.query_one(MazeAttentionView).show(by_hand(scene, self.off))

    return AttentionDemo(lambda: [MazeAttentionView(by_hand(scene, frozenset()))], ink)


def by_hand(scene: Scene, off: frozenset[Place]) -> MazeAttention:
    """A real tiny model: each cell asks four heads, and goes through the door that leads to what
    they read. One reads the cheese, one the cells beside it, one its row, one all alike.

    The head that reads the cheese is the only one that knows anything: without it all go north.
    """
    rows = {head: _shares(scene, head) for head in range(4)}
    many = [Scene.drawn(scene.maze.width, random.Random(n)) for n in range(20)]

    def thinks(one: Scene, silent: frozenset[Place]) -> Thoughts:
        found = flood(one.maze, one.cheese, one.maze.cells)
        return replace(found, arrows=[found.arrows[0 if (0, 0) in silent else -1]])

    def right(one: Scene, silent: frozenset[Place]) -> int:
        return thinks(one, silent).count(0).right

    def judged(silent: frozenset[Place]) -> Judged:
        share = sum(right(one, silent) for one in many) / (len(many) * (scene.maze.cells - 1))
        return Judged(right(scene, silent), share)

    def on_way(one: Scene, head: int) -> float:
        way = shortest_path(one.maze, one.mouse, one.cheese)
        return lies_on(_shares(one, head)[one.mouse], way)

    ways = [len(shortest_path(one.maze, one.mouse, one.cheese)) for one in many]
    return MazeAttention(
        scene,
        thinks(scene, off),
        layers=1,
        heads=4,
        row=lambda place, cell: rows[place[1]][cell],
        asked=scene.maze.cells - 1,
        whole=judged(frozenset()),
        without=[[judged(frozenset({(0, head)})) for head in range(4)]],
        on_route=[[sum(on_way(one, head) for one in many) / len(many) for head in range(4)]],
        on_route_uniform=sum(ways) / (len(many) * scene.maze.cells),
        mazes=len(many),
        off=off,
        now=judged(off) if off else None,
        who="four heads by hand",
    )


def _shares(scene: Scene, head: int) -> list[list[float]]:
    """Where a head looks from every cell: a softmax over the cells."""
    maze, found = scene.maze, list[list[float]]()
    for cell in range(maze.cells):
        looks: tuple[Collection[int], ...] = (
            [scene.cheese],
            [cell, *maze.neighbours(cell)],
            range(cell - cell % maze.width, cell - cell % maze.width + maze.width),
            range(maze.cells),
        )
        powers = [math.exp(4.0 * (there in looks[head])) for there in range(maze.cells)]
        found.append([power / sum(powers) for power in powers])
    return found
