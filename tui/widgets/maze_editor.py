"""The maze editor: walls are opened and closed, mouse and cheese moved, and arrows follow."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from models.mazes.maze import EAST, NORTH, SOUTH, WEST
from models.mazes.scene import Scene
from tui.drawing.ink import Ink
from tui.drawing.mazes.editor import (
    GAP,
    LEAST,
    SIDE,
    WORDS,
    Edited,
    Frame,
    Looks,
    draw,
    draw_sentence,
    frame_of,
    pitch_of,
)
from tui.drawing.mazes.editor_words import sentence, words
from tui.drawing.mazes.thoughts import Thoughts
from tui.drawing.mazes.walls import WIDE, canvas_size
from tui.maze_drafts import Drafts
from tui.widgets.drawn_view import DrawnView
from tui.widgets.playing import Playing

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
"""
AROUND = 7
"""Lines of a page around it."""
_WAYS = ((-1, 0), (0, 1), (1, 0), (0, -1))
_SIDES = ("above", "on the right", "below", "on the left")


class MazeEditor(DrawnView, Playing):
    """Shows `Edited`; says when another maze is to be thought about."""

    HELP = HELP
    DEFAULT_CSS = """
    MazeEditor { height: auto; max-height: 100%; width: 1fr; max-width: 130; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key, f"move({down}, {right})", key, id=f"editor.{key}", show=False)
            for key, (down, right) in zip(("up", "right", "down", "left"), _WAYS, strict=True)
        ),
        *(
            Binding(key, f"wall({side})", _SIDES[side], id=f"editor.wall{side}", show=False)
            for key, side in (("i", NORTH), ("l", EAST), ("k", SOUTH), ("j", WEST))
        ),
        Binding("m", "mouse", "mouse", id="editor.mouse", tooltip="Put the mouse here"),
        Binding("c", "cheese", "cheese", id="editor.cheese", tooltip="Put the cheese here"),
        Binding("u", "undo", "undo", id="editor.undo", tooltip="Take the last change back"),
        Binding("r", "redo", "redo", id="editor.redo", tooltip="Make it again"),
        Binding("o", "other", "other maze", id="editor.other", tooltip="Another maze"),
        Binding("a", "loop(-1)", "a loop less", id="editor.less"),
        Binding("s", "loop(1)", "a loop more", id="editor.more"),
        Binding("t", "needed", "as many as it takes", id="editor.needed"),
        Binding("e", "to_end", "all loops", id="editor.end"),
        Binding("space", "play_or_pause", "play", id="editor.play", tooltip="Loop by loop"),
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
        super().__init__(ink=ink)
        self._drafts = drafts
        scene = drafts.scene
        self._edited = Edited(scene, loop=loop, cursor=scene.mouse, called=called, trained=trained)
        self._corner = (0, 0)
        self._said: list[tuple[str, str]] = []
        """What was said of the maze last answered about."""

    # What is asked of it

    def show(self, thoughts: Thoughts, doors: Looks | None = None) -> None:
        """Show the arrows of the maze as it is now, and where its heads look, if that is known."""
        loop = min(self._edited.loop, thoughts.loops)
        self._edited = replace(
            self._edited, thoughts=thoughts, doors=doors, loop=loop, asking=False
        )
        self._said = words(self._edited)
        self.show_change()

    def wait(self) -> None:
        """The network is being asked about the maze as it is now."""
        self._edited = replace(self._edited, asking=True)
        self.show_change()

    @property
    def scene(self) -> Scene:
        """The maze as it is now."""
        return self._edited.scene

    @property
    def edited(self) -> Edited:
        """All that is shown."""
        return self._edited

    @property
    def sentence(self) -> str:
        """How the mouse fares, how many arrows are right, and what kind of maze it is."""
        return sentence(self._edited)

    @property
    def copied(self) -> str:
        """And the maze in one line, from which a lesson can make it again."""
        return f"{super().copied}\n{self.scene.written}"

    # Keys and mouse

    def action_move(self, down: int, right: int) -> None:
        """The cursor to the next cell, walls or not."""
        maze = self.scene.maze
        row, column = divmod(self._edited.cursor, maze.width)
        row = max(0, min(row + down, maze.height - 1))
        column = max(0, min(column + right, maze.width - 1))
        self._look(cursor=row * maze.width + column)

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
        self._change(Scene.drawn(self.scene.maze.width, random.Random()), "Another maze.")
        self._look(cursor=self.scene.mouse)

    def _change(self, scene: Scene, note: str) -> None:
        self._drafts.change(scene)
        self._changed(note)

    def _changed(self, note: str) -> None:
        self.pause()
        self._look(scene=self._drafts.scene, note=note)
        self.post_message(self.Changed(self.scene))

    def _look(self, **changes: object) -> None:
        self._edited = replace(self._edited, **{"note": "", **changes})  # type: ignore[arg-type]
        if not self._edited.asking and self._edited.thoughts is not None:
            self._said = words(self._edited)
        self.show_change()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the pointer is."""
        offset = event.get_content_offset(self)
        maze = self.scene.maze
        if offset is not None:
            cell = self._frame.cell(offset.x, offset.y, maze.width, maze.height)
            if cell is not None:
                self._look(cursor=cell)

    # Loops

    def action_loop(self, by: int) -> None:
        """A loop more, or less."""
        self.pause()
        self._go(self._edited.loop + by)

    def action_needed(self) -> None:
        """As many loops as it takes until the mouse arrives for good."""
        self.pause()
        needs = self._edited.needs
        if needs is None:
            self._look(note="There is no such number of loops.")
        else:
            self._go(needs)

    def action_to_end(self) -> None:
        """As many as there are."""
        self.pause()
        self._go(self._last)

    def _go(self, loop: int) -> None:
        self._look(loop=max(0, min(loop, self._last)))

    @property
    def _last(self) -> int:
        thoughts = self._edited.thoughts
        return thoughts.loops if thoughts else self._edited.loop

    def play(self) -> None:
        """Loop by loop; from none on if all have been."""
        if self._edited.loop >= self._last:
            self._go(0)
        self.set_playing(True)

    def advance(self, steps: int) -> None:
        """Some loops on, to the last at most."""
        self._go(self._edited.loop + steps)
        if self._edited.loop >= self._last:
            self.pause()

    # Drawing

    @property
    def _frame(self) -> Frame:
        return frame_of(self._edited, *self.content_size, self._corner)

    def draw(self) -> list[Strip]:
        """The maze and what there is to say of it."""
        size, ink = self.content_size, self.ink
        if size.width < LEAST[0] or size.height < LEAST[1]:
            return draw_sentence(self.sentence, size, ink)
        frame = self._frame
        self._corner = frame.left, frame.top
        told = words(self._edited)
        if self._edited.asking and self._said:
            told = [told[0], *((text, "dim") for text, _ in self._said[1:])]
        return draw(self._edited, told, frame, size, ink)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Room for the whole maze, and for what is said."""
        pitch = pitch_of(self.scene.maze, width, viewport.height - AROUND)
        wide, tall = canvas_size(self.scene.maze, max(pitch, WIDE))
        return max(tall, WORDS) if wide + GAP + SIDE <= width else tall + WORDS


def main() -> None:
    """A flood in a maze that can be changed."""
    from tui.demos.mazes import editor_demo

    editor_demo().run()


if __name__ == "__main__":
    main()
