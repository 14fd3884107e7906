"""A run as a film: its curves, what it showed on the way, and the frames one goes through it by.

A film has at most `FRAMES` frames: every step at which there was something to look at, those at
which something happened, and between them steps of the longest curve, evenly spread. What is told
of a step is the nearest earlier value of each curve, together with the step it was measured at.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from models.protocol import Moment, Opened
from models.specs.spec import LabSpec
from tui.kept_words import is_known, spec_of, with_numbers
from tui.lab_run import LabRun
from tui.measures import Curves
from tui.milestones import Milestone, milestones

FRAMES = 240
SPREAD = 120
"""Frames that there are at least, where the curves are long enough."""
LOSS = "loss"
FIRST = (
    *("loss", "validation", "accuracy", "arrival", "prev", "same"),
    *("gradient", "rate", "practised"),
)
"""Metrics in the order in which one asks for them; any other comes after these."""
CONSTANT = "parameters"
"""What a run reports once and no step changes."""

Points = Sequence[tuple[int, float]]
Thread = tuple[str, str]
"""Pictures that belong together: the runner who showed them, and the name they have."""


@dataclass(frozen=True)
class Reel:
    """All that a film is made of. `end` is the last step of the training that there is."""

    spec: LabSpec
    curves: Curves
    moments: Sequence[Moment]
    end: int
    frames: tuple[int, ...]
    bookmarks: tuple[Milestone, ...] = ()
    planned: int = 0
    """How many steps it is to have, while it goes on."""

    @classmethod
    def of(
        cls, spec: LabSpec, curves: Curves, moments: Iterable[Moment], names: Collection[str]
    ) -> Reel:
        """A film of these curves and of the moments whose name is among `names`."""
        end = _end(spec, curves)
        cut = {key: _until(points, end) for key, points in curves.items()}
        cut = {key: points for key, points in cut.items() if points and key[1] != CONSTANT}
        shown = [moment for moment in moments if moment.name in names]
        end = max([end, *(moment.step for moment in shown if not cut)])
        marks = tuple(milestones(spec, cut)) if spec.series else ()
        frames = _frames(cut, shown, [mark.step for mark in marks], end)
        return cls(spec, cut, shown, end, frames, marks)

    @classmethod
    def of_opened(cls, opened: Opened, names: Collection[str]) -> Reel:
        """The film of a kept run, also of one whose lab nobody knows any more."""
        found = points_of(opened)
        spec = spec_of(opened.kept)
        if not is_known(opened.kept):
            spec = with_numbers(spec, {}, found)
        return cls.of(spec, found, opened.moments, names)

    @classmethod
    def of_run(cls, run: LabRun, names: Collection[str]) -> Reel:
        """The film of a run of this sitting, as far as it has come."""
        reel = cls.of(run.spec, run.curves, list(run.moments), names)
        return replace(reel, planned=run.planned if run.alive and reel.curves else 0)

    @property
    def right(self) -> int:
        """The step at which the axes end."""
        return max(self.end, self.planned)

    # Who and what

    @cached_property
    def runners(self) -> tuple[str, ...]:
        """Everyone of whom there is a curve that the lab draws, in the order of its series."""
        series = dict.fromkeys(one.runner for one in self.spec.series)
        have = {runner for runner, _ in self.curves}
        return tuple(runner for runner in series if runner in have)

    @cached_property
    def metrics(self) -> tuple[str, ...]:
        """What there are curves of, for anyone in the film; what one asks for first comes first."""
        found = {metric for runner, metric in self.curves if runner in self.runners}
        order = {metric: place for place, metric in enumerate(FIRST)}
        return tuple(sorted(found, key=lambda metric: (order.get(metric, len(order)), metric)))

    @cached_property
    def threads(self) -> tuple[Thread, ...]:
        """The pictures, thread by thread, in the order in which they began."""
        return tuple(dict.fromkeys((moment.runner, moment.name) for moment in self.moments))

    @cached_property
    def _shown(self) -> Mapping[Thread, tuple[list[int], list[Moment]]]:
        found: dict[Thread, tuple[list[int], list[Moment]]] = {}
        for moment in sorted(self.moments, key=lambda moment: moment.step):
            steps, moments = found.setdefault((moment.runner, moment.name), ([], []))
            steps.append(moment.step)
            moments.append(moment)
        return found

    @cached_property
    def steps_shown(self) -> tuple[int, ...]:
        """The steps at which there was something to look at."""
        return tuple(sorted({moment.step for moment in self.moments}))

    # At a step

    def value(self, runner: str, metric: str, step: int) -> tuple[int, float] | None:
        """The nearest earlier value, and the step it was measured at; None before the first."""
        points = self.curves.get((runner, metric), ())
        place = bisect_right(points, step, key=lambda point: point[0])
        return points[place - 1] if place else None

    def picture(self, thread: Thread, step: int) -> Moment | None:
        """What was shown last up to a step; before the first picture, the first."""
        if thread not in self._shown:
            return None
        steps, moments = self._shown[thread]
        return moments[max(0, bisect_right(steps, step) - 1)]

    def thread_of(self, runner: str) -> Thread | None:
        """The pictures that a runner showed; where it showed none, those of all of them, or of the
        first who did."""
        whose = [thread for name in (runner, "") for thread in self.threads if thread[0] == name]
        return next(iter([*whose, *self.threads]), None)

    @property
    def opening(self) -> int:
        """The step it opens at: where the loss of whom it is about fell fastest, or the end."""
        falls = (one for one in self.bookmarks if one.kind == "steepest")
        turning = (one.step for one in falls if one.runner == self.spec.turning)
        return next(turning, self.frames[-1])

    def passed(self, step: int) -> Milestone | None:
        """The last bookmark up to a step."""
        before = [mark for mark in self.bookmarks if mark.step <= step]
        return before[-1] if before else None


Shown = tuple[Moment, str]
"""A picture, and the name of its run where that is another one."""


def shown_at(
    reel: Reel, runner: str, step: int, pin: int | None, other: tuple[Reel, str] | None
) -> list[Shown]:
    """What a runner showed last up to a step, and beside it what that is to be compared with.

    That is the picture of the pinned step; or of another run, which is named; or of another
    runner of this one.
    """
    thread = reel.thread_of(runner)
    if thread is None or (now := reel.picture(thread, step)) is None:
        return []
    rival = next((t for t in reel.threads if t[1] == thread[1] and t != thread), None)
    beside: Moment | None = None
    if pin is not None:
        beside = reel.picture(thread, pin)
    elif other is not None:
        beside = other[0].picture(thread, step)
    elif rival is not None:
        beside = reel.picture(rival, step)
    of = other[1] if other is not None and pin is None else ""
    return [(now, ""), *([(beside, of)] if beside is not None else [])]


def points_of(opened: Opened) -> dict[tuple[str, str], list[tuple[int, float]]]:
    """All the curves of a kept run, by runner and metric."""
    return {(c.runner, c.metric): list(zip(c.steps, c.values, strict=True)) for c in opened.curves}


def _end(spec: LabSpec, curves: Curves) -> int:
    """The last step of the training: what is judged afterwards counts texts, or mazes."""
    drawn = [points for key, points in curves.items() if key[1] == LOSS and points]
    series = [curves.get((one.runner, one.metric)) for one in spec.series]
    drawn = drawn or [points for points in series if points]
    return max((points[-1][0] for points in drawn), default=0)


def _until(points: Points, end: int) -> Points:
    if not points or points[-1][0] <= end:
        return points
    return points[: bisect_right(points, end, key=lambda point: point[0])]


def _frames(
    curves: Curves, moments: Sequence[Moment], marks: Iterable[int], end: int
) -> tuple[int, ...]:
    """The steps of the frames; pictures come first where there are too many."""
    wanted = {0, end} if curves else set[int]()
    wanted.update(moment.step for moment in moments if moment.step <= end or not curves)
    wanted.update(marks)
    if len(wanted) > FRAMES:
        return _spread(sorted(wanted), FRAMES)
    longest = max(curves.values(), key=len, default=())
    room = min(FRAMES - len(wanted), max(0, SPREAD - len(wanted)))
    if room:
        steps = [step for step, _ in longest]
        wanted.update(_spread(steps, room))
    return tuple(sorted(wanted)) or (0,)


def _spread(steps: Sequence[int], most: int) -> tuple[int, ...]:
    """At most so many of these, first and last among them."""
    if len(steps) <= most:
        return tuple(steps)
    if most == 1:
        return (steps[-1],)
    return tuple(steps[round(n * (len(steps) - 1) / (most - 1))] for n in range(most))
