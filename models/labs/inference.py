"""An LSTM and attention read a clue, a story that has nothing to do with it, and a question.

All are as large as the one that looks, within 5 %, read the same texts and make as many steps at
the same rate. An LSTM with a forget bias of 5 may run beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import torch
from torch import Tensor, nn

from models.chance import seeded
from models.labs.lab import Inside, Look
from models.labs.looks import last_asks, of_alignment
from models.labs.race import SOLVED, UNSEEN, Race, Racer
from models.networks import encoder
from models.networks.reader import Shape, reader
from models.probe import look
from models.specs.inference import RUNNERS, SPEC
from models.tasks.inference import AROUND, CLUE, COLOURS, WORDS, spelled, stories
from models.training import Recipe

WIDTH = 32
LOST = 0.20
"""A network that is right in fewer has lost the clue: who guesses is right in a tenth."""
CHOOSING = 0.30
"""With equal shares attention must be right in fewer: what it knows, it knows by choosing."""
LOOKED_INTO = 250
"""Texts over which the share of the clue is averaged."""
WEIGHTS = "encoder.blocks.0.attend.weights"


class InferenceLab(Race):
    """The LSTM as it comes, attention, and an LSTM with a forget bias if it is asked for."""

    spec = SPEC

    def line_up(self) -> list[Racer]:
        """The racers that the knobs ask for."""
        names = [name for name in RUNNERS if name != "biased" or self.settings["biased"]]
        return [self._racer(name) for name in names]

    def looks(self, racer: Racer, step: int) -> Iterator[Look]:
        """Where the last word of a text looks."""
        if racer.name == "attention":
            arrays, values = self.probe("alignment", {})
            yield of_alignment(racer.name, step, arrays["weights"], values)

    def judge(self, metrics: dict[str, float]) -> tuple[bool, bool]:
        """Attention gives the colour; the LSTM does not, nor attention without its choice."""
        attention = self._named("attention")
        metrics["chance.accuracy"] = 1 / len(COLOURS)
        metrics["attention.clue"] = self._share_of_the_clue(attention)
        metrics["uniform.accuracy"] = self.if_uniform(attention, WEIGHTS)
        metrics["uniform.clue"] = 1 / self._length
        held = metrics["attention.accuracy"] >= SOLVED
        lost = metrics["lstm.accuracy"] < LOST and metrics["uniform.accuracy"] < CHOOSING
        return held, lost

    def probe(self, what: str, arguments: Mapping[str, Any]) -> Inside:
        """Also `alignment`: the weights (1, T) with which the last word of a text, numbered by
        `sample`, looks at every word. `when` is `after` for the network as it is now, `before`
        for it as it was before its first step."""
        if what != "alignment":
            return super().probe(what, arguments)
        racer, was = self._named("attention"), arguments.get("when") == "before"
        texts, answers = self._texts(racer, f"sample {arguments.get('sample', 0)}", 1)
        network, words = racer.untrained if was else racer.network, spelled(texts[0]).split()
        weights, values = last_asks(network, texts, WEIGHTS, words, COLOURS)
        values |= {
            "called": ("question", "word"),
            "right": [COLOURS[int(answers[0])]],
            "uniform": 1 / len(words),
            "selected": "drawn at random",
        }
        if self.result is not None and not was:
            own, equal = (
                100 * self.result.metrics[f"{runner}.accuracy"]
                for runner in ("attention", "uniform")
            )
            values["without"] = (
                f"Right in {own:.1f} % of {UNSEEN:,} texts; with equal shares in {equal:.1f} %."
            )
        return {"weights": weights.numpy()}, values

    @property
    def _length(self) -> int:
        """Words in a text."""
        return self.whole("words") + AROUND

    def _racer(self, name: str) -> Racer:
        words = self.whole("words")

        def draw(count: int, chance: torch.Generator) -> tuple[Tensor, Tensor]:
            return stories(count, words, chance)

        with seeded(self.seed):
            network = self._network(name)
        recipe = Recipe(self.whole("steps"), self.number("learning_rate"))
        return Racer(name, f"training {RUNNERS[name]}", network, draw, recipe)

    def _network(self, name: str) -> nn.Module:
        words, colours = len(WORDS), len(COLOURS)
        looks = encoder.Shape(
            vocabulary=words, answers=colours, context=self._length, width=WIDTH, heads=1, layers=1
        )
        bias = self.number("forget_bias") if name == "biased" else None
        remembers = Shape(vocabulary=words, answers=colours, width=WIDTH, forget_bias=bias)
        return reader(looks, None if name == "attention" else remembers)

    def _share_of_the_clue(self, racer: Racer) -> float:
        """How much of the last word's look the colour gets, on average."""
        texts, _ = self._texts(racer, "unseen", LOOKED_INTO)
        _, seen = look(racer.network, texts)
        return seen[WEIGHTS][:, 0, -1, CLUE].mean().item()
