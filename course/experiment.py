"""Something to be done to the learner's own network, judged by what the network then does.

An answer is `{"outcome": name, "did": {...}, "measured": {...}, "told": words}`: what was done,
what was measured of the live network then, and what that comes to by the rules of `TASKS`. The
numbers are kept with it: so an answer can be shown again where there is no network any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from course.frozen import frozen
from course.lesson import Diagnosis, Question, RunRef

RIGHT = "right"
"""The outcome of an answer that is right."""
ALSO = "also-"
"""The outcome that a question adds itself begins with this; its number follows, from 1."""
SEEDS = (0, 1, 2, 3, 4)
"""The seeds over which an experiment is tried where it names none."""

COUNT, SHARE, NUMBER = "count", "share", "number"
"""How a measured number is told: 3, 37.2 % and 1.25."""


@dataclass(frozen=True)
class Task:
    """A kind of experiment: what is measured, and what that comes to."""

    measured: Mapping[str, str]
    """What is measured of a try, by name, and how each number is told."""
    right: str
    """The condition under which a try is right."""
    wrong: Mapping[str, str]
    """What else it can come to, by name: the first whose condition holds, else the last."""
    settings: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()
    """Those of the settings that must be there."""


TASKS: Mapping[str, Task] = {
    "switch-off": Task(
        {
            "off": COUNT,
            "heads": COUNT,
            "fewest": COUNT,
            "enough": COUNT,
            "accuracy": SHARE,
            "whole": SHARE,
            "loss": NUMBER,
        },
        right="enough == 1 and off <= fewest",
        wrong={"not-enough": "enough == 0", "too-many": "off > fewest"},
        settings=frozenset({"runner", "until"}),
        required=frozenset({"until"}),
    ),
    "find-head": Task(
        {"score": SHARE, "highest": SHARE, "other": COUNT, "here": COUNT, "without": SHARE},
        right="score >= highest - 0.005",
        wrong={"other-score": "other == 1", "one-text": "here == 1", "neither": "other == 0"},
        settings=frozenset({"runner", "score"}),
        required=frozenset({"score"}),
    ),
    "loops": Task(
        {"loops": COUNT, "fewest": COUNT, "away": COUNT, "arrives": COUNT},
        right="arrives == 1 and loops == fewest",
        wrong={"too-few": "loops < fewest", "too-many": "loops > fewest"},
        settings=frozenset({"runner", "size", "sample"}),
    ),
}
"""What can be asked for, by name.

`switch-off`: `off` of `heads` heads are off; `enough` is 1 where `until` holds, and `fewest` the
smallest number of heads that do it, of those that are no more than were switched off. `accuracy`
and `loss` are without them, `whole` is the accuracy with all heads.
`find-head`: the `score` of the head that was picked and the `highest` of all; `other` is 1 where
another of its scores is higher and a pattern at all, `here` where it is first in the text on the
screen; `without` is the accuracy with that head off.
`loops`: the mouse `arrives` (1) after so many `loops` by a way of `away` moves; `fewest` is the
first number of loops after which it does.
"""
GOAL = ("accuracy", "whole", "loss")
"""What `until` may speak of."""


@frozen(kw_only=True)
class Experiment(Question):
    """Do something to the network of `run` until it does what the prompt asks for."""

    task: str
    run: RunRef
    settings: dict[str, str] = field(default_factory=dict)
    """What is set of the task; may hold drawn numbers as `{{name}}`."""
    outcomes: tuple[Diagnosis, ...] = ()
    """What is said of each wrong outcome; their expressions are the names that it has."""
    also: tuple[Diagnosis, ...] = ()
    """Wrong tries that are explained before those; their expressions are conditions."""
    explanation: str = ""
    draws: dict[str, tuple[float, ...]] = field(default_factory=dict)
    seeds: tuple[int, ...] = SEEDS

    @property
    def of_a_run(self) -> bool:
        """It is done to a network of the learner's own."""
        return True

    @property
    def wrong(self) -> Mapping[str, Diagnosis]:
        """Every wrong outcome that is explained, by its name: its own first."""
        own = {f"{ALSO}{number}": one for number, one in enumerate(self.also, 1)}
        return own | {one.expression: one for one in self.outcomes}
