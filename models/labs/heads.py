"""One head, two and four report two letters of a string: the same parameters, split differently.

The rates 0.003 and 0.01 were tried with all of them: at 0.003 two heads need more steps, and one
head is right no more often.
"""

from __future__ import annotations

import torch
from torch import Tensor

from models.ablation import averaged
from models.chance import seeded
from models.labs.race import SOLVED, UNSEEN, Racer
from models.labs.team import WEIGHTS, Team, TeamRace, asked_alone
from models.networks.reporter import Reporter, Shape
from models.specs.heads import PLACES, QUESTIONS, RUNNERS, SPEC
from models.tasks.letters import ALPHABET, decode, strings
from models.training import Recipe

ONE = 0.95
"""One head must report both letters less often than that."""
EQUAL = 0.20
"""With equal shares two heads must report both letters less often than that."""


class HeadsLab(TeamRace):
    """Three teams of one width and one, two and four heads."""

    spec = SPEC
    questions = tuple(QUESTIONS.values())
    token_called = "letter"
    words = tuple(ALPHABET)
    marks = tuple(f"{place}:" for place in PLACES)

    def line_up(self) -> list[Racer]:
        """The teams, each with weights drawn from the seed."""
        return [self._team(name, heads) for name, (heads, _) in RUNNERS.items()]

    def judge(self, metrics: dict[str, float]) -> tuple[bool, bool]:
        """Two heads and four report both letters; one does not, nor do two without a choice."""
        two = self._named("two")
        metrics["uniform.accuracy"] = self.if_uniform(two, WEIGHTS)
        with averaged(two.network, WEIGHTS):
            metrics["averaged.accuracy"] = two.accuracy(*self._texts(two, "unseen", UNSEEN))
        metrics["chance.accuracy"] = 1 / len(ALPHABET) ** 2
        for racer in self.racers:
            each = [metrics[f"{racer.name}.{exam}"] for exam in QUESTIONS]
            metrics[f"{racer.name}.letters"] = sum(each) / len(each)
            without = self.without(racer)
            metrics[f"{racer.name}.least"] = min(without)
            metrics[f"{racer.name}.most"] = max(without)
        held = min(metrics["two.accuracy"], metrics["four.accuracy"]) >= SOLVED
        return held, metrics["one.accuracy"] < ONE and metrics["uniform.accuracy"] < EQUAL

    def spelled(self, text: Tensor) -> list[str]:
        """The letters of a string (T,)."""
        return list(decode(text))

    def _team(self, name: str, heads: int) -> Racer:
        shape = Shape(
            vocabulary=len(ALPHABET),
            length=self.whole("length"),
            questions=len(PLACES),
            answers=len(ALPHABET),
            width=self.whole("width"),
            heads=heads,
        )
        with seeded(self.seed):
            network = Reporter(shape)
        recipe = Recipe(self.whole("steps"), self.number("learning_rate"))
        exams = {exam: asked_alone(self._draw, at) for at, exam in enumerate(QUESTIONS)}
        return Team(name, f"training {RUNNERS[name][1]}", network, self._draw, recipe, exams=exams)

    def _draw(self, count: int, chance: torch.Generator) -> tuple[Tensor, Tensor]:
        """Strings (B, T), and the letters at the two places (B, 2)."""
        texts = strings(count, self.whole("length"), chance)
        return texts, texts[:, [place - 1 for place in PLACES]]
