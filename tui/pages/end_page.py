"""The end of a lesson: passed, passed with help, or what is still missing."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content

from course.lesson import Lesson
from tui.drawing.inline import inline
from tui.drawing.questions.question import hang
from tui.pages.page import Desk, Page
from tui.widgets.key_line import Hint
from tui.widgets.lines import Lines

RULE = "A lesson is passed when every objective has one answer you got right without help."


class Standing(Lines):
    """Each objective with its state, the rule, and the way on."""

    def __init__(self, lesson: Lesson, desk: Desk) -> None:
        super().__init__()
        self._lesson = lesson
        self._desk = desk

    def lines(self, width: int) -> list[Content]:
        """The standing at a width."""
        progress = self._desk.session.progress(self._lesson)
        glyphs = self._desk.ink.glyphs
        title = {
            "": "Not passed yet",
            "unaided": "Passed",
            "helped": "Passed with help",
        }[progress.passed]
        if self._desk.session.tested(self._lesson.id):
            title = "Passed by test"
        lines = [Content.styled(title, "bold $text-accent"), Content("")]
        marks = {
            "open": (glyphs.open, "$foreground-muted", "still open"),
            "unaided": (glyphs.passed, "bold $text-success", ""),
            "helped": (glyphs.helped, "$text-warning", "with help"),
        }
        for objective, words in self._lesson.objectives.items():
            glyph, style, note = marks[progress.objectives[objective]]
            label = Content.assemble((f"  {glyph}  ", style))
            mark = Content.styled(note, "$foreground-muted")
            lines += hang(label, inline(f"You can {words}."), width, mark)
        lines.append(Content(""))
        if progress.passed == "helped":
            lines += inline(
                "Some answers were shown to you. That opens the next lesson all the same."
            ).wrap(width)
        for sentence in progress.missing:
            lines += inline(sentence).wrap(width)
        lines += [Content(""), *Content.styled(RULE, "$foreground-muted").wrap(width)]
        return lines


class EndPage(Page):
    """What is the learner's now, and where the way goes on."""

    DEFAULT_CSS = """
    EndPage Standing { max-width: 76; }
    """

    def __init__(self, lesson: Lesson, desk: Desk) -> None:
        super().__init__()
        self._lesson = lesson
        self._desk = desk

    def compose(self) -> ComposeResult:
        """The standing alone."""
        yield Standing(self._lesson, self._desk)

    @property
    def part_judged(self) -> str:
        """The part that ends here with a look back at how sure one was; empty if none does."""
        session = self._desk.session
        part = session.part_ended_by(self._lesson.id)
        judged = any(title == part for title, _ in session.parts_judged())
        return part if judged and session.progress(self._lesson).passed else ""

    @property
    def keys(self) -> Sequence[Hint]:
        """On to the map, or back to what is missing."""
        if self.part_judged:
            return (("enter", "how sure you were"), ("p", "back"))
        if self._desk.session.progress(self._lesson).passed:
            return (("enter", "to the map"), ("p", "back"))
        return (("enter", "to what is missing"), ("p", "back"))
