"""Bets: questions that a run decides, and that nobody marks."""

from __future__ import annotations

from course.frozen import Frozen, frozen
from course.lesson import Option, Question, RunRef


@frozen()
class Outcome(Frozen):
    """Where the run decides a bet: the condition on its metrics and the branch it picks."""

    condition: str
    branch: str
    line: int = 0


@frozen(kw_only=True)
class Predict(Question):
    """A bet placed before a run; the run decides it. It never counts towards an objective."""

    options: tuple[Option, ...]
    run: RunRef
    outcomes: tuple[Outcome, ...]
    baseline: RunRef | None = None
    seeds: tuple[int, ...] = (0,)
    surprise: str = ""
    ordered: bool = False
    """Whether the options are ranges that follow each other, and so are shown as they stand."""

    @property
    def marked(self) -> bool:
        """A bet is won or lost, and never marked."""
        return False


@frozen()
class Mark(Frozen):
    """A level to compare with, drawn beside a prediction: what guessing gives."""

    level: float
    name: str


@frozen(kw_only=True)
class Sketch(Question):
    """A bet that is drawn: a number on an axis, or a curve over a few values.

    `measure` is what is bet on, as `RUNNER.METRIC`: of a `run`, at its end or over its steps, or
    of a `study`, over the knob that it turns. A `run` may measure the same at several values:
    `RUNNER.at*` stands for `RUNNER.at20` at 20. It never counts towards an objective.
    """

    run: RunRef
    """Without a lab where it is about a study."""
    study: str = ""
    measure: str = ""
    over: str = ""
    """`step`, the name of a knob, what a `*` counts, or empty for a single number."""
    xs: tuple[float, ...] = ()
    range: tuple[float, float] = (0.0, 1.0)
    form: str = "percent"
    """How its numbers are written: percent, number or count."""
    marks: tuple[Mark, ...] = ()
    seeds: tuple[int, ...] = (0,)
    explanation: str = ""
    """What there was to be seen, shown once it is decided."""

    @property
    def marked(self) -> bool:
        """It is compared with what was measured, and never marked."""
        return False

    @property
    def by_value(self) -> bool:
        """Whether one run measures it at every value."""
        return self.measure.endswith("*")

    def measure_at(self, x: float) -> str:
        """What is bet on at a value."""
        return self.measure.replace("*", f"{x:g}")

    @property
    def runner(self) -> str:
        """Who is bet on; empty where the lab has but one."""
        return self.measure.rpartition(".")[0]

    @property
    def metric(self) -> str:
        """Which of their numbers."""
        return self.measure.rpartition(".")[2]


@frozen(kw_only=True)
class Bets(Question):
    """Claims of which the learner ticks those to bet on, once. Runs of later lessons decide them.

    `true_if` holds a condition for each option, on names such as `run.mouse.arrival`.
    """

    options: tuple[Option, ...]
    true_if: tuple[str, ...] = ()

    @property
    def marked(self) -> bool:
        """Bets are won or lost, and never marked."""
        return False
