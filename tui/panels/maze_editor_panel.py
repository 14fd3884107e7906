"""The maze editor on the learner's own network: every change is asked of the worker anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from models.arrays import Array
from models.specs.map import LOOPS, MORE, SIZE
from tui.drawing.mazes.editor import Looks
from tui.drawing.mazes.thoughts import Thoughts
from tui.lab_run import LabRun
from tui.maze_drafts import Drafts
from tui.pages.page import Desk
from tui.panels.inside_panel import InsidePanel
from tui.panels.maze_attention_panel import ATTENDERS, MazeAttentionPanel
from tui.panels.maze_editor_settings import LAB, LAYERED, RUNNER, first_scene, trained_in
from tui.thought_moments import thoughts_of
from tui.widgets.drawn_view import DrawnView
from tui.widgets.key_line import Hint
from tui.widgets.maze_editor import HELP, MazeEditor

HIGHEST, LOW = 17, 24
"""Lines that the picture takes at most where the window has so few."""
_KEPT = 24
"""Answers that are kept."""


class MazeEditorPanel(InsidePanel):
    """One maze, changed by keys. What was drawn is there again when one comes back to the page, at
    another time as well."""

    needs_verdict = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "attention", "Attention", show=False, id="maze-editor-attention"),
        Binding("escape", "close", "Back to the editor", show=False, id="maze-editor-close"),
    ]

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__(settings, desk, LAB)
        first = first_scene(settings)
        self._runner = settings.get("runner", RUNNER)
        self._place = f"maze-editor {first.written}"
        drafts = desk.session.draft(self._place, 0)
        is_new = not drafts
        self._drafts = Drafts(drafts, first)
        if is_new and (drawn := desk.session.record.drawn.get(self._place)):
            self._drafts.come_back(drawn)
        cells = first.maze.cells
        enough = LOOPS if cells <= SIZE * SIZE else MORE
        self._loop = int(settings.get("loops", str(enough)))
        self._asked = max(2 * LOOPS if enough == LOOPS else enough, self._loop)
        self._opened: MazeAttentionPanel | None = None
        """Where its heads look in this maze, while that is seen."""
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
    def picture(self) -> DrawnView:
        """The editor, whatever else is seen."""
        return self.editor

    @property
    def has_heads(self) -> bool:
        """Whether heads can be seen in this maze: it is as large as those trained in."""
        lab, maze = self.spec.name, self._drafts.scene.maze
        side = trained_in(lab)
        known = self._runner in ATTENDERS.get(lab, ())
        return self.has_picture and known and (maze.width, maze.height) == (side, side)

    @property
    def focus_target(self) -> Widget:
        """What is seen takes the arrows."""
        return self._opened.focus_target if self._opened is not None else super().focus_target

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape is the page's while the editor is seen."""
        if action == "close":
            return self._opened is not None
        return self.has_heads if action == "attention" else True

    def action_attention(self) -> None:
        """Where the heads look in this very maze, or back to the editor."""
        if self._opened is not None:
            self.action_close()
            return
        settings = {
            "lab": " ".join((self.spec.name, *(f"{k}={v}" for k, v in self.knobs.items()))),
            "when": self.when,
            "runner": self._runner,
            "drawn": self._drafts.scene.written,
        }
        self._opened = MazeAttentionPanel(settings, self.desk, "drawn by you")
        self.mount(self._opened)
        self.redraw()

    def action_close(self) -> None:
        """Back to the editor."""
        if self._opened is not None:
            self._opened.remove()
            self._opened = None
        self.look()

    def redraw(self) -> None:
        """The editor, or attention in its place."""
        super().redraw()
        self.picture.display = self.pictured and self._opened is None

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """Walls first."""
        if self._opened is not None:
            return (("v", "editor"), *self._opened.hints_of_keys)
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
        if self._opened is not None:
            return (("v", "back to the editor"), *self._opened.help_keys)
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
            ("0", "the maze that was there at first"),
            *((("v", "where its heads look in this maze"),) if self.has_heads else ()),
            ("b", "before or after training"),
        )

    @property
    def help_text(self) -> str:
        """How it is read, and what is to be seen now."""
        if self._opened is not None:
            return self._opened.help_text
        return f"{HELP}\n\n{self.sentence}" if self.pictured else HELP

    @property
    def sentence(self) -> str:
        """What is seen."""
        return self._opened.sentence if self._opened is not None else super().sentence

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
    def ask_anew(self, event: MazeEditor.Changed) -> None:
        """Another maze: while one answer is on its way, only the last change waits for another."""
        self.desk.session.keep_drawn(self._place, event.scene.written)
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
