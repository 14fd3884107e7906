"""Lines to be written into the blank of a file: its code above and below, a field between."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import TextArea

from course.code import Code
from course.marking import Remark, Verdict
from course.variants import Variant
from models.exercises.blank import blank_of
from models.exercises.catalog import EXERCISES
from models.exercises.examined import read_sides
from tui.drawing.ink import Ink
from tui.drawing.questions.blank import draw_code
from tui.drawing.questions.sides import QUIET, draw_sides, draw_steps
from tui.pages.question_card import Answer
from tui.widgets.code_field import CodeField
from tui.widgets.lines import Lines

MOST = 10
"""Rows of the code above the blank on a screen of 24, and of the code below it."""
LOW = 33
"""Rows of a screen from which on all of it has room."""
EDGE = 4
"""Columns that the field takes before its text, for its line numbers."""
SPARE = 2
"""Rows of the field beyond the lines that are missing."""
HIGHEST = (9, 24)
"""Rows of the field at most, on a screen of 24 and on a high one."""


class CodeAnswer(Answer, can_focus=False):
    """The function with its blank, and what came of the lines that were checked last."""

    DEFAULT_CSS = """
    CodeAnswer { layout: vertical; height: auto; }
    CodeAnswer Looked { margin: 1 0 0 0; }
    """

    takes_letters = True
    takes_digits = True

    def __init__(self, variant: Variant, ink: Ink, text: str | None) -> None:
        """`text` is what was begun; None for what there is at first."""
        super().__init__()
        question = variant.question
        assert isinstance(question, Code)
        self.exercise = EXERCISES[question.exercise]
        self.blank = blank_of(self.exercise)
        self._ink = ink
        self.field = CodeField(self.exercise.starter if text is None else text, ink)
        self._above = Around(self.blank.path, self.blank.above, ink)
        self._below = Around("", self.blank.below, ink)
        self._solution = Around("", self.blank.reference.split("\n"), ink, self.blank.indent)
        self.looked = Looked(ink)
        self._done = False

    def compose(self) -> ComposeResult:
        """The function from its first line to its last, and below it what was found."""
        self._solution.display = self.looked.display = False
        self.field.styles.margin = (0, 0, 0, max(0, self.blank.indent - EDGE))
        yield self._above
        yield self.field
        yield self._solution
        yield self._below
        yield self.looked

    def on_mount(self) -> None:
        """As high as it needs to be."""
        self._fit()

    @on(TextArea.Changed)
    def _fit(self) -> None:
        rows = max(self.exercise.lines + SPARE, self.field.text.count("\n") + SPARE)
        self.field.styles.height = min(rows, HIGHEST[self.screen.size.height >= LOW])

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self.field.text

    @property
    def in_field(self) -> bool:
        """Whether letters are text now."""
        return self.field.has_focus

    @property
    def focus_target(self) -> Widget:
        """The field, until it is answered."""
        return self if self._done else self.field

    @property
    def hints_of_keys(self) -> Sequence[tuple[str, str]]:
        """In the field how to leave it; outside what is done with what stands in it."""
        if self._done:
            return ()
        if self.in_field:
            return (("escape", "when it is written"), ("tab", "indent"), ("f1", "help"))
        return (("enter", "check it"), ("tab", "write on"))

    @property
    def all_told(self) -> bool:
        """There is no explanation but that of what was written."""
        return True

    def show_form(self, line: int) -> None:
        """Take away what was found before, and mark the line that is not Python; 0 for none."""
        self.field.mark(line)
        self.looked.show({})

    def show_choice(self, given: Any) -> None:
        """Put the lines back that were given."""
        self.field.put(given["code"])

    def show_verdict(self, given: Any, verdict: Verdict) -> None:
        """Show what was looked at, and both results."""
        if given["code"]:
            self.field.put(given["code"])
        self.field.mark(given.get("line", 0))
        self.looked.show(given)
        if verdict.correct:
            self._finish()

    def show_solution(self, answer: Any, remarks: Sequence[Remark]) -> None:
        """Show what really stands in the file, in its place."""
        self.looked.show({})
        self.field.display = False
        self._solution.display = True
        self._finish()

    def _finish(self) -> None:
        self._done = True
        self.field.read_only = True
        self.field.mark(0)


class Around(Lines):
    """Code that is not to be changed."""

    def __init__(self, path: str, code: Sequence[str], ink: Ink, indent: int = 0) -> None:
        super().__init__()
        self._path, self._ink = path, ink
        self._code = [" " * indent + line for line in code]

    def lines(self, width: int) -> list[Content]:
        """The code, under the name of its file."""
        most = MOST if self.screen.size.height < LOW else None
        drawn = draw_code(self._code, width, self._ink, most) if self._code else []
        return [Content.styled(self._path, QUIET), *drawn] if self._path else drawn


class Looked(Lines):
    """What was looked at, and target and result side by side."""

    def __init__(self, ink: Ink) -> None:
        super().__init__()
        self._ink = ink
        self._given: dict[str, Any] = {}

    def show(self, given: dict[str, Any]) -> None:
        """Show what an examined answer keeps of its examination."""
        self._given = given
        self.display = bool(given.get("steps"))
        self.refresh(layout=True)

    def lines(self, width: int) -> list[Content]:
        """A row of signs, then the two results."""
        drawn = draw_steps(self._given.get("steps", ()), width, self._ink)
        sides = read_sides(self._given.get("sides"))
        return drawn if sides is None else [*drawn, *draw_sides(sides, width, self._ink)]
