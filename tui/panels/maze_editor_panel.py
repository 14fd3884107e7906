"""The maze editor on the learner's own network: every change is asked of the worker anew."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from textual import on

from course.problems import did_you_mean
from models.arrays import Array
from models.mazes.scene import Scene
from models.specs import rivals
from models.specs.catalog import LABS
from models.specs.map import LOOPS, MORE, SIZE
from tui.drawing.mazes.editor import Looks
from tui.drawing.mazes.thoughts import Thoughts
from tui.lab_run import LabRun
from tui.lab_settings import lab_fault, run_ref, runner_fault
from tui.maze_drafts import Drafts
from tui.pages.page import Desk
from tui.panels.inside_panel import InsidePanel
from tui.thought_moments import thoughts_of
from tui.widgets.drawn_view import DrawnView
from tui.widgets.key_line import Hint
from tui.widgets.maze_editor import HELP, MazeEditor

LAB, RUNNER = "map", "map"
THINKERS = {"map": ("map", "hasty"), "probe": ("map",), "rivals": ("map", "plain")}
"""The labs whose networks say which way to go in any maze, and who of their runners does."""
LAYERED = {"plain"}
"""The runners that have layers and no loops, and places for mazes of one size alone."""
SETTINGS = frozenset({"lab", "when", "runner", "size", "seed", "drawn", "loops"})
SIZES, MOST_LOOPS = range(3, 16), 512
HIGHEST, LOW = 17, 24
"""Lines that the picture takes at most where the window has so few."""
_KEPT = 24
"""Answers that are kept."""


def fault(settings: Mapping[str, str]) -> str:
    """What keeps an editor with these settings from being shown; empty if nothing does."""
    if found := lab_fault(settings, LAB):
        return found
    lab = run_ref(settings.get("lab", LAB)).lab
    if lab not in THINKERS:
        return f"the lab {lab} has no arrows to show: {did_you_mean(lab, THINKERS)}"
    if "runner" in settings and (found := runner_fault(LABS[lab], [settings["runner"]])):
        return found
    trained, runner = trained_in(lab), settings.get("runner", RUNNER)
    if runner not in THINKERS[lab]:
        return f"runner {runner} does not think aloud: {did_you_mean(runner, THINKERS[lab])}"
    size, loops = settings.get("size", str(trained)), settings.get("loops", str(LOOPS))
    if not size.isdecimal() or int(size) not in SIZES:
        return f"size {size}: expected a whole number from {SIZES[0]} to {SIZES[-1]}"
    if not loops.isdecimal() or int(loops) > MOST_LOOPS:
        return f"loops {loops}: expected a whole number from 0 to {MOST_LOOPS}"
    try:
        maze = first_scene(settings).maze
    except ValueError as wrong:
        return f"drawn: {wrong}"
    if runner in LAYERED and (maze.width, maze.height) != (trained, trained):
        return f"{runner} has places for mazes of {trained}x{trained} alone"
    return ""


def trained_in(lab: str) -> int:
    """Cells on a side of the mazes in which the networks of a lab are trained."""
    return rivals.SIZE if lab == "rivals" else SIZE


def in_words(settings: Mapping[str, str]) -> str:
    """The editor in words, where there is none."""
    scene = first_scene(settings)
    lab = run_ref(settings.get("lab", LAB)).lab
    return (
        f"A maze of {scene.maze.width}x{scene.maze.height} cells whose walls can be opened and"
        f" closed, and in which mouse and cheese can be moved. A network of the lab {lab} says in"
        " every cell which way it would go, after any number of loops."
    )


def first_scene(settings: Mapping[str, str]) -> Scene:
    """The maze that one begins with."""
    if drawn := settings.get("drawn"):
        return Scene.read(drawn)
    rng = random.Random(f"editor {settings.get('seed', '0')}")
    lab = run_ref(settings.get("lab", LAB)).lab
    return Scene.drawn(int(settings.get("size", trained_in(lab))), rng)


class MazeEditorPanel(InsidePanel):
    """One maze, changed by keys. What was drawn is there again when one comes back to the page."""

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__(settings, desk, LAB)
        first = first_scene(settings)
        self._runner = settings.get("runner", RUNNER)
        self._drafts = Drafts(desk.session.draft(f"maze-editor {first.written}", 0), first)
        cells = first.maze.cells
        enough = LOOPS if cells <= SIZE * SIZE else MORE
        self._loop = int(settings.get("loops", str(enough)))
        self._asked = max(2 * LOOPS if enough == LOOPS else enough, self._loop)
        self._seen: dict[tuple[str, str, str], tuple[Thoughts, Looks | None]] = {}

    def build(self) -> DrawnView:
        """The editor."""
        called = "layer" if self._runner in LAYERED else "loop"
        trained = trained_in(self.spec.name)
        return MazeEditor(
            self._drafts, self._loop, called=called, trained=trained, ink=self.desk.ink
        )

    def on_resize(self) -> None:
        """A higher window has room for a higher maze."""
        self.editor.styles.max_height = HIGHEST + max(0, self.app.size.height - LOW)

    @property
    def editor(self) -> MazeEditor:
        """Where it is drawn."""
        return self.query_one(MazeEditor)

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """Walls first."""
        if not self.pictured:
            return super().hints_of_keys
        return (
            ("←↑↓→", "cell"),
            ("i j k l", "walls"),
            ("m c", "place"),
            ("a s", "layers" if self._runner in LAYERED else "loops"),
        )

    @property
    def help_keys(self) -> Sequence[Hint]:
        """All of them."""
        return (
            ("space", "begin the run, where there is none; then play the loops"),
            ("←↑↓→", "the cursor from cell to cell"),
            ("i j k l", "open or close the wall above, left, below, right of the cursor"),
            ("m c", "put the mouse, the cheese where the cursor is"),
            ("a s", "a loop less, a loop more"),
            ("t", "as many loops as it takes until the mouse arrives"),
            ("e", "all loops"),
            ("u r", "take the last change back, make it again"),
            ("o", "another maze; u brings yours back"),
            ("b", "before or after training"),
        )

    @property
    def help_text(self) -> str:
        """How it is read, and what is to be seen now."""
        return f"{HELP}\n\n{self.sentence}" if self.pictured else HELP

    @property
    def wanted(self) -> tuple[str, str, str]:
        """Time, runner and maze; where the mouse is makes no difference to the arrows."""
        scene = self._drafts.scene
        return (
            self.when,
            self._runner,
            scene.mouse_at((scene.cheese + 1) % scene.maze.cells).written,
        )

    @on(MazeEditor.Changed)
    def ask_anew(self) -> None:
        """Another maze: while one answer is on its way, only the last change waits for another."""
        if not self.has_picture:
            self.editor.wait()
        self.look()

    async def ask(self, run: LabRun, when: str) -> None:
        """The arrows of the maze as it is when it is asked."""
        wanted, scene = self.wanted, self._drafts.scene
        told = {"when": when, "runner": wanted[1], "loops": self._asked, "maze": scene.told}
        seen = await self.desk.labs.probe(run, "thought", {**told, "heads": True})
        while len(self._seen) >= _KEPT:
            del self._seen[next(iter(self._seen))]
        looks = _looks(seen.arrays["doors"]) if "doors" in seen.arrays else None
        self._seen[wanted] = thoughts_of(seen.values, f"{when} training"), looks

    def show(self) -> None:
        """Draw the arrows of the maze as it is now."""
        self.editor.show(*self._seen[self.wanted])


def _looks(doors: Array) -> Looks:
    """How much the heads of a cell look through its doors in a loop counted from 1."""
    return lambda loop, cell: doors.row(loop - 1, cell)
