"""How sure one was and how it went, over some lessons."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from course.lesson import Lesson
from tui.drawing.questions.calibration import calibration_lines
from tui.drawing.questions.question import hang
from tui.pages.page import Desk
from tui.widgets.lines import Lines

NOTHING_YET = (
    "Nothing to show yet. Before the verdict on an answer you are asked how sure you are of it; "
    "here you then see how often you were right when you were."
)
SHOWN = 4
"""So many questions that were missed for certain are named."""


class CalibrationCard(Lines):
    """The bars of the lessons it is shown, and which questions are worth a second look."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._lessons: Sequence[Lesson] = ()

    def show(self, lessons: Sequence[Lesson]) -> None:
        """Show these lessons; none if the learner has not said anything yet."""
        self._lessons = lessons
        self.redraw()

    def lines(self, width: int) -> list[Content]:
        """The card at a width."""
        ink, session = self._desk.ink, self._desk.session
        if not self._lessons:
            return [line.rstrip() for line in Content(NOTHING_YET).wrap(width)]
        lines = calibration_lines(session.calibration(self._lessons), width, ink)
        missed = session.sure_misses(self._lessons)
        if missed:
            lines += [Content(""), Content.styled("Certain, and not so", "bold")]
            dot = Content.styled(f"  {ink.glyphs.pointer} ", "$accent")
            for place in missed[:SHOWN]:
                lines += hang(dot, Content(ink.words(place)), width)
            if len(missed) > SHOWN:
                lines.append(Content(f"    and {len(missed) - SHOWN} more"))
        return lines
