"""The moments of a run that its curves tell of: when a runner left chance, crossed 90 %, fell."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import isfinite

from models.specs.spec import LabSpec
from tui.measures import Curves, guessing, share_of, who

LEVELS = (0.5, 0.9, 0.99)
"""Shares worth a word when they are reached, where they are well above chance."""
ABOVE_CHANCE = 0.2
LEFT_CHANCE = 0.9
"""The loss has left chance when the mean of its newest points is below this part of it."""
NEWEST = 10
HEADS = {"prev": "that looks one back", "same": "that looks at what followed last time"}
"""Scores of heads worth a word when the best of them has half of its weight there."""
WINDOWS = 20
"""So many windows make up a loss; two that follow each other tell where it falls fastest."""
A_FALL = 0.1
"""A fall counts if it takes at least this part of where the loss began."""

Points = Sequence[tuple[int, float]]


@dataclass(frozen=True)
class Milestone:
    """Something that happened to a runner at a step, in words that go on after its name.

    `kind`: `chance`, `crossed`, `steepest` or `best`. The last two may still move as long as the
    run goes on.
    """

    step: int
    runner: str
    text: str
    kind: str = "crossed"

    @property
    def settled(self) -> bool:
        """Whether nothing that is still to come can take it back."""
        return self.kind in ("chance", "crossed")


def milestones(spec: LabSpec, curves: Curves, *, settled: bool = False) -> list[Milestone]:
    """What the curves say happened, in the order of steps; nothing else is looked at.

    With `settled` only what nothing that is still to come can take back, which takes less time.
    """
    found: list[Milestone] = []
    if not spec.series:  # Nothing is learned: what goes up and down is chance.
        return found
    for runner in dict.fromkeys(runner for runner, _ in curves):
        name = who(spec, runner)
        share = _finite(curves.get((runner, share_of(spec)[0]), ()))
        loss = curves.get((runner, "loss"), ())
        told = [*_crossed(share, guessing(spec))]
        if spec.chance and spec.chance[0] == "loss":
            told += _left_chance(loss, spec.chance[1])
        for metric, what in HEADS.items():
            told += _half(_finite(curves.get((runner, metric), ())), what)
        if not settled:
            unseen = _finite(curves.get((runner, "validation"), ()))
            told += [*_fall(_finite(loss)), *_best(share, unseen)]
        found += [Milestone(step, runner, f"{name} {text}", kind) for step, text, kind in told]
    return sorted(found, key=lambda one: one.step)


Told = tuple[int, str, str]


def _finite(points: Points) -> list[tuple[int, float]]:
    return [(x, y) for x, y in points if isfinite(y)]


def _crossed(share: Points, guessed: float) -> Iterator[Told]:
    """The first time at or above each level; of several at once the highest."""
    levels = [level for level in LEVELS if level >= guessed + ABOVE_CHANCE]
    for step, value in share:
        if reached := [level for level in levels if value >= level]:
            yield step, f"crossed {100 * reached[-1]:.0f} %", "crossed"
            levels = [level for level in levels if level > reached[-1]]


def _left_chance(loss: Points, level: float) -> Iterator[Told]:
    """The first time that the newest losses lie below chance in the mean."""
    newest: deque[float] = deque(maxlen=NEWEST)
    for step, value in loss:
        if not isfinite(value):
            continue
        newest.append(value)
        if len(newest) == NEWEST and sum(newest) < LEFT_CHANCE * level * NEWEST:
            yield step, "left the loss of a guess behind", "chance"
            return


def _half(scores: Points, what: str) -> Iterator[Told]:
    """The first time that a head has half of its weight where its score counts it."""
    first = next((step for step, value in scores if value >= 0.5), None)
    if first is not None:
        yield first, f"had a head {what}", "crossed"


def _fall(loss: Points) -> Iterator[Told]:
    """Where the mean of a window lies furthest below that of the window right before."""
    size = len(loss) // WINDOWS
    if size < 2:
        return
    sums = [0.0, *accumulate(y for _, y in loss)]
    means = [(sums[at + size] - sums[at]) / size for at in range(len(loss) - size + 1)]
    falls = [before - after for before, after in zip(means, means[size:], strict=False)]
    deepest = max(range(len(falls)), key=falls.__getitem__)
    if falls[deepest] >= A_FALL * abs(means[0]):
        yield loss[deepest + size][0], "fell fastest", "steepest"


def _best(share: Points, unseen: Points) -> Iterator[Told]:
    """Where it did best on what it does not practise on."""
    if len(unseen) > 1:
        step, value = min(unseen, key=lambda point: point[1])
        yield step, f"foresaw best what it had not seen, at {value:.3g}", "best"
    elif len(share) > 1:
        step, value = max(share, key=lambda point: point[1])
        yield step, f"was best, at {100 * value:.1f} %", "best"
