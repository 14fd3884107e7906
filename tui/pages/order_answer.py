"""Steps to be put in order: pick one up, carry it with the arrows, put it down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.binding import Binding
from textual.content import Content

from course.lesson import Order
from course.marking import Remark, Verdict
from course.variants import Variant
from tui.drawing.ink import Ink
from tui.drawing.inline import inline
from tui.drawing.questions.question import explanation, hang
from tui.pages.question_card import Answer
from tui.widgets.lines import Lines

ASIDE = -1
"""Stands in the list where what belongs begins to be what does not."""


class OrderAnswer(Lines, Answer, can_focus=True):
    """A list of steps; what is carried below the line is set aside as not belonging."""

    BINDINGS = [  # noqa: RUF012
        Binding("up,k", "move(-1)", "Up", show=False, id="step-up"),
        Binding("down,j", "move(1)", "Down", show=False, id="step-down"),
        Binding("space", "carry", "Take it or leave it here", show=False, id="carry"),
        Binding("enter", "check", "Check", show=False, id="check"),
    ]

    def __init__(self, variant: Variant, ink: Ink) -> None:
        super().__init__()
        question = variant.question
        assert isinstance(question, Order)
        self._question = question
        self._variant = variant
        self._ink = ink
        self._items = list(variant.order)
        if question.distractors:
            self._items.append(ASIDE)
        self._cursor = 0
        self._carried = False
        self._locked = 0
        self._misses = 0
        self._remarks: dict[int, Remark] = {}
        self._done = False
        self._touched = False
        """Whether anything was done since the steps were last checked, or first shown."""

    @property
    def hints_of_keys(self) -> Sequence[tuple[str, str]]:
        """The keys it takes now."""
        if self._done:
            return ()
        return (
            ("↑↓", "carry it" if self._carried else "choose"),
            ("space", "leave it here" if self._carried else "take it"),
            ("enter", "check"),
        )

    def lines(self, width: int) -> list[Content]:
        """The steps, numbered, and the line below which they are set aside."""
        lines: list[Content] = []
        number = 0
        for index, item in enumerate(self._items):
            if item == ASIDE:
                rule = "     ── below this line: what belongs nowhere ──"
                lines.append(Content.styled(rule, "$foreground-muted"))
                number = -100
                continue
            number += 1
            lines += self._step(index, item, number, width)
        return lines

    def show_choice(self, given: Any) -> None:
        """Lay the steps as they were."""
        self._arrange(given)
        self.redraw()

    def show_verdict(self, given: Any, verdict: Verdict) -> None:
        """Explain the first step that stands wrong; after two misses put one in its place."""
        self._arrange(given)
        self._touched = False
        self._remarks = {r.option: r for r in verdict.remarks if r.option is not None}
        self._done = verdict.correct
        self._carried = False
        if not verdict.correct:
            self._misses += 1
            if self._misses >= 2 and not self._question.before:
                self._lock_first()
        self.redraw()

    def show_solution(self, answer: Any, remarks: Sequence[Remark]) -> None:
        """Put every step in its place."""
        self._arrange(answer)
        self._remarks = {r.option: r for r in remarks if r.option is not None}
        self._done = True
        self.redraw()

    @property
    def all_told(self) -> bool:
        """Whether every step has its explanation already."""
        return len(self._remarks) == len(self._question.steps + self._question.distractors)

    def show_all(self) -> None:
        """Say of every step why it stands where it does."""
        for index, step in enumerate(self._question.steps + self._question.distractors):
            self._remarks[index] = Remark(index, True, self._variant.fill(step.explanation))
        self.redraw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Once answered, the keys belong to the page again."""
        return not (self._done and action in ("move", "carry", "check"))

    def action_move(self, step: int) -> None:
        """Move the pointer, and what is carried with it."""
        self._touched = True
        target = self._cursor + step
        if not self._locked <= target < len(self._items):
            return
        if self._carried:
            self.post_message(self.Turned())
            items = self._items
            items[self._cursor], items[target] = items[target], items[self._cursor]
            self._remarks = {}
        elif self._items[target] == ASIDE:
            target += step
            if not self._locked <= target < len(self._items):
                return
        self._cursor = target
        self.redraw()
        self.call_after_refresh(self.show_row, target)

    def action_carry(self) -> None:
        """Pick up the step under the pointer, or put it down."""
        if self._items[self._cursor] != ASIDE:
            self._touched = True
            self._carried = not self._carried
            self.post_message(self.Turned())
            self.redraw()

    def action_check(self) -> None:
        """Give the order as the answer. Turning pages with enter must not answer a question."""
        self._carried = False
        if not self._touched:
            self.app.notify("Space takes a line, the arrows carry it.", timeout=3, markup=False)
            return
        self.post_message(self.Given(self._belonging))
        self.redraw()

    @property
    def _belonging(self) -> list[int]:
        end = self._items.index(ASIDE) if ASIDE in self._items else len(self._items)
        return self._items[:end]

    def _arrange(self, given: Sequence[int]) -> None:
        rest = [i for i in self._items if i not in given and i != ASIDE]
        aside = [ASIDE] if self._question.distractors else []
        self._items = [*given, *aside, *rest]

    def _lock_first(self) -> None:
        first = self._locked
        self._items.remove(first)
        self._items.insert(first, first)
        self._locked += 1
        self._cursor = max(self._cursor, self._locked)
        self._remarks[first] = Remark(
            first, True, self._variant.fill(self._question.steps[first].explanation)
        )

    def _step(self, index: int, item: int, number: int, width: int) -> list[Content]:
        step = (self._question.steps + self._question.distractors)[item]
        remark = self._remarks.get(item)
        here = index == self._cursor and not self._done
        pointer = self._ink.glyphs.pointer if here else " "
        label = Content.assemble(
            (pointer, "bold $accent"),
            (f" {number if number > 0 else '–'}".ljust(4), "bold $text-accent"),
        )
        mark = Content("")
        if remark and not (remark.right and number <= 0):
            tone = "bold $text-success" if remark.right else "bold $text-warning"
            glyph = self._ink.glyphs.tick if remark.right else self._ink.glyphs.cross
            mark = Content.styled(glyph, tone)
        elif index < self._locked:
            mark = Content.styled("in place", "$foreground-muted")
        text = inline(self._variant.fill(step.text))
        style = "reverse" if here and self._carried else "bold" if here else ""
        lines = hang(label, text.stylize(style) if style else text, width, mark)
        if remark and remark.text:
            lines += explanation(remark.text, width, self._ink)
        return lines
