"""A lesson as plain text: every screen numbered, every option lettered.

It is for pipes, printers and screen readers, so no line is decoration that must be heard.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from course.bets import Bets, Predict, Sketch
from course.code import Code
from course.experiment import ALSO, Experiment
from course.lesson import (
    Block,
    Claim,
    Lab,
    Lesson,
    Multi,
    Numeric,
    Observe,
    Option,
    Order,
    Prose,
    Question,
    RunRef,
    Screen,
    Single,
    Study,
    View,
    Words,
)
from course.marking import solution
from course.runs import fill_runs
from course.spot import Spot
from course.trace import Trace
from course.variants import Variant, seed_for, variant
from models.specs.studies import STUDIES
from tui import sketch_words, trace_words
from tui.code_words import code_text, solution_text
from tui.plain_text import hang, plain_text, wrap

LETTERS = "abcdefghijklmnopqrstuvwxyz"
Measured = Callable[[str], float | None]
Describe = Callable[[View], str]


@dataclass(frozen=True)
class LessonText:
    """How to write a lesson out.

    `measured` gives the number called `run.LAB.METRIC` or None; `describe` the sentence of a
    view. `notes` adds what is for instructors: the notes, the answers and why.
    """

    lesson: Lesson
    width: int
    measured: Measured
    describe: Describe
    notes: bool = False

    def lines(self) -> Iterator[str]:
        """All lines."""
        yield from self._front()
        for number, screen in enumerate(self.lesson.screens, 1):
            yield ""
            yield from self._screen(number, screen)

    def _front(self) -> Iterator[str]:
        lesson = self.lesson
        yield from wrap(lesson.title, self.width)
        yield "=" * min(len(lesson.title), self.width)
        yield f"{len(lesson.screens)} screens, about {lesson.minutes} minutes."
        if lesson.summary:
            yield ""
            yield from self._text(lesson.summary)
        if lesson.objectives:
            yield ""
            yield "What you will be able to do:"
            for words in lesson.objectives.values():
                yield from hang("- ", self._text(words, 2))

    def _screen(self, number: int, screen: Screen) -> Iterator[str]:
        head = f"Screen {number} of {len(self.lesson.screens)}"
        if screen.heading:
            head += f": {' '.join(self._text(screen.heading))}"
        yield from wrap(head, self.width)
        yield "-" * min(len(head), self.width)
        for block in screen.blocks:
            yield ""
            yield from self._block(block)
        if self.notes:
            for note in screen.notes:
                yield ""
                yield from hang("Instructor: ", self._text(note, 12))

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Prose():
                yield from self._text(fill_runs(block.markdown, self.measured))
            case View():
                yield from hang("[Picture] ", wrap(self.describe(block), self.width - 10))
            case Lab():
                yield from wrap(f"[Lab] Run it with: {command_of(block.run)}", self.width)
                if block.text:
                    yield from self._text(block.text)
            case Study():
                yield from self._study(block)
            case Claim():
                yield from self._claim(block)
            case Question():
                yield from QuestionText(block, self.width, self.notes).lines()

    def _study(self, block: Study) -> Iterator[str]:
        study = STUDIES[block.name]
        told = f"[Study] {study.title} Run it with: grok-tui study {study.name}"
        yield from wrap(told, self.width)
        yield from self._text(block.text or study.summary)

    def _claim(self, claim: Claim) -> Iterator[str]:
        yield from wrap("Claim. Your own run confirms it, busts it, or does neither:", self.width)
        yield from self._text(claim.text)
        if self.notes:
            told = f"Confirmed if {claim.confirmed_if}; busted if {claim.busted_if}."
            yield from wrap(told, self.width)
            yield from self._text(fill_runs(claim.explanation, self.measured))

    def _text(self, markdown: str, less: int = 0) -> list[str]:
        return plain_text(markdown, self.width - less).split("\n")


@dataclass(frozen=True)
class QuestionText:
    """How to write a question out, as the learner meets it first: same shuffle, same numbers."""

    question: Question
    width: int
    notes: bool

    def lines(self) -> Iterator[str]:
        """Prompt, options and, for instructors, the answer."""
        shown = variant(self.question, seed_for(self.question.id, 0))
        yield from wrap(f"{_asks(self.question)}:", self.width)
        yield from self._text(shown.fill(self.question.prompt))
        options = _options(self.question)
        for letter, index in zip(LETTERS, shown.order, strict=False):
            yield from hang(f"  {letter}) ", self._text(options[index].text, 5))
        if isinstance(self.question, Code):
            yield ""
            yield from code_text(self.question)
        if isinstance(self.question, Trace):
            yield from ("  " + line for line in trace_words.table(self.question, shown.values))
        if self.notes:
            yield ""
            yield from self._answer(shown, options)

    def _answer(self, shown: Variant, options: Sequence[Option]) -> Iterator[str]:
        if isinstance(self.question, Sketch | Words):
            if self.question.explanation:
                yield "Shown afterwards:"
                yield from self._text(self.question.explanation)
            return
        if isinstance(self.question, Bets):
            yield from self._reasons(shown, options)
            return
        right = solution(shown)
        indices = right if isinstance(right, list) else [right]
        if isinstance(self.question, Numeric):
            yield f"Answer: {right}"
            yield from self._text(shown.fill(self.question.explanation))
        elif isinstance(self.question, Code):
            yield "Answer:"
            yield from solution_text(self.question)
            yield from self._text(self.question.explanation)
            for wrong in self.question.wrong:
                yield from hang(f"  {wrong.expression}: ", self._text(wrong.explanation, 4))
        elif isinstance(self.question, Spot):
            yield from hang("Answer: ", wrap(f"where {self.question.where}", self.width - 8))
            yield from self._text(shown.fill(self.question.explanation))
        elif isinstance(self.question, Experiment):
            yield "Answer: it is found in the learner's own run."
            yield from self._text(shown.fill(self.question.explanation))
            for name, wrong in self.question.wrong.items():
                told = wrong.expression if name.startswith(ALSO) else name
                yield from hang(f"  {told}: ", self._text(shown.fill(wrong.explanation), 4))
        elif isinstance(self.question, Trace):
            yield "Answer:"
            for line in trace_words.answers(self.question, right):
                yield from hang("- ", wrap(line, self.width - 2))
            yield from self._text(shown.fill(self.question.explanation))
        else:
            letters = [LETTERS[shown.order.index(index)] for index in indices]
            yield f"Answer: {', '.join(letters)}"
            yield from self._reasons(shown, options)
        for hint in self.question.hints:
            yield from hang("Hint: ", self._text(shown.fill(hint), 6))

    def _reasons(self, shown: Variant, options: Sequence[Option]) -> Iterator[str]:
        """What is said of each option, as they stand on the screen."""
        for letter, index in zip(LETTERS, shown.order, strict=False):
            yield from hang(f"  {letter}) ", self._text(options[index].explanation, 5))

    def _text(self, markdown: str, less: int = 0) -> list[str]:
        return plain_text(markdown, self.width - less).split("\n")


def _asks(question: Question) -> str:
    """What is to be done with a question."""
    match question:
        case Predict():
            return f"Bet, before you run {command_of(question.run)}"
        case Observe():
            return "What did you see? Choose one"
        case Bets():
            return "Tick those that you would bet on; runs of later lessons decide"
        case Sketch():
            return f"Bet, drawn: {_drawn(question)}"
        case Words():
            return "In your own words, if you like; nobody marks it"
        case Multi():
            return "Question. Choose every one that is right"
        case Single():
            return "Question. Choose one"
        case Trace():
            return "Question. Fill in the table"
        case Code(exercise=exercise):
            return f"Question. Write the missing lines ({exercise})"
        case Spot(view=view):
            return f"Question. Point at a place in the live picture ({view.name})"
        case Experiment(run=run):
            return f"Question. Do it to the network of your run ({command_of(run)})"
        case Order():
            extra = "; not all of them belong" if question.distractors else ""
            return f"Question. Put these in order{extra}"
        case _:
            return "Question. Answer with a number"


def _drawn(sketch: Sketch) -> str:
    """What there is to draw."""
    before = f"study {sketch.study}" if sketch.study else command_of(sketch.run)
    low, high = (sketch_words.number(sketch, end) for end in sketch.range)
    over = ", ".join(f"{x:g}" for x in sketch.xs)
    what = (
        f"a curve of {sketch.measure} over {sketch_words.over(sketch)} {over}"
        if over
        else sketch.measure
    )
    marks = "".join(
        f"; {one.name} is {sketch_words.number(sketch, one.level)}" for one in sketch.marks
    )
    return f"{what}, from {low} to {high}{marks}. Draw it before {before}"


def _options(question: Question) -> tuple[Option, ...]:
    """What there is to choose from or to put in order, in the numbering of the file."""
    if isinstance(question, Order):
        return question.steps + question.distractors
    if isinstance(question, Single | Multi | Predict | Bets):
        return question.options
    return ()


def command_of(run: RunRef) -> str:
    """The command that does a run in a terminal."""
    turned = "".join(f" --set {name}={value}" for name, value in run.knobs.items())
    return f"grok-tui lab {run.lab}{turned}"
