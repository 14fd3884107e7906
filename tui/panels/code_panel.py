"""The file of a layer as it runs in the learner's own network, with live shapes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from course.problems import did_you_mean
from models.sources import sources
from tui.code_places import code_of_probe, read_code
from tui.lab_run import LabRun
from tui.lab_settings import lab_fault, run_ref, runner_fault
from tui.pages.page import Desk
from tui.panels.inside_panel import InsidePanel
from tui.panels.weights_panel import LOOKS
from tui.widgets.code_view import HELP, ROWS, CodeView
from tui.widgets.drawn_view import DrawnView
from tui.widgets.key_line import Hint

SETTINGS = frozenset({"lab", "file", "line", "runner", "rows"})
LAB, FILE = "letters", "attention"
LEAST = 6
"""Rows with fewer than which nothing is said below the code."""
ASKED = {
    **{lab: look.probe for lab, look in LOOKS.items()},
    "tower": "tower",
    "recurrence": "reach",
    "amnesia": "reach",
    "kernel": "fit",
}
"""What each lab is asked for, so that texts go through its network."""


def fault(settings: Mapping[str, str]) -> str:
    """What keeps the code from being shown with these settings; empty if nothing does."""
    ref = run_ref(settings.get("lab", LAB))
    if found := lab_fault(settings, LAB):
        return found
    if ref.lab not in ASKED:
        return f"the lab {ref.lab} cannot be followed: {did_you_mean(ref.lab, ASKED)}"
    file = settings.get("file", FILE)
    if file not in sources():
        return f"no file is called {file}: {did_you_mean(file, sources())}"
    line = settings.get("line", "1")
    if not read_code(file).find(line):
        return f"no line of {file}.py holds {line!r}"
    rows = settings.get("rows", str(ROWS))
    if not rows.isdecimal() or int(rows) < LEAST:
        return f"rows {rows}: expected a whole number from {LEAST} up"
    if "runner" in settings:
        from models.specs.catalog import LABS

        return runner_fault(LABS[ref.lab], [settings["runner"]])
    return ""


def in_words(settings: Mapping[str, str]) -> str:
    """The picture in words, where none can be drawn."""
    file, lab = settings.get("file", FILE), run_ref(settings.get("lab", LAB)).lab
    return (
        f"The file {read_code(file).file} as it runs, with the shapes that go through its lines in"
        f" the lab {lab}: grok-tui read --code {file} prints it."
    )


class CodePanel(InsidePanel):
    """The code is there at once; its shapes come from the worker, of one pass of the network.

    Training does not change them, so that a look before it is enough.
    """

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__({"when": "before", **settings}, desk, LAB)
        self._file = settings.get("file", FILE)
        self._code = read_code(self._file)
        self._lit = self._code.find(settings.get("line", "1"))
        self._runner = settings.get("runner", "")
        self._rows = int(settings.get("rows", ROWS))
        self._traced = False

    def build(self) -> DrawnView:
        """The file with the line that is asked for lit."""
        return CodeView(self._code, self._lit, rows=self._rows, ink=self.desk.ink)

    @property
    def has_picture(self) -> bool:
        """Whether the worker has said what went through."""
        return self._traced

    @property
    def pictured(self) -> bool:
        """The file can always be read."""
        return True

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """From shape to shape, once there are any."""
        lines = ("↑↓", "line")
        if self.has_picture:
            return (("←→", "shape"), lines)
        return ((("space", "live shapes"),) if not self._waits else ()) + (lines,)

    @property
    def help_keys(self) -> Sequence[Hint]:
        """All of them."""
        return (
            ("space", "send a text through the network, and write its shapes beside the lines"),
            ("↑ ↓", "a line up, a line down"),
            ("← →", "to the line with a shape before this one, or after it"),
            ("home end", "the first line, the last"),
        )

    @property
    def help_text(self) -> str:
        """The line that is lit, and how the picture is read."""
        picture = self.picture
        assert isinstance(picture, CodeView)
        return f"{picture.explained}\n\n{HELP}"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is one time only."""
        return action != "other_time"

    async def ask(self, run: LabRun, when: str) -> None:
        """One pass, followed line by line."""
        asked = {"file": self._file, "of": ASKED[self.spec.name], "when": when}
        if self._runner:
            asked["runner"] = self._runner
        seen = await self.desk.labs.probe(run, "code", asked)
        self._code, self._traced = code_of_probe(seen, f"lab {self.spec.name}"), True

    def redraw(self) -> None:
        """The file, whatever is known of it."""
        super().redraw()
        self.show()

    def show(self) -> None:
        """Draw the file, and what there is to be said where there are no shapes yet."""
        picture = self.picture
        assert isinstance(picture, CodeView)
        picture.show(self._code, "" if self.has_picture else self._note)

    @property
    def _note(self) -> str:
        """Why there are no shapes yet, and what to do."""
        if self._waits:
            return "looking into the network…"
        troubles = (self._trouble, *(run.trouble for run in self._runs), self.desk.labs.trouble)
        offer = f"space sends a text through the network of the lab {self.spec.name}: beside each"
        return next(filter(None, troubles), f"{offer} line then stands the shape of what it made.")
