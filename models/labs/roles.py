"""One, two and four heads answer who, whom, where and when; and does each head take one of them?

The rate of 0.01 is that of the lab `heads`, tuned there.
"""

from __future__ import annotations

import torch
from torch import Tensor

from models.chance import seeded
from models.labs.heads_inside import board_of
from models.labs.race import SOLVED, UNSEEN, Racer
from models.labs.team import WEIGHTS, Team, TeamRace, asked_alone
from models.networks.reporter import Reporter, Shape
from models.specs.roles import QUESTIONS, RUNNERS, SPEC
from models.tasks.stories import LENGTH, WORDS, detectives, sentences, spelled
from models.training import Recipe

ONE = 0.90
"""One head must answer all four less often than that."""
EQUAL = 0.20
"""With equal shares four heads must answer all four less often than that."""
MISSED = 0.10
"""A head is missed for a question that loses as much without it."""


class RolesLab(TeamRace):
    """Three teams, the rules, and the question who does what in a team of four."""

    spec = SPEC
    questions = QUESTIONS
    token_called = "word"
    words = WORDS
    marks = tuple(f"{question}:" for question in QUESTIONS)

    def line_up(self) -> list[Racer]:
        """The teams, each with weights drawn from the seed."""
        return [self._team(name, heads) for name, (heads, _) in RUNNERS.items()]

    def judge(self, metrics: dict[str, float]) -> tuple[bool, bool]:
        """Four heads answer all; one does not, nor do four without a choice."""
        four = self._named("four")
        metrics["uniform.accuracy"] = self.if_uniform(four, WEIGHTS)
        metrics["four.own"] = self._owned(four)
        texts, answers = self._texts(four, "unseen", UNSEEN)
        right = torch.tensor([self._by_rule(text) for text in texts]) == answers.cpu()  # (B, Q)
        metrics["rules.accuracy"] = right.all(-1).float().mean().item()
        for question, share in zip(QUESTIONS, right.float().mean(0).tolist(), strict=True):
            metrics[f"rules.{question}"] = share
        failed = metrics["one.accuracy"] < ONE and metrics["uniform.accuracy"] < EQUAL
        return metrics["four.accuracy"] >= SOLVED, failed

    def spelled(self, text: Tensor) -> list[str]:
        """The words of a sentence (T,)."""
        return spelled(text)

    def _owned(self, racer: Racer) -> int:
        """How many questions one head alone is missed for, which is missed for no other."""
        _, values = board_of(racer.network, None, lambda: self._judged(racer, racer.network))
        whole, heads = values["rows"][0]["parts"], values["heads"]
        missed = [
            {at for at, share in enumerate(row["parts"]) if whole[at] - share >= MISSED}
            for row in values["rows"][1 : heads + 1]
        ]
        everyone = [question for questions in missed for question in questions]
        return sum(len(one) == 1 and everyone.count(min(one)) == 1 for one in missed)

    def _by_rule(self, text: Tensor) -> list[int]:
        return [WORDS.index(word) for word in detectives(spelled(text))]

    def _team(self, name: str, heads: int) -> Racer:
        shape = Shape(
            vocabulary=len(WORDS),
            length=LENGTH,
            questions=len(QUESTIONS),
            answers=len(WORDS),
            width=self.whole("width"),
            heads=heads,
        )
        with seeded(self.seed):
            network = Reporter(shape)
        recipe = Recipe(self.whole("steps"), self.number("learning_rate"))
        exams = {exam: asked_alone(sentences, at) for at, exam in enumerate(QUESTIONS)}
        phase = f"training {RUNNERS[name][1]}"
        return Team(name, phase, network, sentences, recipe, exams=exams)
