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
from models.labs.heads_in_mazes import HeadsInMazes
from models.labs.lab import Inside, Lab, Look
from models.labs.looper import Looper
from models.labs.map_asked import asked, loops_asked, thought
from models.labs.map_judged import KINDS, Exam, about_ways, blindfolded, judged
from models.labs.map_unlearned import unlearned
from models.labs.race import Race, Racer
from models.labs.ways_by_length import Lengths, longest_way
from models.layers.size import parameters
from models.mazes.generators import wilson
from models.networks.map import MapSolver
from models.protocol import Report
from models.specs.map import (
    BASELINES,
    FAR,
    LATE,
    LEARNERS,
    LOOPS,
    MORE,
    SIZE,
    SPEC,
)
from models.specs.spec import Value
from models.tasks.map import drawn, opened
from models.training import LossAt, Recipe

BATCH = 16
"""Mazes in a step."""
WATCHED = 32
"""Mazes in which everyone is watched while it trains."""
FOR_ALL = ("accuracy", "longer", "large")
"""The exams of everyone."""
BLINDFOLDED = 100
"""Mazes in which it is told the walls of others."""
GOAL, LARGE_GOAL, BLIND = 0.99, 0.95, 0.30


class MapLab(Race):
    """The looped map and, to compare, one that makes no loops before those that count."""

    spec = SPEC

    def __init__(self, settings: Mapping[str, Value], seed: int, device: str = "cpu") -> None:
        super().__init__(settings, seed, device)
        rng = random.Random(f"mazes {seed}")
        self._mazes = opened([wilson(SIZE, SIZE, rng) for _ in range(self.whole("mazes"))])
        self._exams = dict[str, Exam]()
        self._heads = HeadsInMazes(seed, SIZE, LOOPS)

    def line_up(self) -> list[Racer]:
        """Who is trained; all begin with the same weights."""
        names = list(LEARNERS) if self.settings["control"] else ["map"]
        return [self._looper(name) for name in names]

    def train(self) -> Iterator[Report | Look]:
        """The race, and what there is to see when it is over."""
        yield from super().train()
        yield from self.at_the_end()

    def at_the_end(self) -> Iterator[Look]:
        """How many ways of the larger mazes arrive, by their length."""
        yield Look("", self.whole("steps"), "per-length", self._by_length({}))

    def judge(self, metrics: dict[str, float]) -> tuple[bool, bool]:
        """It solves what is as large and what is larger, but not a maze that it is not shown."""
        held = metrics["map.accuracy"] >= GOAL and metrics["map.large"] >= LARGE_GOAL
        metrics |= unlearned(self._exam("accuracy"))
        in_large = unlearned(self._exam("large"))
        for who in BASELINES:
            metrics |= {f"{who}.far{low}": in_large[f"{who}.from{low}"] for low, _ in FAR}
        return held, metrics["map.blind"] < BLIND

    def is_due(self, step: int, last: int) -> bool:
        """Whether it is time to look: often, while the news learns to travel, and then seldom."""
        often = 10 if step <= 100 else 25 if step <= 300 else 100
        return step % often == 0 or step == last

    def looks(self, racer: Racer, step: int) -> Iterator[Look]:
        """The arrows of every cell loop by loop."""
        if racer.name == "map":
            yield Look(racer.name, step, "thought", self._thought(racer, {}))

    def probe(self, what: str, arguments: Mapping[str, Any]) -> Inside:
        """`thought`: what a `runner` would answer in every cell of one maze after each of `loops`
        loops (`map_asked`: which maze, and what is told of it); where `when` is `before`, as it was
        before its first step; with a `step`, as it was after so many, of the `steps` that are kept;
        with `heads`, where they look as well (`_glances`). `maze-attention`: where they look, and
        what they are worth (`heads_in_mazes`). `lengths`: how many ways of larger mazes arrive by
        their moves, of `runners`, once the race is over."""
        if what == "lengths":
            return {}, self._by_length(arguments)
        racer = self._named(arguments.get("runner", "map"))
        if what == "maze-attention":
            return self._heads.told(racer, arguments)
        if what != "thought":
            return Lab.probe(self, what, arguments)
        told = {**self._thought(racer, arguments), "steps": _looper(racer).past.steps}
        return self._glances(racer, arguments), told

    def _by_length(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        about = about_ways(self.result.metrics) if self.result else ""
        lengths = Lengths("far", FAR, longest_way(self._mazes, SIZE), about)
        return lengths.told(self.result, arguments.get("runners") or (*LEARNERS, *BASELINES))

    def _thought(self, racer: Racer, arguments: Mapping[str, Any]) -> dict[str, Any]:
        of, loops = asked(arguments, self.seed), loops_asked(arguments)
        looper, told = _looper(racer), of.board.seen.to(self.device)
        logits = looper.thoughts(told, of.maze.width, loops, looper.as_asked(arguments))
        return thought(of, logits[:, 0].cpu())

    def _glances(self, racer: Racer, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """How much each head looks through its door after each loop, as `doors` (K, T, 4), where
        `heads` are asked for as well."""
        if not arguments.get("heads"):
            return {}
        of, loops = asked(arguments, self.seed), loops_asked(arguments)
        looper, told = _looper(racer), of.board.seen.to(self.device)
        looks = looper.glances(told, of.maze.width, loops, looper.as_asked(arguments))
        return {"doors": looks[:, 0].float().cpu().numpy()}

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
            loops = LATE if name == "large" else (exam.kind.loops,)
            for part in exam.parts():
                told = exam.board.seen[part].to(self.device)
                said.append(looper.arrows_at(told, exam.kind.size, loops).cpu())
                share = (sat + min(1.0, part.stop / len(exam.mazes))) / len(names)
                done = 0.97 + 0.03 * (place + share) / len(self.racers)
                yield Report(racer.name, "unseen mazes", steps, steps, done, {})
            lengths = exam.kind.lengths
            found = [judged(arrows, exam.board, lengths) for arrows in torch.cat(said, 1)]
            self._note(racer, name, found, metrics)
        if racer.name == "map":
            metrics["map.blind"] = self._blind(looper)

    def _note(
        self, racer: Racer, exam: str, found: list[dict[str, float]], metrics: dict[str, float]
    ) -> None:
        """What is kept of an exam, in which it was asked once or after several numbers of loops."""
        who = racer.name
        if exam == "large":
            shares = {loops: one["accuracy"] for loops, one in zip(LATE, found, strict=True)}
            metrics |= {f"{who}.late{loops}": share for loops, share in shares.items()}
            metrics[f"{who}.large"] = shares[MORE]
            by_length = found[LATE.index(MORE)]
            metrics |= {f"{who}.far{low}": by_length[f"from{low}"] for low, _ in FAR}
            return
        metrics[f"{who}.{exam}"] = found[0]["accuracy"]
        if exam != "accuracy":
            return
        metrics |= {f"{who}.{name}": share for name, share in found[0].items() if name != "right"}
        metrics[f"{who}.loss"] = racer.pupil.recent_loss()
        metrics[f"{who}.parameters"] = parameters(racer.network)
        if math.isfinite(racer.solved):
            metrics[f"{who}.solved"] = racer.solved

    def _blind(self, looper: Looper) -> float:
        """How many ways arrive if it is told the walls of another maze, and the right cheese."""
        board = Exam(replace(KINDS["accuracy"], count=BLINDFOLDED), f"blind {self.seed}").board
        arrows = looper.arrows(blindfolded(board).to(self.device), SIZE, LOOPS)
        return judged(arrows.cpu(), board)["accuracy"]

    def _exam(self, name: str) -> Exam:
        """The mazes of an exam, the same for everyone."""
        if name not in self._exams:
            self._exams[name] = Exam(KINDS[name], f"{name} {self.seed}")
        return self._exams[name]

    def _looper(self, name: str) -> Looper:
        with seeded(self.seed):
            network = MapSolver(sees_doors=bool(self.settings["sees_doors"]))
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
