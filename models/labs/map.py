"""One block, looped over a maze: trained with loops that come before, and without.

All begin with the same weights and see the same mazes. In a maze without loops who arrives by
arrows has come the shortest way.

Axes: B mazes, T cells.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor

from models.chance import chance, seeded
from models.labs.lab import Inside, Lab, Look
from models.labs.looper import Looper
from models.labs.map_judged import KINDS, Exam, judged, sent, straight
from models.labs.race import Race, Racer
from models.layers.size import parameters
from models.mazes.generators import wilson
from models.mazes.maze import Maze
from models.networks.map import MapSolver
from models.protocol import Report
from models.specs.map import BASELINES, LEARNERS, LENGTHS, LOOPS, SIZE, SPEC
from models.specs.spec import Value
from models.tasks.map import drawn, opened
from models.training import LossAt, Recipe

BATCH = 16
"""Mazes in a step."""
WATCHED = 32
"""Mazes in which everyone is watched while it trains."""
FOR_ALL = ("accuracy", "longer", "large")
"""The exams of the control."""
BLINDFOLDED = 100
"""Mazes in which it is told the walls of others."""
GOAL, LARGE_GOAL, BLIND = 0.98, 0.50, 0.30


class MapLab(Race):
    """The looped map and, as a control, one that makes no loops before those that count."""

    spec = SPEC

    def __init__(self, settings: Mapping[str, Value], seed: int, device: str = "cpu") -> None:
        super().__init__(settings, seed, device)
        rng = random.Random(f"mazes {seed}")
        self._mazes = opened([wilson(SIZE, SIZE, rng) for _ in range(self.whole("mazes"))])
        self._exams = dict[str, Exam]()

    def line_up(self) -> list[Racer]:
        """Who is trained; all begin with the same weights."""
        names = list(LEARNERS) if self.settings["control"] else ["map"]
        return [self._looper(name) for name in names]

    def judge(self, metrics: dict[str, float]) -> tuple[bool, bool]:
        """It solves what is as large and most of what is larger, but not a maze that it is not
        shown; and the control does worse in what is larger."""
        held = metrics["map.accuracy"] >= GOAL and metrics["map.large"] >= LARGE_GOAL
        metrics |= self._unlearned()
        worse = metrics.get("hasty.large", 1.0) < metrics["map.large"]
        return held, metrics["map.blind"] < BLIND and worse

    def _unlearned(self) -> dict[str, float]:
        """How those do who learn nothing."""
        exam = self._exam("accuracy")
        found = {name: sent(name, exam, self.seed) for name in BASELINES if name != "straight"}
        found["straight"] = judged(straight(exam.board), exam.board)
        return {
            f"{name}.{metric}": found[name][metric]
            for name in BASELINES
            for metric in ("accuracy", "shortest")
        }

    def looks(self, racer: Racer, step: int) -> Iterator[Look]:
        """The arrows of every cell loop by loop, and the way that a mouse goes by them."""
        if racer.name == "map":
            yield Look(racer.name, step, "thought", self._thought(racer, 0, SIZE, LOOPS))
            yield Look(racer.name, step, "walk", self._walk(racer))

    def probe(self, what: str, arguments: Mapping[str, Any]) -> Inside:
        """`thought`: the arrows of a `runner` on every cell of one maze after each of `loops`
        loops, in a maze of `size` cells a side that `sample` numbers (`_thought`)."""
        if what != "thought":
            return Lab.probe(self, what, arguments)
        racer = self._named(arguments.get("runner", "map"))
        size, loops = int(arguments.get("size", SIZE)), int(arguments.get("loops", LOOPS))
        return {}, self._thought(racer, arguments.get("sample", 0), size, loops)

    def _loss(self, racer: Racer) -> LossAt:
        looper = _looper(racer)

        def loss_at(step: int) -> Tensor:
            pace = chance(self.seed, step)
            board = drawn(self._mazes, SIZE, BATCH, pace)
            return looper.loss(step, board.to(self.device), pace)

        return loss_at

    def _texts(
        self, racer: Racer, use: str, count: int, exam: str = "accuracy"
    ) -> tuple[Tensor, Tensor]:
        """Mazes (B, T, 5) and answers (B, T); fewer than elsewhere, as each has many cells."""
        return super()._texts(racer, use, min(count, WATCHED), exam)

    def _judge(self, racer: Racer, place: int, metrics: dict[str, float]) -> Iterator[Report]:
        """In 7x7 and in 15x15, and what becomes of the first if it loops on."""
        looper, steps = _looper(racer), racer.recipe.steps
        names = [one for one in KINDS if racer.name == "map" or one in FOR_ALL]
        for sat, name in enumerate(names):
            exam, said = self._exam(name), list[Tensor]()
            for part in exam.parts():
                told = exam.board.seen[part].to(self.device)
                said.append(looper.arrows(told, exam.kind.size, exam.kind.loops).cpu())
                share = (sat + min(1.0, part.stop / len(exam.mazes))) / len(names)
                done = 0.97 + 0.03 * (place + share) / len(self.racers)
                yield Report(racer.name, "unseen mazes", steps, steps, done, {})
            found = judged(torch.cat(said), exam.board)
            metrics[f"{racer.name}.{name}"] = found["accuracy"]
            if name == "accuracy":
                self._note(racer, found, metrics)
        if racer.name == "map":
            metrics["map.blind"] = self._blind(looper)

    def _note(self, racer: Racer, found: Mapping[str, float], metrics: dict[str, float]) -> None:
        """What else is measured of a racer in the mazes of the size that it has practised in."""
        kept = ("whole", "legal", "shortest")
        metrics |= {f"{racer.name}.{name}": found[name] for name in kept}
        metrics[f"{racer.name}.loss"] = racer.pupil.recent_loss()
        metrics[f"{racer.name}.parameters"] = parameters(racer.network)
        if math.isfinite(racer.solved):
            metrics[f"{racer.name}.solved"] = racer.solved
        if racer.name == "map":
            metrics |= {f"map.from{low}": found[f"from{low}"] for low, _ in LENGTHS}

    def _blind(self, looper: Looper) -> float:
        """How many ways arrive if it is told the walls of another maze, and the right cheese."""
        board = Exam(replace(KINDS["accuracy"], count=BLINDFOLDED), f"blind {self.seed}").board
        told = board.seen
        told[..., :4] = told[..., :4].roll(1, 0)
        arrows = looper.arrows(told.to(self.device), SIZE, LOOPS)
        return judged(arrows.cpu(), board)["accuracy"]

    def _exam(self, name: str) -> Exam:
        """The mazes of an exam, the same for everyone."""
        if name not in self._exams:
            self._exams[name] = Exam(KINDS[name], f"{name} {self.seed}")
        return self._exams[name]

    def _thought(self, racer: Racer, sample: object, size: int, loops: int) -> dict[str, Any]:
        """A maze (`width`, `height`, `passages`, `start`, `cheese`), the moves `away` and the right
        direction `onward` of each cell, and the `arrows` of each cell after 0 loops, 1, 2 and so
        on: north, east, south and west are 0 to 3; where the cheese is, none is right (-1)."""
        kind = replace(KINDS["accuracy"], size=size, count=1)
        exam = Exam(kind, f"sample {sample} {self.seed}")
        board = exam.board
        arrows = _looper(racer).thoughts(board.seen.to(self.device), size, loops)[:, 0]
        away = board.away[0]
        return {
            "width": size,
            "height": size,
            "passages": list(exam.mazes[0].passages),
            "start": int(away.argmax()),
            "cheese": int(board.cheese[0]),
            "away": away.tolist(),
            "onward": board.onward[0].masked_fill(away == 0, -1).tolist(),
            "arrows": arrows.tolist(),
        }

    def _walk(self, racer: Racer) -> dict[str, Any]:
        """The way that a mouse goes by the arrows, from the cell that is farthest away."""
        thought = self._thought(racer, 0, SIZE, LOOPS)
        names = ("width", "height", "passages", "start", "cheese")
        maze = Maze(SIZE, SIZE, tuple(thought["passages"]))
        path, arrows = [thought["start"]], thought["arrows"][-1]
        while len(path) < maze.cells and path[-1] != thought["cheese"]:
            if not maze.is_open(path[-1], arrows[path[-1]]):
                break
            path.append(maze.step(path[-1], arrows[path[-1]]))
        return {**{name: thought[name] for name in names}, "path": path}

    def _looper(self, name: str) -> Looper:
        with seeded(self.seed):
            network = MapSolver()
        return Looper(
            name,
            f"training a {LEARNERS[name]}" if name == "map" else f"training with {LEARNERS[name]}",
            network,
            _fresh,
            Recipe(self.whole("steps"), self.number("learning_rate"), warm_up=30, decay=0.01),
            burn_in=0 if name == "hasty" else self.whole("burn_in"),
            wait=0 if name == "hasty" else self.whole("wait"),
            timetable=bool(self.settings["timetable"]),
        )


def _fresh(count: int, chance: torch.Generator) -> tuple[Tensor, Tensor]:
    """Mazes as they are told, (B, T, 5), and answers (B, T)."""
    use = str(int(torch.randint(1 << 60, (), generator=chance)))
    board = Exam(replace(KINDS["accuracy"], count=count), use).board
    return board.seen, board.onward


def _looper(racer: Racer) -> Looper:
    assert isinstance(racer, Looper)
    return racer
