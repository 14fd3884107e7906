"""A maze to be solved: how often must the network look at it until the mouse arrives?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.experiments.loops import LoopMeter
from tui.experiments.meter import Did
from tui.lab_run import LabRun
from tui.pages.experiment_bench import Bench
from tui.panels.thoughts_panel import ThoughtsPanel
from tui.widgets.key_line import Hint
from tui.widgets.thoughts_view import ThoughtsView


class Counted(ThoughtsView, inherit_bindings=False):
    """The arrows after as many loops as are set; the mouse stays where it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "move(1, 0)", "loop on", tooltip="A loop on", show=False),
        Binding("left", "move(-1, 0)", "loop back", tooltip="A loop back", show=False),
        Binding("up", "some(5)", "five on", tooltip="Five loops on", show=False),
        Binding("down", "some(-5)", "five back", tooltip="Five loops back", show=False),
        Binding("space", "play_or_pause", "play", tooltip="Play or pause", show=False),
        Binding("c", "shade", "how sure", tooltip="How sure it is", show=False),
    ]

    def action_some(self, by: int) -> None:
        """Several loops on or back."""
        self.pause()
        self.go(loop=self.loop + by)


class LoopBench(Bench, ThoughtsPanel):
    """One maze, and the loops that are set for it."""

    about = """\
An **arrow** is what the network would answer in that cell if it stopped after the loops that are
made; `!` marks a wrong one. The heavy line is the way that the mouse `M` goes by the arrows: to the
cheese `C`, into a wall, or round and round. The maze is one in which your network gets it there,
with enough loops.

**← →** a loop back and on, **↓ ↑** five, **space** plays them, **c** shows how sure each arrow is.
"""
    nothing = "No loop is made yet."
    none_right = "In your run the mouse never arrives, however many loops are made."

    def build(self) -> ThoughtsView:
        """The maze, before the first loop."""
        return Counted(ink=self.desk.ink)

    @property
    def own_keys(self) -> Sequence[Hint]:
        """Through the loops."""
        return (
            ("← →", "loop"),
            ("↓ ↑", "five"),
            ("space", "pause" if self.view.playing else "play"),
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """It is this very maze."""
        if action in ("another", "larger", "runner"):
            return False
        return super().check_action(action, parameters)

    @property
    def is_filmed(self) -> bool:
        """It is measured at the end of the training."""
        return False

    @property
    def did(self) -> Did | None:
        """The loops that are made."""
        return {"loops": self.view.loop} if self.view.loop else None

    def put(self, did: Did) -> None:
        """Make as many again."""
        self.view.go(loop=did["loops"])

    def hold(self) -> None:
        """Make no more loops."""
        self.view.pause()

    async def ask(self, run: LabRun, when: str) -> None:
        """The maze as it is measured, at the end of the training alone."""
        self.know(run)
        assert isinstance(self.meter, LoopMeter)
        self._seen[self.wanted] = (await self.meter.thoughts(),)
