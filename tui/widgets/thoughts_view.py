"""Thought arrows: what a network would answer in every cell if it stopped now, loop by loop.

It is played, stepped and scrubbed through its loops and through its training; only the cells that
change are painted again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar, Literal

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip

from tui.drawing.lines import paragraph
from tui.drawing.mazes.thoughts import Thoughts
from tui.drawing.mazes.thoughts_facts import Scene
from tui.drawing.mazes.thoughts_help import HELP
from tui.drawing.mazes.thoughts_picture import ThoughtsPicture, lines_wanted
from tui.drawing.mazes.thoughts_words import sentence
from tui.widgets.played_view import PlayedView

_AROUND = 8
"""Lines of a screen that a page needs around the picture."""
_CALM, _LONGEST = 4, 12
"""Loops a second as a rule, and the seconds that it takes at most to play them all."""
LEAST = (20, 6)
"""Columns and lines below which there is only the sentence."""
Axis = Literal["loops", "training"]


class ThoughtsView(PlayedView):
    """Shows `Thoughts` of one maze, at one or more steps of a training."""

    HELP = HELP
    DEFAULT_CSS = """
    ThoughtsView { height: auto; max-height: 100%; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "move(1, 0)", "loop on", id="thoughts.on", tooltip="A loop on"),
        Binding("left", "move(-1, 0)", "loop back", id="thoughts.back", tooltip="A loop back"),
        Binding("up", "move(0, -1)", "training on", id="thoughts.up", tooltip="A step on"),
        Binding("down", "move(0, 1)", "training back", id="thoughts.down", tooltip="A step back"),
        Binding("home", "end(0)", "first", id="thoughts.first", tooltip="Before the first loop"),
        Binding("end", "end(1)", "last", id="thoughts.last", tooltip="After the last loop"),
        Binding("a", "steer", "the mouse", id="thoughts.steer", tooltip="Arrows move the mouse"),
        Binding("c", "shade", "how sure", id="thoughts.shade", tooltip="How sure it is"),
    ]

    def __init__(
        self, frames: Sequence[Thoughts] = (), loop: int = 0, *, at_end: bool = False, **how: Any
    ) -> None:
        """`at_end`: begin after the last loop, and stay there when something else is shown."""
        super().__init__(**how)
        self._scene: Scene | None = None
        self._picture: ThoughtsPicture | None = None
        self._loop, self._at_end = loop, at_end
        self._axis: Axis = "loops"
        self._steers = False
        if frames:
            self.show(frames)

    # What is asked of it

    def show(self, frames: Sequence[Thoughts], at: int = -1) -> None:
        """Show other thoughts: frame `at`, counted from the end where it is negative. In the same
        maze the mouse stays where it is, and so does the loop."""
        frames, before = tuple(frames), self._scene
        at = at if at >= 0 else len(frames) + at
        now = frames[at]
        if before is None or before.now.loops != now.loops:
            self.speed = max(_CALM, now.loops // _LONGEST)
            self._loop = now.loops if self._at_end else min(self._loop, now.loops)
        moved = before is None or before.now.maze != now.maze or before.now.cheese != now.cheese
        mouse = now.start if moved or before is None else before.mouse
        shaded = before is not None and before.shaded
        self._scene = Scene(frames, at, self._loop, mouse, self._steers, shaded, self._remark)
        if moved:
            self.redraw()
        else:
            self.show_change()

    @property
    def thoughts(self) -> Thoughts | None:
        """What is shown."""
        return self._scene.now if self._scene else None

    @property
    def loop(self) -> int:
        """The loops after which the network is asked."""
        return self._loop

    @property
    def at(self) -> int:
        """Which of the frames is shown."""
        return self._scene.at if self._scene else 0

    @property
    def mouse(self) -> int:
        """The cell of the mouse."""
        return self._scene.mouse if self._scene else 0

    @property
    def steers(self) -> bool:
        """Whether the arrows move the mouse."""
        return self._steers

    @property
    def axis(self) -> Axis:
        """What space plays."""
        return self._axis

    @property
    def sentence(self) -> str:
        """What is to be seen."""
        return sentence(self.thoughts, self._loop, self.mouse)

    def go(self, loop: int | None = None, at: int | None = None, mouse: int | None = None) -> None:
        """To another loop, frame or cell, as far as there are any."""
        scene = self._scene
        if scene is None:
            return
        at = scene.at if at is None else max(0, min(at, len(scene.frames) - 1))
        loop = self._loop if loop is None else loop
        self._loop = max(0, min(loop, scene.frames[at].loops))
        self._at_end = self._at_end and self._loop == scene.frames[at].loops
        mouse = scene.mouse if mouse is None else mouse
        self._scene = replace(
            scene, at=at, loop=self._loop, mouse=mouse, steered=self._steers, remark=self._remark
        )
        self.show_change()

    # Keys

    def action_move(self, across: int, down: int) -> None:
        """A loop or a frame on or back; or the mouse, where it has the arrows."""
        scene = self._scene
        if scene is None:
            return
        self.pause()
        if self._steers:
            self.go(mouse=_beside(scene, across, down))
        elif across:
            self._turn("loops")
            self.go(loop=self._loop + across)
        elif len(scene.frames) > 1:
            self._turn("training")
            self.go(at=scene.at - down)

    def action_end(self, last: int) -> None:
        """Before the first loop, or after the last."""
        if self._scene is not None:
            self.pause()
            self._turn("loops")
            self.go(loop=last * self._scene.now.loops)

    def action_steer(self) -> None:
        """Hand the arrows to the mouse, or take them back."""
        self.pause()
        self._steers = not self._steers
        self.go()
        self.post_message(self.Changed())

    def action_shade(self) -> None:
        """Show how sure each arrow is, or no longer."""
        if (scene := self._scene) is not None:
            self._scene = replace(scene, shaded=not scene.shaded)
            self.redraw()

    def _turn(self, axis: Axis) -> None:
        if axis != self._axis:
            self._axis = axis
            self.post_message(self.Changed())

    # Playing

    @property
    def left(self) -> int:
        """How many loops are still to be played, or frames."""
        if self._scene is None:
            return 0
        if self._axis == "loops":
            return self._scene.now.loops - self._loop
        return len(self._scene.frames) - 1 - self._scene.at

    def skip(self, steps: int) -> None:
        """Some loops on, or some frames."""
        if self._axis == "loops":
            self.go(loop=self._loop + steps)
        else:
            self.go(at=self.at + steps)

    def to_start(self) -> None:
        """Before the first loop, or to the first frame."""
        if self._axis == "loops":
            self.go(loop=0)
        else:
            self.go(at=0)

    def show_pace(self) -> None:
        """Say how fast it plays."""
        self.go()

    @property
    def _remark(self) -> str:
        if self.playing:
            return f"{self.speed} a second"
        return "arrows: mouse" if self._steers else ""

    # Drawing

    def draw(self) -> list[Strip]:
        """The picture; where there is no room, the sentence."""
        (width, height), ink = self.content_size, self.ink
        if self._scene is None or width < LEAST[0] or height < LEAST[1]:
            return paragraph(self.sentence, width, height, ink.style("plain"), ink)
        now = self._picture
        if now is None or (now.width, now.height, now.ink) != (width, height, ink):
            now = self._picture = ThoughtsPicture(width, height, ink)
        return now.draw(self._scene)

    def redraw(self) -> None:
        """Draw everything again."""
        self._picture = None
        super().redraw()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as maze and numbers have room for."""
        if self._scene is None:
            return 1
        return lines_wanted(self._scene.now, width, viewport.height - _AROUND)


def _beside(scene: Scene, across: int, down: int) -> int:
    """The cell beside the mouse, whether or not a wall is between; at the edge, its own."""
    maze = scene.now.maze
    row, column = divmod(scene.mouse, maze.width)
    row = max(0, min(row + down, maze.height - 1))
    column = max(0, min(column + across, maze.width - 1))
    return row * maze.width + column


def main() -> None:
    """A flood of arrows in a maze that is larger than its room."""
    from tui.demos.thoughts import thoughts_demo

    thoughts_demo().run()


if __name__ == "__main__":
    main()
