"""The mazes that a learner has drawn one after the other, to be gone back and forth among."""

from __future__ import annotations

from models.mazes.scene import Scene

MOST = 500
"""Changes that can be taken back."""


class Drafts:
    """Every maze is kept as one line in `kept`, the latest last, by whoever hands that in."""

    def __init__(self, kept: list[str], first: Scene) -> None:
        self.first = first
        """The maze that was there before anything was changed."""
        self._kept = kept
        self._undone: list[str] = []
        if not kept:
            kept.append(first.written)

    @property
    def scene(self) -> Scene:
        """The maze as it is now."""
        return Scene.read(self._kept[-1])

    @property
    def can_undo(self) -> bool:
        """Whether there was another before it."""
        return len(self._kept) > 1

    @property
    def can_redo(self) -> bool:
        """Whether one was taken back."""
        return bool(self._undone)

    def come_back(self, written: str) -> None:
        """To the maze that was kept before this sitting, after the first; one that cannot be read,
        or is of another size, is passed over."""
        try:
            maze = Scene.read(written).maze
        except ValueError:
            return
        if (maze.width, maze.height) == (self.first.maze.width, self.first.maze.height):
            self._kept[:] = dict.fromkeys((self.first.written, written))

    def change(self, scene: Scene) -> None:
        """Another maze."""
        self._kept.append(scene.written)
        self._undone.clear()
        del self._kept[:-MOST]

    def undo(self) -> None:
        """Back to the one before."""
        if self.can_undo:
            self._undone.append(self._kept.pop())

    def redo(self) -> None:
        """Forth again to the one that was taken back."""
        if self.can_redo:
            self._kept.append(self._undone.pop())
