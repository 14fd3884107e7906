"""A table to be filled in by hand: arrows choose a cell, digits fill it, enter goes on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import events
from textual.binding import Binding
from textual.content import Content

from course.arithmetic import ArithmeticProblem, format_number
from course.marking import Remark, Verdict
from course.trace import Trace
from course.trace_marking import State, mark_cells, read_cell
from course.variants import Variant
from tui.drawing.ink import Ink
from tui.drawing.questions.trace import QUIET, Box, TracePicture, draw_trace, marks_told
from tui.pages.page import Page
from tui.pages.question_card import Answer
from tui.widgets.lines import Lines

LONGEST = 30
"""Characters that may be typed into a cell."""
FORMS = ("Type a number. Sums count too: 3/4, 2**5, e**2.", "a number, such as 3/4 or e**2", "")
"""What stands there before anything is typed: the longest that has room."""
SIGNS = {
    "full_stop": ".",
    "comma": ".",
    "minus": "-",
    "plus": "+",
    "slash": "/",
    "asterisk": "*",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "e": "e",
}
"""The keys that are text in a cell, besides the digits."""


class TraceAnswer(Lines, Answer, can_focus=True):
    """A grid of cells; enter goes to the next one that is empty, and then has all checked."""

    BINDINGS = [  # noqa: RUF012
        Binding("left", "across(-1)", "Left", show=False, id="cell-left"),
        Binding("right", "across(1)", "Right", show=False, id="cell-right"),
        Binding("tab", "across(1)", "Next cell", show=False, id="cell-next"),
        Binding("shift+tab", "across(-1)", "Cell before", show=False, id="cell-before"),
        Binding("up", "along(-1)", "Up", show=False, id="cell-up"),
        Binding("down", "along(1)", "Down", show=False, id="cell-down"),
        *(Binding(digit, f"type('{digit}')", show=False) for digit in "0123456789"),
        *(Binding(key, f"type('{sign}')", show=False) for key, sign in SIGNS.items()),
        Binding("backspace", "type('')", "Take a sign back", show=False, id="cell-undo"),
        Binding("enter", "go_on", "Next cell, or check", show=False, id="cell-enter"),
    ]

    takes_digits = True

    def __init__(self, variant: Variant, ink: Ink, draft: list[str]) -> None:
        """`draft` keeps what is typed for whoever leaves the page and comes back."""
        super().__init__()
        question = variant.question
        assert isinstance(question, Trace)
        self._question = question
        self._variant = variant
        self._ink = ink
        self._draft = draft
        self.texts = list(draft) if draft else [""] * len(question.asked)
        self.cursor = 0
        self._marks: dict[int, State] = {}
        self._fresh = True
        """Whether nothing was typed since the cell was chosen: the next number replaces it."""
        self._again: set[int] = set()
        """Cells to be gone through again, since one that they may depend on was changed."""
        self._checked: list[str] = []
        """What was checked last: it is not checked again before something was changed."""
        self._done = False

    @property
    def hints_of_keys(self) -> Sequence[tuple[str, str]]:
        """The keys it takes now."""
        if self._done:
            return ()
        checks = self._next() is None and self.texts != self._checked
        enter = "check" if checks else "next cell"
        return (("←→", "choose a cell"), ("0–9", "fill it in"), ("enter", enter))

    @property
    def all_told(self) -> bool:
        """A table has no explanations but those of its mistakes."""
        return True

    def lines(self, width: int) -> list[Content]:
        """The grid, and below it what is typed or what the marks mean."""
        told = marks_told(self._marks.values(), self._ink)
        lines = draw_trace(self._picture, width, self._ink)
        if not self._done:
            lines += [Content(""), self._typing(width)]
        return [*lines, Content.styled(told, QUIET)] if told else lines

    def show_choice(self, given: Any) -> None:
        """Fill the table as it was."""
        self.texts = list(given)
        self.redraw()

    def show_verdict(self, given: Any, verdict: Verdict) -> None:
        """Mark every cell, and go to the first that is wrong."""
        self.texts = list(given)
        self._checked = list(given)
        self._draft.clear()
        numbers = [read_cell(text) for text in self.texts]
        marks = mark_cells(self._question, self._variant.values, numbers)
        self._marks = {place: mark.state for place, mark in enumerate(marks)}
        self._again = set()
        self._done = verdict.correct
        wrong = (place for place, state in self._marks.items() if state is State.WRONG)
        self.cursor, self._fresh = next(wrong, 0), True
        self.redraw()

    def show_solution(self, answer: Any, remarks: Sequence[Remark]) -> None:
        """Fill the table in."""
        self.texts = list(answer)
        self._draft.clear()
        self._marks, self._again, self._done = {}, set(), True
        self.redraw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Once answered, the keys belong to the page again."""
        return not (self._done and action in ("across", "along", "type", "go_on"))

    def on_focus(self) -> None:
        """Whoever goes back into the table thinks again."""
        self.post_message(self.Turned())

    def on_click(self, event: events.Click) -> None:
        """Choose the cell under the pointer."""
        box = self._picture.box_at(event.x, event.y, self.content_size.width)
        if box and box.asked and not self._done:
            places = [(cell.row, cell.column) for cell in self._question.asked]
            self._go(places.index((box.row, box.column)))

    def action_across(self, step: int) -> None:
        """To the next cell, or the one before."""
        self._go((self.cursor + step) % len(self.texts))

    def action_along(self, step: int) -> None:
        """To the nearest cell of the next row, or of the row before."""
        asked = self._question.asked
        here = asked[self.cursor]
        rows = {cell.row for cell in asked if (cell.row - here.row) * step > 0}
        if rows:
            row = min(rows, key=lambda one: abs(one - here.row))
            there = [place for place, cell in enumerate(asked) if cell.row == row]
            self._go(min(there, key=lambda place: abs(asked[place].column - here.column)))

    def action_type(self, sign: str) -> None:
        """Add a sign to the cell, or with an empty one take the last back."""
        text = self.texts[self.cursor]
        if sign:
            text = sign if self._fresh and sign not in "+*/)" else (text + sign)[:LONGEST]
        else:
            text = text[:-1]
        self.texts[self.cursor], self._fresh = text, False
        self._draft[:] = self.texts
        self._changed()
        self._turn()

    def action_go_on(self) -> None:
        """To the next cell that is empty; if there is none, have the table checked."""
        self._again.discard(self.cursor)
        after = self._next()
        if self.texts == self._checked:
            after = self._next_mistake()
        if after is None or (after == self.cursor and not self.texts[after]):
            self.cursor, self._fresh = self._unread(), True
            self.redraw()
            self.post_message(self.Given(list(self.texts)))
        else:
            self._go(after)

    def _go(self, place: int) -> None:
        self.cursor, self._fresh = place, True
        self._turn()

    def _turn(self) -> None:
        """Show what was changed; enter may do something else now."""
        self.post_message(self.Turned())
        self.post_message(Page.KeysChanged())
        self.redraw()

    def _next(self) -> int | None:
        """The next cell that is empty or to be gone through again; None if there is none."""
        count = len(self.texts)
        turns = [(self.cursor + 1 + step) % count for step in range(count)]
        return next((one for one in turns if not self.texts[one] or one in self._again), None)

    def _next_mistake(self) -> int:
        """The next cell that is not right."""
        count = len(self.texts)
        turns = [(self.cursor + 1 + step) % count for step in range(count)]
        return next(one for one in turns if self._marks.get(one) is not State.RIGHT)

    def _unread(self) -> int:
        """The first cell that holds no number, for that is what is said next; else this one."""
        for place, text in enumerate(self.texts):
            try:
                read_cell(text)
            except ArithmeticProblem:
                return place
        return self.cursor

    def _changed(self) -> None:
        """The marks from this cell on hold no longer, but of those that are right anyway."""
        self._again.discard(self.cursor)
        for place in [one for one in self._marks if one >= self.cursor]:
            if place == self.cursor:
                del self._marks[place]
            elif self._marks[place] is not State.RIGHT:
                del self._marks[place]
                self._again.add(place)

    def _typing(self, width: int) -> Content:
        """What is being typed, in full, with what it comes to."""
        text = self.texts[self.cursor]
        label = self._ink.words(self._question.label(self._question.asked[self.cursor]))
        room = width - len(label) - 2
        form = next((form for form in FORMS if len(form) <= room), "")
        told = f"{text}{self._comes_to(text)}" if text else form
        line = Content.assemble((f"{label}: ", "bold"), (told, "" if text else QUIET))
        return line.truncate(width, ellipsis=True)

    def _comes_to(self, text: str) -> str:
        try:
            float(text)
        except ValueError:
            try:
                return f" = {format_number(float(f'{read_cell(text):.4g}'))}"
            except ArithmeticProblem:
                return ""
        return ""

    @property
    def _picture(self) -> TracePicture:
        question = self._question
        boxes = [
            Box(cell.row, cell.column, format_number(self._variant.values[cell.name]))
            for cell in question.cells
            if cell.given
        ]
        for place, cell in enumerate(question.asked):
            here = place == self.cursor and not self._done
            text = self.texts[place]
            shown = text if here else self._comes_to(text).removeprefix(" = ") or text
            boxes.append(Box(cell.row, cell.column, shown, True, here, self._marks.get(place)))
        return TracePicture(question.columns, question.rows, boxes)
