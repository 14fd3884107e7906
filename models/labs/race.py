"""A race: several networks learn one task from the same texts, step beside step."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn

from models.ablation import equal_shares
from models.chance import chance, number
from models.checkpoint import Checkpoint, number_in, part, together
from models.labs.lab import Inside, Lab, Look, Result
from models.labs.looks import due
from models.labs.pupil import Pupil, stacked, unstack
from models.labs.race_inside import reach_of_answer, states_of
from models.layers.loss import cross_entropy
from models.layers.size import parameters
from models.probe import at_rest
from models.protocol import Report
from models.specs.spec import Value
from models.training import LossAt, Recipe, Update

BATCH = 64
"""Texts in a step."""
WATCHED, UNSEEN, AT_ONCE = 256, 1000, 250
"""Texts on which a racer is watched while it trains, on which it is judged, and that are judged
in one unit of work. Nobody trains on either."""
PROBED = 16
"""Texts over which a look at the reach takes the mean."""
EVERY = 25
"""Steps between two looks at the accuracy."""
SOLVED = 0.99

Draw = Callable[[int, torch.Generator], tuple[Tensor, Tensor]]
"""How many texts, and chance -> the texts (B, T) and the right answers (B,), or (B, T) where each
token has one."""


@dataclass
class Racer:
    """A network (B, T) -> logits (B, A) or (B, T, A), and what it learns.

    `phase` says in words what it does.
    """

    name: str
    phase: str
    network: nn.Module
    draw: Draw
    recipe: Recipe
    practice: Draw | None = None
    """The texts that it learns from, where they are not drawn like those it is judged on."""
    exams: Mapping[str, Draw] = field(default_factory=dict)
    """Other texts on which it is judged too: the name of the metric -> how they are drawn."""
    right: deque[Tensor] = field(default_factory=lambda: deque(maxlen=EVERY))
    """The share of each of the last batches that it answered rightly before it learned from it."""
    solved: float = math.inf
    """After how many steps it first was right in at least 99 % of the watched texts."""
    pupil: Pupil = field(init=False)
    """Its training, once the race has lined it up."""

    def __post_init__(self) -> None:
        self.untrained = deepcopy(self.network)

    def line_up(self, device: str, seed: int, loss_at: LossAt) -> None:
        """Be where the race is run, with nothing learned yet."""
        self.untrained.to(device)
        self.pupil = Pupil(self.network.to(device), self.recipe, seed, loss_at)

    def remember(self) -> None:
        """Keep of now what it is going to be asked about later."""

    def as_asked(self, arguments: Mapping[str, Any]) -> nn.Module:
        """Its network as it is now; where `when` is `before`, as it was before its first step."""
        return self.untrained if arguments.get("when") == "before" else self.network

    def practised(self) -> float:
        """The share that it answered rightly of what it learned from in the last steps."""
        return torch.stack(list(self.right)).mean().item()

    def is_right(self, logits: Tensor, answers: Tensor) -> Tensor:
        """Which answers are right: logits (B, A), answers (B,) -> (B,), or one more axis each."""
        return logits.argmax(-1) == answers

    def accuracy(self, texts: Tensor, answers: Tensor) -> float:
        """The share of answers that are right: one a text, or one a token."""
        with at_rest(self.network):
            right = self.is_right(self.network(texts), answers)
        return int(right.sum()) / right.numel()

    def state(self) -> Checkpoint:
        """All that its next step depends on, and what is measured on the way."""
        kept = self.pupil.state()
        solved = self.solved if math.isfinite(self.solved) else None
        return Checkpoint(
            {**kept.tensors, "right": stacked(self.right)}, {**kept.about, "solved": solved}
        )

    def restore(self, kept: Checkpoint) -> None:
        """Stand where it stood.

        Raises:
            CheckpointError: if the checkpoint is not of such a racer.
        """
        solved = kept.about.get("solved")
        self.solved = math.inf if solved is None else number_in(kept.about, "solved")
        self.pupil.restore(kept)
        unstack(kept, "right", self.right, next(self.network.parameters()).device)


class Race(Lab):
    """All racers make a step, then the next; those who draw the same texts see the same ones."""

    def __init__(self, settings: Mapping[str, Value], seed: int, device: str = "cpu") -> None:
        super().__init__(settings, seed, device)
        self.racers = self.line_up()
        for racer in self.racers:
            racer.line_up(device, seed, self._loss(racer))
        # Reading a number makes a GPU wait for it.
        self._read_every = 1 if device == "cpu" else 10

    def line_up(self) -> list[Racer]:
        """The racers, with weights drawn from the seed."""
        raise NotImplementedError

    def judge(self, metrics: dict[str, float]) -> tuple[bool, bool]:
        """Whether the claim held, and whether the control failed as it must; may add metrics."""
        raise NotImplementedError

    def train(self) -> Iterator[Report | Look]:
        """Step beside step, then everyone is judged on texts that nobody has seen.

        A restored race goes on where it stood: some racers may be a step ahead of the others.
        """
        watched = [self._texts(racer, "watched", WATCHED) for racer in self.racers]
        last = self.racers[0].recipe.steps
        for step in range(min(racer.pupil.step for racer in self.racers), last + 1):
            for place, racer in enumerate(self.racers):
                if racer.pupil.step < step:
                    yield self._report(racer, place, racer.pupil.advance(), watched[place])
                if racer.pupil.step == step:
                    racer.remember()
                    if self.is_due(step, last):
                        yield from self.looks(racer, step)
        metrics: dict[str, float] = {}
        for place, racer in enumerate(self.racers):
            yield from self._judge(racer, place, metrics)
        held, failed = self.judge(metrics)
        steps = sum(racer.recipe.steps for racer in self.racers)
        self.result = Result(metrics, held and failed, failed, steps)

    def is_due(self, step: int, last: int) -> bool:
        """Whether it is time to look at the racers after `step` steps of `last`."""
        return due(step, last)

    def looks(self, racer: Racer, step: int) -> Iterator[Look]:
        """What there is to see of a racer after some steps, at times when much changes."""
        yield from ()

    def state(self) -> Checkpoint:
        """All racers'."""
        return together({racer.name: racer.state() for racer in self.racers})

    def restore(self, kept: Checkpoint) -> None:
        """Every racer stands where it stood."""
        for racer in self.racers:
            racer.restore(part(kept, racer.name))

    def set_knob(self, name: str, value: Value) -> None:
        """Turn the learning rate of everyone."""
        super().set_knob(name, value)
        for racer in self.racers:
            racer.recipe.learning_rate = self.number("learning_rate")

    def probe(self, what: str, arguments: Mapping[str, Any]) -> Inside:
        """`reach`: how strongly the answer depends on each token, by its distance from the last,
        against the last itself: (T,), the mean of 16 texts.
        `states`: what a racer that remembers has in mind after each token of two texts that differ
        in the first alone, and how far apart the two are.

        `runner` names the racer; `when` is `after` for it as it is now, `before` for it as it was
        before its first step; `sample` numbers a text.
        """
        if what not in ("reach", "states"):
            return super().probe(what, arguments)
        racer = self._named(arguments.get("runner", self.racers[0].name))
        network = racer.as_asked(arguments)
        if what == "reach":
            texts, _ = self._texts(racer, "probed", PROBED)
            found = reach_of_answer(network, texts)
            relative = found / found[0].clamp(min=1e-300)
            values = {"runner": racer.name, "texts": PROBED, "last": float(found[0])}
            return {"reach": relative.numpy()}, values
        texts, answers = self._twins(racer, f"sample {arguments.get('sample', 0)}")
        try:
            arrays, values = states_of(network, texts)
        except ValueError as error:
            raise ValueError(f"{racer.name} has no states to look at: {error}") from None
        return arrays, {**values, "runner": racer.name, "right": answers.tolist()}

    def _twins(self, racer: Racer, use: str) -> tuple[Tensor, Tensor]:
        """A text and the same with the first token of one that has another answer: (2, T), (2,)."""
        texts, answers = self._texts(racer, use, BATCH)
        other = int((answers != answers[0]).int().argmax())
        twins = texts[:1].repeat(2, 1)
        twins[1, 0] = texts[other, 0]
        return twins, answers[[0, other]]

    def if_uniform(self, racer: Racer, weights: str, exam: str = "accuracy") -> float:
        """How often `racer` is right on an exam if its attention gives every token equal shares."""
        with equal_shares(racer.network, weights):
            return racer.accuracy(*self._texts(racer, "unseen", UNSEEN, exam))

    def _named(self, name: object) -> Racer:
        for racer in self.racers:
            if racer.name == name:
                return racer
        names = ", ".join(racer.name for racer in self.racers)
        raise ValueError(f"nobody called {name} is in this race, only {names}")

    def _texts(
        self, racer: Racer, use: str, count: int, exam: str = "accuracy"
    ) -> tuple[Tensor, Tensor]:
        """Texts for a use of their own, the same for everyone who draws alike."""
        generator = torch.Generator().manual_seed(number(use, self.seed))
        texts, answers = racer.exams.get(exam, racer.draw)(count, generator)
        return texts.to(self.device), answers.to(self.device)

    def _loss(self, racer: Racer) -> LossAt:
        draw = racer.practice or racer.draw

        def loss_at(step: int) -> Tensor:
            texts, answers = (part.to(self.device) for part in draw(BATCH, chance(self.seed, step)))
            logits = racer.network(texts)
            racer.right.append(racer.is_right(logits, answers).float().mean())
            return cross_entropy(logits, answers)

        return loss_at

    def _report(
        self, racer: Racer, place: int, update: Update, watched: tuple[Tensor, Tensor]
    ) -> Report:
        step, steps = update.step, racer.recipe.steps
        metrics = update.numbers() if step % self._read_every == 0 else {}
        if step == 1:
            metrics["parameters"] = parameters(racer.network)
        if step % EVERY == 0 or step == steps:
            metrics["seconds"] = racer.pupil.seconds
            metrics["practised"] = racer.practised()
            metrics["accuracy"] = racer.accuracy(*watched)
            if metrics["accuracy"] >= SOLVED:
                racer.solved = min(racer.solved, step)
        done = ((step - 1) * len(self.racers) + place + 1) / (steps * len(self.racers))
        return Report(racer.name, racer.phase, step, steps, 0.97 * done, metrics)

    def _judge(self, racer: Racer, place: int, metrics: dict[str, float]) -> Iterator[Report]:
        exams, steps = ("accuracy", *racer.exams), racer.recipe.steps
        for sat, exam in enumerate(exams):
            texts, answers = self._texts(racer, "unseen", UNSEEN, exam)
            right = 0.0
            for begin in range(0, UNSEEN, AT_ONCE):
                part = slice(begin, begin + AT_ONCE)
                right += racer.accuracy(texts[part], answers[part]) * len(answers[part])
                share = (sat + min(1.0, (begin + AT_ONCE) / UNSEEN)) / len(exams)
                done = 0.97 + 0.03 * (place + share) / len(self.racers)
                yield Report(racer.name, f"{UNSEEN:,} unseen texts", steps, steps, done, {})
            metrics[f"{racer.name}.{exam}"] = right / UNSEEN
        metrics[f"{racer.name}.loss"] = racer.pupil.recent_loss()
        metrics[f"{racer.name}.parameters"] = parameters(racer.network)
        if math.isfinite(racer.solved):
            metrics[f"{racer.name}.solved"] = racer.solved
