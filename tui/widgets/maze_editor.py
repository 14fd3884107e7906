"""The maze editor: walls are opened and closed, mouse and cheese moved, and arrows follow."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from models.mazes.maze import EAST, NORTH, SOUTH, WEST
from models.mazes.scene import Scene
from tui.drawing.ink import Ink
from tui.drawing.mazes.editor import Edited
from tui.maze_drafts import Drafts
from tui.widgets.edited_maze import EditedMaze

HELP = """\
### The maze editor

`M` is the mouse, `C` the cheese. Each **arrow** is what the network would answer in its cell if it
stopped after as many loops as are chosen; `!` marks an arrow with which no shortest way begins. The
heavy line is the way that the mouse goes by the arrows. Dots are a shortest way, found by
breadth-first search, where the mouse does not go it. Shaded cells have no way to the cheese.

Below stand the cell under the cursor, how probable the network holds its arrow, and how much its
heads look through the doors in that loop; what is left of 1 each gives the cell itself.

*right* shows loop by loop how many arrows are right, *there* after which loops the mouse arrives
(`✓`, in ascii `+`).

Where a network has layers and no loops, its layers take the place of the loops.

The network was trained in perfect mazes of one size, in which one way joins any two cells. Whatever
it does in other ones, with rings and rooms or in pieces, nobody has taught it: it is computed anew
after each change.

The maze is kept as you leave it, and is there again the next time. **0** brings back the one that
was there at first.
"""
_SIDES = ("above", "on the right", "below", "on the left")


class MazeEditor(EditedMaze):
    """Changes what is shown; says when another maze is to be thought about."""

    HELP = HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key, f"wall({side})", _SIDES[side], id=f"editor.wall{side}", show=False)
            for key, side in (("i", NORTH), ("l", EAST), ("k", SOUTH), ("j", WEST))
        ),
        Binding("m", "mouse", "mouse", id="editor.mouse", tooltip="Put the mouse here"),
        Binding("c", "cheese", "cheese", id="editor.cheese", tooltip="Put the cheese here"),
        Binding("u", "undo", "undo", id="editor.undo", tooltip="Take the last change back"),
        Binding("r", "redo", "redo", id="editor.redo", tooltip="Make it again"),
        Binding("o", "other", "other maze", id="editor.other", tooltip="Another maze"),
        Binding("0", "anew", "begin anew", id="editor.anew", tooltip="The maze it began with"),
    ]

    @dataclass
    class Changed(Message):
        """The maze is another one: walls, cheese or mouse."""

        scene: Scene

    def __init__(
        self,
        drafts: Drafts,
        loop: int,
        *,
        called: str = "loop",
        trained: int = 7,
        ink: Ink | None = None,
    ) -> None:
        """`loop` is how many loops, or whatever they are `called`, are shown at first; `trained` is
        how many cells on a side the mazes had in which the network was trained."""
        self._drafts = drafts
        scene = drafts.scene
        edited = Edited(scene, loop=loop, cursor=scene.mouse, called=called, trained=trained)
        super().__init__(edited, ink=ink)

    def action_wall(self, side: int) -> None:
        """The wall on that side of the cell away, or there again."""
        cursor, scene = self._edited.cursor, self.scene
        try:
            changed = scene.wall_moved(cursor, side)
        except ValueError:
            self._look(note="The outer walls stay.")
            return
        state = "open" if changed.maze.is_open(cursor, side) else "closed"
        self._change(changed, f"The wall {_SIDES[side]} is {state}.")

    def action_mouse(self) -> None:
        """The mouse to the cursor."""
        self._place(self.scene.mouse_at(self._edited.cursor), "mouse")

    def action_cheese(self) -> None:
        """The cheese to the cursor."""
        self._place(self.scene.cheese_at(self._edited.cursor), "cheese")

    def _place(self, scene: Scene, what: str) -> None:
        before = self.scene
        if scene == before:
            self._look(note=f"The {what} is here already.")
        elif scene.mouse == before.cheese or scene.cheese == before.mouse:
            self._change(scene, "Mouse and cheese have changed places.")
        else:
            self._change(scene, f"The {what} is here now.")

    def action_undo(self) -> None:
        """The maze before."""
        if self._drafts.can_undo:
            self._drafts.undo()
            self._changed("Taken back.")
        else:
            self._look(note="There is nothing to take back.")

    def action_redo(self) -> None:
        """The maze that was taken back."""
        if self._drafts.can_redo:
            self._drafts.redo()
            self._changed("Made again.")
        else:
            self._look(note="Nothing was taken back.")

    def action_other(self) -> None:
        """Another maze of the same size, drawn by chance."""
        other = Scene.drawn(self.scene.maze.width, random.Random())
        self._change(other, "Another maze.", other.mouse)

    def action_anew(self) -> None:
        """The maze that was there at first."""
        first = self._drafts.first
        if self.scene == first:
            self._look(note="It is as it was at first.")
        else:
            self._change(first, "The maze that was there at first.", first.mouse)

    def _change(self, scene: Scene, note: str, cursor: int | None = None) -> None:
        self._drafts.change(scene)
        self._changed(note, cursor)

    def _changed(self, note: str, cursor: int | None = None) -> None:
        self.pause()
        at = self._edited.cursor if cursor is None else cursor
        self._look(scene=self._drafts.scene, note=note, cursor=at)
        self.post_message(self.Changed(self.scene))


def main() -> None:
    """A flood in a maze that can be changed."""
    from tui.demos.mazes import editor_demo

    editor_demo().run()


if __name__ == "__main__":
    main()
