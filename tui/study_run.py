"""A study as the interface knows it: which of its points are there, which is trained now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from models.kept import Kept
from models.specs.study import Point, Study
from tui.lab_run import LabRun, Phase

Numbers = dict[str, float]


def counts_as(kept: Kept, point: Point, study: Study) -> bool:
    """Whether a kept run is just the run that a point asks for, trained to its end."""
    if (kept.lab, kept.seed, kept.state) != (study.lab, point.seed, "finished") or kept.turned:
        return False
    usual = {knob.name: knob.default for knob in study.spec.knobs}
    return {**usual, **kept.knobs} == dict(point.knobs)


def found(study: Study, points: Iterable[Point], kept: Iterable[Kept]) -> dict[Point, Numbers]:
    """The points that have been run before, with what the newest such run measured."""
    runs = list(kept)
    newest = {p: next((run for run in runs if counts_as(run, p, study)), None) for p in points}
    return {point: run.numbers for point, run in newest.items() if run is not None}


@dataclass
class StudyRun:
    """One study of this sitting. `phase` is that of the whole, `run` the run of one point."""

    study: Study
    points: tuple[Point, ...]
    phase: Phase = Phase.IDLE
    results: dict[Point, Numbers] = field(default_factory=dict)
    troubles: dict[Point, str] = field(default_factory=dict)
    """The points that did not come to an end, and why, in plain words."""
    trouble: str = ""
    """Why nothing of it can be trained, in plain words."""
    point: Point | None = None
    run: LabRun | None = None
    new: bool = False
    """Whether it has ended and nobody has looked at it yet."""
    _before: float = 0.0
    _spent: float = 0.0
    """The cost of the points that were there when it was begun, and seconds of work since."""

    @classmethod
    def of(cls, study: Study) -> StudyRun:
        """A study of which nothing is known yet."""
        return cls(study, study.points())

    @property
    def alive(self) -> bool:
        """Whether its points are being trained, or wait for their turn."""
        return self.phase in (Phase.STARTING, Phase.TRAINING, Phase.PAUSED)

    @property
    def complete(self) -> bool:
        """Whether every point is there."""
        return len(self.results) == len(self.points)

    @property
    def next_point(self) -> Point | None:
        """The first point that is neither there nor failed."""
        done = {*self.results, *self.troubles}
        return next((point for point in self.points if point not in done), None)

    @property
    def share(self) -> float:
        """How much of the work of this time is done, from 0 to 1, by what the points cost."""
        done = sum(p.cost for p in (*self.results, *self.troubles)) - self._before
        if self.point is not None and self.run is not None:
            done += self.point.cost * self.run.fraction
        whole = sum(point.cost for point in self.points) - self._before
        return min(1.0, done / whole) if whole > 0 else 1.0

    @property
    def elapsed(self) -> float:
        """Seconds of work on its points since it was begun, pauses left out."""
        return self._spent + (self.run.elapsed if self.run is not None else 0.0)

    def take(self, kept: Iterable[Kept]) -> None:
        """Take over what has been run before."""
        for point, numbers in found(self.study, self.points, kept).items():
            self.results.setdefault(point, numbers)
            self.troubles.pop(point, None)
        if self.complete and not self.alive:
            self.phase = Phase.FINISHED

    def begin(self) -> None:
        """It has its place in the queue; what failed before is tried again."""
        self.troubles.clear()
        self.trouble, self.phase = "", Phase.STARTING
        self.set_out()

    def set_out(self) -> None:
        """Count time and work from here: what is there already was not done this time."""
        self._spent = 0.0
        self._before = sum(point.cost for point in self.results)

    def train(self, point: Point, run: LabRun) -> None:
        """The run of a point has been asked for."""
        self.point, self.run = point, run

    def done(self, numbers: Mapping[str, float]) -> None:
        """The point has come to its end."""
        if self.point is not None:
            self.results[self.point] = dict(numbers)
        self.let_go()

    def failed(self, because: str) -> None:
        """The point has not come to its end."""
        if self.point is not None:
            self.troubles[self.point] = because
        self.let_go()

    def let_go(self) -> None:
        """Nothing of it is trained any more."""
        if self.run is not None:
            self._spent += self.run.elapsed
        self.point = self.run = None
