"""The lesson that is chosen on the map, in a few lines."""

from __future__ import annotations

from textual.content import Content

from tui.drawing.inline import inline
from tui.drawing.questions.question import hang
from tui.pages.page import Desk
from tui.widgets.lines import Lines


class LessonCard(Lines):
    """What the chosen lesson is, how far one is in it, and what it asks for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.lesson_id = ""

    def lines(self, width: int) -> list[Content]:
        """The card at a width."""
        session, catalog = self._desk.session, self._desk.session.catalog
        bar = Content.assemble((f" {self._desk.ink.glyphs.bar} ", "$accent"))
        room = max(10, width - 3)
        if self.lesson_id in catalog.broken:
            problem = catalog.broken[self.lesson_id].problems[0]
            rows = [
                Content.styled(f"{self.lesson_id} cannot be read", "bold $text-error"),
                *Content(str(problem)).wrap(room),
                Content("The other lessons go on."),
            ]
        elif self.lesson_id in catalog.lessons:
            rows = self._known(room)
        else:
            rows = [Content.styled(self.lesson_id, "bold"), Content("This lesson is to come.")]
        if session.journal.trouble:
            rows += Content.styled(session.journal.trouble, "bold $text-error").wrap(room)
        for told in filter(None, (session.journal.newer, _skipped(session.journal.skipped))):
            rows += Content.styled(told, "$text-warning").wrap(room)
        return [bar + row for row in rows]

    def _known(self, room: int) -> list[Content]:
        session = self._desk.session
        lesson = session.catalog.lessons[self.lesson_id]
        state = session.state(lesson.id)
        place, total = session.place(lesson), len(session.route(lesson))
        told = f"{lesson.minutes} min"
        if place and (state == "open" or not session.at_the_end(lesson)):
            told = f"screen {place + 1} of {total}"
        rows = hang(Content(""), Content.styled(lesson.title, "bold"), room, Content(told))
        rows += inline(lesson.summary).wrap(room) if lesson.summary else []
        progress = session.progress(lesson)
        open_ones = [w for o, w in lesson.objectives.items() if progress.objectives[o] == "open"]
        match state:
            case "locked":
                missing = session.what_is_missing(lesson.id)
                rows += Content.styled(missing, "$text-warning").wrap(room)
            case "passed":
                told = "passed by test" if session.tested(lesson.id) else "passed"
                rows.append(Content.styled(told, "bold $text-success"))
            case "helped":
                rows.append(Content.styled("passed with help", "$text-warning"))
            case _:
                done = len(lesson.objectives) - len(open_ones)
                text = f"{done} of {len(lesson.objectives)} objectives"
                if place and open_ones:
                    text += f"; still open: {open_ones[0]}"
                rows += inline(text).wrap(room)
        return rows


def _skipped(lines: int) -> str:
    if not lines:
        return ""
    return f"{lines} unreadable lines in your progress were passed over; export keeps them."
