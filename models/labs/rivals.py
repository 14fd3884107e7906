"""Three who are told a maze and a mouse that walks through it, trained on the same mazes.

All make as many steps, and those who are told mazes are told the same ones in every step. LSTM and
plain transformer have as many parameters, to two in a hundred, and each the learning rate that was
best for it after 300 steps, of several: the LSTM 0.02 of 0.0025, 0.005, 0.01 and 0.02, the plain
transformer 0.005 of 0.001, 0.002, 0.004, 0.006 and 0.01, where all from 0.004 to 0.006 come to the
same. The looped map is level at 0.005 and 0.01; the mouse has that of the first lesson.

Axes: B mazes, T cells.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor

from models.chance import chance, seeded
from models.labs.heads_in_mazes import HeadsInMazes
from models.labs.lab import Inside, Lab, Look
from models.labs.map_asked import Asked, asked, loops_asked, thought
from models.labs.map_judged import Exam
from models.labs.map_readers import AtOnce, Looped, loops_for, reader
from models.labs.map_unlearned import unlearned
from models.labs.mice_race import race
from models.labs.mouse_racer import MouseRacer, new_mouse
from models.labs.race import Race, Racer
from models.labs.rivals_judged import EXAMS, Sitting, exams_of
from models.labs.ways_by_length import Lengths, longest_way
from models.layers.size import parameters
from models.mazes.generators import wilson
from models.networks.lstm_map import LSTMMap
from models.networks.map import MapSolver
from models.networks.plain_map import PlainMap, Shape
from models.protocol import Report
from models.specs.rivals import (
    BASELINES,
    LEARNERS,
    LENGTHS,
    LOOPS,
    MAZES,
    RATES,
    READERS,
    SIZE,
    SPEC,
)
from models.specs.spec import Value
from models.tasks.map import drawn, opened
from models.training import LossAt, Recipe

BATCH = 32
"""Mazes in a step."""
WATCHED = 64
"""Mazes in which everyone is watched while it trains."""
WIDTH, STATE = 48, 58
"""Channels of the plain transformer, and numbers in each state of the LSTM: 114,148 parameters
and 112,292."""
CLAIM = {"map": 0.98, "lstm": 0.85}
"""The least share of ways that must arrive by the arrows of each."""
RACING = ("lstm", "plain", "map")
"""Who of those who are told mazes is shown in the race, in this order."""
AHEAD, BLIND = 0.15, 0.20
"""How far the LSTM is ahead of the plain transformer at least; and the share that must not be
reached by anyone who is shown another maze."""


class RivalsLab(Race):
    """Looped map, LSTM, plain transformer and mouse."""

    spec = SPEC

    def __init__(self, settings: Mapping[str, Value], seed: int, device: str = "cpu") -> None:
        rng = random.Random(f"mazes {seed}")
        count = settings["mazes"]
        assert isinstance(count, int)
        self._practice = [wilson(SIZE, SIZE, rng) for _ in range(count)]
        self._pool = opened(self._practice)
        self._exams = dict[str, Exam]()
        self._heads = HeadsInMazes(seed, SIZE, LOOPS)
        super().__init__(settings, seed, device)

    def line_up(self) -> list[Racer]:
        """Who is trained."""
        names = [name for name in LEARNERS if name != "mouse" or self.settings["mouse"]]
        return [self._racer(name) for name in names]

    def train(self) -> Iterator[Report | Look]:
        """The race, and how many ways arrive by length once it is over; the mouse is put into its
        mazes before."""
        for racer in self.racers:
            if isinstance(racer, MouseRacer):
                racer.begin(self.device)
        yield from super().train()
        last = self.racers[0].recipe.steps
        yield Look("", last, "per-length", self._by_length({}))

    def set_knob(self, name: str, value: Value) -> None:
        """Turn the learning rates of all alike."""
        super().set_knob(name, value)
        for racer in self.racers:
            racer.recipe.learning_rate = self._rate(racer.name)

    def probe(self, what: str, arguments: Mapping[str, Any]) -> Inside:
        """`thought`: what a `runner` that is told mazes would answer in every cell of one, after
        each loop or layer. `lengths`: how many ways arrive by their moves, of `runners`, once the
        race is over. `maze-attention`: where the heads of one look in it
        (`heads_in_mazes`). `race`: everyone's way through it
        (`mice_race`). `map_asked` says which maze: of `size` 5 unless something is asked for.

        `when` is `before` for networks as they were before their first step; of the looped map, a
        `step` of the `steps` that are kept asks for what it thought after so many.
        """
        arguments = {"size": SIZE, **arguments}
        if what == "race":
            return self._race(asked(arguments, self.seed), arguments)
        if what == "thought":
            return {}, self._thought(arguments)
        if what == "lengths":
            return {}, self._by_length(arguments)
        if what == "maze-attention":
            racer = self._named(arguments.get("runner", "plain"))
            return self._heads.told(racer, arguments)
        return Lab.probe(self, what, arguments)

    def looks(self, racer: Racer, step: int) -> Iterator[Look]:
        """The ways of all through one maze."""
        if racer is self.racers[-1]:
            of = asked({"size": SIZE}, self.seed)
            for one in self._race(of, {})[1]["contestants"]:
                if one["name"] in LEARNERS:
                    yield Look(one["name"], step, "walk", {**of.told, "path": one["path"]})

    def _by_length(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        about = f"Ways in {MAZES:,} new mazes of {SIZE}x{SIZE}; of the mouse, one in each."
        lengths = Lengths("from", LENGTHS, longest_way(self._pool, SIZE), about)
        return lengths.told(self.result, arguments.get("runners") or (*LEARNERS, *BASELINES))

    def _race(self, of: Asked, arguments: Mapping[str, Any]) -> Inside:
        racers = {racer.name: _as_asked(racer, arguments) for racer in self.racers}
        mouse = racers["mouse"].network if "mouse" in racers else None
        return race(of, mouse, {name: reader(racers[name]) for name in RACING}, self.seed)

    def _thought(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        of, racer = asked(arguments, self.seed), self._named(arguments.get("runner", "map"))
        thinks = reader(_as_asked(racer, arguments))
        told, width = of.board.seen.to(self.device), of.maze.width
        if isinstance(thinks, Looped):
            loops = loops_asked({"loops": loops_for(width), **arguments})
            found = thought(of, thinks.thoughts(told, width, loops)[:, 0].cpu())
            return {**found, "steps": thinks.past.steps}
        return thought(of, thinks.thoughts(told, width)[:, 0].cpu())

    def judge(self, metrics: dict[str, float]) -> tuple[bool, bool]:
        """The map is solved and the LSTM ahead of the plain transformer; shown other mazes, none of
        them finds the way."""
        metrics |= unlearned(self._exam("accuracy"))
        arrives = {name: metrics[f"{name}.accuracy"] for name in READERS}
        held = all(arrives[name] >= least for name, least in CLAIM.items())
        ahead = arrives["lstm"] - arrives["plain"] >= AHEAD
        return held and ahead, max(metrics[f"{name}.blind"] for name in READERS) < BLIND

    def _loss(self, racer: Racer) -> LossAt:
        def loss_at(step: int) -> Tensor:
            pace = chance(self.seed, step)
            board = drawn(self._pool, SIZE, BATCH, pace)
            return reader(racer).loss(step, board.to(self.device), pace)

        return loss_at

    def _texts(
        self, racer: Racer, use: str, count: int, exam: str = "accuracy"
    ) -> tuple[Tensor, Tensor]:
        """Mazes (B, T, 5), and answers (B, T) or, for the mouse, where it starts (B,)."""
        return super()._texts(racer, use, min(count, WATCHED), exam)

    def _judge(self, racer: Racer, place: int, metrics: dict[str, float]) -> Iterator[Report]:
        """In unseen mazes, as large as those of the training and larger."""
        steps, exams = racer.recipe.steps, exams_of(racer)
        for sat, (name, mazes) in enumerate(exams):
            sitting = Sitting(name, self._exam(mazes), self.seed, {})
            for share in sitting.sit(racer):
                done = 0.97 + 0.03 * (place + (sat + share) / len(exams)) / len(self.racers)
                yield Report(racer.name, "unseen mazes", steps, steps, done, {})
            metrics |= sitting.metrics(racer.name)
        metrics[f"{racer.name}.loss"] = racer.pupil.recent_loss()
        metrics[f"{racer.name}.parameters"] = parameters(racer.network)
        if math.isfinite(racer.solved):
            metrics[f"{racer.name}.solved"] = racer.solved

    def _exam(self, name: str) -> Exam:
        """The mazes of an exam, the same for everyone."""
        if name not in self._exams:
            self._exams[name] = Exam(EXAMS[name], f"{name} {self.seed}")
        return self._exams[name]

    def _rate(self, name: str) -> float:
        return self.number("learning_rate") * RATES[name]

    def _racer(self, name: str) -> Racer:
        phase = f"training the {LEARNERS[name]}"
        if name == "mouse":
            recipe, mouse = Recipe(self.whole("steps"), self._rate(name)), new_mouse(self.seed)
            return MouseRacer(name, phase, mouse, _starts, recipe, mazes=self._practice)
        recipe = Recipe(self.whole("steps"), self._rate(name), warm_up=30, decay=0.01)
        with seeded(self.seed):
            if name == "map":
                return Looped(name, phase, MapSolver(), _fresh, recipe)
            shape = Shape(side=SIZE, width=WIDTH)
            network = LSTMMap(STATE) if name == "lstm" else PlainMap(shape)
        return AtOnce(name, phase, network, _fresh, recipe)


def _as_asked(racer: Racer, arguments: Mapping[str, Any]) -> Racer:
    """The same racer as it is, or as it was."""
    found = copy(racer)
    found.network = racer.as_asked(arguments)
    return found


def _fresh(count: int, chance: torch.Generator) -> tuple[Tensor, Tensor]:
    """Mazes as they are told, (B, T, 5), and answers (B, T)."""
    use = str(int(torch.randint(1 << 60, (), generator=chance)))
    board = Exam(replace(EXAMS["accuracy"], count=count), use).board
    return board.seen, board.onward


def _starts(count: int, chance: torch.Generator) -> tuple[Tensor, Tensor]:
    """The same mazes, and a cell of each to start from (B,), which is not that of the cheese."""
    told, answers = _fresh(count, chance)
    anywhere = torch.rand(answers.shape, generator=chance)
    return told, anywhere.masked_fill(told[..., -1] > 0, -1.0).argmax(-1)
