"""Options to choose from: one (`single`, `observe`, `predict`) or several (`multi`, `bets`)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from textual import events
from textual.binding import Binding
from textual.content import Content

from course.bets import Bets, Predict
from course.lesson import Multi, Single
from course.marking import Remark, Verdict
from course.variants import Variant
from tui.drawing.ink import Ink
from tui.drawing.questions.question import LETTERS, Choice, Choices, choice_lines
from tui.pages.question_card import Answer
from tui.widgets.lines import Lines


class ChoiceAnswer(Lines, Answer, can_focus=True):
    """A list of lettered options. A bet can be changed until the run has decided it."""

    BINDINGS = [  # noqa: RUF012
        Binding("up,k", "move(-1)", "Up", show=False, id="option-up"),
        Binding("down,j", "move(1)", "Down", show=False, id="option-down"),
        Binding("enter", "choose", "Answer", show=False, id="answer"),
        Binding("space", "tick", "Tick", show=False, id="tick"),
        *(
            Binding(letter, f"letter({index})", show=False)
            for index, letter in enumerate(LETTERS[:6])
        ),
    ]

    def __init__(self, variant: Variant, ink: Ink) -> None:
        super().__init__()
        question = variant.question
        assert isinstance(question, Single | Multi | Predict | Bets)
        self._options = question.options
        self._variant = variant
        self._ink = ink
        self._several = isinstance(question, Multi | Bets)
        self._betting = isinstance(question, Predict | Bets)
        self._cursor = -1
        self._ticked: set[int] = set()
        self._tried: set[int] = set()
        self._remarks: dict[int, Remark] = {}
        self._bet: int | None = None
        self._done = False

    @property
    def hints_of_keys(self) -> Sequence[tuple[str, str]]:
        """The keys it takes now."""
        if self._done:
            return ()
        letters = f"a–{LETTERS[len(self._options) - 1]}"
        if self._several:
            return ((letters, "tick"), ("enter", "seal" if self._betting else "check"))
        if self._bet is not None:
            return ((letters, "change the bet"),)
        return ((letters, "bet" if self._betting else "answer"),)

    def lines(self, width: int) -> list[Content]:
        """The options at a width."""
        return [line for line, _ in self._rows(width)]

    def show_choice(self, given: Any) -> None:
        """Put the pointer, or the ticks, where they were."""
        if self._several:
            self._ticked = set(given)
        else:
            self._cursor = self._variant.order.index(given)
        self.redraw()

    def show_verdict(self, given: Any, verdict: Verdict) -> None:
        """Mark the options that were chosen, with their explanations."""
        chosen = set(given) if self._several else {given}
        if self._several:
            self._ticked = chosen
        else:
            self._tried |= chosen
        for remark in verdict.remarks:
            # A miss tells of what was ticked; the rest would give the answer away.
            if remark.option is not None and (verdict.correct or remark.option in chosen):
                self._remarks[remark.option] = remark
                if not remark.right:
                    self._tried.add(remark.option)
        self._done = verdict.correct
        self.redraw()

    def show_solution(self, answer: Any, remarks: Sequence[Remark]) -> None:
        """Mark the right options."""
        right = set(answer) if self._several else {answer}
        self._ticked = right if self._several else set()
        self._remarks |= {r.option: r for r in remarks if r.option is not None}
        self._done = True
        self.redraw()

    def show_bet(self, option: int) -> None:
        """Show which option the learner has bet on."""
        self._bet = option
        self.redraw()

    def show_sealed(self, ticked: Collection[int]) -> None:
        """Show which claims the learner has bet on, and where each is decided; take no more."""
        self._ticked, self._done = set(ticked), True
        for index, option in enumerate(self._options):
            self._remarks[index] = Remark(index, True, option.explanation)
        self.redraw()

    def show_outcome(self, won: int) -> None:
        """Show which option the run has decided for; the bet stands."""
        self._done = True
        for index in {won, won if self._bet is None else self._bet}:
            self._remarks[index] = Remark(index, index == won, self._options[index].explanation)
        self.redraw()

    @property
    def all_told(self) -> bool:
        """Whether every option has its explanation already."""
        return len(self._remarks) == len(self._options)

    def show_all(self) -> None:
        """Show the explanation of every option."""
        for index, option in enumerate(self._options):
            right = self._remarks[index].right if index in self._remarks else option.correct
            if self._several:
                right = True  # it is answered: each is ticked, or left alone, as it should be
            self._remarks[index] = Remark(index, right, self._variant.fill(option.explanation))
        self.redraw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Once answered, enter and space belong to the page again."""
        if self._done and action in ("choose", "tick", "letter", "move"):
            return False
        if action == "choose" and self._bet is not None:
            return self._cursor >= 0 and self._here != self._bet
        return not (action == "tick" and not self._several)

    def action_move(self, step: int) -> None:
        """Move the pointer."""
        start = self._cursor if self._cursor >= 0 or step > 0 else 0
        self._cursor = (start + step) % len(self._options)
        if not self._several:
            self.post_message(self.Turned())
        self.redraw()
        self._follow_cursor()

    def action_letter(self, index: int) -> None:
        """Choose by letter."""
        if index < len(self._options):
            self._cursor = index
            if self._several:
                self.action_tick()
            else:
                self.action_choose()

    def action_tick(self) -> None:
        """Tick or untick the option under the pointer."""
        if self._cursor < 0:
            self.action_move(1)
            return
        self._ticked ^= {self._here}
        self.post_message(self.Turned())
        self.redraw()

    def action_choose(self) -> None:
        """Give the answer. Turning pages with enter must not answer a question unseen."""
        if self._cursor < 0 and not self._ticked:
            self.action_move(1)
            return
        if self._several:
            self.post_message(self.Given(sorted(self._ticked)))
        elif self._here not in self._tried:
            self.post_message(self.Given(self._here))
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        """Choose with the mouse."""
        rows = self._rows(self.content_size.width)
        if not self._done and 0 <= event.y < len(rows):
            index = rows[event.y][1]
            if index is not None:
                self.focus()
                self.action_letter(index)

    @property
    def _here(self) -> int:
        return self._variant.order[self._cursor]

    def _rows(self, width: int) -> list[tuple[Content, int | None]]:
        rows = [
            Choice(
                option,
                self._variant.fill(self._options[option].text),
                option in self._ticked,
            )
            for option in self._variant.order
        ]
        return choice_lines(
            Choices(
                rows,
                self._cursor,
                self._several,
                self._remarks,
                self._tried,
                self._done,
                self._bet,
                self._done and self._several and self._betting,
            ),
            width,
            self._ink,
        )

    def _follow_cursor(self) -> None:
        rows = self._rows(self.content_size.width)
        own = [y for y, (_, index) in enumerate(rows) if index == self._cursor] or [0]
        self.call_after_refresh(self.show_row, own[0], len(own))

    def follow(self) -> None:
        """Scroll to what is said under the option that was chosen."""
        if self._cursor >= 0 and not self._several:
            self._follow_cursor()
