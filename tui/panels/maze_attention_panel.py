"""Attention on the maze: the weights of the learner's own network, from wherever the mouse is."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType

from course.problems import did_you_mean
from models.mazes.scene import Scene
from models.mazes.solvers import distances
from models.specs import map as map_
from models.specs import rivals
from models.specs.catalog import LABS
from tui.drawing.attention.heads import Place
from tui.drawing.mazes.attention import MazeAttention
from tui.lab_run import LabRun
from tui.lab_settings import lab_fault, run_ref, runner_fault, runners_of
from tui.maze_attention_told import maze_attention_of
from tui.pages.page import Desk
from tui.panels.inside_panel import InsidePanel
from tui.widgets.drawn_view import DrawnView
from tui.widgets.key_line import Hint
from tui.widgets.maze_attention import HELP, MazeAttentionView

LAB = "rivals"
ATTENDERS = {"rivals": ("plain", "map"), "map": ("map", "hasty")}
"""The labs whose heads can be seen in a maze, and who of their runners has any."""
SIZES = {"rivals": rivals.SIZE, "map": map_.SIZE}
"""Cells on a side of the mazes that they were trained in."""
HIGHEST, LOW = 15, 24
"""Lines that the picture takes at most where the window has so few."""
SETTINGS = frozenset({"lab", "when", "runner", "seed", "drawn"})

_Case = tuple[str, str, str, frozenset[Place]]
"""When, whose heads, in which maze, and what is off."""


def fault(settings: Mapping[str, str]) -> str:
    """What keeps attention from being drawn with these settings; empty if nothing does."""
    if found := lab_fault(settings, LAB):
        return found
    lab = run_ref(settings.get("lab", LAB)).lab
    if lab not in ATTENDERS:
        return f"the lab {lab} has no heads in a maze: {did_you_mean(lab, ATTENDERS)}"
    if "runner" in settings and (found := runner_fault(LABS[lab], [settings["runner"]])):
        return found
    if (runner := settings.get("runner", ATTENDERS[lab][0])) not in ATTENDERS[lab]:
        return f"runner {runner} has no heads in a maze: {did_you_mean(runner, ATTENDERS[lab])}"
    try:
        drawn = Scene.read(settings["drawn"]).maze if "drawn" in settings else None
    except ValueError as wrong:
        return f"drawn: {wrong}"
    size = SIZES[lab]
    if drawn is not None and (drawn.width, drawn.height) != (size, size):
        return f"drawn: the lab {lab} has mazes of {size}x{size}"
    return ""


def in_words(settings: Mapping[str, str]) -> str:
    """The picture in words, where none can be drawn."""
    lab, when = run_ref(settings.get("lab", LAB)).lab, settings.get("when", "after")
    return (
        f"Where the heads of a network of the lab {lab} look in a maze, {when} training: from any"
        " cell, how much of its weight lies on the way to the cheese, how much would if it were"
        " spread evenly, and how many arrows are right with each head and without it."
    )


class MazeAttentionPanel(InsidePanel):
    """One maze after another; in which cell the mouse is makes no difference to the answer."""

    needs_verdict = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "another", "Another maze", show=False, id="maze-attention-another"),
        Binding("r", "runner", "Another network", show=False, id="maze-attention-runner"),
    ]

    def __init__(
        self, settings: Mapping[str, str], desk: Desk, whose: str = "chosen for this page"
    ) -> None:
        """`whose` says how the maze was come by that the settings bring."""
        super().__init__(settings, desk, LAB)
        self._whose = whose
        lab = self.spec.name
        self._runner = settings.get("runner", ATTENDERS[lab][0])
        self._seed, self._again = settings.get("seed", "0"), 0
        self._own = Scene.read(settings["drawn"]) if "drawn" in settings else None
        self._scene = self._own or self._new_maze()
        self._off: frozenset[Place] = frozenset()
        self._seen: dict[_Case, MazeAttention] = {}

    def build(self) -> DrawnView:
        """The maze."""
        return MazeAttentionView(ink=self.desk.ink)

    def on_resize(self) -> None:
        """A higher window has room for more heads."""
        self.picture.styles.max_height = HIGHEST + max(0, self.app.size.height - LOW)

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """The mouse first, then which head."""
        if not self.pictured:
            return super().hints_of_keys
        seen = self._seen.get(self.wanted)
        layer = "loop" if seen is not None and seen.looped else "layer"
        heads = (("h l", f"head, {layer}"), ("f", "flip"), ("x", "off"))
        return (("←↑↓→", "mouse"), *heads, ("m", "another"))

    @property
    def help_keys(self) -> Sequence[Hint]:
        """All of them."""
        return (
            ("space", "begin the run, where there is none"),
            ("←↑↓→", "the mouse from cell to cell, through walls as well"),
            ("h H", "the next head, the head before"),
            ("l L", "the next layer, the layer before"),
            ("a", "the mean of the heads of the layer"),
            ("f", "who reads the mouse's cell, in place of what it reads"),
            ("s", "the head with most of its weight on the route from here"),
            ("x", "switch the head off, or on again"),
            ("d", "hundredths instead of shades"),
            ("m", "another maze"),
            ("r", "another network, where several have heads"),
            ("b", "before or after training"),
        )

    @property
    def help_text(self) -> str:
        """How it is read, and the numbers of now."""
        return f"{HELP}\n\n{self.sentence}" if self.pictured else HELP

    @property
    def wanted(self) -> _Case:
        """Time, runner, maze, and the heads that are off."""
        return self.when, self._runner, self._scene.written, self._off

    def _new_maze(self) -> Scene:
        """A maze with the mouse as far from the cheese as it can be."""
        rng = random.Random(f"attention {self._seed} {self._again}")
        scene = Scene.drawn(SIZES[self.spec.name], rng)
        away = distances(scene.maze, scene.cheese)
        return replace(scene, mouse=away.index(max(away)))

    def action_another(self) -> None:
        """Another maze; all that is off stays off."""
        self._again += 1
        self._own, self._scene = None, self._new_maze()
        self.look()

    def action_runner(self) -> None:
        """The next network of the lab in the same maze, with all its heads."""
        runners = ATTENDERS[self.spec.name]
        self._runner = runners[(runners.index(self._runner) + 1) % len(runners)]
        self._off = frozenset()
        self.look()

    @on(MazeAttentionView.Switched)
    def switch(self, event: MazeAttentionView.Switched) -> None:
        """A head off, or on again: everything is computed anew."""
        self._off ^= {event.place}
        self.look()

    async def ask(self, run: LabRun, when: str) -> None:
        """All weights in this maze, and how the network does."""
        wanted, scene = self.wanted, self._scene
        chosen = self._whose if self._own else "drawn at random"
        told = {"when": when, "runner": wanted[1], "maze": scene.told}
        off = [list(place) for place in sorted(wanted[3])]
        seen = await self.desk.labs.probe(run, "maze-attention", {**told, "off": off})
        who = runners_of(self.spec)[wanted[1]]
        self._seen[wanted] = maze_attention_of(seen, scene, f"{when} training", who, chosen)

    def show(self) -> None:
        """Draw what is chosen."""
        picture = self.picture
        assert isinstance(picture, MazeAttentionView)
        picture.show(self._seen[self.wanted])
