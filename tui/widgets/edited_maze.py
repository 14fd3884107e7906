"""A maze with a cursor in it, and the arrows of a network, played loop by loop."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip

from models.mazes.scene import Scene
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
from tui.widgets.drawn_view import DrawnView
from tui.widgets.playing import Playing

AROUND = 7
"""Lines of a page around it."""
_WAYS = {"up": (-1, 0), "right": (0, 1), "down": (1, 0), "left": (0, -1)}


class EditedMaze(DrawnView, Playing):
    """Shows `Edited`, whose cursor and loops are moved. A subclass changes its maze."""

    DEFAULT_CSS = """
    EditedMaze { height: auto; max-height: 100%; width: 1fr; max-width: 130; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key, f"move({down}, {right})", key, id=f"editor.{key}", show=False)
            for key, (down, right) in _WAYS.items()
        ),
        Binding("a", "loop(-1)", "a loop less", id="editor.less"),
        Binding("s", "loop(1)", "a loop more", id="editor.more"),
        Binding("t", "needed", "as many as it takes", id="editor.needed"),
        Binding("e", "to_end", "all loops", id="editor.end"),
        Binding("space", "play_or_pause", "play", id="editor.play", tooltip="Loop by loop"),
    ]

    def __init__(self, edited: Edited, **how: Any) -> None:
        super().__init__(**how)
        self._edited = edited
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
