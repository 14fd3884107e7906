"""Two layers of attention alone, one layer as large, and the same one where the period is fixed.

All make as many steps at the same rate. Two layers learn with 0.003, 0.006, 0.01 and 0.02, soonest
with the last two; one layer ends at the same share with 0.003, 0.01 and 0.02 (tried on one seed).
Every racer learns from all letters of a text and is judged on those that can be foreseen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import torch
from msgspec.structs import replace
from torch import Tensor

from models.chance import chance, seeded
from models.labs.induction_asked import InductionRace
from models.labs.induction_inside import Scorer, sample
from models.labs.lab import Look
from models.labs.looks import of_heads
from models.labs.race import AT_ONCE, UNSEEN, Draw, Racer
from models.layers.loss import IGNORED, cross_entropy
from models.networks.attention_only import AttentionOnly, Shape
from models.protocol import Report
from models.specs.induction import FIXED, LENGTH, LONGER, NEVER, PERIODS, RUNNERS, SPEC
from models.tasks.letters import ALPHABET, decode
from models.tasks.repeats import asked, drawn, following, longest_ago, one_already_seen
from models.training import LossAt, Recipe, Update

CLAIM, CONTROL = 0.95, 0.30
SIZES = {"two": (2, 64), "one": (1, 88), "fixed": (1, 88)}
"""Runner -> its layers and its channels: of nearly the same number of parameters."""
TEXTS = 32
"""Texts in a step."""
FORMING, OFTEN = 400, 4
"""Up to the first step two layers are looked at as often as the second says."""
SELDOM = 25
"""How often the others are, on the way there."""
EXAMS = {"never": NEVER, "longer": LONGER, "at16": FIXED}


class Foreseer(Racer):
    """A racer that is judged on what can be foreseen."""

    def is_right(self, logits: Tensor, answers: Tensor) -> Tensor:
        """Which are foreseen of those that can be: logits (B, T, A), answers (B, T) -> (N,)."""
        return (logits.argmax(-1) == answers)[answers != IGNORED]


class InductionLab(InductionRace):
    """Two layers, and one that learns from the same texts; and one that may learn to count."""

    spec = SPEC

    def __init__(self, settings: Mapping[str, Any], seed: int, device: str = "cpu") -> None:
        self._scorer = Scorer(sample(0, torch.Generator())[0].to(device))
        super().__init__(settings, seed, device)

    def line_up(self) -> list[Racer]:
        """The racers, each with weights drawn from the seed."""
        return [self._racer(name) for name in RUNNERS]

    def judge(self, metrics: dict[str, float]) -> tuple[bool, bool]:
        """Two layers foresee at any period; one does not, unless there is only one period."""
        texts, answers = self._texts(self.racers[0], "unseen", UNSEEN)
        metrics["longest.accuracy"] = longest_ago(texts.cpu(), answers.cpu())
        metrics["seen.accuracy"] = one_already_seen(texts.cpu(), answers.cpu())
        metrics["chance.accuracy"] = 1 / len(ALPHABET)
        scorer = Scorer(texts[:AT_ONCE])
        metrics |= {f"equal.{name}": scorer.equal[name] for name in ("prev", "same")}
        for racer in self.racers:
            found = scorer.best(racer.network)
            metrics |= {f"{racer.name}.{name}": share for name, share in found.items()}
        held = min(metrics["two.accuracy"], metrics["two.never"]) >= CLAIM
        failed = max(metrics["one.accuracy"], metrics["fixed.accuracy"]) <= CONTROL
        return held, failed and metrics["fixed.at16"] >= CLAIM

    def is_due(self, step: int, last: int) -> bool:
        """Also while the heads form, so that a film shows them do it."""
        often = step <= FORMING and (step % OFTEN == 0 or step % SELDOM == 0)
        return super().is_due(step, last) or often

    def looks(self, racer: Racer, step: int) -> Iterator[Look]:
        """Where all heads look in one text, and their scores there."""
        if racer.name != "two" and not super().is_due(step, racer.recipe.steps) and step % SELDOM:
            return
        network, scorer = racer.network, self._scorer
        values = {"tokens": list(decode(scorer.texts[0])), "called": "letter"}
        values |= scorer.told(network)
        yield of_heads(racer.name, step, scorer.weights(network), values)

    def _report(
        self, racer: Racer, place: int, update: Update, watched: tuple[Tensor, Tensor]
    ) -> Report:
        """Also how far its heads have come: of two layers at every step that reports a loss."""
        report = super()._report(racer, place, update, watched)
        if ("loss" if racer.name == "two" else "accuracy") not in report.metrics:
            return report
        return replace(report, metrics={**report.metrics, **self._scorer.best(racer.network)})

    def _loss(self, racer: Racer) -> LossAt:
        """The loss of all letters, whether or not they can be foreseen."""
        draw = racer.practice or racer.draw

        def loss_at(step: int) -> Tensor:
            texts, answers = (part.to(self.device) for part in draw(TEXTS, chance(self.seed, step)))
            logits = racer.network(texts)
            racer.right.append(racer.is_right(logits, answers).float().mean())
            return cross_entropy(logits, following(texts, answers))

        return loss_at

    def _racer(self, name: str) -> Racer:
        layers, width = SIZES[name]
        shape = Shape(
            vocabulary=len(ALPHABET),
            context=LENGTH,
            width=width,
            heads=self.whole("heads"),
            layers=layers,
            positions=str(self.settings["positions"]),
        )
        with seeded(self.seed):
            network = AttentionOnly(shape)
        recipe = Recipe(
            self.whole("steps"),
            self.number("learning_rate"),
            warm_up=50,
            betas=(0.9, 0.98),
            decay=0.01,
        )
        exams = {exam: _draw((period,)) for exam, period in EXAMS.items()}
        practice = _draw((FIXED,)) if name == "fixed" else None
        phase = f"training {RUNNERS[name]}"
        return Foreseer(name, phase, network, _draw(PERIODS), recipe, practice, exams)


def _draw(periods: Sequence[int]) -> Draw:
    """Texts of blocks of these periods, and the next letter where it can be foreseen."""
    return lambda count, chance: asked(*drawn(count, LENGTH + 1, periods, chance))
