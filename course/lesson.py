"""A lesson as data: what `reader` makes of a Markdown file and everything else reads.

Text is Markdown as its author wrote it. Every part keeps the line it began on, so that
whoever finds a fault in it can name file and line.
"""

from __future__ import annotations

from dataclasses import field
from typing import TypeVar

from course.frozen import Frozen, frozen

T = TypeVar("T")


@frozen()
class Option(Frozen):
    """One answer that can be chosen, with the explanation that belongs to it alone."""

    text: str
    explanation: str
    correct: bool = False
    branch: str = ""
    """The outcome this option bets on (`predict` only)."""
    misconceptions: tuple[str, ...] = ()
    line: int = 0


@frozen()
class Diagnosis(Frozen):
    """A wrong number that is recognised: the expression that gives it, and what it tells."""

    expression: str
    explanation: str
    misconceptions: tuple[str, ...] = ()
    line: int = 0


@frozen()
class Tolerance(Frozen):
    """How far a number may be off: `|given - answer| <= absolute + relative * |answer|`."""

    absolute: float = 1e-9
    relative: float = 1e-6


@frozen()
class RunRef(Frozen):
    """A run of a lab that a lesson speaks of, such as `mouse memory=no`."""

    lab: str
    knobs: dict[str, str] = field(default_factory=dict)


@frozen(kw_only=True)
class Question(Frozen):
    """What every question has. The id is permanent; words may change, `rev` says meaning did."""

    id: str
    prompt: str
    objective: str = ""
    hints: tuple[str, ...] = ()
    no_hint_because: str = ""
    checkpoint: bool = False
    rev: int = 1
    line: int = 0

    @property
    def marked(self) -> bool:
        """Whether an answer is right or wrong. What is not never counts towards an objective."""
        return True

    @property
    def of_a_run(self) -> bool:
        """Whether only somebody can answer who has run a lab here."""
        return False


@frozen(kw_only=True)
class Single(Question):
    """One option is right."""

    options: tuple[Option, ...]


@frozen(kw_only=True)
class Multi(Question):
    """Every right option, and no other, is to be chosen."""

    options: tuple[Option, ...]


@frozen(kw_only=True)
class Numeric(Question):
    """A number, possibly drawn anew for each try: `draws` maps a name to its choices."""

    answer: str
    explanation: str = ""
    also: tuple[Diagnosis, ...] = ()
    draws: dict[str, tuple[float, ...]] = field(default_factory=dict)
    tolerance: Tolerance = Tolerance()


@frozen(kw_only=True)
class Order(Question):
    """Steps in their right order; each `Option.explanation` says why it stands there.

    `before` holds pairs of step indices when only those must be kept (a partial order);
    empty means that the listed order is the only one. `distractors` belong nowhere.
    """

    steps: tuple[Option, ...]
    distractors: tuple[Option, ...] = ()
    before: tuple[tuple[int, int], ...] = ()


@frozen(kw_only=True)
class Words(Question):
    """To be answered in one's own words, which are kept and never marked."""

    explanation: str = ""
    """What to look for in one's own answer, shown once it is handed in."""

    @property
    def marked(self) -> bool:
        """Nobody marks it."""
        return False


@frozen(kw_only=True)
class Observe(Single):
    """What the learner saw happen in the run that decided the bet `of`."""

    of: str

    @property
    def of_a_run(self) -> bool:
        """What happened in a run only its run can tell."""
        return True


@frozen()
class Prose(Frozen):
    """Markdown to be read. May hold `{{ run.LAB.METRIC | FORMAT }}`."""

    markdown: str
    line: int = 0


@frozen()
class View(Frozen):
    """A picture drawn from live data, by its name in the interface."""

    name: str
    settings: dict[str, str] = field(default_factory=dict)
    line: int = 0


@frozen()
class Lab(Frozen):
    """A lab to be run on this screen."""

    run: RunRef
    text: str = ""
    line: int = 0


@frozen()
class Study(Frozen):
    """A study on this screen: many runs, trained while the learner reads on."""

    name: str
    text: str = ""
    line: int = 0


@frozen()
class Claim(Frozen):
    """A claim people make; the learner's own run marks it busted, plausible or confirmed."""

    id: str
    text: str
    confirmed_if: str
    busted_if: str
    explanation: str = ""
    line: int = 0


Block = Prose | View | Lab | Study | Claim | Question


@frozen()
class Screen(Frozen):
    """What is on the terminal at one time. `key` survives edits to other screens."""

    key: str
    heading: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()
    line: int = 0

    @property
    def question(self) -> Question | None:
        """The question of this screen; a question is always alone on its screen."""
        return next((b for b in self.blocks if isinstance(b, Question)), None)

    def blocks_of(self, kind: type[T]) -> tuple[T, ...]:
        """The blocks of one kind, in order."""
        return tuple(b for b in self.blocks if isinstance(b, kind))


@frozen()
class Lesson(Frozen):
    """One lesson file."""

    id: str
    title: str
    minutes: int
    screens: tuple[Screen, ...]
    requires: tuple[str, ...] = ()
    objectives: dict[str, str] = field(default_factory=dict)
    summary: str = ""
    """One or two sentences for the home screen."""
    path: str = ""

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in order."""
        return tuple(q for s in self.screens if (q := s.question) is not None)

    def question(self, question_id: str) -> Question:
        """The question with this id.

        Raises:
            KeyError: if there is none.
        """
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)
