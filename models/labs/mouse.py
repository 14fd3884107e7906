"""A mouse that learns to cross mazes, and a mouse without memory that cannot learn it as well.

Both have the same teacher, mazes, updates and learning rate, and as many parameters. The learning
rate was chosen for the mouse among 0.003, 0.005 and 0.008, two seeds each, of which every one
reaches the goal; for the mouse without memory 0.001, 0.002, 0.005 and 0.01 were tried, and at none
of them does it arrive in more than 85 %.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import Any

from models.checkpoint import Checkpoint, numbers_in, part, together
from models.labs.crossings import Crossing, moves_of, send
from models.labs.lab import Inside, Lab, Look, Plan, Result
from models.labs.learner import Learner, table
from models.layers.size import parameters
from models.mazes.score import score
from models.networks.mouse import MemorylessMouse, Mouse
from models.protocol import Report
from models.specs.mouse import SPEC
from models.specs.spec import Value
from models.tasks.mouse import SENSES, Mazes
from models.training import Recipe, seeded

HELD_OUT, UNSEEN = 100, 1000
"""Mazes in which the mice are watched while they train, and those in which they are judged.
Nobody practises in either."""
AT_ONCE = 125
"""Mazes in which a mouse is judged in one unit of work."""
EVERY = 25
"""Updates between two trials in the held-out mazes."""
SHOWN = (0, 10, 25, 50)
"""Updates after which the mouse is shown in one held-out maze; then after every 100."""
ARRIVAL, RATIO = 0.92, 1.4
"""The claim: at least that share arrives, and the median path is at most so many shortest ones."""
BASELINES = {
    "random": "a random walk",
    "forward": "a walk that never turns back",
    "right": "the right-hand rule",
    "explorer": "the explorer, its teacher",
}
COSTS = {"maze": 0.008, "mouse": 1.0, "control": 0.9, "unseen": 25.0, "baseline": 8.0}
"""What the parts of a run cost, in updates of the mouse, measured at the default knobs."""


class MouseLab(Lab):
    """Train the mouse and judge it; then the same for the mouse without memory."""

    spec = SPEC

    def __init__(self, settings: Mapping[str, Value], seed: int, device: str = "cpu") -> None:
        super().__init__(settings, seed, device)
        self._learners = self._make_learners()
        self._plan = self._make_plan()
        self._metrics: dict[str, float] = {}
        self._stood = 0.0
        """The share of the run that was done when it was restored."""
        self.held_out: list[Crossing] = []
        self.unseen: list[Crossing] = []
        self.practice: list[Crossing] = []
        # Reading a number makes a GPU wait for it.
        self._read_every = 1 if device == "cpu" else 10

    def train(self) -> Iterator[Report | Look]:
        """Make mazes, train and judge each mouse, then send those that learn nothing."""
        yield from self._make_mazes()
        practice = table(self.practice, self.device)
        for learner in self._learners:
            if f"{_prefix(learner)}arrival" not in self._metrics:
                yield from self._teach(learner, practice)
                yield from self._judge(learner)
        for name in BASELINES:
            if f"{name}.arrival" not in self._metrics:
                yield from self._send(name)
        self.result = self._summed_up()

    def _teach(self, learner: Learner, practice: Mazes) -> Iterator[Report | Look]:
        """Train a mouse from where it stands to its last update."""
        watched = _Watched(learner, self.held_out, self.device)
        yield from self._watch(watched, learner.pupil.step)
        for update in learner.learn(practice, self.whole("mice")):
            read = update.step % self._read_every == 0
            yield self._report(learner, update.step, update.numbers() if read else {})
            yield from self._watch(watched, update.step)
        self._keep(learner, {"loss": learner.pupil.recent_loss()})

    def state(self) -> Checkpoint:
        """All mice in training, and what was measured so far. Mazes are made again."""
        mice = together({learner.name: learner.state() for learner in self._learners})
        return Checkpoint(mice.tensors, {**mice.about, "measured": dict(self._metrics)})

    def restore(self, kept: Checkpoint) -> None:
        """Every mouse stands where it stood."""
        self._metrics = numbers_in(kept.about, "measured")
        for learner in self._learners:
            learner.restore(part(kept, learner.name))
            if learner.pupil.step:
                done = learner.pupil.step / learner.recipe.steps
                self._stood = self._plan.fraction(learner.name, done)

    def set_knob(self, name: str, value: Value) -> None:
        """Turn the learning rate, for the mouse that trains and those after it."""
        super().set_knob(name, value)
        for learner in self._learners:
            learner.recipe.learning_rate = self.number("learning_rate")

    def probe(self, what: str, arguments: Mapping[str, Any]) -> Inside:
        """`walk`: a mouse as it is now, in a fresh maze that belongs to `seed`.

        `runner` says which mouse: `mouse`, or `control` where there is one.
        """
        if what != "walk":
            return super().probe(what, arguments)
        wanted = arguments.get("runner", "mouse")
        for learner in self._learners:
            if learner.name == wanted:
                rng = random.Random(f"asked for {arguments.get('seed', 0)}")
                return {}, learner.walked(Crossing.drawn(self.whole("size"), rng))
        raise ValueError(f"this run trains no mouse called {wanted}")

    def _make_learners(self) -> list[Learner]:
        updates, rate = self.whole("updates"), self.number("learning_rate")
        with seeded(self.seed):
            mouse = Mouse(SENSES, self.whole("hidden"))
            memoryless = MemorylessMouse.as_large_as(mouse, SENSES)
        forgetful = "training the mouse without memory"
        chosen: list[tuple[str, str, Mouse | MemorylessMouse]]
        if not self.settings["memory"]:
            chosen = [("mouse", forgetful, memoryless)]
        else:
            chosen = [("mouse", "training the mouse", mouse)]
            if self.settings["control"]:
                chosen.append(("control", forgetful, memoryless))
        return [
            Learner(name, phase, network, Recipe(updates, rate), self.seed, self.device)
            for name, phase, network in chosen
        ]

    def _make_plan(self) -> Plan:
        parts = {"mazes": COSTS["maze"] * (HELD_OUT + UNSEEN + self.whole("mazes"))}
        for learner in self._learners:
            cost = COSTS["mouse" if isinstance(learner.network, Mouse) else "control"]
            parts[learner.name] = cost * learner.recipe.steps
            parts[f"{learner.name} unseen"] = COSTS["unseen"]
        return Plan(**parts, **dict.fromkeys(BASELINES, COSTS["baseline"]))

    def _make_mazes(self) -> Iterator[Report]:
        """First the mazes that nobody practises in, then others to practise in."""
        rng = random.Random(f"mazes {self.seed}")
        counts = (HELD_OUT, UNSEEN, self.whole("mazes"))
        done, total = 0, sum(counts)
        kept_apart: set[tuple[int, ...]] = set()
        for mazes, count in zip((self.held_out, self.unseen, self.practice), counts, strict=True):
            while len(mazes) < count:
                crossing = Crossing.drawn(self.whole("size"), rng)
                if mazes is not self.practice:
                    kept_apart.add(crossing.maze.passages)
                elif crossing.maze.passages in kept_apart:
                    continue
                mazes.append(crossing)
                done += 1
                if done % 100 == 0 or done == total:
                    fraction = max(self._stood, self._plan.fraction("mazes", done / total))
                    yield Report("mazes", "making the mazes", done, total, fraction, {})

    def _watch(self, watched: _Watched, step: int) -> Iterator[Report | Look]:
        """A trial in the held-out mazes and a walk to look at, where it is time for them."""
        learner = watched.learner
        last = step == learner.recipe.steps
        if (step % EVERY == 0 or last) and learner.watched < step:
            learner.watched = step
            measured = watched.trial()
            self._keep(learner, {"validation": measured["validation"]})
            yield self._report(learner, step, measured)
        if step in SHOWN or (step and step % 100 == 0) or last:
            yield Look(learner.name, step, "walk", learner.walked(watched.shown))

    def _report(self, learner: Learner, step: int, metrics: dict[str, float]) -> Report:
        steps = learner.recipe.steps
        fraction = self._plan.fraction(learner.name, step / steps)
        return Report(learner.name, learner.phase, step, steps, fraction, metrics)

    def _judge(self, learner: Learner) -> Iterator[Report]:
        """Send a mouse through the unseen mazes: its scores are those of its last update."""
        phase, moves = f"{UNSEEN:,} unseen mazes", list[int | None]()
        part, steps = f"{learner.name} unseen", learner.recipe.steps
        while len(moves) < UNSEEN:
            moves += learner.cross(self.unseen[len(moves) : len(moves) + AT_ONCE])
            fraction = self._plan.fraction(part, len(moves) / UNSEEN)
            yield Report(learner.name, phase, len(moves), UNSEEN, fraction, {})
        scores = score(moves, [c.shortest for c in self.unseen])
        self._keep(learner, {**scores, "parameters": parameters(learner.network)})
        fraction = self._plan.fraction(part, 1.0)
        yield Report(learner.name, phase, steps, steps, fraction, scores)

    def _send(self, name: str) -> Iterator[Report]:
        """Send a mouse that learns nothing through the mazes in which the others are judged."""
        moves: list[int | None] = []
        for traces in send(name, self.unseen, self.seed, 100):
            moves += map(moves_of, traces)
            fraction = self._plan.fraction(name, len(moves) / UNSEEN)
            phase = f"{UNSEEN:,} unseen mazes: {BASELINES[name]}"
            yield Report(name, phase, len(moves), UNSEEN, fraction, {})
        scores = score(moves, [c.shortest for c in self.unseen])
        self._metrics.update({f"{name}.{metric}": n for metric, n in scores.items()})

    def _keep(self, learner: Learner, metrics: Mapping[str, float]) -> None:
        """Note results: those of the mouse under their own names, the control's under its."""
        prefix = _prefix(learner)
        self._metrics.update({prefix + name: value for name, value in metrics.items()})

    def _summed_up(self) -> Result:
        trained = {learner.name for learner in self._learners}
        control_failed = "control" in trained and not _holds(self._metrics, "control.")
        reached = _holds(self._metrics, "") and control_failed
        steps = sum(learner.recipe.steps for learner in self._learners)
        return Result(self._metrics, reached, control_failed, steps)


class _Watched:
    """A learner, the held-out mazes, and the one of them in which it is shown.

    That one is chosen for its shortest path, of about twice the side of the maze, so that there
    is something to see; how the mouse does there has no part in the choice.
    """

    def __init__(self, learner: Learner, held_out: list[Crossing], device: str) -> None:
        self.learner, self.held_out = learner, held_out
        self.shown = min(held_out, key=lambda c: abs(c.shortest - 2 * c.maze.width))
        self._mazes = table(held_out, device)

    def trial(self) -> dict[str, float]:
        """The loss and the share that arrives."""
        loss = self.learner.loss_in(self._mazes)
        moves = self.learner.cross(self.held_out)
        arrived = sum(made is not None for made in moves)
        return {"validation": loss, "arrival": arrived / len(moves)}


def _prefix(learner: Learner) -> str:
    """What the names of its metrics begin with."""
    return "" if learner.name == "mouse" else f"{learner.name}."


def _holds(metrics: Mapping[str, float], prefix: str) -> bool:
    """Whether the claim holds for the mouse whose metrics begin with `prefix`."""
    ratio = metrics.get(f"{prefix}ratio")
    return metrics[f"{prefix}arrival"] >= ARRIVAL and ratio is not None and ratio <= RATIO
